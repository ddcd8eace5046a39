//! `event_order`: the order of two events that is known without their dates.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{EventId, EventOrderId};
use crate::kind::ClaimStatus;

/// The order of two events that is known without their dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "event_order")]
pub struct Model {
    /// Key of the pair, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventOrderId,
    /// Permanent, opaque public id: `ord_` and 20 characters. Example: `ord_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The event that came first.
    pub earlier_id: EventId,
    /// The event that came after.
    pub later_id: EventId,
    /// How firmly this is known.
    pub status: ClaimStatus,
}

/// Relations of `event_order`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The event that came first.
    #[sea_orm(
        belongs_to = "super::event::Entity",
        from = "Column::EarlierId",
        to = "super::event::Column::Id"
    )]
    Earlier,
    /// The event that came after.
    #[sea_orm(
        belongs_to = "super::event::Entity",
        from = "Column::LaterId",
        to = "super::event::Column::Id"
    )]
    Later,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
