//! `membership`: a person's part in an organisation: member, leader, founder, holder of a post.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::{MembershipId, OrganisationId, PersonId};
use crate::kind::{ClaimStatus, DatePrecision};

/// A person's part in an organisation: member, leader, founder, holder of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// Key of the membership, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MembershipId,
    /// Permanent, opaque public id: `mem_` and 20 characters. Example: `mem_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The person.
    pub person_id: PersonId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The part taken, as one lower-case word or two. Example: `member`.
    pub role: String,
    /// Post held, in words; null: none known. Example: `member of the Central Committee`.
    pub post: Option<String>,
    /// Since when, as EDTF text; null: no source says. Example: `1979~`.
    pub start: Option<String>,
    /// First day that `start` can mean; null: unbounded, or no date.
    pub start_earliest: Option<Date>,
    /// Last day that `start` can mean; null: unbounded, or no date.
    pub start_latest: Option<Date>,
    /// How finely `start` is known; null: no date.
    pub start_precision: Option<DatePrecision>,
    /// Whether `start` is an estimate; null: no date.
    pub start_approximate: Option<bool>,
    /// Whether `start` is doubtful; null: no date.
    pub start_uncertain: Option<bool>,
    /// Sort key of `start`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub start_order: i64,
    /// The source's wording of `start`; null: not quoted, or no date.
    pub start_source_text: Option<String>,
    /// Until when, as EDTF text; null: no source says, which does not mean that it lasts. Example: `2011-04`.
    pub end: Option<String>,
    /// First day that `end` can mean; null: unbounded, or no date.
    pub end_earliest: Option<Date>,
    /// Last day that `end` can mean; null: unbounded, or no date.
    pub end_latest: Option<Date>,
    /// How finely `end` is known; null: no date.
    pub end_precision: Option<DatePrecision>,
    /// Whether `end` is an estimate; null: no date.
    pub end_approximate: Option<bool>,
    /// Whether `end` is doubtful; null: no date.
    pub end_uncertain: Option<bool>,
    /// Sort key of `end`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub end_order: i64,
    /// The source's wording of `end`; null: not quoted, or no date.
    pub end_source_text: Option<String>,
    /// How firmly this is known.
    pub status: ClaimStatus,
    /// Place among the person's memberships, counted from 0.
    pub ordinal: i32,
}

historical_date_columns!(
    start_date, set_start: start, start_earliest, start_latest, start_precision, start_approximate, start_uncertain, start_order, start_source_text
);
historical_date_columns!(
    end_date, set_end: end, end_earliest, end_latest, end_precision, end_approximate, end_uncertain, end_order, end_source_text
);

/// Relations of `membership`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The person.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
    /// The organisation.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id"
    )]
    Organisation,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
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
