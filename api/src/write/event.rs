//! Writing events.

use std::collections::HashSet;

use entity::date::HistoricalDate;
use entity::id::{EventId, OrganisationId, PlaceId};
use entity::kind::{ClaimStatus, EntityKind, EventKind, NodeKind};
use entity::{event, event_order};
use sea_orm::Set;

use super::draft::{
    ClaimDraft, DateDraft, Kind, ParticipationDraft, QuantityDraft, drafts, entity_draft,
};
use super::link::{Party, SelfLink, links};
use super::link_rows::{Happening, Part, People, link_rows};
use super::parts::{Parts, Reference};
use super::record::{Participant, Plain, Record, quantity};
use super::text::fold;
use crate::error::Result;

entity_draft! {
    /// Something that happened: a split, a merger, a conference.
    EventDraft {
        kind: Option<EventKind>,
        date: Option<DateDraft>,
        place: Option<String>,
        outcome: Option<String>,
        reason: Option<String>,
        attendance: Option<QuantityDraft>,
        /// How many happenings the record stands for.
        occurrences: Option<QuantityDraft>,
        participants: Vec<ParticipationDraft>,
        /// Events known to have come before it.
        follows: Vec<FollowsDraft>,
    }
}

drafts! {
    /// An event known to have come before another.
    FollowsDraft (event: String) {
        status: Option<ClaimStatus>,
        claims: Vec<ClaimDraft>,
    }
}

impl EventDraft {
    pub(crate) fn parts<'a>(&'a self, parts: &mut Parts<'a>) {
        parts.common(Kind::Event, self.common());
        parts.date("date", self.date.as_ref());
        parts.reference("place", Kind::Place, self.place.as_ref());
        parts.quantity("attendance", self.attendance.as_ref());
        parts.quantity("occurrences", self.occurrences.as_ref());
        parts.participants(&self.participants);
        parts.items("follows", &self.follows, |parts, item| {
            parts.reference("event", Kind::Event, Some(&item.event));
            parts.item_claims("before", item.status, &item.claims);
        });
    }
}

impl EventDraft {
    pub(crate) fn rows(&self, record: &mut Record<'_>) -> Result<()> {
        let date = record.date("date", self.date.as_ref())?;
        let place = record.maybe_target("place", Kind::Place, self.place.as_ref())?;
        let (attendance_value, attendance_text) = quantity(self.attendance.as_ref());
        let (occurrences_value, occurrences_text) = quantity(self.occurrences.as_ref());
        let mut row = event::ActiveModel {
            id: Set(EventId(record.id.0)),
            public_id: Set(record.public_id.clone()),
            slug: Set(record.draft.slug.clone()),
            name: Set(self.name.clone()),
            name_folded: Set(fold(&self.name)),
            summary: Set(self.summary.clone()),
            kind: Set(self.kind.unwrap_or(EventKind::Other)),
            place_id: Set(place.map(|place| PlaceId(place.id.0))),
            outcome: Set(self.outcome.clone()),
            reason: Set(self.reason.clone()),
            attendance_value: Set(attendance_value),
            attendance_text: Set(attendance_text),
            occurrences_value: Set(occurrences_value),
            occurrences_text: Set(occurrences_text),
            revision: Set(record.revision),
            ..Default::default()
        };
        row.set_date(date.as_ref());
        record.rows.events.push(row);

        record.entity_rows(EntityKind::Event, self.common(), None, |_, property| {
            Ok(match property {
                "kind" => Plain::maybe(self.kind),
                "date" => Plain::date(self.date.as_ref()),
                "place" => place.map(Plain::name).unwrap_or_default(),
                "outcome" => Plain::maybe(self.outcome.as_ref()),
                "reason" => Plain::maybe(self.reason.as_ref()),
                "attendance" => Plain::quantity(self.attendance.as_ref()),
                "occurrences" => Plain::quantity(self.occurrences.as_ref()),
                _ => Plain::default(),
            })
        })?;
        self.orders(record)?;
        let participants = record.participants(&self.participants)?;
        self.links(record, date.as_ref(), &participants)
    }

