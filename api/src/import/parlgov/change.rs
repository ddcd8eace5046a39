//! Changes of parties: what a row of `PartyChange` says, and what in it looks wrong.

use std::collections::{HashMap, HashSet};

use entity::kind::EventKind;

use super::date::{self, Date, Precisions};
use super::party::Parties;
use super::tables::{Tables, own_id};
use crate::import::Import;
use crate::import::table::Row;

/// A type of change: the event that it is, and the parts in it. What an event's kind and roles come to is said by the
/// rules of lineage.
pub(super) struct Type {
    code: &'static str,
    pub event: EventKind,
    pub old: &'static str,
    pub new: &'static str,
    /// The event's name: `{old}` and `{new}` stand for parties.
    pub title: &'static str,
    /// Whether the old party is what holds rows together, rather than the new one.
    pub around_old: bool,
}

const fn kind(
    code: &'static str,
    event: EventKind,
    [old, new]: [&'static str; 2],
    title: &'static str,
    around_old: bool,
) -> Type {
    Type {
        code,
        event,
        old,
        new,
        title,
        around_old,
    }
}

#[rustfmt::skip]
const TYPES: [Type; 7] = [
    kind("31", EventKind::Split,      ["origin", "resulting"],    "Split of {new} from {old}",     false),
    kind("32", EventKind::Division,   ["ceased", "resulting"],    "Division of {old} into {new}",  true),
    kind("33", EventKind::Merger,     ["ceased", "resulting"],    "Merger of {old} into {new}",    false),
    kind("34", EventKind::Absorption, ["absorbed", "continuing"], "Absorption of {old} by {new}",  false),
    kind("35", EventKind::Succession, ["ceased", "resulting"],    "Succession of {new} to {old}",  false),
    kind("62", EventKind::Defection,  ["origin", "resulting"],    "Defection from {old} to {new}", false),
    kind("",   EventKind::Other,      ["origin", "resulting"],    "Change from {old} to {new}",    false),
];

/// A row; parties by their place in the list.
pub(super) struct Change<'a> {
    pub row: &'a Row,
    pub kind: &'static Type,
    pub date: Option<Date>,
    pub old: usize,
    pub new: usize,
}

impl Change<'_> {
    pub fn id(&self) -> &str {
        self.row.get("id")
    }

    /// Whether it may be of the same event as another; when it happened must be known for that.
    pub fn goes_with(&self, other: &Self) -> bool {
        let same_day = match (self.date, other.date) {
            (Some(one), Some(other)) => one.edtf() == other.edtf(),
            _ => false,
        };
        same_day && self.kind.code == other.kind.code
    }
}

pub(super) fn read<'a>(
    import: &mut Import<'_>,
    tables: &'a Tables,
    parties: &Parties<'_>,
) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    let mut ids = HashSet::new();
    for row in &tables.changes {
        let as_is = date::is_as_is(&date::data_json(import, row));
        let date = date::in_column(import, row, "date", as_is);
        let old = parties.index(import, row, "party");
        let new = parties.index(import, row, "party_new");
        if old.is_some() && old == new {
            let message =
                "a party cannot come out of itself; name another one here, or leave the row out";
            import.refuse(row.fault("party_new", message));
        }
        let code = row.get("type");
        let kind = TYPES.iter().find(|kind| kind.code == code);
        if kind.is_none() {
            let codes = TYPES
                .iter()
                .map(|kind| kind.code)
                .filter(|code| !code.is_empty());
            let codes: Vec<_> = codes.collect();
            let message = format!(
                "`{code}` is no type of change; the types are {}, or nothing where it is not known",
                codes.join(", ")
            );
            import.refuse(row.fault("type", message));
        }
        own_id(import, row, &mut ids);
        if let (Some(old), Some(new), Some(kind)) = (old, new, kind) {
            changes.push(Change {
                row,
                kind,
                date,
                old,
                new,
            });
        }
    }
    changes
}

/// Warns of rows that say the same, and of dates that contradict those of the parties.
pub(super) fn doubt(import: &mut Import<'_>, changes: &[Change<'_>], parties: &Parties<'_>) {
    let mut seen = HashMap::new();
    for change in changes {
        let key = (
            change.old,
            change.new,
            change.kind.code,
            change.date.map(Date::edtf),
        );
        let (Some(old), Some(new)) = (parties.at(change.old), parties.at(change.new)) else {
            continue;
        };
        let names = (&old.names.shown, &new.names.shown);
        if let Some(first) = seen.get(&key) {
            let message = format!(
                "id {} says what id {first} says, of {} and {}; both are cited for one and the same",
                change.id(),
                names.0,
                names.1
            );
            import.report.warn(
                "change rows that say the same twice",
                change.row.place(),
                message,
            );
        } else {
            seen.insert(key, change.id());
        }
        let Some(date) = change.date else { continue };
        let place = || change.row.place().named("date");
        if let Some(founded) = old.founded.filter(|founded| date.is_before(*founded)) {
            let message = format!(
                "id {} is of {}, and {} was founded in {}",
                change.id(),
                date.edtf(),
                names.0,
                founded.edtf()
            );
            let kind = "changes before the old party's foundation";
            import.report.warn(kind, place(), message);
        }
        if let Some(founded) = new.founded.filter(|founded| date.year() != founded.year()) {
            let message = format!(
                "id {} is of {}, and {} was founded in {}",
                change.id(),
                date.edtf(),
                names.1,
                founded.edtf()
            );
            let kind = "changes in another year than the new party's foundation";
            import.report.warn(kind, place(), message);
        }
    }
}

pub(super) fn tell(import: &mut Import<'_>, changes: &[Change<'_>]) {
    let dates = changes.iter().map(|change| change.date);
    Precisions::of(dates).carry(&mut import.report, "changes");
}
