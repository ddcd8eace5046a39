//! `jsonl`: this program's own format, a record a line: all that the newest revision of each record says. Ordered by
//! kind and slug, so that equal data sets give equal files.
//!
//! `jsonl-history`: the same for every revision, in the order in which they were written, with who wrote it, when and
//! why. Read into an empty database, it gives the same history: how a database moves to another.

use anyhow::Result;
use serde_json::json;

use super::{Out, Records};
use crate::loss::Losses;
use crate::write::{Draft, Kind};

pub(super) async fn export(records: &Records<'_>, out: &mut Out<'_>) -> Result<Losses> {
    let mut losses = Losses::default();
    for kind in Kind::ALL {
        let mut batches = records.of_kind(kind);
        while let Some(batch) = batches.next().await? {
            for record in &batch {
                out.buffer.push(b'{');
                line(kind, &record.draft, &mut out.buffer)?;
                let earlier = record.revision.unsigned_abs() as usize - 1;
                losses.add(
                    "earlier revisions",
                    "the file holds what records say now; jsonl-history holds them all",
                    earlier,
                );
            }
            out.pass_on().await?;
        }
    }
    Ok(losses)
}

pub(super) async fn export_history(records: &Records<'_>, out: &mut Out<'_>) -> Result<Losses> {
    let mut revisions = records.revisions();
    while let Some(batch) = revisions.next().await? {
        for revision in batch {
            let row = &revision.row;
            let mut written = json!({"author": row.author, "recordedAt": row.recorded_at});
            if let Some(reason) = &row.reason {
                written["reason"] = json!(reason);
            }
            out.buffer
                .extend_from_slice(format!("{{\"revision\":{written},").as_bytes());
            line(revision.kind, &revision.draft, &mut out.buffer)?;
        }
        out.pass_on().await?;
    }
    Ok(Losses::default())
}

/// A record without the brace that opens it.
fn line(kind: Kind, draft: &Draft, out: &mut Vec<u8>) -> Result<()> {
    out.extend_from_slice(format!("\"type\":\"{kind}\",").as_bytes());
    let json = serde_json::to_string(draft)?;
    out.extend_from_slice(json.strip_prefix('{').unwrap_or(&json).as_bytes());
    out.push(b'\n');
    Ok(())
}
