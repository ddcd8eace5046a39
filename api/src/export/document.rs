//! The document about one record as linked data: all that it says, what others say of it, and how what it names is
//! called.

use anyhow::Result;

use super::{Record, Records};
use crate::database::Database;
use crate::linked::{Addresses, Graph, Syntax, dataset, describe, label};
use crate::locate::Located;
use crate::write::{Kind, Parts, Target};

/// Writes the document; none: the record has gone meanwhile.
///
/// # Errors
/// When the database fails, or the addresses of this installation are none.
pub async fn document(
    database: &Database,
    located: &Located,
    syntax: Syntax,
    base_url: &str,
) -> Result<Option<Vec<u8>>> {
    let records = Records::brief(database).await?;
    let addresses = Addresses::new(base_url);
    let mut graph = Graph::new(&addresses);
    let found = records.of_ids(located.kind, [located.id].into()).await?;
    let there = !found.is_empty();
    for whole in records.whole(found).await?.iter() {
        describe(whole, &mut graph)?;
        for (_, reference) in Parts::of(&whole.record.draft).references {
            let kind = reference.kind.unwrap_or(Kind::Source);
            if let Some(target) = whole.directory.get(kind, reference.slug) {
                label(kind, target, &mut graph);
            }
        }
    }
    let me = addresses.id(&located.public_id);
    let referring = records.referring(located.kind, located.id).await?;
    for (kind, ids) in referring.ids {
        let others = records.of_ids(kind, ids).await?;
        for whole in records.whole(others).await?.iter() {
            let mut other = Graph::new(&addresses);
            describe(whole, &mut other)?;
            let owner = addresses.id(&whole.record.public_id);
            graph.add_concerning(&other, &owner, &me);
            label(kind, &target(whole.record), &mut graph);
            for link in &whole.owned.links {
                let ends = [&link.predecessor, &link.successor];
                if ends.iter().any(|end| end.id == located.id) {
                    for end in ends {
                        label(Kind::Organisation, end, &mut graph);
                    }
                }
            }
        }
    }
    if referring.more {
        let document = addresses.document(located.kind, &located.slug);
        graph.is_cut(&document);
    }
    records.close().await?;
    there
        .then(|| crate::linked::document(syntax, &graph))
        .transpose()
}

/// What the data set is as a whole, as it is now.
///
/// # Errors
/// When the database fails.
pub async fn about<'a>(database: &Database, addresses: &'a Addresses) -> Result<Graph<'a>> {
    let records = Records::brief(database).await?;
    let state = records.state().await?;
    records.close().await?;
    Ok(dataset(addresses, &state))
}

fn target(record: &Record) -> Target {
    Target {
        id: record.id,
        public_id: record.public_id.clone(),
        slug: record.draft.slug.clone(),
        name: record.draft.name().to_owned(),
    }
}
