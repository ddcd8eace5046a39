//! Claims as they are recorded, read for a batch of records.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Result, anyhow};
use chrono::{DateTime, Utc};
use entity::claim::{self, Column};
use entity::id::NodeId;
use entity::kind::{ClaimRank, ClaimStatus};
use entity::node;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Records, TOGETHER};

/// What one source says on one property of a record.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub public_id: String,
    /// By its name in the public schema.
    pub property: String,
    /// The record's own row that it supports, by its public id; none: a plain field.
    pub about: Option<String>,
    /// Its place among the claims on the same field or row, which is that in the draft.
    pub ordinal: usize,
    pub value: Option<String>,
    /// The public id of the record that is claimed as the value, or that the value is about.
    pub node: Option<String>,
    pub rank: ClaimRank,
    pub status: ClaimStatus,
    /// The public id of the source.
    pub source: String,
    pub locator: Option<String>,
    pub quote: Option<String>,
    pub note: Option<String>,
    pub recorded_by: String,
    pub recorded_at: DateTime<Utc>,
}

impl Records<'_> {
    /// The claims on these records, in the order of property and place.
    pub(super) async fn claims(&self, records: &[NodeId]) -> Result<HashMap<NodeId, Vec<Claim>>> {
        let rows = claim::Entity::find()
            .filter(Column::SubjectId.is_in(records.iter().copied()))
            .order_by_asc(Column::SubjectId)
            .order_by_asc(Column::Property)
            .order_by_asc(Column::Ordinal)
            .order_by_asc(Column::PublicId)
            .all(&self.txn)
            .await?;
        let nodes = rows.iter().flat_map(|row| {
            let source = NodeId::from(row.source_id);
            [Some(source), row.value_node_id, row.about_id]
        });
        let public_ids = self.public_ids(nodes.flatten().collect()).await?;
        let public_id = |id: NodeId| {
            let known = public_ids.get(&id).cloned();
            known.ok_or_else(|| anyhow!("there is no node {id}"))
        };
        let mut claims: HashMap<NodeId, Vec<Claim>> = HashMap::new();
        for row in rows {
            claims.entry(row.subject_id).or_default().push(Claim {
                about: row.about_id.map(public_id).transpose()?,
                node: row.value_node_id.map(public_id).transpose()?,
                source: public_id(row.source_id.into())?,
                public_id: row.public_id,
                property: row.property,
                ordinal: usize::try_from(row.ordinal).unwrap_or_default(),
                value: row.value,
                rank: row.rank,
                status: row.status,
                locator: row.locator,
                quote: row.quote,
                note: row.note,
                recorded_by: row.recorded_by,
                recorded_at: row.recorded_at,
            });
        }
        Ok(claims)
    }

    async fn public_ids(&self, nodes: BTreeSet<NodeId>) -> Result<HashMap<NodeId, String>> {
        let nodes: Vec<NodeId> = nodes.into_iter().collect();
        let mut public_ids = HashMap::with_capacity(nodes.len());
        for nodes in nodes.chunks(usize::try_from(TOGETHER)?) {
            let found = node::Entity::find()
                .select_only()
                .columns([node::Column::Id, node::Column::PublicId])
                .filter(node::Column::Id.is_in(nodes.iter().copied()))
                .into_tuple::<(NodeId, String)>()
                .all(&self.txn)
                .await?;
            public_ids.extend(found);
        }
        Ok(public_ids)
    }
}
