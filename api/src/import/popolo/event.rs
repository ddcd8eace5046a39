//! Events as drafts, and the times that memberships take from them.

use std::collections::HashMap;

use entity::date::HistoricalDate;

use super::document::{Document, Item};
use super::read::{Read, claim, claim_of, ids, links, locator, rest, slugs, year};
use super::tie::Ties;
use crate::format::popolo::{self, ATTENDEE, Class, ORGANISER};
use crate::import::Import;
use crate::write::{ClaimDraft, Claims, Content, DateDraft, EventDraft, ParticipationDraft};

/// From when to when something lasted.
#[derive(Debug, Clone, Default)]
pub(super) struct Period {
    pub name: String,
    pub start: Option<DateDraft>,
    pub end: Option<DateDraft>,
}

/// The events, and how long each of them lasted by its id.
pub(super) fn events(
    import: &mut Import<'_>,
    source: &str,
    document: &Document<'_>,
) -> (Vec<Read>, HashMap<String, Period>) {
    let mut events = Vec::new();
    let mut periods = HashMap::new();
    for item in document.all(Class::Event) {
        let (event, period) = event(import, source, item);
        events.push(event);
        periods.insert(item.id.clone(), period);
    }
    (events, periods)
}

fn event(import: &mut Import<'_>, source: &str, item: &Item<'_>) -> (Read, Period) {
    let mut record = item.record.clone();
    let locator = locator(Class::Event, item);
    let whole = claim_of(import, &mut record, &locator);
    let classification = record.text("classification", import);
    let mut claims = Claims::new();
    let kind = classification.as_ref().map(|text| {
        let quote = Some(text.clone());
        let note = whole.note.clone();
        claims.insert(
            "kind".to_owned(),
            vec![ClaimDraft {
                quote,
                note,
                ..claim(&locator)
            }],
        );
        popolo::event(text)
    });
    // An event may have nothing but a class and an id.
    let name = record.text("name", import);
    let name = name.unwrap_or_else(|| match &classification {
        Some(classification) => format!("{classification} {}", item.id),
        None => item.id.clone(),
    });
    let start = record.date("start_date", import);
    let end = record.date("end_date", import);
    let date = lasting(import, item, start.as_ref(), end.as_ref());
    let links = links(import, &mut record, false);
    let ids = ids(import, &mut record, (source, Class::Event, item), links);
    let draft = EventDraft {
        source: Some(source.to_owned()),
        summary: record.text("description", import),
        kind,
        date,
        claims,
        name: name.clone(),
        ..EventDraft::default()
    };
    record.take("location");
    rest(import, Class::Event.word(), &record);
    let read = Read {
        class: Class::Event,
        id: item.id.clone(),
        slugs: slugs(&ids, &name, &[year(start.as_ref()), source, &item.id]),
        content: Content::Event(Box::new(draft)),
        ids: ids.others,
        own: ids.own,
        claim: whole,
    };
    (read, Period { name, start, end })
}

/// One date for a start and an end.
fn lasting(
    import: &mut Import<'_>,
    item: &Item<'_>,
    start: Option<&DateDraft>,
    end: Option<&DateDraft>,
) -> Option<DateDraft> {
    let edtf = match (start, end) {
        (Some(start), Some(end)) if start.edtf == end.edtf => return Some(start.clone()),
        (Some(start), None) => return Some(start.clone()),
        (Some(start), Some(end)) => format!("{}/{}", start.edtf, end.edtf),
        (None, Some(end)) => format!("../{}", end.edtf),
        (None, None) => return None,
    };
    match HistoricalDate::parse(&edtf) {
        Ok(_) => Some(DateDraft { edtf, text: None }),
        Err(error) => {
            let message = format!("it cannot have lasted from its start to its end: {error}");
            import.refuse(item.record.whole.fault(&message));
            None
        }
    }
}

/// Who took part in an event: the body that held it, and those who came.
pub(super) fn participants(
    import: &mut Import<'_>,
    ties: &Ties<'_, '_>,
    item: &Item<'_>,
) -> Vec<ParticipationDraft> {
    let locator = locator(Class::Event, item);
    let body = item.tie("organization");
    let bodies = body.map(|tie| (tie, Class::Organization, ORGANISER));
    let people = item.attendees.iter();
    let people = people.map(|tie| (tie, Class::Person, ATTENDEE));
    let mut participants = Vec::new();
    for (tie, class, role) in bodies.into_iter().chain(people) {
        let Some(slug) = ties.slug(import, class, tie) else {
            continue;
        };
        let word = if class == Class::Person {
            "person"
        } else {
            "organisation"
        };
        participants.push(ParticipationDraft {
            participant: Some(format!("{word}/{slug}")),
            claims: vec![claim(&locator)],
            ..ParticipationDraft::bare(role.to_owned())
        });
    }
    participants
}
