//! Elections: events.

use std::collections::HashSet;

use anyhow::Result;
use entity::kind::EventKind;

use super::country::{Countries, Country};
use super::date::{self, Date};
use super::tables::{Tables, own_id};
use super::{locator, remark};
use crate::import::cite::cite;
use crate::import::fault::Place;
use crate::import::table::Row;
use crate::import::{Import, slug, wikipedia};
use crate::write::{
    Content, Draft, EventDraft, ExternalIdDraft, Kind, Match, QuantityDraft, Stranger,
};

/// What is elected, by its code.
const TYPES: [(&str, &str); 2] = [
    ("13", "Parliamentary election"),
    ("1", "European Parliament election"),
];

/// Columns that have no place, in words, and why.
const LOST: [(&str, &str, &str); 9] = [
    ("seats_total", "numbers of seats", NO_FIELD),
    ("electorate", "numbers of those who may vote", NO_FIELD),
    ("votes_valid", "numbers of valid votes", NO_FIELD),
    ("early", "whether elections came early", NO_FIELD),
    (
        "dissolution_date",
        "dates when parliaments were dissolved",
        NO_FIELD,
    ),
    (
        "previous_parliament_election",
        "elections of parliaments before",
        DATED,
    ),
    (
        "previous_ep_election",
        "elections of the European Parliament before",
        DATED,
    ),
    (
        "previous_cabinet",
        "cabinets before",
        "cabinets are not in the tables",
    ),
    (
        "data_json",
        "data_json of elections",
        "it is a note of the coders, which no field is for",
    ),
];
const NO_FIELD: &str = "an election has no such field";
const DATED: &str = "the dates of elections give their order";

struct Election<'a> {
    id: &'a str,
    row: &'a Row,
    what: &'static str,
    country: &'a Country,
    date: Date,
    votes: Option<i64>,
    article: Option<ExternalIdDraft>,
}

pub(super) struct Elections<'a>(Vec<Election<'a>>);

impl<'a> Elections<'a> {
    pub fn read(import: &mut Import<'_>, tables: &'a Tables, countries: &'a Countries) -> Self {
        let mut ids = HashSet::new();
        let mut elections = Vec::new();
        for row in &tables.elections {
            let id = own_id(import, row, &mut ids);
            let code = row.get("type");
            let what = TYPES.iter().find(|(type_code, _)| *type_code == code);
            if what.is_none() {
                let message = format!(
                    "`{code}` is no type of election; 13 is of a parliament, 1 of the European Parliament"
                );
                import.refuse(row.fault("type", message));
            }
            let votes = row.filled("votes_cast").map(str::parse);
            if let Some(Err(_)) = votes {
                let message = format!("`{}` is no number", row.get("votes_cast"));
                import.refuse(row.fault("votes_cast", message));
            }
            let country = countries.of(import, row);
            // An election is on a day; there is nothing made up to be undone.
            let date = date::in_column(import, row, "date", true);
            if row.filled("date").is_none() {
                import.refuse(row.fault("date", "this is empty, and an election is on a day"));
            }
            let article = row.filled("wikipedia").and_then(wikipedia::of_address);
            if let (Some((_, what)), Some(country), Some(date)) = (what, country, date) {
                elections.push(Election {
                    id,
                    row,
                    what,
                    country,
                    date,
                    votes: votes.and_then(Result::ok),
                    article,
                });
            }
        }
        Self(elections)
    }

    /// The articles about them, each as scheme and value of an id.
    pub fn articles(&self) -> impl Iterator<Item = (&str, &str)> {
        let articles = self.0.iter().filter_map(|it| it.article.as_ref());
        articles.map(|article| (article.scheme.as_str(), article.value.as_str()))
    }

    pub fn strangers(&self) -> impl Iterator<Item = (Stranger, Place)> {
        self.0
            .iter()
            .map(|election| (election.stranger(), election.row.place()))
    }

    pub fn drafts(&self, found: impl Iterator<Item = Match>, source: &str) -> Result<Vec<Draft>> {
        let elections = self.0.iter().zip(found);
        elections
            .map(|(election, found)| election.draft(found, source))
            .collect()
    }

    pub fn tell(&self, import: &mut Import<'_>) {
        import.report.carry("elections", self.0.len());
        for (column, what, why) in LOST {
            let filled = self.0.iter().filter(|it| it.row.filled(column).is_some());
            import.report.losses.add(what, why, filled.count());
        }
    }
}

impl Election<'_> {
    fn name(&self) -> String {
        format!(
            "{}, {}, {}",
            self.what,
            self.country.name,
            self.date.month()
        )
    }

    fn stranger(&self) -> Stranger {
        let own = ExternalIdDraft {
            scheme: "parlgov-election".to_owned(),
            value: self.id.to_owned(),
            url: None,
        };
        Stranger {
            kind: Kind::Event,
            external_ids: [own].into_iter().chain(self.article.clone()).collect(),
            slugs: slug::candidates(&self.name(), &[self.id]),
        }
    }

    fn draft(&self, found: Match, source: &str) -> Result<Draft> {
        let locator = locator("Election", self.id);
        let see = match self.article {
            Some(_) => None,
            None => self.row.filled("wikipedia").map(|url| format!("See {url}")),
        };
        let mut name = remark::claim(locator.clone());
        name.note = remark::note(self.row, see);
        let mut event = EventDraft {
            name: self.name(),
            source: Some(source.to_owned()),
            summary: self.row.filled("description").map(str::to_owned),
            external_ids: found.external_ids,
            kind: Some(EventKind::Election),
            date: Some(self.date.draft()),
            place: Some(self.country.slug.clone()),
            attendance: self.votes.map(|votes| QuantityDraft {
                value: Some(votes),
                text: None,
            }),
            ..EventDraft::default()
        };
        event.claims.insert("name".to_owned(), vec![name]);
        let draft = Draft {
            slug: found.slug,
            content: Content::Event(Box::new(event)),
        };
        Ok(cite(draft, &locator)?)
    }
}