    fn orders(&self, record: &mut Record<'_>) -> Result<()> {
        let mut seen = HashSet::new();
        for (ordinal, item) in self.follows.iter().enumerate() {
            let path = format!("follows[{ordinal}].event");
            let earlier = record.target(&path, Kind::Event, &item.event)?;
            if earlier.id == record.id {
                return Err(record.bad(path, "an event cannot come before itself"));
            }
            if !seen.insert(earlier.id) {
                let slug = &earlier.slug;
                let message = format!("event/{slug} stands in the list already; name it once");
                return Err(record.bad(path, message));
            }
            let public_id = record.owned_id(NodeKind::EventOrder, &[&earlier.public_id]);
            record.claims(
                "before",
                Some(&public_id),
                &Plain::node(earlier),
                &item.claims,
            )?;
            record.rows.orders.push(event_order::ActiveModel {
                public_id: Set(public_id),
                earlier_id: Set(EventId(earlier.id.0)),
                later_id: Set(EventId(record.id.0)),
                status: Set(item.status.unwrap_or(ClaimStatus::Stated)),
                ..Default::default()
            });
        }
        Ok(())
    }

    /// The lineage links that follow from who took part in which role.
    fn links(
        &self,
        record: &mut Record<'_>,
        date: Option<&HistoricalDate>,
        participants: &[Participant<'_>],
    ) -> Result<()> {
        let event = Happening {
            id: EventId(record.id.0),
            public_id: &record.public_id,
            kind: self.kind.unwrap_or(EventKind::Other),
            date,
            reason: self.reason.as_deref(),
            attendance: people(self.attendance.as_ref()),
        };
        let parts: Vec<_> = self
            .participants
            .iter()
            .zip(participants)
            .map(|(item, participant)| Part {
                public_id: &participant.public_id,
                role: &item.role,
                status: item.status.unwrap_or(ClaimStatus::Stated),
                count: people(item.count.as_ref()),
                organisation: participant
                    .organisation
                    .map(|target| (OrganisationId(target.id.0), target.public_id.as_str())),
            })
            .collect();
        let links = link_rows(&event, &parts).map_err(|organisation| {
            let mut targets = participants.iter().filter_map(|part| part.organisation);
            let target = targets.find(|target| target.id == organisation.into());
            let slug = target.map_or("", |target| &target.slug);
            record.bad("participants", comes_out_of_itself(slug))
        })?;
        record.rows.links.extend(links);
        Ok(())
    }
}

impl EventDraft {
    /// The participant, by its position and its slug, by whom an organisation would come out of itself. `current` leads
    /// from each slug of a record to the one that it goes by.
    pub(crate) fn self_link<'a>(
        &'a self,
        current: impl Fn(&'a str) -> &'a str,
    ) -> Option<(usize, &'a str)> {
        let organisations = self.participants.iter().enumerate();
        let organisations = organisations.filter_map(|(index, item)| {
            let reference = Reference::parse(item.participant.as_deref()?);
            let is_one = reference.kind == Some(Kind::Organisation);
            is_one.then_some((index, reference.slug))
        });
        let organisations: Vec<_> = organisations.collect();
        let parties = organisations.iter().filter_map(|(index, slug)| {
            let item = self.participants.get(*index)?;
            Some(Party {
                organisation: current(slug),
                role: &item.role,
                status: item.status.unwrap_or(ClaimStatus::Stated),
            })
        });
        let parties: Vec<_> = parties.collect();
        let SelfLink(position) = links(self.kind.unwrap_or(EventKind::Other), &parties).err()?;
        organisations.get(position).copied()
    }
}

/// Says what is wrong with an event that links an organisation to itself, and what would be right.
pub(crate) fn comes_out_of_itself(slug: &str) -> String {
    format!(
        "organisation/{slug} would come out of itself; give the new body a record of its own, or leave out one of its roles"
    )
}

fn people(quantity: Option<&QuantityDraft>) -> People<'_> {
    quantity.map_or((None, None), |quantity| {
        (quantity.value, quantity.text.as_deref())
    })
}
