//! Changes of parties: what a row of `PartyChange` says.

use std::collections::HashSet;

use entity::kind::EventKind;

use super::date::{self, Date, Precisions};
use super::party::Parties;
use super::remark;
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

    /// Its date, if it has one, and its type: what rows of one event have in common.
    pub fn occasion(&self) -> (Option<String>, &'static str) {
        (self.date.map(Date::edtf), self.kind.code)
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
        let json = date::data_json(import, row);
        remark::lose(import, "PartyChange", &json);
        let date = date::in_column(import, row, "date", date::is_as_is(&json));
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

pub(super) fn tell(import: &mut Import<'_>, changes: &[Change<'_>]) {
    import.report.carry("change rows", changes.len());
    let dates = changes.iter().map(|change| change.date);
    Precisions::of(dates).carry(&mut import.report, "changes");
}
