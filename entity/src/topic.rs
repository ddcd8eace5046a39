//! `topic`: an ideology or a subject that entities are filed under.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::TopicId;
use crate::kind::TopicKind;

/// An ideology or a subject that entities are filed under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "topic")]
pub struct Model {
    /// Key of the topic, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TopicId,
    /// Permanent, opaque public id: `top_` and 20 characters. Example: `top_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// Current name in addresses, unique among its kind. Example: `revolutionary-socialism`.
    pub slug: String,
    /// Its name. Example: `Revolutionary socialism`.
    pub name: String,
    /// `name` without marks and in lower case, for sorting and for filters that ignore case.
    pub name_folded: String,
    /// Whether it is an ideology or a subject.
    pub kind: TopicKind,
    /// The wider topic it belongs to; null: it stands at the top.
    pub parent_id: Option<TopicId>,
}

/// Relations of `topic`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The wider topic it belongs to.
    #[sea_orm(belongs_to = "Entity", from = "Column::ParentId", to = "Column::Id")]
    Parent,
    /// Topics that belong to it.
    #[sea_orm(has_many = "Entity", via_rel = "Relation::Parent")]
    Narrower,
    /// What is filed under it.
    #[sea_orm(
        has_many = "super::classification::Entity",
        via_rel = "Relation::Topic"
    )]
    Classifications,
    /// What was said on it.
    #[sea_orm(has_many = "super::statement::Entity", via_rel = "Relation::Topic")]
    Statements,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::classification::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Classifications.def()
    }
}

impl Related<super::statement::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Statements.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
