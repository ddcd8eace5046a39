//! What rows say beside their values: how claims carry it, and what no claim carries.

use serde_json::{Map, Value};

use crate::import::Import;
use crate::import::table::Row;
use crate::write::ClaimDraft;

/// A claim at a place of the source, and nothing more.
pub(super) fn claim(locator: String) -> ClaimDraft {
    ClaimDraft {
        locator: Some(locator),
        ..ClaimDraft::bare()
    }
}

/// A claim at a row, with the row's description as its words.
pub(super) fn claim_of(row: &Row, locator: String, also: Option<String>) -> ClaimDraft {
    ClaimDraft {
        quote: row.filled("description").map(str::to_owned),
        note: note(row, also),
        ..claim(locator)
    }
}

/// The coders' comment, what they took it from, and whatever else is to be said; none: nothing is.
pub(super) fn note(row: &Row, also: Option<String>) -> Option<String> {
    let comment = row.filled("comment").map(str::to_owned);
    let origin = row.filled("data_source");
    let origin = origin.map(|origin| format!("Taken by ParlGov from: {origin}"));
    let lines: Vec<_> = [comment, origin, also].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Keys of `data_json` that are taken over, or that say how to read the row.
const TAKEN_OVER: [&str; 5] = ["cmp", "chess", "date_as_is", "name_full", "name_language"];

/// Tells what of `data_json` has no place.
pub(super) fn lose(import: &mut Import<'_>, table: &str, data: &Map<String, Value>) {
    for key in data
        .keys()
        .filter(|key| !TAKEN_OVER.contains(&key.as_str()))
    {
        let what = format!("`{key}` in data_json of {table}");
        let why = "it is a note of the coders, which no field is for";
        import.report.losses.add(&what, why, 1);
    }
}
