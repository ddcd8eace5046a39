//! `external_id`: the id of an entity in another collection.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{ExternalIdId, NodeId};

/// The id of an entity in another collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "external_id")]
pub struct Model {
    /// Key of the external id. Never shown outside.
    #[sea_orm(primary_key)]
    pub id: ExternalIdId,
    /// The entity.
    pub node_id: NodeId,
    /// The collection. Example: `wikidata`.
    pub scheme: String,
    /// The id there, as written there. Example: `Q6052773`.
    pub value: String,
    /// Address of the record there; null: none known. Example: `https://www.wikidata.org/wiki/Q6052773`.
    pub url: Option<String>,
}

/// Relations of `external_id`, named by role.
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
