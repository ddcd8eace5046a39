//! `event`: something that happened and changed things: a split, a merger, a conference, an election.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::{EventId, PlaceId};
use crate::kind::{DatePrecision, EventKind};

/// Something that happened and changed things: a split, a merger, a conference, an election.
///
/// What came out of what is said by its participants and their roles; the rows of `lineage_link` are derived from
/// them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// Key of the event, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// Permanent, opaque public id: `evt_` and 20 characters. Example: `evt_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// Current name in addresses, unique among its kind. Example: `resignations-from-the-swp-in-scotland-2011`.
    pub slug: String,
    /// Name shown for it: the best-ranked one. Example: `Resignations from the SWP in Scotland`.
    pub name: String,
    /// `name` without marks and in lower case, for sorting and for filters that ignore case.
    pub name_folded: String,
    /// A few sentences on what it is; null: not written yet.
    pub summary: Option<String>,
    /// What sort of event it is.
    pub kind: EventKind,
    /// When it happened, as EDTF text; null: no source says. Example: `2011-04`.
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
    /// Where it happened; null: no source says.
    pub place_id: Option<PlaceId>,
    /// What came of it, in words; null: no source says. Example: `No`.
    pub outcome: Option<String>,
    /// The reason a source gives for it; null: no source says.
    pub reason: Option<String>,
    /// How many people took part; null: not known as a number. Example: `39`.
    pub attendance_value: Option<i64>,
    /// How many people took part, in words; null: no source says, or the number says it all. Example: `majority`.
    pub attendance_text: Option<String>,
    /// How many happenings the record stands for; null: not known as a number. Example: `1`.
    pub occurrences_value: Option<i64>,
    /// How many happenings the record stands for, in words; null: one, or the number says it all. Example:
    /// `numerous`.
    pub occurrences_text: Option<String>,
    /// Number of its newest revision, counted from 1.
    pub revision: i32,
}

historical_date_columns!(
    date_date, set_date: date, date_earliest, date_latest, date_precision, date_approximate, date_uncertain, date_order, date_source_text
);

/// Relations of `event`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// Where it happened.
    #[sea_orm(
        belongs_to = "super::place::Entity",
        from = "Column::PlaceId",
        to = "super::place::Column::Id"
    )]
    Place,
    /// Lineage links it gives rise to.
    #[sea_orm(has_many = "super::lineage_link::Entity", via_rel = "Relation::Event")]
    Links,
    /// Events known to have come before it.
    #[sea_orm(has_many = "super::event_order::Entity", via_rel = "Relation::Later")]
    Before,
    /// Events known to have come after it.
    #[sea_orm(has_many = "super::event_order::Entity", via_rel = "Relation::Earlier")]
    After,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::place::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Place.def()
    }
}

impl Related<super::lineage_link::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Links.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
