//! `former_revision`: a revision of a record that was merged into another one.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// A revision of a record that was merged into another one, as it was when the record was one of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "former_revision")]
pub struct Model {
    /// The public id of the record, which leads to the other one now.
    #[sea_orm(primary_key, auto_increment = false)]
    pub public_id: String,
    /// Number of the revision, counted from 1 for each record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Who wrote it. Example: `seed`.
    pub author: String,
    /// Why it was written; null: not said.
    pub reason: Option<String>,
    /// When it was written, in UTC.
    pub recorded_at: DateTimeUtc,
    /// The whole draft, as JSON text.
    pub content: String,
}

/// Relations of `former_revision`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The record that it is a revision of.
    #[sea_orm(
        belongs_to = "super::former_id::Entity",
        from = "Column::PublicId",
        to = "super::former_id::Column::PublicId"
    )]
    FormerId,
}

impl Related<super::former_id::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::FormerId.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
