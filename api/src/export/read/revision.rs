//! Every revision of every record, in the order in which they were written.

use std::collections::HashMap;

use anyhow::Result;
use entity::id::NodeId;
use entity::kind::NodeKind;
use entity::{node, revision};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Records, TOGETHER};
use crate::write::{Draft, Kind};

/// What was written of a record, and by whom.
pub(crate) struct Revision {
    pub kind: Kind,
    pub row: revision::Model,
    pub draft: Draft,
}

/// All revisions, in the order in which they were written.
pub(crate) struct Revisions<'a> {
    records: &'a Records<'a>,
    after: Option<i64>,
}

impl Records<'_> {
    pub fn revisions(&self) -> Revisions<'_> {
        Revisions {
            records: self,
            after: Some(0),
        }
    }
}

impl Revisions<'_> {
    /// The next revisions; none: there are no more.
    pub async fn next(&mut self) -> Result<Option<Vec<Revision>>> {
        let Some(after) = self.after.take() else {
            return Ok(None);
        };
        let txn = &self.records.txn;
        let rows = revision::Entity::find()
            .filter(revision::Column::Id.gt(after))
            .order_by_asc(revision::Column::Id)
            .limit(TOGETHER)
            .all(txn)
            .await?;
        self.after = rows.last().map(|row| row.id.0);
        let nodes = rows.iter().map(|row| row.node_id);
        let kinds: HashMap<NodeId, NodeKind> = node::Entity::find()
            .select_only()
            .columns([node::Column::Id, node::Column::Kind])
            .filter(node::Column::Id.is_in(nodes))
            .into_tuple()
            .all(txn)
            .await?
            .into_iter()
            .collect();
        let mut revisions = Vec::with_capacity(rows.len());
        for row in rows {
            let kind = kinds.get(&row.node_id).copied().and_then(Kind::of_node);
            // Only records have revisions.
            let Some(kind) = kind else { continue };
            let draft = Draft::parse(kind, &row.content)?;
            revisions.push(Revision { kind, row, draft });
        }
        self.records.read(revisions.len());
        Ok(Some(revisions).filter(|revisions| !revisions.is_empty()))
    }
}
