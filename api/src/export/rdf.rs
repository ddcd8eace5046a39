//! `turtle`, `ntriples`, `jsonld`: the data set as linked data. The three say the same triples in the same order.

use anyhow::Result;

use super::{Format, Out, Records};
use crate::linked::{Addresses, Graph, Syntax, Writer, dataset, describe};
use crate::loss::Losses;
use crate::write::Kind;

pub(super) async fn export(
    records: &Records<'_>,
    format: Format,
    base_url: &str,
    out: &mut Out<'_>,
) -> Result<Losses> {
    let syntax = match format {
        Format::Ntriples => Syntax::NTriples,
        Format::Jsonld => Syntax::JsonLd,
        _ => Syntax::Turtle,
    };
    let addresses = Addresses::new(base_url);
    let mut writer = Writer::new(syntax, &addresses)?;
    let about = dataset(&addresses, &records.state().await?);
    writer.write(&about, &mut out.buffer)?;
    let mut losses = Losses::default();
    for kind in Kind::ALL {
        let mut batches = records.of_kind(kind);
        while let Some(batch) = batches.next().await? {
            for whole in records.whole(batch).await?.iter() {
                let mut graph = Graph::new(&addresses);
                describe(whole, &mut graph)?;
                // They have been told of with the data set.
                graph.retain(|subject| !addresses.is_recorder(subject));
                writer.write(&graph, &mut out.buffer)?;
                let record = whole.record;
                losses.add(
                    "earlier revisions",
                    "the file holds what records say now",
                    record.revision.unsigned_abs() as usize - 1,
                );
                losses.add(
                    "former slugs",
                    "addresses of documents, which lead on to the ones that records have now",
                    record.draft.former_slugs().len(),
                );
                losses.add(
                    "orders of lists",
                    "triples stand in no order",
                    whole.owned.lists(),
                );
            }
            out.pass_on().await?;
        }
    }
    writer.finish(&mut out.buffer)?;
    Ok(losses)
}
