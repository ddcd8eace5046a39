//! `authorship`: a person's part in writing a publication.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{AuthorshipId, PersonId, PublicationId};
use crate::kind::ClaimStatus;

/// A person's part in writing a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "authorship")]
pub struct Model {
    /// Key of the authorship, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuthorshipId,
    /// Permanent, opaque public id: `aut_` and 20 characters. Example: `aut_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The publication.
    pub publication_id: PublicationId,
    /// The person.
    pub person_id: PersonId,
    /// The part taken. Example: `author`.
    pub role: String,
    /// How firmly this is known.
    pub status: ClaimStatus,
    /// Place among the publication's authors, counted from 0.
    pub ordinal: i32,
}

/// Relations of `authorship`, named by role.
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
    /// The person.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::publication::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Publication.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
