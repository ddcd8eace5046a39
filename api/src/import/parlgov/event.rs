//! Events made of rows of changes. Rows of one date and type around one party are one event: what it was formed of, or
//! what came out of it. The others in it are linked with that party alone, so that no link follows but what a row says.

use anyhow::Result;

use super::change::Change;
use super::date::Date;
use super::party::{Parties, Party};
use super::remark;
use crate::import::cite::cite;
use crate::import::fault::Place;
use crate::import::slug;
use crate::write::{
    ClaimDraft, Content, Draft, EventDraft, ExternalIdDraft, Kind, Match, ParticipationDraft,
    Stranger,
};

/// Parties that are named one by one; of more, the first ones are, and the others counted.
const NAMED: usize = 3;

/// An event, with the rows that tell of it: all of one date and type, and with one party in common.
pub(super) struct Happening<'a> {
    first: &'a Change<'a>,
    rows: Vec<&'a Change<'a>>,
}

/// Which of its two parties a row is seen from.
#[derive(Clone, Copy)]
enum End {
    Old,
    New,
}

impl End {
    const fn of(self, change: &Change<'_>) -> usize {
        match self {
            Self::Old => change.old,
            Self::New => change.new,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// Puts rows together, in the order of the first row of each event. A row that would go with some around its old party
/// and with others around its new one goes where its type is held together; what then stands alone is tried the
/// other way.
pub(super) fn happenings<'a>(changes: &'a [Change<'a>]) -> Vec<Happening<'a>> {
    let centre = |change: &Change<'_>| {
        if change.kind.around_old {
            End::Old
        } else {
            End::New
        }
    };
    let (together, alone): (Vec<_>, Vec<_>) = around(changes.iter().collect(), centre)
        .into_iter()
        .partition(Happening::is_of_several);
    let alone = alone.into_iter().flat_map(|it| it.rows).collect();
    let mut happenings = around(alone, |change| centre(change).other());
    happenings.extend(together);
    let position = |change: &Change<'_>| changes.iter().position(|it| std::ptr::eq(it, change));
    happenings.sort_by_cached_key(|it| position(it.first));
    happenings
}

/// Puts rows together that go with each other around the party at one end.
fn around<'a>(
    changes: Vec<&'a Change<'a>>,
    end: impl Fn(&Change<'_>) -> End,
) -> Vec<Happening<'a>> {
    let mut happenings: Vec<Happening<'a>> = Vec::new();
    for change in changes {
        let end = end(change);
        let open = happenings
            .iter_mut()
            .find(|it| it.is_joined_by(change) && end.of(it.first) == end.of(change));
        match open {
            Some(happening) => happening.rows.push(change),
            None => happenings.push(Happening {
                first: change,
                rows: vec![change],
            }),
        }
    }
    happenings
}

impl Happening<'_> {
    /// Whether a row may tell of the same; when it happened must be known for that.
    fn is_joined_by(&self, change: &Change<'_>) -> bool {
        change.date.is_some() && self.first.occasion() == change.occasion()
    }

    /// Whether it has more than two parties; the same two may stand in several rows.
    fn is_of_several(&self) -> bool {
        let first = self.first;
        let mut rows = self.rows.iter();
        rows.any(|row| (row.old, row.new) != (first.old, first.new))
    }

    /// The parties at one end, each with its rows, in their order.
    fn parties<'p>(
        &self,
        end: End,
        parties: &'p Parties<'p>,
    ) -> Vec<(usize, &'p Party<'p>, Vec<&Change<'_>>)> {
        let mut found: Vec<(usize, &Party<'_>, Vec<&Change<'_>>)> = Vec::new();
        for row in &self.rows {
            let index = end.of(row);
            match found.iter_mut().find(|(other, ..)| *other == index) {
                Some((_, _, rows)) => rows.push(row),
                None => found.extend(parties.at(index).map(|it| (index, it, vec![*row]))),
            }
        }
        found
    }

    fn name(&self, parties: &Parties<'_>) -> String {
        let date = self.first.date;
        let names = |end| {
            let parties = self.parties(end, parties);
            let before = matches!(end, End::Old);
            let names = parties
                .iter()
                .map(|(_, party, _)| party.names.on(date, before));
            list(&names.collect::<Vec<_>>())
        };
        let title = self.first.kind.title;
        let title = title
            .split_inclusive('}')
            .map(|part| {
                let [old, new] = ["{old}", "{new}"].map(|mark| part.strip_suffix(mark));
                match (old, new) {
                    (Some(text), _) => format!("{text}{}", names(End::Old)),
                    (_, Some(text)) => format!("{text}{}", names(End::New)),
                    _ => part.to_owned(),
                }
            })
            .collect::<String>();
        match date {
            Some(date) => format!("{title}, {}", date.year()),
            None => title,
        }
    }

    /// Where its rows are, as claims say it.
    fn locator(&self) -> String {
        match &self.rows[..] {
            [row] => locator(row),
            rows => {
                let ids: Vec<_> = rows.iter().map(|row| row.id()).collect();
                format!("PartyChange.csv, ids {}", ids.join(", "))
            }
        }
    }

    pub fn stranger(&self, parties: &Parties<'_>) -> (Stranger, Place) {
        let ids = self.rows.iter().map(|row| ExternalIdDraft {
            scheme: "parlgov-change".to_owned(),
            value: row.id().to_owned(),
            url: None,
        });
        let country = parties.at(self.first.old).map(|party| party.country);
        let country = country.map_or("", |country| &country.short);
        let stranger = Stranger {
            kind: Kind::Event,
            external_ids: ids.collect(),
            slugs: slug::candidates(&self.name(parties), &[country, self.first.id()]),
        };
        (stranger, self.first.row.place())
    }

    /// The event; `known` is what the parties are known as.
    pub fn draft(
        &self,
        found: Match,
        parties: &Parties<'_>,
        known: &[Match],
        source: &str,
    ) -> Result<Draft> {
        let kind = self.first.kind;
        let mut participants = Vec::new();
        for (end, role) in [(End::Old, kind.old), (End::New, kind.new)] {
            for (index, _, rows) in self.parties(end, parties) {
                let slug = known.get(index).map_or("", |found| &found.slug);
                participants.push(ParticipationDraft {
                    participant: Some(format!("{}/{slug}", Kind::Organisation)),
                    claims: rows.into_iter().map(claim).collect(),
                    ..part(role)
                });
            }
        }
        let event = EventDraft {
            name: self.name(parties),
            source: Some(source.to_owned()),
            external_ids: found.external_ids,
            kind: Some(kind.event),
            date: self.first.date.map(Date::draft),
            participants,
            ..EventDraft::default()
        };
        let draft = Draft {
            slug: found.slug,
            content: Content::Event(Box::new(event)),
        };
        Ok(cite(draft, &self.locator())?)
    }
}

fn locator(row: &Change<'_>) -> String {
    super::locator("PartyChange", row.id())
}

fn claim(row: &Change<'_>) -> ClaimDraft {
    remark::claim_of(row.row, locator(row), None)
}

fn part(role: &str) -> ParticipationDraft {
    ParticipationDraft::bare(role.to_owned())
}

/// Names as a list in a sentence.
fn list(names: &[&str]) -> String {
    let first = if names.len() > NAMED {
        NAMED - 1
    } else {
        names.len()
    };
    let mut words: Vec<String> = names.iter().take(first).map(ToString::to_string).collect();
    if first < names.len() {
        words.push(format!("{} others", names.len() - first));
    }
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
        None => String::new(),
    }
}
