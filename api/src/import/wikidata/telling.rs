//! What statements say, as values and claims. Wikidata is who says it: a claim names the item and the property in it, and
//! tells in its note which references Wikidata itself gives.

use std::collections::BTreeMap;

use entity::date::HistoricalDate;
use entity::kind::{ClaimRank, ClaimStatus};

use super::super::fault::Place;
use super::super::report::Report;
use super::circumstance::Circumstances;
use super::date::{self, Undated};
use super::index::{Index, Record};
use super::item::{Entity, Item, Rank, Reference, Said, Snak, Statement, clean};
use super::lineage::Lineage;
use super::subjects::Subjects;
use crate::write::{ClaimDraft, Claims, DateDraft, Kind};

/// Everything that drafts are made with.
pub(super) struct Telling<'a> {
    pub index: &'a Index,
    pub subjects: Subjects,
    pub lineage: Lineage,
    pub report: &'a mut Report,
    pub source: &'a str,
    /// Items that are named and not known: how often, and as what first.
    pub missing: &'a mut BTreeMap<Item, (String, usize, Place)>,
    /// The item that is being told.
    pub item: Item,
    pub place: Place,
}

/// What statements say of one field.
pub(super) struct Values<T> {
    pub shown: Option<T>,
    pub claims: Vec<ClaimDraft>,
}

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self {
            shown: None,
            claims: Vec::new(),
        }
    }
}

impl<T> Values<T> {
    /// Puts the claims under their field, and gives back what is shown.
    pub fn put(self, field: &str, claims: &mut Claims) -> Option<T> {
        if !self.claims.is_empty() {
            claims.insert(field.to_owned(), self.claims);
        }
        self.shown
    }
}

/// A value that a statement says.
pub(super) struct Told<T> {
    pub value: T,
    /// As a claim tells it.
    pub text: String,
    pub notes: Vec<String>,
    pub status: Option<ClaimStatus>,
}

