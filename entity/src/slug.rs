//! `slug`: a slug, current or former, and what it leads to.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::NodeId;
use crate::kind::NodeKind;

/// A slug, current or former, and what it leads to.
///
/// A slug that was given up keeps leading to its entity, and is never given to another of the same kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "slug")]
pub struct Model {
    /// Kind of thing within which the slug is unique: one of the entities, `SOURCE`, `PLACE` or `TOPIC`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: NodeKind,
    /// The slug: lower-case letters, digits and single hyphens. Example: `socialist-workers-party-uk`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    /// What it leads to.
    pub node_id: NodeId,
}

/// Relations of `slug`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// What it leads to.
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
