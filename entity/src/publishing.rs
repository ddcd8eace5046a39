//! `publishing`: an organisation's publishing of a publication.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{OrganisationId, PublicationId, PublishingId};
use crate::kind::ClaimStatus;

/// An organisation's publishing of a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "publishing")]
pub struct Model {
    /// Key of the publishing, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PublishingId,
    /// Permanent, opaque public id: `pbl_` and 20 characters. Example: `pbl_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The publication.
    pub publication_id: PublicationId,
    /// The publisher.
    pub organisation_id: OrganisationId,
    /// How firmly this is known.
    pub status: ClaimStatus,
    /// Place among the publication's publishers, counted from 0.
    pub ordinal: i32,
}

/// Relations of `publishing`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The publication.
    #[sea_orm(
        belongs_to = "super::publication::Entity",
        from = "Column::PublicationId",
        to = "super::publication::Column::Id"
    )]
    Publication,
    /// The publisher.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id"
    )]
    Organisation,
}

impl Related<super::publication::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Publication.def()
    }
}

impl Related<super::organisation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organisation.def()
    }
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
