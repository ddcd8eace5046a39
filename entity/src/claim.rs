//! `claim`: what one source says on one property of one entity.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{ClaimId, NodeId, SourceId};
use crate::kind::{ClaimRank, ClaimStatus};

/// What one source says on one property of one entity.
///
/// Contradicting claims stand beside each other; the plain column shows the best-ranked one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "claim")]
pub struct Model {
    /// Key of the claim. Never shown outside.
    #[sea_orm(primary_key)]
    pub id: ClaimId,
    /// Permanent, opaque public id: `clm_` and 20 characters. Example: `clm_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// The entity the claim is about.
    pub subject_id: NodeId,
    /// The property claimed, by its name in the public schema. Example: `founded`.
    pub property: String,
    /// The value claimed, as text: of a record its name when the claim was written; null: none is told. Example:
    /// `2011-04`.
    pub value: Option<String>,
    /// The record claimed as the value; null: the value is text.
    pub value_node_id: Option<NodeId>,
    /// The entity's own row (a membership, a participation, a name) that the claim supports; null: it supports a
    /// plain property.
    pub about_id: Option<NodeId>,
    /// How it ranks among the claims on the same property.
    pub rank: ClaimRank,
    /// How firmly the source says it.
    pub status: ClaimStatus,
    /// The source that says it.
    pub source_id: SourceId,
    /// Where in the source; null: not recorded. Example: `History`.
    pub locator: Option<String>,
    /// The source's own words; null: not quoted.
    pub quote: Option<String>,
    /// What the recorder has to say on it; null: nothing.
    pub note: Option<String>,
    /// Who recorded it. Example: `seed`.
    pub recorded_by: String,
    /// When it was recorded, in UTC.
    pub recorded_at: DateTimeUtc,
    /// Place among the claims on the same property or row, counted from 0.
    pub ordinal: i32,
}

/// Relations of `claim`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The entity the claim is about.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::SubjectId",
        to = "super::node::Column::Id"
    )]
    Subject,
    /// The record claimed as the value.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::ValueNodeId",
        to = "super::node::Column::Id"
    )]
    ValueNode,
    /// The row that the claim supports.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::AboutId",
        to = "super::node::Column::Id"
    )]
    About,
    /// The source that says it.
    #[sea_orm(
        belongs_to = "super::source::Entity",
        from = "Column::SourceId",
        to = "super::source::Column::Id"
    )]
    Source,
}

impl Related<super::source::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Source.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
