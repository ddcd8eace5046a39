//! `campaign`: a common effort towards an aim, carried by people and bodies.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::{CampaignId, OrganisationId};
use crate::kind::DatePrecision;

/// A common effort towards an aim, carried by people and bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    /// Key of the campaign, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CampaignId,
    /// Permanent, opaque public id: `cam_` and 20 characters. Example: `cam_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// Current name in addresses, unique among its kind. Example: `stop-the-war-coalition`.
    pub slug: String,
    /// Name shown for it: the best-ranked one. Example: `Stop the War Coalition`.
    pub name: String,
    /// `name` without marks and in lower case, for sorting and for filters that ignore case.
    pub name_folded: String,
    /// A few sentences on what it is; null: not written yet.
    pub summary: Option<String>,
    /// When it began, as EDTF text; null: no source says. Example: `2001-09-21`.
    pub started: Option<String>,
    /// First day that `started` can mean; null: unbounded, or no date.
    pub started_earliest: Option<Date>,
    /// Last day that `started` can mean; null: unbounded, or no date.
    pub started_latest: Option<Date>,
    /// How finely `started` is known; null: no date.
    pub started_precision: Option<DatePrecision>,
    /// Whether `started` is an estimate; null: no date.
    pub started_approximate: Option<bool>,
    /// Whether `started` is doubtful; null: no date.
    pub started_uncertain: Option<bool>,
    /// Sort key of `started`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub started_order: i64,
    /// The source's wording of `started`; null: not quoted, or no date.
    pub started_source_text: Option<String>,
    /// When it ended, as EDTF text; null: no source says, which does not mean that it goes on. Example: `2014`.
    pub ended: Option<String>,
    /// First day that `ended` can mean; null: unbounded, or no date.
    pub ended_earliest: Option<Date>,
    /// Last day that `ended` can mean; null: unbounded, or no date.
    pub ended_latest: Option<Date>,
    /// How finely `ended` is known; null: no date.
    pub ended_precision: Option<DatePrecision>,
    /// Whether `ended` is an estimate; null: no date.
    pub ended_approximate: Option<bool>,
    /// Whether `ended` is doubtful; null: no date.
    pub ended_uncertain: Option<bool>,
    /// Sort key of `ended`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub ended_order: i64,
    /// The source's wording of `ended`; null: not quoted, or no date.
    pub ended_source_text: Option<String>,
    /// The campaign it is a part of; null: stands alone, or not known.
    pub parent_id: Option<CampaignId>,
    /// The body that the campaign is at the same time; null: it is not a body of its own.
    pub organisation_id: Option<OrganisationId>,
    /// Number of its newest revision, counted from 1.
    pub revision: i32,
}

historical_date_columns!(
    started_date, set_started: started, started_earliest, started_latest, started_precision, started_approximate, started_uncertain, started_order, started_source_text
);
historical_date_columns!(
    ended_date, set_ended: ended, ended_earliest, ended_latest, ended_precision, ended_approximate, ended_uncertain, ended_order, ended_source_text
);

/// Relations of `campaign`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The campaign it is a part of.
    #[sea_orm(belongs_to = "Entity", from = "Column::ParentId", to = "Column::Id")]
    Parent,
    /// The body that it is at the same time.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id"
    )]
    Organisation,
    /// Campaigns that are a part of it.
    #[sea_orm(has_many = "Entity", via_rel = "Relation::Parent")]
    Subcampaigns,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::organisation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organisation.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
