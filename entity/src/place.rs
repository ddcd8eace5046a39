//! `place`: a place, from a street address to a state. A country is a place with a code.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::PlaceId;
use crate::kind::PlaceKind;

/// A place, from a street address to a state. A country is a place with a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "place")]
pub struct Model {
    /// Key of the place, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlaceId,
    /// Permanent, opaque public id: `plc_` and 20 characters. Example: `plc_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// Current name in addresses, unique among its kind. Example: `glasgow`.
    pub slug: String,
    /// Its name. Example: `Glasgow`.
    pub name: String,
    /// `name` without marks and in lower case, for sorting and for filters that ignore case.
    pub name_folded: String,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// ISO 3166 code of a country or of a part of one; null: it is not a country. Example: `GB-SCT`.
    pub code: Option<String>,
    /// Street and number; null: not an address, or not known. Example: `Union Street`.
    pub street: Option<String>,
    /// Postal code; null: not an address, or not known. Example: `G1 3TA`.
    pub postcode: Option<String>,
    /// The place it lies in; null: not recorded.
    pub parent_id: Option<PlaceId>,
}

/// Relations of `place`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// The place it lies in.
    #[sea_orm(belongs_to = "Entity", from = "Column::ParentId", to = "Column::Id")]
    Parent,
    /// Places that lie in it.
    #[sea_orm(has_many = "Entity", via_rel = "Relation::Parent")]
    Parts,
    /// Who was active there, and when.
    #[sea_orm(has_many = "super::place_period::Entity", via_rel = "Relation::Place")]
    Periods,
    /// What happened there.
    #[sea_orm(has_many = "super::event::Entity", via_rel = "Relation::Place")]
    Events,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::place_period::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Periods.def()
    }
}

impl Related<super::event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Events.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
