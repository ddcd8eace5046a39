//! Records made known before what they say is written: so a file that does not fit into memory can be written piece
//! by piece, whatever its records refer to further on.

use entity::{revision, slug};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use super::batch;
use super::directory::{Directory, Identity};
use super::draft::{Content, Draft, Kind};
use super::record::Record;
use super::rows::Rows;
use super::{Context, identify, insert_slugs, take_turns};
use crate::error::{Error, Result};

/// Makes those of the drafts known that are not yet: as no more than a slug and a name, and without a revision.
/// Whoever announces a record writes it in the same transaction.
///
/// # Errors
/// As [`super::save`], for what concerns slugs.
pub async fn announce(
    txn: &DatabaseTransaction,
    drafts: &[Draft],
    context: &Context<'_>,
) -> Result<()> {
    take_turns(txn).await?;
    let stubs = drafts
        .iter()
        .map(stub)
        .collect::<serde_json::Result<Vec<_>>>()
        .map_err(Error::internal)?;
    let mut directory = Directory::load(txn, &stubs, &[]).await?;
    let identities = identify(&directory, &stubs)?;
    let together = || stubs.iter().zip(&identities);
    let new = together().filter(|(_, identity)| identity.id.is_none());
    let wanted = new.map(|(draft, identity)| (draft.kind().node(), identity.public_id.clone()));
    let ids = batch::nodes(txn, wanted.collect()).await?;

    let mut rows = Rows::default();
    let mut slugs = Vec::new();
    for ((draft, identity), whole) in together().zip(drafts) {
        let Identity { id, public_id } = identity.clone();
        if let Some(id) = id {
            // Under another slug than before, perhaps.
            slugs.push((whole, id));
            continue;
        }
        let Some(id) = ids.get(&public_id).copied() else {
            return Err(Error::internal(anyhow::anyhow!("no node for {public_id}")));
        };
        directory.enter(draft, id, public_id.clone());
        slugs.push((whole, id));
        Record::new(draft, id, public_id, 0, &directory, context, &mut rows).rows()?;
    }
    // The rest comes with what the record says.
    rows.names.clear();
    rows.search_documents.clear();
    rows.store(txn, &[]).await?;
    insert_slugs(txn, slugs.into_iter()).await
}

/// How many records were announced and not written.
///
/// # Errors
/// When the database does not answer.
pub async fn unwritten(txn: &DatabaseTransaction) -> Result<u64> {
    let written = Query::select()
        .column(revision::Column::NodeId)
        .from(revision::Entity)
        .take();
    slug::Entity::find()
        .filter(slug::Column::NodeId.not_in_subquery(written))
        .count(txn)
        .await
        .map_err(Error::internal)
}

/// A draft's slugs and its name alone.
fn stub(draft: &Draft) -> serde_json::Result<Draft> {
    let mut content = json!({});
    let name = match draft.kind() {
        Kind::Source => "title",
        _ => "name",
    };
    content[name] = json!(draft.name());
    if !draft.former_slugs().is_empty() {
        content["former_slugs"] = json!(draft.former_slugs());
    }
    Ok(Draft {
        slug: draft.slug.clone(),
        content: Content::deserialize(draft.kind(), content)?,
    })
}
