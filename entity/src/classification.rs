//! `classification`: an entity filed under a topic.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{ClassificationId, NodeId, TopicId};
use crate::kind::ClaimStatus;

/// An entity filed under a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "classification")]
pub struct Model {
    /// Key of the classification, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClassificationId,
    /// Permanent, opaque public id: `cls_` and 20 characters. Example: `cls_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The entity.
    pub node_id: NodeId,
    /// The topic.
    pub topic_id: TopicId,
    /// How firmly this is known.
    pub status: ClaimStatus,
    /// Place among the entity's topics, counted from 0.
    pub ordinal: i32,
}

/// Relations of `classification`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The entity.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::NodeId",
        to = "super::node::Column::Id"
    )]
    Classified,
    /// The topic.
    #[sea_orm(
        belongs_to = "super::topic::Entity",
        from = "Column::TopicId",
        to = "super::topic::Column::Id"
    )]
    Topic,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Classified.def()
    }
}

impl Related<super::topic::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Topic.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
