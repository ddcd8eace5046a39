//! The sorts of relations that paths go along, and when each holds.

use entity::{
    affiliation, authorship, campaign, event, event_order, lineage_link, membership, organisation,
    participation, publication, publishing,
};

use crate::graph::{
    plan::Planner,
    thing::{Column, column},
};

/// A table that relates entities.
pub(super) struct Sort {
    /// What the relation is called; none: the link's own kind.
    pub via: Option<&'static str>,
    pub from: Column,
    pub to: Column,
    pub time: When,
    /// The property whose claims say of a relation that is a column of the entity; none: it has a row of its own.
    pub property: Option<&'static str>,
}

/// The time of a relation.
pub(super) enum When {
    Never,
    Happening(Column),
    Period(Column, Column),
    /// That of what one of its columns refers to.
    Of(Column, Column),
    /// A part: in an event, the event's date tells; in anything else, its own period.
    Part {
        start: Column,
        end: Column,
        event: Column,
        date: Column,
    },
}

/// Every sort of relation, descent first: a path of descent comes before others of its length.
pub(super) fn sorts() -> [Sort; 10] {
    let row = |via, from, to, time| Sort {
        via: Some(via),
        from,
        to,
        time,
        property: None,
    };
    let own = |via, from, to, property| Sort {
        property: Some(property),
        ..row(via, from, to, When::Never)
    };
    [
        Sort {
            via: None,
            ..row(
                "",
                column(lineage_link::Column::PredecessorId),
                column(lineage_link::Column::SuccessorId),
                When::Happening(column(lineage_link::Column::Date)),
            )
        },
        row(
            "AFFILIATION",
            column(affiliation::Column::MemberId),
            column(affiliation::Column::BodyId),
            When::Period(
                column(affiliation::Column::Start),
                column(affiliation::Column::End),
            ),
        ),
        row(
            "MEMBERSHIP",
            column(membership::Column::PersonId),
            column(membership::Column::OrganisationId),
            When::Period(
                column(membership::Column::Start),
                column(membership::Column::End),
            ),
        ),
        row(
            "PARTICIPATION",
            column(participation::Column::ParticipantId),
            column(participation::Column::ContextId),
            When::Part {
                start: column(participation::Column::Start),
                end: column(participation::Column::End),
                event: column(participation::Column::ContextId),
                date: column(event::Column::Date),
            },
        ),
        row(
            "AUTHORSHIP",
            column(authorship::Column::PersonId),
            column(authorship::Column::PublicationId),
            When::Of(
                column(authorship::Column::PublicationId),
                column(publication::Column::Published),
            ),
        ),
        row(
            "PUBLISHING",
            column(publishing::Column::OrganisationId),
            column(publishing::Column::PublicationId),
            When::Of(
                column(publishing::Column::PublicationId),
                column(publication::Column::Published),
            ),
        ),
        own(
            "NEWSPAPER",
            column(organisation::Column::Id),
            column(organisation::Column::NewspaperId),
            "newspaper",
        ),
        own(
            "PARENT",
            column(campaign::Column::Id),
            column(campaign::Column::ParentId),
            "parent",
        ),
        own(
            "ORGANISATION",
            column(campaign::Column::Id),
            column(campaign::Column::OrganisationId),
            "organisation",
        ),
        row(
            "BEFORE",
            column(event_order::Column::EarlierId),
            column(event_order::Column::LaterId),
            When::Never,
        ),
    ]
}

impl Planner<'_, '_> {
    /// The condition that a relation holds in the scope, if there is one.
    pub(super) fn during(&self, sort: &Sort) -> Option<String> {
        match sort.time {
            When::Never => None,
            When::Happening(date) => self.happened("r", date),
            When::Period(start, end) => self.holds("r", start, end),
            When::Of(key, date) => {
                let happened = self.happened("o", date)?;
                Some(format!(
                    "EXISTS (SELECT 1 FROM {} o WHERE o.id=r.{} AND {happened})",
                    date.table, key.name
                ))
            }
            When::Part {
                start,
                end,
                event,
                date,
            } => {
                let (holds, happened) = (self.holds("r", start, end)?, self.happened("o", date)?);
                Some(format!(
                    "coalesce((SELECT {happened} FROM event o WHERE o.id=r.{}),{holds})",
                    event.name
                ))
            }
        }
    }
}
