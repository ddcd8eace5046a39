//! External ids: each belongs to one record.

use std::collections::{BTreeSet, HashMap};

use entity::{external_id, id::NodeId, slug};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};

use super::at;
use super::batch::{self, CHUNK};
use super::draft::{Draft, ExternalIdDraft, Kind};
use crate::error::{Error, Result};

/// An external id and what to say when another record has it.
pub(crate) struct ExternalIdRow {
    scheme: String,
    value: String,
    refusal: String,
    row: external_id::ActiveModel,
}

impl ExternalIdRow {
    pub fn new(draft: &Draft, owner: NodeId, item: &ExternalIdDraft) -> Self {
        let ExternalIdDraft { scheme, value, url } = item;
        Self {
            scheme: scheme.clone(),
            value: value.clone(),
            refusal: at(
                draft,
                "external_ids",
                format_args!("{scheme} `{value}` is the id of"),
            ),
            row: external_id::ActiveModel {
                node_id: Set(owner),
                scheme: Set(scheme.clone()),
                value: Set(value.clone()),
                url: Set(url.clone()),
                ..Default::default()
            },
        }
    }
}

/// Replaces the external ids of the records in `known`, and adds those of new ones.
pub(crate) async fn store(
    txn: &DatabaseTransaction,
    known: &[NodeId],
    items: Vec<ExternalIdRow>,
) -> Result<()> {
    for owners in known.chunks(CHUNK) {
        external_id::Entity::delete_many()
            .filter(external_id::Column::NodeId.is_in(owners.iter().copied()))
            .exec(txn)
            .await
            .map_err(Error::internal)?;
    }
    let mut seen = HashMap::new();
    for item in &items {
        if seen.insert((&item.scheme, &item.value), item).is_some() {
            let message = format!("{} another record that is being written", item.refusal);
            return Err(Error::conflict(message));
        }
    }
    for items in items.chunks(CHUNK) {
        let schemes: BTreeSet<_> = items.iter().map(|item| item.scheme.as_str()).collect();
        let values = items.iter().map(|item| item.value.as_str());
        let taken = external_id::Entity::find()
            .filter(external_id::Column::Scheme.is_in(schemes))
            .filter(external_id::Column::Value.is_in(values))
            .all(txn)
            .await
            .map_err(Error::internal)?;
        for row in taken {
            if let Some(item) = seen.get(&(&row.scheme, &row.value)) {
                let owner = owner(txn, row.node_id).await?;
                return Err(Error::conflict(format!("{} {owner} already", item.refusal)));
            }
        }
    }
    let rows = items.into_iter().map(|item| item.row).collect();
    batch::insert(txn, rows, "external ids").await
}

/// A record as messages name it.
async fn owner(txn: &DatabaseTransaction, node: NodeId) -> Result<String> {
    let row = slug::Entity::find()
        .filter(slug::Column::NodeId.eq(node))
        .one(txn)
        .await
        .map_err(Error::internal)?;
    Ok(row.map_or_else(
        || "another record".to_owned(),
        |row| {
            let kind = Kind::of_node(row.kind);
            format!("{}/{}", kind.map_or("", Kind::word), row.slug)
        },
    ))
}
