//! `statement`: what an entity said, argued or set out to do, in words.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::{NodeId, StatementId, TopicId};
use crate::kind::{ClaimStatus, DatePrecision, StatementKind};

/// What an entity said, argued or set out to do, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "statement")]
pub struct Model {
    /// Key of the statement, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StatementId,
    /// Permanent, opaque public id: `sta_` and 20 characters. Example: `sta_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The entity whose statement it is.
    pub node_id: NodeId,
    /// What sort of statement it is.
    pub kind: StatementKind,
    /// The verb it was said with; null: none given. Example: `argued`.
    pub attitude: Option<String>,
    /// What it is about; null: not filed.
    pub topic_id: Option<TopicId>,
    /// The statement in words. Example: `a realignment of the Scottish left is possible`.
    pub text: String,
    /// Who held it, in words, where that is not the entity as a whole; null: the entity. Example: `reviewers on the
    /// Scottish left`.
    pub holder: Option<String>,
    /// When it was made, as EDTF text; null: no source says. Example: `2011`.
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
    /// When it was met, as EDTF text; null: not met, or no source says. Example: `2015`.
    pub fulfilled: Option<String>,
    /// First day that `fulfilled` can mean; null: unbounded, or no date.
    pub fulfilled_earliest: Option<Date>,
    /// Last day that `fulfilled` can mean; null: unbounded, or no date.
    pub fulfilled_latest: Option<Date>,
    /// How finely `fulfilled` is known; null: no date.
    pub fulfilled_precision: Option<DatePrecision>,
    /// Whether `fulfilled` is an estimate; null: no date.
    pub fulfilled_approximate: Option<bool>,
    /// Whether `fulfilled` is doubtful; null: no date.
    pub fulfilled_uncertain: Option<bool>,
    /// Sort key of `fulfilled`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub fulfilled_order: i64,
    /// The source's wording of `fulfilled`; null: not quoted, or no date.
    pub fulfilled_source_text: Option<String>,
    /// How firmly this is known.
    pub status: ClaimStatus,
    /// Place among the entity's statements, counted from 0.
    pub ordinal: i32,
}

historical_date_columns!(
    date_date, set_date: date, date_earliest, date_latest, date_precision, date_approximate, date_uncertain, date_order, date_source_text
);
historical_date_columns!(
    fulfilled_date, set_fulfilled: fulfilled, fulfilled_earliest, fulfilled_latest, fulfilled_precision, fulfilled_approximate, fulfilled_uncertain, fulfilled_order, fulfilled_source_text
);

/// Relations of `statement`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The entity whose statement it is.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::NodeId",
        to = "super::node::Column::Id"
    )]
    Holder,
    /// What it is about.
    #[sea_orm(
        belongs_to = "super::topic::Entity",
        from = "Column::TopicId",
        to = "super::topic::Column::Id"
    )]
    Topic,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Holder.def()
    }
}

impl Related<super::topic::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Topic.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
