//! `person`: a human being who took a part.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::PersonId;
use crate::kind::DatePrecision;

/// A human being who took a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Key of the person, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    /// Permanent, opaque public id: `per_` and 20 characters. Example: `per_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// Current name in addresses, unique among its kind. Example: `chris-bambery`.
    pub slug: String,
    /// Name shown for it: the best-ranked one. Example: `Chris Bambery`.
    pub name: String,
    /// `name` without marks and in lower case, for sorting and for filters that ignore case.
    pub name_folded: String,
    /// A few sentences on what it is; null: not written yet.
    pub summary: Option<String>,
    /// When the person was born, as EDTF text; null: no source says. Example: `1955`.
    pub born: Option<String>,
    /// First day that `born` can mean; null: unbounded, or no date.
    pub born_earliest: Option<Date>,
    /// Last day that `born` can mean; null: unbounded, or no date.
    pub born_latest: Option<Date>,
    /// How finely `born` is known; null: no date.
    pub born_precision: Option<DatePrecision>,
    /// Whether `born` is an estimate; null: no date.
    pub born_approximate: Option<bool>,
    /// Whether `born` is doubtful; null: no date.
    pub born_uncertain: Option<bool>,
    /// Sort key of `born`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub born_order: i64,
    /// The source's wording of `born`; null: not quoted, or no date.
    pub born_source_text: Option<String>,
    /// When the person died, as EDTF text; null: no source says, or still living. Example: `2019-03-02`.
    pub died: Option<String>,
    /// First day that `died` can mean; null: unbounded, or no date.
    pub died_earliest: Option<Date>,
    /// Last day that `died` can mean; null: unbounded, or no date.
    pub died_latest: Option<Date>,
    /// How finely `died` is known; null: no date.
    pub died_precision: Option<DatePrecision>,
    /// Whether `died` is an estimate; null: no date.
    pub died_approximate: Option<bool>,
    /// Whether `died` is doubtful; null: no date.
    pub died_uncertain: Option<bool>,
    /// Sort key of `died`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub died_order: i64,
    /// The source's wording of `died`; null: not quoted, or no date.
    pub died_source_text: Option<String>,
    /// Number of its newest revision, counted from 1.
    pub revision: i32,
}

historical_date_columns!(
    born_date, set_born: born, born_earliest, born_latest, born_precision, born_approximate, born_uncertain, born_order, born_source_text
);
historical_date_columns!(
    died_date, set_died: died, died_earliest, died_latest, died_precision, died_approximate, died_uncertain, died_order, died_source_text
);

/// Relations of `person`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// Bodies the person took a part in.
    #[sea_orm(has_many = "super::membership::Entity", via_rel = "Relation::Person")]
    Memberships,
    /// What the person wrote.
    #[sea_orm(has_many = "super::authorship::Entity", via_rel = "Relation::Person")]
    Authorships,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::membership::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Memberships.def()
    }
}

impl Related<super::authorship::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Authorships.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
