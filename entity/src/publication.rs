//! `publication`: something published: a paper, a book, a pamphlet, a site.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::date::historical_date_columns;
use crate::id::PublicationId;
use crate::kind::{DatePrecision, PublicationKind};

/// Something published: a paper, a book, a pamphlet, a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "publication")]
pub struct Model {
    /// Key of the publication, the key of its row in `node` as well. Never shown outside.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PublicationId,
    /// Permanent, opaque public id: `pub_` and 20 characters. Example: `pub_0a1b2c3d4e5f6g7h8j9k`.
    pub public_id: String,
    /// Current name in addresses, unique among its kind. Example: `britain-must-break`.
    pub slug: String,
    /// Title shown for it: the best-ranked one. Example: `Britain Must Break`.
    pub name: String,
    /// `name` without marks and in lower case, for sorting and for filters that ignore case.
    pub name_folded: String,
    /// A few sentences on what it is; null: not written yet.
    pub summary: Option<String>,
    /// Subtitle; null: none known. Example: `The Internationalist Case for Independence`.
    pub subtitle: Option<String>,
    /// What sort of publication it is.
    pub kind: PublicationKind,
    /// How often it appears, in words; null: no source says, or it appeared once. Example: `monthly`.
    pub frequency: Option<String>,
    /// Its shape, in words; null: no source says. Example: `broadsheet`.
    pub format: Option<String>,
    /// Whether it is printed in colour; null: no source says.
    pub colour: Option<bool>,
    /// Whether it costs nothing; null: no source says.
    pub free: Option<bool>,
    /// Its language, as a BCP 47 tag; null: no source says. Example: `en`.
    pub language: Option<String>,
    /// What it writes about most, in words; null: no source says. Example: `Scottish`.
    pub editorial_focus: Option<String>,
    /// When it appeared, or first appeared, as EDTF text; null: no source says. Example: `2012`.
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
    /// When it last appeared, as EDTF text; null: no source says, or it appeared once. Example: `1985~`.
    pub ceased: Option<String>,
    /// First day that `ceased` can mean; null: unbounded, or no date.
    pub ceased_earliest: Option<Date>,
    /// Last day that `ceased` can mean; null: unbounded, or no date.
    pub ceased_latest: Option<Date>,
    /// How finely `ceased` is known; null: no date.
    pub ceased_precision: Option<DatePrecision>,
    /// Whether `ceased` is an estimate; null: no date.
    pub ceased_approximate: Option<bool>,
    /// Whether `ceased` is doubtful; null: no date.
    pub ceased_uncertain: Option<bool>,
    /// Sort key of `ceased`; [`NO_DATE_ORDER`](crate::date::NO_DATE_ORDER) without a date.
    pub ceased_order: i64,
    /// The source's wording of `ceased`; null: not quoted, or no date.
    pub ceased_source_text: Option<String>,
    /// International standard book number; null: none known. Example: `978-1-84467-858-1`.
    pub isbn: Option<String>,
    /// International standard serial number; null: none known. Example: `0028-6060`.
    pub issn: Option<String>,
    /// Number of its newest revision, counted from 1.
    pub revision: i32,
}

historical_date_columns!(
    published_date, set_published: published, published_earliest, published_latest, published_precision, published_approximate, published_uncertain, published_order, published_source_text
);
historical_date_columns!(
    ceased_date, set_ceased: ceased, ceased_earliest, ceased_latest, ceased_precision, ceased_approximate, ceased_uncertain, ceased_order, ceased_source_text
);

/// Relations of `publication`, named by role.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The row that gives it its key and its public id.
    #[sea_orm(
        belongs_to = "super::node::Entity",
        from = "Column::Id",
        to = "super::node::Column::Id"
    )]
    Node,
    /// Who published it.
    #[sea_orm(
        has_many = "super::publishing::Entity",
        via_rel = "Relation::Publication"
    )]
    Publishings,
    /// Who wrote it.
    #[sea_orm(
        has_many = "super::authorship::Entity",
        via_rel = "Relation::Publication"
    )]
    Authorships,
    /// Bodies whose main paper it is.
    #[sea_orm(
        has_many = "super::organisation::Entity",
        via_rel = "Relation::Newspaper"
    )]
    NewspaperOf,
}

impl Related<super::node::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Node.def()
    }
}

impl Related<super::publishing::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Publishings.def()
    }
}

impl Related<super::authorship::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Authorships.def()
    }
}

impl Related<super::organisation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::NewspaperOf.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
