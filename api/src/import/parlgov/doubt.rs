//! What in the tables looks wrong: rows that say the same, and dates that contradict each other as far as they are known.

use std::collections::HashMap;

use super::change::Change;
use super::date::Date;
use super::party::Parties;
use crate::import::Import;
use crate::import::fault::Place;

/// Warns of parties that ended, or had a name, before they were founded.
pub(super) fn of_parties(import: &mut Import<'_>, parties: &Parties<'_>) {
    for party in parties.iter() {
        let Some(founded) = party.founded else {
            continue;
        };
        let name = &party.names.shown;
        let mut warn = |kind, date: Date, what: &str, place: Place| {
            if date.is_before(founded) {
                let message = format!("{name}, founded {}, {what} {}", founded.edtf(), date.edtf());
                import.report.warn(kind, place, message);
            }
        };
        if let Some(dissolved) = party.dissolved {
            let place = party.row.place().named("dissolution_date");
            warn(
                "parties dissolved before they were founded",
                dissolved,
                "was dissolved",
                place,
            );
        }
        for taken in party.names.taken() {
            let place = taken.place.clone().named("date");
            warn(
                "names taken before the party's foundation",
                taken.date,
                "took a name",
                place,
            );
        }
    }
}

/// Warns of changes that stand twice, that come before the old party, and that do not fit the new one's foundation.
pub(super) fn of_changes(import: &mut Import<'_>, changes: &[Change<'_>], parties: &Parties<'_>) {
    let mut seen = HashMap::new();
    for change in changes {
        let (Some(old), Some(new)) = (parties.at(change.old), parties.at(change.new)) else {
            continue;
        };
        let (id, place) = (change.id(), change.row.place());
        let key = (change.old, change.new, change.occasion());
        if let Some(first) = seen.get(&key) {
            let message = format!(
                "id {id} says what id {first} says, of {} and {}; both are cited for one and the same",
                old.names.shown, new.names.shown
            );
            let kind = "change rows that say the same twice";
            import.report.warn(kind, place.clone(), message);
        } else {
            seen.insert(key, id);
        }
        let Some(date) = change.date else { continue };
        let mut warn = |kind, name: &str, founded: Date| {
            let message = format!(
                "id {id} is of {}, and {name} was founded {}",
                date.edtf(),
                founded.edtf()
            );
            import
                .report
                .warn(kind, place.clone().named("date"), message);
        };
        if let Some(founded) = old.founded.filter(|it| date.is_before(*it)) {
            warn(
                "changes before the old party's foundation",
                &old.names.shown,
                founded,
            );
        }
        if let Some(founded) = new.founded.filter(|it| date.year() != it.year()) {
            let kind = "changes in another year than the new party's foundation";
            warn(kind, &new.names.shown, founded);
        }
    }
}
