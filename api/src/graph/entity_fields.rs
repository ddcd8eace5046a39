//! What the five entities have in common: the fields of the `Entity` interface.

use entity::{claim, external_id, name, revision, statement};
use sea_orm::ColumnTrait;

use super::thing::{
    Argument, Connection, Many, Narrows, Source, Test, Thing, Time, by, column, one_of, page, rows,
};

/// The columns that every entity's table has.
#[derive(Clone, Copy)]
pub struct Common<C> {
    pub public_id: C,
    pub slug: C,
    pub name_folded: C,
    pub summary: C,
    pub revision: C,
}

/// The common columns of an entity's table, by their common names.
macro_rules! common {
    ($table:ident) => {
        $crate::graph::entity_fields::Common {
            public_id: entity::$table::Column::PublicId,
            slug: entity::$table::Column::Slug,
            name_folded: entity::$table::Column::NameFolded,
            summary: entity::$table::Column::Summary,
            revision: entity::$table::Column::Revision,
        }
    };
}
pub(super) use common;

impl Thing {
    /// The fields of `Entity`, with their filters and the order by name.
    pub(super) fn entity<C: ColumnTrait>(
        mut self,
        prefix: &'static str,
        common: Common<C>,
    ) -> Self {
        self.interfaces = &["Node", "Entity"];
        self.filterable()
            .id(prefix, common.public_id)
            .column(
                "slug",
                common.slug,
                "Name for people and addresses, unique per kind: lower-case letters, digits and hyphens. A former slug keeps leading here.",
            )
            .push("name", "String!", Source::Name, "Best-ranked name; where a time is asked about, what it was called then.")
            .filter("name", Test::Folded(column(common.name_folded)), "By name, without regard to case and diacritics.")
            .many("names", names(), "Every name, the best-ranked first, each with its kind, language and period.")
            .filter("names", Test::Some(column(name::Column::NodeId), "Name"), "At least one of its names passes this filter.")
            .column("summary", common.summary, "One or two sentences in plain words; null: none written.")
            .many(
                "externalIds",
                rows("ExternalId", external_id::Column::NodeId).order(by(external_id::Column::Scheme)),
                "Its ids in other data sets.",
            )
            .many(
                "claims",
                claims(rows("Claim", claim::Column::SubjectId)),
                "What sources say of it, value by value; contradicting claims stand beside each other, the best-ranked first.",
            )
            .many(
                "statements",
                statements()
                    .argument(one_of(
                        "kinds",
                        "StatementKind",
                        statement::Column::Kind,
                        "Only statements of these kinds. Null: of every kind.",
                    ))
                    .order(by(statement::Column::Ordinal)),
                "Objectives, stances, aims and purposes of it, and how it was received, in the order of the sources.",
            )
            .filter("statements", Test::Some(column(statement::Column::NodeId), "Statement"), "At least one of its statements passes this filter.")
            .column("revision", common.revision, "Number of its current revision, from 1.")
            .connection("history", history(), "Its revisions, newest first: who changed it, when and why.")
            .url(common.public_id)
            .order("NAME", by(common.name_folded), "By name, without regard to case and diacritics.")
    }

    /// Statements of one kind that the entity makes, or that are made of it.
    pub(super) fn statements(
        self,
        field: &'static str,
        kind: &'static str,
        description: &'static str,
    ) -> Self {
        self.many(
            field,
            statements()
                .only(statement::Column::Kind, kind)
                .order(by(statement::Column::Ordinal)),
            description,
        )
    }

    /// `claims` of a row that stands between entities: what sources say of exactly this row.
    pub(super) fn claims_about(self) -> Self {
        self.many(
            "claims",
            claims(rows("Claim", claim::Column::AboutId)),
            "What sources say of exactly this, the best-ranked claim first.",
        )
    }
}

fn statements() -> Many {
    rows("Statement", statement::Column::NodeId).time(Time::happening(statement::Column::Date))
}

fn names() -> Many {
    rows("Name", name::Column::NodeId)
        .time(Time::period(name::Column::Start, name::Column::End))
        .order(by(name::Column::Preferred).descending())
        .order(by(name::Column::Ordinal))
}

/// A list of claims with its narrowing arguments.
pub fn claims(claims: Many) -> Many {
    claims
        .argument(Argument {
            name: "property",
            ty: "String".to_owned(),
            description: "Only claims about this property, by the name of the field that shows its value: `founded`.",
            narrows: Narrows::Equals(column(claim::Column::Property)),
        })
        .argument(one_of("rank", "ClaimRank", claim::Column::Rank, "Only claims of these ranks."))
        .argument(one_of("status", "ClaimStatus", claim::Column::Status, "Only claims of these statuses."))
        .order(by(claim::Column::Property))
        // PREFERRED, NORMAL, DEPRECATED happens to be the reverse of the alphabet.
        .order(by(claim::Column::Rank).descending())
        .order(by(claim::Column::Ordinal))
}

fn history() -> Connection {
    page("Revision", revision::Entity)
        .of_parent(revision::Column::NodeId)
        .order(by(revision::Column::Number).descending())
}
