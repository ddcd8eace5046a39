//! `former_id`: a public id that was given up, and what it leads to.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::NodeId;

/// A public id that was given up when records were merged, and what it leads to.
///
/// It is the id of a record that turned out to be another one, or of a row whose id changed because it refers to such
/// a record. No node has it as its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "former_id")]
pub struct Model {
    /// The id that was given up. Example: `org_0a1b2c3d4e5f6g7h8j9k`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub public_id: String,
    /// What it leads to.
    pub node_id: NodeId,
}

/// Relations of `former_id`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// What it leads to.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::NodeId",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The history of the record that had the id.
    #[sea_orm(
        has_many = "super::former_revision::Entity",
        via_rel = "Relation::FormerId"
    )]
    Revisions,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::former_revision::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Revisions.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
