//! All names of a party: those of its own row, and those it took at a time.
//!
//! The name shown is the English one, by which readers of the tables find a party. A name that was followed by another
//! is a former one, and lasted until then; so a party is shown at each time by what it was called in English.

use entity::kind::{ClaimStatus, NameKind};
use serde_json::{Map, Value};

use super::called::{Called, heading};
use super::date::Date;
use super::name::successive;
use super::{locator, remark};
use crate::import::fault::Place;
use crate::import::table::Row;
use crate::write::{ClaimDraft, NameDraft};

/// Names that a party took on a date.
pub(super) struct Taken {
    id: String,
    pub date: Date,
    pub place: Place,
    called: Called,
    said: ClaimDraft,
}

impl Taken {
    pub fn read(row: &Row, json: &Map<String, Value>, date: Date, country: &str) -> Self {
        let id = row.get("id").to_owned();
        let is_change = row.get("party_change") == "1";
        let also =
            is_change.then(|| "ParlGov marks it as a change of the party as well".to_owned());
        Self {
            date,
            place: row.place(),
            called: Called::read(row, json, country),
            said: remark::claim_of(row, locator("PartyNameChange", &id), also),
            id,
        }
    }

    fn claim(&self) -> ClaimDraft {
        remark::claim(locator("PartyNameChange", &self.id))
    }

    fn is_called(&self, name: &str) -> bool {
        self.called.in_english().is_some_and(|it| it == name)
    }
}

pub(super) struct Names {
    pub shown: String,
    pub abbreviation: Option<String>,
    /// What its slug is made of: the name shown, with what tells it from namesakes.
    pub distinct: String,
    /// What the party's own row has in place of the name shown, where that is not the same.
    heading: Option<String>,
    /// Where the name and the abbreviation shown stand, if not in the party's own row.
    shown_in: Option<ClaimDraft>,
    abbreviated_in: Option<ClaimDraft>,
    taken: Vec<Taken>,
    pub all: Vec<NameDraft>,
}

impl Names {
    /// `row` is the party's own; `taken` the names that it took. None: it has no name at all.
    pub fn read(
        row: &Row,
        data: &Map<String, Value>,
        mut taken: Vec<Taken>,
        country: &str,
    ) -> Option<Self> {
        taken.sort_by_key(|names| names.date.day());
        let called = Called::read(row, data, country);
        // A heading has names in short; the last one that was taken stands in full elsewhere.
        let latest = taken.last().filter(|_| called.is_heading);
        let latest = latest.filter(|latest| latest.called.in_english().is_some());
        let is_in_short = called.is_heading || called.shorts.len() > 1;
        let shortest = taken.last().filter(|_| is_in_short);
        let shortest = shortest.filter(|latest| !latest.called.shorts.is_empty());
        let shown = latest.map_or(&called, |latest| &latest.called);
        let shown = shown.in_english()?.clone();
        let distinct = match latest {
            Some(_) => shown.clone(),
            None => successive(row.get("name_english"))
                .pop()
                .unwrap_or_else(|| shown.clone()),
        };
        let abbreviation = shortest.map_or(&called, |latest| &latest.called);
        let mut names = Self {
            heading: heading(row, &shown),
            shown,
            abbreviation: abbreviation.shorts.last().cloned(),
            distinct,
            shown_in: latest.map(Taken::claim),
            abbreviated_in: shortest.map(Taken::claim),
            taken,
            all: Vec::new(),
        };
        names.undated(&called);
        if let Some(called) = Called::in_full(data, country) {
            names.undated(&called);
        }
        names.dated();
        Some(names)
    }

    /// Names that have no dates. What was the party's own name at a time is told by those that have, if any has.
    fn undated(&mut self, called: &Called) {
        for mut name in called.full() {
            if name.text == self.shown {
                name.preferred = true;
            } else if called.is_heading || !self.taken.is_empty() && is_own(&name) {
                name.kind = Some(NameKind::Alternative);
            }
            let is_taken = if name.preferred {
                self.taken.iter().any(|taken| taken.is_called(&name.text))
            } else {
                self.taken.iter().any(|taken| taken.called.has(&name.text))
            };
            if !is_taken && self.all.iter().all(|it| it.text != name.text) {
                self.all.push(name);
            }
        }
        for short in called.short() {
            let is_known = self.abbreviation.as_ref() == Some(&short.text)
                || self
                    .taken
                    .iter()
                    .any(|taken| taken.called.shorts.contains(&short.text))
                || self.all.iter().any(|it| it.text == short.text);
            if !is_known {
                self.all.push(short);
            }
        }
    }

    /// The names that were taken, each until the next.
    fn dated(&mut self) {
        let ends = self.taken.iter().skip(1).map(Some).chain([None]);
        for (taken, next) in self.taken.iter().zip(ends) {
            let mut claims = vec![taken.said.clone()];
            claims.extend(next.map(|next| ClaimDraft {
                status: Some(ClaimStatus::Derived),
                note: Some("Its end is when the next name was taken".to_owned()),
                ..next.claim()
            }));
            let full = taken.called.full().into_iter().map(|name| NameDraft {
                kind: next.map_or(name.kind, |_| Some(NameKind::Former)),
                preferred: next.is_none() && taken.is_called(&name.text),
                ..name
            });
            for name in full.chain(taken.called.short()) {
                self.all.push(NameDraft {
                    start: Some(taken.date.draft()),
                    end: next.map(|next| next.date.draft()),
                    claims: claims.clone(),
                    ..name
                });
            }
        }
    }

    /// The claims on the name shown, with that of the party's own row among them.
    pub fn claims(&self, own: ClaimDraft) -> Vec<ClaimDraft> {
        let own = ClaimDraft {
            quote: self.heading.clone(),
            ..own
        };
        self.shown_in.iter().cloned().chain([own]).collect()
    }

    /// The claims on the abbreviation; none: the party's own row is all there is.
    pub fn claims_on_abbreviation(&self) -> Option<Vec<ClaimDraft>> {
        self.abbreviated_in.clone().map(|claim| vec![claim])
    }

    /// The names that were taken, the first ones first.
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }

    /// What the party was called in English when something happened to it: `before` it, or from then on.
    pub fn on(&self, date: Option<Date>, before: bool) -> &str {
        let taken = date.and_then(|date| {
            let is_earlier = |taken: &&Taken| {
                taken.date.day() < date.day() || !before && taken.date.day() == date.day()
            };
            self.taken.iter().rev().find(is_earlier)
        });
        let name = taken.and_then(|taken| taken.called.in_english());
        name.unwrap_or(&self.shown)
    }
}

/// Whether it is one of the party's own names, rather than one that others have for it.
fn is_own(name: &NameDraft) -> bool {
    name.kind == Some(NameKind::Official)
}
