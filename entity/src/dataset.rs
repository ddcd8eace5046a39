//! `dataset`: the one row that says what state the whole data set is in.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// The one row that says what state the whole data set is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "dataset")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Raised by one in every transaction that writes. Example: `42`.
    pub revision: i64,
    /// Licence of the data. Example: `CC BY-SA 4.0`.
    pub licence: String,
    /// When it was last written to, in UTC; 1970-01-01 before the first write.
    pub changed_at: DateTimeUtc,
}

/// Relations of `dataset`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
