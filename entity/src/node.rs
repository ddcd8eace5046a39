//! `node`: a row for everything that can be the far end of a reference or the subject of a claim.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::NodeId;
use crate::kind::NodeKind;

/// A row for everything that can be the far end of a reference or the subject of a claim.
///
/// Every entity, every edge between entities and every name, place, topic, source and statement has a row here with
/// the same key, so that a reference to "any of them" is a real foreign key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "node")]
pub struct Model {
    /// Key of the node. Never shown outside.
    #[sea_orm(primary_key)]
    pub id: NodeId,
    /// The table that holds the rest of it.
    pub kind: NodeKind,
    /// Permanent, opaque public id, unique over all kinds. Example: `org_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
}

/// Relations of `node`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Slugs that lead to it.
    #[sea_orm(has_many = "super::slug::Entity", via_rel = "Relation::Node")]
    Slugs,
    /// Public ids that were given up and lead to it.
    #[sea_orm(has_many = "super::former_id::Entity", via_rel = "Relation::Node")]
    FormerIds,
    /// Names it goes or went by.
    #[sea_orm(has_many = "super::name::Entity", via_rel = "Relation::Named")]
    Names,
    /// Its ids elsewhere.
    #[sea_orm(has_many = "super::external_id::Entity", via_rel = "Relation::Node")]
    ExternalIds,
    /// Topics it is filed under.
    #[sea_orm(
        has_many = "super::classification::Entity",
        via_rel = "Relation::Classified"
    )]
    Classifications,
    /// What it said or set out to do.
    #[sea_orm(has_many = "super::statement::Entity", via_rel = "Relation::Holder")]
    Statements,
    /// Claims about it.
    #[sea_orm(has_many = "super::claim::Entity", via_rel = "Relation::Subject")]
    Claims,
    /// Its history.
    #[sea_orm(has_many = "super::revision::Entity", via_rel = "Relation::Node")]
    Revisions,
    /// The words it can be found by.
    #[sea_orm(has_one = "super::search_document::Entity")]
    SearchDocument,
}

impl Related<super::slug::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Slugs.def()
    }
}

impl Related<super::former_id::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::FormerIds.def()
    }
}

impl Related<super::name::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Names.def()
    }
}

impl Related<super::external_id::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ExternalIds.def()
    }
}

impl Related<super::revision::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Revisions.def()
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

impl Related<super::search_document::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::SearchDocument.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
