//! `jsonl`: this program's own format, a record a line: all that the newest revision of each record says.
//!
//! The lines are ordered by kind and slug, so that equal data sets give equal files.

use anyhow::Result;

use super::{Out, Records};
use crate::loss::Losses;
use crate::write::Kind;

pub(super) async fn export(records: &Records<'_>, out: &mut Out<'_>) -> Result<Losses> {
    let mut losses = Losses::default();
    let mut earlier = 0;
    for kind in Kind::ALL {
        let mut batches = records.of_kind(kind);
        while let Some(batch) = batches.next().await? {
            for record in &batch {
                // A draft begins with its slug.
                let json = serde_json::to_string(&record.draft)?;
                let rest = json.strip_prefix('{').unwrap_or(&json);
                let line = format!("{{\"type\":\"{kind}\",{rest}\n");
                out.buffer.extend_from_slice(line.as_bytes());
                earlier += record.revision.unsigned_abs() as usize - 1;
            }
            out.pass_on().await?;
        }
    }
    losses.add(
        "earlier revisions",
        "the file holds what records say now",
        earlier,
    );
    Ok(losses)
}
