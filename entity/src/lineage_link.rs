//! `lineage_link`: one step of descent between two organisations, derived from an event and the roles of its
//! participants.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::{EventId, LineageLinkId, OrganisationId, ParticipationId};
use crate::kind::{ClaimStatus, DatePrecision, LineageKind};

/// One step of descent between two organisations, derived from an event and the roles of its participants.
///
/// Links can be rebuilt from the events at any time with the same result. The same two organisations may be linked
/// many times, and in both directions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "lineage_link")]
pub struct Model {
    /// Key of the link, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LineageLinkId,
    /// Permanent, opaque public id: `lnk_` and 20 characters. Example: `lnk_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// How the newer side came out of the older.
    pub kind: LineageKind,
    /// The older side.
    pub predecessor_id: OrganisationId,
    /// The newer side.
    pub successor_id: OrganisationId,
    /// The event that the link follows from.
    pub event_id: EventId,
    /// The older side's part in the event.
    pub predecessor_participation_id: ParticipationId,
    /// The newer side's part in the event.
    pub successor_participation_id: ParticipationId,
    /// When it happened: the date of the event, as EDTF text; null: no source says. Example: `2011-04`.
    pub date: Option<String>,
    /// First day that `date` can mean; null: unbounded, or no date.
    pub date_earliest: Option<Date>,
    /// Last day that `date` can mean; null: unbounded, or no date.
    pub date_latest: Option<Date>,
    /// How finely `date` is known; null: no date.
    pub date_precision: Option<DatePrecision>,
    /// Whether `date` is an estimate; null: no date.
    pub date_approximate: Option<bool>,
    /// Whether `date` is doubtful; null: no date.
    pub date_uncertain: Option<bool>,
    /// Sort key of `date`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub date_order: i64,
    /// The source's wording of `date`; null: not quoted, or no date.
    pub date_source_text: Option<String>,
    /// How many people went over; null: not known as a number. Example: `39`.
    pub people_value: Option<i64>,
    /// How many people went over, in words; null: no source says, or the number says it all. Example: `majority`.
    pub people_text: Option<String>,
    /// The reason a source gives for it; null: no source says.
    pub reason: Option<String>,
    /// How firmly this is known.
    pub status: ClaimStatus,
}

historical_date_columns!(
    date_date, set_date: date, date_earliest, date_latest, date_precision, date_approximate, date_uncertain, date_order, date_source_text
);

/// Relations of `lineage_link`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The older side.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::PredecessorId",
        to = "super::organisation::Column::Id"
    )]
    Predecessor,
    /// The newer side.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::SuccessorId",
        to = "super::organisation::Column::Id"
    )]
    Successor,
    /// The event that the link follows from.
    #[sea_orm(
        belongs_to = "super::event::Entity",
        from = "Column::EventId",
        to = "super::event::Column::Id"
    )]
    Event,
    /// The older side's part in the event.
    #[sea_orm(
        belongs_to = "super::participation::Entity",
        from = "Column::PredecessorParticipationId",
        to = "super::participation::Column::Id"
    )]
    PredecessorParticipation,
    /// The newer side's part in the event.
    #[sea_orm(
        belongs_to = "super::participation::Entity",
        from = "Column::SuccessorParticipationId",
        to = "super::participation::Column::Id"
    )]
    SuccessorParticipation,
}

impl Related<super::event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Event.def()
    }
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
