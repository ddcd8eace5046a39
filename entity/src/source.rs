//! `source`: a work that says what is recorded here.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::SourceId;
use crate::kind::{DatePrecision, SourceKind};

/// A work that says what is recorded here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "source")]
pub struct Model {
    /// Key of the source, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SourceId,
    /// Permanent, opaque public id: `src_` and 20 characters. Example: `src_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// Current name in addresses, unique among its kind. Example:
    /// `wikipedia-international-socialist-group-scotland`.
    pub slug: String,
    /// Its title. Example: `International Socialist Group (Scotland)`.
    pub title: String,
    /// What sort of work it is.
    pub kind: SourceKind,
    /// Who wrote it, as the work says; null: not known.
    pub author: Option<String>,
    /// Who published it, as the work says; null: not known. Example: `Wikipedia`.
    pub publisher: Option<String>,
    /// Where it can be read; null: not on the web, or not known.
    pub url: Option<String>,
    /// When it was published, as EDTF text; null: not known. Example: `2015-08-29`.
    pub published: Option<String>,
    /// First day that `published` can mean; null: unbounded, or no date.
    pub published_earliest: Option<Date>,
    /// Last day that `published` can mean; null: unbounded, or no date.
    pub published_latest: Option<Date>,
    /// How finely `published` is known; null: no date.
    pub published_precision: Option<DatePrecision>,
    /// Whether `published` is an estimate; null: no date.
    pub published_approximate: Option<bool>,
    /// Whether `published` is doubtful; null: no date.
    pub published_uncertain: Option<bool>,
    /// Sort key of `published`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub published_order: i64,
    /// The source's wording of `published`; null: not quoted, or no date.
    pub published_source_text: Option<String>,
    /// When it was read for this record, as EDTF text; null: not known. Example: `2026-11-22`.
    pub accessed: Option<String>,
    /// First day that `accessed` can mean; null: unbounded, or no date.
    pub accessed_earliest: Option<Date>,
    /// Last day that `accessed` can mean; null: unbounded, or no date.
    pub accessed_latest: Option<Date>,
    /// How finely `accessed` is known; null: no date.
    pub accessed_precision: Option<DatePrecision>,
    /// Whether `accessed` is an estimate; null: no date.
    pub accessed_approximate: Option<bool>,
    /// Whether `accessed` is doubtful; null: no date.
    pub accessed_uncertain: Option<bool>,
    /// Sort key of `accessed`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub accessed_order: i64,
    /// The source's wording of `accessed`; null: not quoted, or no date.
    pub accessed_source_text: Option<String>,
    /// Licence of its text, as an SPDX identifier or in words; null: not known. Example: `CC-BY-SA-4.0`.
    pub licence: Option<String>,
    /// Its language, as a BCP 47 tag; null: not known. Example: `en`.
    pub language: Option<String>,
    /// Its full text, where the licence lets it be kept; null: not kept.
    pub text: Option<String>,
}

historical_date_columns!(
    published_date, set_published: published, published_earliest, published_latest, published_precision, published_approximate, published_uncertain, published_order, published_source_text
);
historical_date_columns!(
    accessed_date, set_accessed: accessed, accessed_earliest, accessed_latest, accessed_precision, accessed_approximate, accessed_uncertain, accessed_order, accessed_source_text
);

/// Relations of `source`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// Claims that rest on it.
    #[sea_orm(has_many = "super::claim::Entity", via_rel = "Relation::Source")]
    Claims,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::claim::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Claims.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
