//! `revision`: the state of an entity after one write: its whole draft, who wrote it, when and why.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{NodeId, RevisionId};

/// The state of an entity after one write: its whole draft, who wrote it, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    /// Key of the revision. Never shown outside.
    #[sea_orm(primary_key)]
    pub id: RevisionId,
    /// The entity.
    pub node_id: NodeId,
    /// Number of the revision, counted from 1 for each entity.
    pub number: i32,
    /// Who wrote it. Example: `seed`.
    pub author: String,
    /// Why it was written; null: not said.
    pub reason: Option<String>,
    /// When it was written, in UTC.
    pub recorded_at: DateTimeUtc,
    /// The whole draft, as JSON text.
    pub content: String,
}

/// Relations of `revision`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The entity.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::NodeId",
        to = "super::node::Column::Id"
    )]
    Node,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
