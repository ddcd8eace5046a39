//! `participation`: the part of an entity, or of unnamed people, in a campaign or an event.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::{NodeId, ParticipationId};
use crate::kind::{ClaimStatus, DatePrecision};

/// The part of an entity, or of unnamed people, in a campaign or an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "participation")]
pub struct Model {
    /// Key of the participation, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ParticipationId,
    /// Permanent, opaque public id: `par_` and 20 characters. Example: `par_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The campaign or event taken part in.
    pub context_id: NodeId,
    /// The entity that took part; null: people without a record, told in `description`.
    pub participant_id: Option<NodeId>,
    /// Unnamed participants in words; null: the participant has a record. Example: `circulation officer`.
    pub description: Option<String>,
    /// The part taken. In events that make lineage: `origin`, `continuing`, `ceased`, `resulting` or `absorbed`;
    /// else free words. Example: `resigned`.
    pub role: String,
    /// Post held while taking part, in words; null: none known. Example: `circulation officer of Socialist Worker`.
    pub post: Option<String>,
    /// How many people it stands for; null: not known as a number. Example: `39`.
    pub count_value: Option<i64>,
    /// How many people it stands for, in words; null: no source says, or the number says it all. Example:
    /// `majority`.
    pub count_text: Option<String>,
    /// Since when, as EDTF text; null: no source says. Example: `2011`.
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
    /// Until when, as EDTF text; null: no source says. Example: `2014-09-18`.
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
    /// What else is to be said; null: nothing.
    pub note: Option<String>,
    /// Place among the participants of its campaign or event, counted from 0.
    pub ordinal: i32,
}

historical_date_columns!(
    start_date, set_start: start, start_earliest, start_latest, start_precision, start_approximate, start_uncertain, start_order, start_source_text
);
historical_date_columns!(
    end_date, set_end: end, end_earliest, end_latest, end_precision, end_approximate, end_uncertain, end_order, end_source_text
);

/// Relations of `participation`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The campaign or event taken part in.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::ContextId",
        to = "super::node::Column::Id"
    )]
    Context,
    /// The entity that took part.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::ParticipantId",
        to = "super::node::Column::Id"
    )]
    Participant,
    /// Links in which it is the older side.
    #[sea_orm(
        has_many = "super::lineage_link::Entity",
        via_rel = "Relation::PredecessorParticipation"
    )]
    PredecessorLinks,
    /// Links in which it is the newer side.
    #[sea_orm(
        has_many = "super::lineage_link::Entity",
        via_rel = "Relation::SuccessorParticipation"
    )]
    SuccessorLinks,
}

impl ActiveModelBehavior for ActiveModel {}