impl Telling<'_> {
    /// All that statements on a property say of a field. Shown is the first of the best: of what has not ended before
    /// of what has, by rank, and by `order`.
    pub fn values<T>(
        &mut self,
        entity: &Entity,
        property: &str,
        order: impl Fn(&T) -> u8,
        mut read: impl FnMut(&mut Self, &Statement) -> Option<Told<T>>,
    ) -> Values<T> {
        let mut told: Vec<(&Statement, Told<T>)> = Vec::new();
        for statement in entity.statements(property) {
            if let Some(value) = read(self, statement) {
                told.push((statement, value));
            }
        }
        let is_wrong = |statement: &Statement| statement.rank == Rank::Deprecated;
        let has_ended = |statement: &Statement| !statement.qualifiers("P582").is_empty();
        told.sort_by_key(|(it, value)| (is_wrong(it), has_ended(it), it.rank, order(&value.value)));
        let shown = told.first().filter(|(statement, _)| !is_wrong(statement));
        let shown_text = shown.map(|(_, value)| value.text.clone());
        let mut claims = Vec::new();
        let mut values = Values::default();
        for (index, (statement, value)) in told.into_iter().enumerate() {
            let mut claim = self.claim(property, statement, value.notes);
            claim.status = value.status;
            if index > 0 && claim.rank == Some(ClaimRank::Preferred) {
                claim.rank = None;
            }
            if shown_text.as_ref() != Some(&value.text) {
                claim.value = Some(value.text);
            }
            claims.push(claim);
            if index == 0 && shown_text.is_some() {
                values.shown = Some(value.value);
            }
        }
        self.report.carry("statements", claims.len());
        values.claims = claims;
        values
    }

    /// The same for dates; of dates of the same rank the finest is shown.
    pub fn dates(&mut self, entity: &Entity, property: &str) -> Values<DateDraft> {
        self.dates_or(entity, property, |telling, undated| {
            telling.undated(property, undated);
        })
    }

    /// The same, where something else becomes of what is no date.
    pub fn dates_or(
        &mut self,
        entity: &Entity,
        property: &str,
        otherwise: impl Fn(&mut Self, &Undated),
    ) -> Values<DateDraft> {
        let order = |date: &DateDraft| {
            HistoricalDate::parse(&date.edtf).map_or(u8::MAX, |date| date.precision as u8)
        };
        self.values(
            entity,
            property,
            order,
            |telling, statement| match date::of_statement(statement) {
                Ok(dated) => Some(Told {
                    text: dated.date.edtf.clone(),
                    value: dated.date,
                    notes: dated.notes,
                    status: Circumstances::of(statement).status_of_date(),
                }),
                Err(undated) => {
                    otherwise(telling, &undated);
                    None
                }
            },
        )
    }

    /// Says what became of a date that is none.
    pub fn undated(&mut self, property: &str, undated: &Undated) {
        match undated {
            Undated::Unknown => self.lose(property, "Wikidata says only that there is one"),
            Undated::Nothing => self.lose(property, "Wikidata says that there is none"),
            Undated::Untold(why) => {
                let message = format!("Q{} {property}: {why}", self.item);
                let place = self.place.clone();
                self.report
                    .warn("dates that cannot be told here", place, message);
            }
        }
    }

    /// The date of a qualifier. An end that is known to have come, and not when, is a date of which nothing is known.
    pub fn qualifier(&mut self, statement: &Statement, property: &str) -> Option<DateDraft> {
        let snak = statement.qualifiers(property).first()?;
        match date::of_snak(snak) {
            Ok(dated) => Some(dated.date),
            Err(Undated::Unknown) => Some(DateDraft {
                edtf: "XXXX".to_owned(),
                text: None,
            }),
            Err(undated) => {
                self.undated(property, &undated);
                None
            }
        }
    }

    /// When what a statement says began and ended (P580, P582).
    pub fn period(&mut self, statement: &Statement) -> (Option<DateDraft>, Option<DateDraft>) {
        (
            self.qualifier(statement, "P580"),
            self.qualifier(statement, "P582"),
        )
    }

    /// The statements of a list that are not known to be wrong, with the records of these kinds that they name.
    pub fn named<'e>(
        &mut self,
        entity: &'e Entity,
        property: &str,
        kinds: &[Kind],
    ) -> Vec<(&'e Statement, Item, Record)> {
        let mut named = Vec::new();
        for statement in entity.statements(property) {
            let Some(item) = self.standing(property, statement) else {
                continue;
            };
            let index = self.index;
            match index.record(item) {
                Some(record) if kinds.contains(&record.kind()) => {
                    self.report.carry("statements", 1);
                    named.push((statement, item, record.clone()));
                }
                Some(_) => self.lose(
                    property,
                    "they name another kind of record than can stand here",
                ),
                None => self.miss(property, item),
            }
        }
        named
    }

    /// The item that a statement names, unless it is known to be wrong.
    pub fn standing(&mut self, property: &str, statement: &Statement) -> Option<Item> {
        if statement.rank == Rank::Deprecated {
            self.lose(
                property,
                "they are known to be wrong, which the items of a list cannot be",
            );
            return None;
        }
        self.named_item(property, &statement.mainsnak)
    }

    /// The item that a snak names.
    pub fn named_item(&mut self, property: &str, snak: &Snak) -> Option<Item> {
        match snak.said() {
            Said::Value(_) => {
                let item = snak.item();
                if item.is_none() {
                    self.lose(property, "what they name is no item");
                }
                item
            }
            Said::Unknown => {
                self.lose(property, "Wikidata says only that there is one");
                None
            }
            Said::Nothing => {
                self.lose(property, "Wikidata says that there is none");
                None
            }
        }
    }

    /// Takes down an item that nothing is known of but its number: no name is made up for it.
    pub fn miss(&mut self, property: &str, item: Item) {
        if self.index.holds(item) {
            self.lose(property, "what they name is nothing that is kept here");
            return;
        }
        self.lose(
            property,
            "what they name stands neither in the file nor in the data set",
        );
        let place = self.place.clone();
        let missing = self.missing.entry(item);
        missing.or_insert_with(|| (property.to_owned(), 0, place)).1 += 1;
    }

    pub fn lose(&mut self, property: &str, why: &str) {
        self.report
            .losses
            .add(&format!("statements of {property}"), why, 1);
    }

    /// A claim that rests on a statement.
    pub fn claim(
        &self,
        property: &str,
        statement: &Statement,
        mut notes: Vec<String>,
    ) -> ClaimDraft {
        let references: Vec<String> = statement
            .references
            .iter()
            .filter_map(|reference| self.reference(reference))
            .collect();
        if !references.is_empty() {
            notes.push(format!(
                "Wikidata refers to {}.",
                references.join("; and to ")
            ));
        }
        ClaimDraft {
            rank: match statement.rank {
                Rank::Preferred => Some(ClaimRank::Preferred),
                Rank::Normal => None,
                Rank::Deprecated => Some(ClaimRank::Deprecated),
            },
            note: (!notes.is_empty()).then(|| notes.join(" ")),
            ..self.bare_claim(property)
        }
    }

    /// A claim that rests on a property of the item.
    pub fn bare_claim(&self, property: &str) -> ClaimDraft {
        ClaimDraft {
            locator: Some(format!("Q{}, {property}", self.item)),
            ..ClaimDraft::bare()
        }
    }

    /// The same for the item of a list, whose claims have no rank among each other.
    pub fn item_claim(&self, property: &str, statement: &Statement) -> ClaimDraft {
        let circumstances = Circumstances::of(statement);
        ClaimDraft {
            rank: None,
            status: circumstances.status(),
            ..self.claim(property, statement, circumstances.notes)
        }
    }

    /// What is stated in (P248), at which address (P854), retrieved when (P813).
    fn reference(&self, reference: &Reference) -> Option<String> {
        let mut parts = Vec::new();
        for snak in reference.snaks.get("P248").into_iter().flatten() {
            if let Some(item) = snak.item() {
                parts.push(match self.index.name(item) {
                    Some(name) => format!("{name} (Q{item})"),
                    None => format!("Q{item}"),
                });
            }
        }
        for snak in reference.snaks.get("P854").into_iter().flatten() {
            parts.extend(snak.text());
        }
        for snak in reference.snaks.get("P813").into_iter().flatten() {
            if let Ok(dated) = date::of_snak(snak) {
                parts.push(format!("retrieved {}", dated.date.edtf));
            }
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Counts the statements on properties that nothing here holds.
    pub fn lose_others(&mut self, entity: &Entity, told: &[&str]) {
        for (property, statements) in entity.properties() {
            if told.contains(&property) {
                continue;
            }
            let datatype = statements
                .first()
                .and_then(|it| it.mainsnak.datatype.as_deref());
            let count = statements.len();
            if datatype == Some("external-id") {
                let why = "which collections they are is not known here";
                self.report
                    .losses
                    .add("ids in other collections", why, count);
            } else {
                let why = "nothing here holds what they say";
                let what = format!("statements of {property}");
                self.report.losses.add(&what, why, count);
            }
        }
        let others = entity.sitelinks.keys().filter(|site| *site != "enwiki");
        let why = "of the articles about a record only that of the English Wikipedia is an id here";
        self.report
            .losses
            .add("links to articles", why, others.count());
        let texts = entity.descriptions.values();
        let texts = texts.filter(|text| clean(&text.value).is_some()).count();
        let why = "a record has one summary, in the first of the languages";
        self.report
            .losses
            .add("descriptions", why, texts.saturating_sub(1));
    }
}
