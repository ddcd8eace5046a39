//! The rows of lineage links. They are made here alone: of drafts when an event is written, of stored rows when all
//! links are derived anew.

use entity::date::HistoricalDate;
use entity::id::{EventId, OrganisationId};
use entity::kind::{ClaimStatus, EventKind, NodeKind};
use entity::lineage_link;
use sea_orm::Set;

use super::link::{self, Party, SelfLink};
use super::public_id;
use super::rows::LinkRow;

/// A number of people, and what is said of it in words.
pub(crate) type People<'a> = (Option<i64>, Option<&'a str>);

/// What links take from their event.
pub(crate) struct Happening<'a> {
    pub id: EventId,
    pub public_id: &'a str,
    pub kind: EventKind,
    pub date: Option<&'a HistoricalDate>,
    pub reason: Option<&'a str>,
    pub attendance: People<'a>,
}

/// What links take from those who took part, in the order in which the event names them.
pub(crate) struct Part<'a> {
    pub public_id: &'a str,
    pub role: &'a str,
    pub status: ClaimStatus,
    pub count: People<'a>,
    /// Who it is, if an organisation: its key and its public id.
    pub organisation: Option<(OrganisationId, &'a str)>,
}

/// The links that follow from who took part in which role. They have no keys yet.
///
/// # Errors
/// When an organisation would be linked to itself: its key.
pub(crate) fn link_rows(
    event: &Happening<'_>,
    parts: &[Part<'_>],
) -> Result<Vec<LinkRow>, OrganisationId> {
    let (sides, ends): (Vec<_>, Vec<_>) = parts
        .iter()
        .filter_map(|part| {
            let (id, organisation) = part.organisation?;
            let side = Party {
                organisation,
                role: part.role,
                status: part.status,
            };
            Some((side, (part, id, organisation)))
        })
        .unzip();
    let links = link::links(event.kind, &sides)
        .map_err(|SelfLink(position)| ends.get(position).map_or(OrganisationId(0), |end| end.1))?;
    let (people_value, people_text) = people(event, parts);
    let rows = links.into_iter().filter_map(|found| {
        let (from, predecessor_id, predecessor) = *ends.get(found.predecessor)?;
        let (to, successor_id, successor) = *ends.get(found.successor)?;
        // One event links two organisations once, so this is the first of its kind.
        let content = [found.kind.as_str(), predecessor, successor, "0"];
        let mut row = lineage_link::ActiveModel {
            public_id: Set(public_id::of_owned(
                NodeKind::LineageLink,
                event.public_id,
                content,
            )),
            kind: Set(found.kind),
            predecessor_id: Set(predecessor_id),
            successor_id: Set(successor_id),
            event_id: Set(event.id),
            people_value: Set(people_value),
            people_text: Set(people_text.map(str::to_owned)),
            reason: Set(event.reason.map(str::to_owned)),
            status: Set(found.status),
            ..Default::default()
        };
        row.set_date(event.date);
        Some(LinkRow {
            predecessor: from.public_id.to_owned(),
            successor: to.public_id.to_owned(),
            row,
        })
    });
    Ok(rows.collect())
}

/// How many people a link stands for: those who left, as a number rather than in words; else those who took part.
fn people<'a>(event: &Happening<'a>, parts: &[Part<'a>]) -> People<'a> {
    let mut left = parts
        .iter()
        .filter(|part| link::LEAVING_ROLES.contains(&part.role))
        .map(|part| part.count)
        .filter(|count| *count != (None, None));
    let number = left.clone().find(|(value, _)| value.is_some());
    number.or_else(|| left.next()).unwrap_or(event.attendance)
}
