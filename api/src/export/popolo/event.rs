//! Events.

use entity::date::HistoricalDate;
use serde_json::{Value, json};

use super::Around;
use super::object::{Object, Told, identifiers, links};
use crate::export::{Record, date, loss};
use crate::format::popolo::{ATTENDEE, Class, EVENTS, ORGANISER, word};
use crate::loss::Losses;
use crate::write::{DateDraft, EventDraft, Kind, ParticipationDraft, Reference};

pub(super) fn event(
    record: &Record,
    draft: &EventDraft,
    around: &Around,
    losses: &mut Losses,
) -> Told {
    let ids = &draft.external_ids;
    let mut object = Object::of(record, &draft.name);
    object.set("description", draft.summary.clone());
    let kind = draft.kind.and_then(|kind| word(&EVENTS, kind));
    object.set("classification", kind);
    let (start, end) = lasted(draft.date.as_ref(), losses);
    object.set("start_date", start);
    object.set("end_date", end);
    let place = draft.place.as_ref();
    let place = place.and_then(|slug| around.directory.get(Kind::Place, slug));
    object.set("location", place.map(|place| place.name.clone()));
    let (organiser, attendees) = participants(&draft.participants, around, losses);
    object.set("organization_id", organiser);
    object.list("attendees", attendees);
    object.list("identifiers", identifiers(Class::Event, record, ids));
    let addresses = links(ids).count();
    losses.add("addresses of ids", "events have no links", addresses);
    object.list("sources", around.sources_of(record, losses));
    let held = &[
        "name",
        "external_ids",
        "kind",
        "date",
        "summary",
        "place",
        "participants",
    ];
    (object, held)
}

/// When an event began, and when it ended where that is another time.
fn lasted(date: Option<&DateDraft>, losses: &mut Losses) -> (Option<String>, Option<String>) {
    let parts = date.and_then(|date| date.edtf.split_once('/'));
    let (Some(date), Some((start, end))) = (date, parts) else {
        return (date::plain(date, losses), None);
    };
    let is_certain =
        |edtf: &str| HistoricalDate::parse(edtf).is_ok_and(|it| !it.approximate && !it.uncertain);
    let part = |edtf: &str, losses: &mut Losses| {
        let (edtf, text) = (edtf.to_owned(), None);
        date::plain(Some(&DateDraft { edtf, text }), losses)
    };
    // An event that is said to have begun and not to have ended reads as one that took no time.
    if !is_certain(end) || start != ".." && !is_certain(start) {
        return (date::plain(Some(date), losses), None);
    }
    date::wording(date, losses);
    let start = if start == ".." {
        None
    } else {
        part(start, losses)
    };
    let end = part(end, losses).filter(|end| start.as_ref() != Some(end));
    (start, end)
}

/// The body that held an event, and those who came to it. All other parts are lost.
fn participants<'a>(
    participants: &'a [ParticipationDraft],
    around: &'a Around,
    losses: &mut Losses,
) -> (Option<&'a str>, Vec<Value>) {
    let mut organiser = None;
    let mut attendees = Vec::new();
    for item in participants {
        if !loss::is_told("parts in events", item.status, losses) {
            continue;
        }
        let who = item.participant.as_deref().map(Reference::parse);
        let slug = who.and_then(|who| around.slug(who.kind?, who.slug));
        match (who.and_then(|who| who.kind), item.role.as_str(), slug) {
            (Some(Kind::Organisation), ORGANISER, Some(slug)) if organiser.is_none() => {
                organiser = Some(slug);
            }
            (Some(Kind::Person), ATTENDEE, Some(slug)) => attendees.push(json!({"id": slug})),
            _ => {
                let why = "an event has one organization that held it, and people who came";
                losses.add("parts in events", why, 1);
                continue;
            }
        }
        let details = [
            item.post.is_some(),
            item.count.is_some(),
            item.description.is_some(),
            item.start.is_some(),
            item.end.is_some(),
            item.note.is_some(),
        ];
        let details = details.into_iter().filter(|it| *it).count();
        let why = "there is no field for them";
        losses.add("details of parts in events", why, details);
    }
    (organiser, attendees)
}
