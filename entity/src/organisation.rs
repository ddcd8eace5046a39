//! `organisation`: a body with members: a party, a group, an alliance, a union.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::{OrganisationId, PlaceId, PublicationId};
use crate::kind::{DatePrecision, OrganisationKind, OrganisationStatus, PoliticalPosition};

/// A body with members: a party, a group, an alliance, a union.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// Key of the organisation, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationId,
    /// Permanent, opaque public id: `org_` and 20 characters. Example: `org_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// Current name in addresses, unique among its kind. Example: `international-socialist-group-scotland`.
    pub slug: String,
    /// Name shown for it: the best-ranked one. Example: `International Socialist Group`.
    pub name: String,
    /// `name` without marks and in lower case, for sorting and for filters that ignore case.
    pub name_folded: String,
    /// Initials it is known by; null: none known. Example: `ISG`.
    pub abbreviation: Option<String>,
    /// A few sentences on what it is; null: not written yet.
    pub summary: Option<String>,
    /// What sort of body it is.
    pub kind: OrganisationKind,
    /// Whether it still exists, as far as the sources tell.
    pub status: OrganisationStatus,
    /// When it came into being, as EDTF text; null: no source says. Example: `2011-04`.
    pub founded: Option<String>,
    /// First day that `founded` can mean; null: unbounded, or no date.
    pub founded_earliest: Option<Date>,
    /// Last day that `founded` can mean; null: unbounded, or no date.
    pub founded_latest: Option<Date>,
    /// How finely `founded` is known; null: no date.
    pub founded_precision: Option<DatePrecision>,
    /// Whether `founded` is an estimate; null: no date.
    pub founded_approximate: Option<bool>,
    /// Whether `founded` is doubtful; null: no date.
    pub founded_uncertain: Option<bool>,
    /// Sort key of `founded`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub founded_order: i64,
    /// The source's wording of `founded`; null: not quoted, or no date.
    pub founded_source_text: Option<String>,
    /// When it ceased to be, as EDTF text; null: no source says, which does not mean that it still exists. Example:
    /// `2015`.
    pub dissolved: Option<String>,
    /// First day that `dissolved` can mean; null: unbounded, or no date.
    pub dissolved_earliest: Option<Date>,
    /// Last day that `dissolved` can mean; null: unbounded, or no date.
    pub dissolved_latest: Option<Date>,
    /// How finely `dissolved` is known; null: no date.
    pub dissolved_precision: Option<DatePrecision>,
    /// Whether `dissolved` is an estimate; null: no date.
    pub dissolved_approximate: Option<bool>,
    /// Whether `dissolved` is doubtful; null: no date.
    pub dissolved_uncertain: Option<bool>,
    /// Sort key of `dissolved`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub dissolved_order: i64,
    /// The source's wording of `dissolved`; null: not quoted, or no date.
    pub dissolved_source_text: Option<String>,
    /// The country it belongs to; null: not known, or more than one.
    pub country_id: Option<PlaceId>,
    /// Where its head office is or was last; null: not known.
    pub headquarters_id: Option<PlaceId>,
    /// Where it stands between left and right; null: no source says.
    pub position: Option<PoliticalPosition>,
    /// How or by whom it is led, in words; null: no source says. Example: `collective`.
    pub leadership: Option<String>,
    /// Its main paper; null: none known.
    pub newspaper_id: Option<PublicationId>,
    /// Address or file name of its emblem; null: none known.
    pub logo: Option<String>,
    /// Address of its own site; null: none known. Example: `https://internationalsocialist.org.uk`.
    pub website: Option<String>,
    /// Number of its newest revision, counted from 1.
    pub revision: i32,
}

historical_date_columns!(
    founded_date, set_founded: founded, founded_earliest, founded_latest, founded_precision, founded_approximate, founded_uncertain, founded_order, founded_source_text
);
historical_date_columns!(
    dissolved_date, set_dissolved: dissolved, dissolved_earliest, dissolved_latest, dissolved_precision, dissolved_approximate, dissolved_uncertain, dissolved_order, dissolved_source_text
);

/// Relations of `organisation`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The country it belongs to.
    #[sea_orm(
        belongs_to = "super::place::Entity",
        from = "Column::CountryId",
        to = "super::place::Column::Id"
    )]
    Country,
    /// Where its head office is.
    #[sea_orm(
        belongs_to = "super::place::Entity",
        from = "Column::HeadquartersId",
        to = "super::place::Column::Id"
    )]
    Headquarters,
    /// Its main paper.
    #[sea_orm(
        belongs_to = "super::publication::Entity",
        from = "Column::NewspaperId",
        to = "super::publication::Column::Id"
    )]
    Newspaper,
    /// People with a part in it.
    #[sea_orm(
        has_many = "super::membership::Entity",
        via_rel = "Relation::Organisation"
    )]
    People,
    /// Where it was active.
    #[sea_orm(
        has_many = "super::place_period::Entity",
        via_rel = "Relation::Organisation"
    )]
    Places,
    /// What it published.
    #[sea_orm(
        has_many = "super::publishing::Entity",
        via_rel = "Relation::Organisation"
    )]
    Publishings,
    /// Bodies it belongs to.
    #[sea_orm(has_many = "super::affiliation::Entity", via_rel = "Relation::Member")]
    Affiliations,
    /// What belongs to it.
    #[sea_orm(has_many = "super::affiliation::Entity", via_rel = "Relation::Body")]
    Affiliates,
    /// Links to what it came from.
    #[sea_orm(
        has_many = "super::lineage_link::Entity",
        via_rel = "Relation::Successor"
    )]
    PredecessorLinks,
    /// Links to what came of it.
    #[sea_orm(
        has_many = "super::lineage_link::Entity",
        via_rel = "Relation::Predecessor"
    )]
    SuccessorLinks,
    /// Campaigns that are this same body.
    #[sea_orm(
        has_many = "super::campaign::Entity",
        via_rel = "Relation::Organisation"
    )]
    Campaigns,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::publication::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Newspaper.def()
    }
}

impl Related<super::membership::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::People.def()
    }
}

impl Related<super::place_period::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Places.def()
    }
}

impl Related<super::publishing::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Publishings.def()
    }
}

impl Related<super::campaign::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Campaigns.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
