//! `name`: a name that an entity goes or went by.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::{NameId, NodeId};
use crate::kind::{DatePrecision, NameKind};

/// A name that an entity goes or went by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "name")]
pub struct Model {
    /// Key of the name, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NameId,
    /// Permanent, opaque public id: `nam_` and 20 characters. Example: `nam_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The entity named.
    pub node_id: NodeId,
    /// The name as written. Example: `International Socialist Group (Scotland)`.
    pub text: String,
    /// What sort of name it is.
    pub kind: NameKind,
    /// Language of the name, as a BCP 47 tag; null: not known. Example: `gd`.
    pub language: Option<String>,
    /// Since when it was used, as EDTF text; null: no source says. Example: `1977`.
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
    /// Until when it was used, as EDTF text; null: no source says, or still in use. Example: `1985`.
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
    /// Whether this is the name to show.
    pub preferred: bool,
    /// Place among the names of its entity, counted from 0.
    pub ordinal: i32,
}

historical_date_columns!(
    start_date, set_start: start, start_earliest, start_latest, start_precision, start_approximate, start_uncertain, start_order, start_source_text
);
historical_date_columns!(
    end_date, set_end: end, end_earliest, end_latest, end_precision, end_approximate, end_uncertain, end_order, end_source_text
);

/// Relations of `name`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The entity named.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::NodeId",
        to = "super::node::Column::Id"
    )]
    Named,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Named.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
