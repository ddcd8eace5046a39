//! `search_document`: the words an entity can be found by.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::NodeId;
use crate::kind::EntityKind;

/// The words an entity can be found by.
///
/// Each text is folded (compatibility forms and marks dropped, lower case), split on everything but letters and
/// digits, and joined by single spaces. The full-text indexes of the database are kept over it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "search_document")]
pub struct Model {
    /// The entity, by its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NodeId,
    /// Kind of the entity.
    pub kind: EntityKind,
    /// Words of the name shown. Example: `international socialist group`.
    pub name_tokens: String,
    /// Words of all its other names and abbreviations; empty: none.
    pub names_tokens: String,
    /// Words of its summary; empty: none.
    pub summary_tokens: String,
}

/// Relations of `search_document`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The entity.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
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
