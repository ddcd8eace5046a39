//! What rows say beside their values, as claims carry it.

use crate::import::table::Row;
use crate::write::ClaimDraft;

/// A claim at a place of the source, and nothing more.
pub(super) fn claim(locator: String) -> ClaimDraft {
    ClaimDraft {
        value: None,
        node: None,
        rank: None,
        status: None,
        source: None,
        locator: Some(locator),
        quote: None,
        note: None,
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
