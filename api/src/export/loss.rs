//! What formats of others have no place for, whatever the format.

use anyhow::Result;
use entity::kind::ClaimStatus;

use super::Record;
use crate::loss::Losses;
use crate::write::Parts;

/// Counts what a record says in fields that are not among `held`: an item each of those that are lists.
pub(super) fn fields(
    record: &Record,
    held: &[&str],
    why: fn(&str) -> &'static str,
    losses: &mut Losses,
) -> Result<()> {
    let fields = serde_json::to_value(&record.draft)?;
    for (field, value) in fields.as_object().into_iter().flatten() {
        if !["slug", "source", "claims"].contains(&&**field) && !held.contains(&&**field) {
            let count = value.as_array().map_or(1, Vec::len);
            losses.add(&field.replace('_', " "), why(field), count);
        }
    }
    Ok(())
}

/// Counts the claims of a record and its earlier revisions.
pub(super) fn history(record: &Record, losses: &mut Losses) {
    let claims = Parts::of(&record.draft).claims.len();
    let why = "the format does not tell what each value was taken from";
    losses.add("claims", why, claims);
    let earlier = record.revision.unsigned_abs() as usize - 1;
    let why = "the file holds what records say now";
    losses.add("earlier revisions", why, earlier);
}

/// Whether something can be told by a format that does not know how firmly it is said.
pub(super) fn is_told(what: &str, status: Option<ClaimStatus>, losses: &mut Losses) -> bool {
    match status.unwrap_or(ClaimStatus::Stated) {
        ClaimStatus::Stated => true,
        ClaimStatus::Derived => {
            let what = format!("marks that {what} are derived");
            losses.add(&what, "the format does not tell how firmly it is said", 1);
            true
        }
        ClaimStatus::Disputed | ClaimStatus::Denied => {
            let what = format!("{what} that are disputed or denied");
            losses.add(&what, "they would stand there as certain", 1);
            false
        }
    }
}
