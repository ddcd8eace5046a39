//! Events and campaigns.

use entity::kind::EventKind;

use super::index::Record;
use super::item::Entity;
use super::language;
use super::telling::{Telling, Told, Values};
use crate::write::{
    CampaignDraft, ClaimDraft, Claims, DateDraft, EventDraft, FollowsDraft, Kind,
    ParticipationDraft,
};

/// Properties that are told of events.
const TOLD_OF_EVENTS: [&str; 8] = [
    "P31", "P585", "P580", "P582", "P276", "P710", "P155", "P156",
];
/// Properties that are told of campaigns.
const TOLD_OF_CAMPAIGNS: [&str; 6] = ["P31", "P580", "P582", "P571", "P576", "P710"];

pub(super) fn event(
    telling: &mut Telling<'_>,
    entity: &Entity,
    record: &Record,
    kind: EventKind,
) -> EventDraft {
    let mut claims = Claims::new();
    let date = date(telling, entity).put("date", &mut claims);
    let place = telling.values(
        entity,
        "P276",
        |_| 0,
        |telling, statement| {
            let item = telling.named_item("P276", &statement.mainsnak)?;
            let Some(slug) = telling.subjects.place(item, telling.index) else {
                telling.miss("P276", item);
                return None;
            };
            Some(Told {
                value: slug,
                text: telling.index.name(item).unwrap_or_default().to_owned(),
                notes: Vec::new(),
                status: None,
            })
        },
    );
    let place = place.put("place", &mut claims);
    if kind != EventKind::Other {
        claims.insert("kind".to_owned(), vec![telling.bare_claim("P31")]);
    }
    telling.lose_others(entity, &TOLD_OF_EVENTS);
    EventDraft {
        name: record.name.clone(),
        source: Some(telling.source.to_owned()),
        summary: language::shown(&entity.descriptions),
        names: telling.names(entity, record, None),
        external_ids: record.external_ids.clone(),
        kind: Some(kind),
        date,
        place,
        participants: participants(telling, entity),
        follows: follows(telling, entity, record),
        claims,
        ..EventDraft::default()
    }
}

pub(super) fn campaign(
    telling: &mut Telling<'_>,
    entity: &Entity,
    record: &Record,
) -> CampaignDraft {
    let mut claims = Claims::new();
    let [started, ended] = [["P580", "P571"], ["P582", "P576"]].map(|properties| {
        properties
            .into_iter()
            .find(|property| !entity.statements(property).is_empty())
            .unwrap_or_default()
    });
    let started = telling.dates(entity, started).put("started", &mut claims);
    let ended = telling.dates(entity, ended).put("ended", &mut claims);
    telling.lose_others(entity, &TOLD_OF_CAMPAIGNS);
    CampaignDraft {
        name: record.name.clone(),
        source: Some(telling.source.to_owned()),
        summary: language::shown(&entity.descriptions),
        names: telling.names(entity, record, None),
        external_ids: record.external_ids.clone(),
        started,
        ended,
        participants: participants(telling, entity),
        claims,
        ..CampaignDraft::default()
    }
}

/// The point of time (P585), else the time from start to end (P580, P582).
fn date(telling: &mut Telling<'_>, entity: &Entity) -> Values<DateDraft> {
    if !entity.statements("P585").is_empty() {
        for property in ["P580", "P582"] {
            for _ in entity.statements(property) {
                telling.lose(property, "the point of time is told in their place");
            }
        }
        return telling.dates(entity, "P585");
    }
    let start = telling.dates(entity, "P580");
    let end = telling.dates(entity, "P582");
    let (Some(from), Some(until)) = (&start.shown, &end.shown) else {
        return if start.shown.is_some() { start } else { end };
    };
    let is_plain = |date: &DateDraft| !date.edtf.contains(['[', '/']);
    if from.edtf == until.edtf || !is_plain(from) || !is_plain(until) {
        return start;
    }
    let edtf = format!("{}/{}", from.edtf, until.edtf);
    let first = |values: &Values<DateDraft>| values.claims.first().cloned();
    let claims = [first(&start), first(&end)].into_iter().flatten();
    let claims = claims.map(|mut claim| {
        claim.rank = None;
        claim
    });
    Values {
        shown: Some(DateDraft { edtf, text: None }),
        claims: claims.collect(),
    }
}

fn participants(telling: &mut Telling<'_>, entity: &Entity) -> Vec<ParticipationDraft> {
    let kinds = [
        Kind::Organisation,
        Kind::Person,
        Kind::Campaign,
        Kind::Publication,
    ];
    let named = telling.named(entity, "P710", &kinds);
    named
        .into_iter()
        .map(|(statement, _, who)| {
            let (start, end) = telling.period(statement);
            let claim = telling.item_claim("P710", statement);
            ParticipationDraft {
                participant: Some(who.reference()),
                start,
                end,
                status: claim.status,
                claims: vec![claim],
                ..ParticipationDraft::bare("participant".to_owned())
            }
        })
        .collect()
}

/// The events that came right before it in a series, by what it says (P155) and by what they say (P156).
fn follows(telling: &mut Telling<'_>, entity: &Entity, record: &Record) -> Vec<FollowsDraft> {
    let mut earlier: Vec<(String, ClaimDraft)> = Vec::new();
    for (statement, _, event) in telling.named(entity, "P155", &[Kind::Event]) {
        earlier.push((event.slug, telling.item_claim("P155", statement)));
    }
    for item in telling.index.before(telling.item) {
        let event = telling.index.record(*item);
        if let Some(event) = event.filter(|event| event.kind() == Kind::Event) {
            let locator = Some(format!("Q{item}, P156"));
            let claim = ClaimDraft {
                locator,
                ..telling.bare_claim("P156")
            };
            earlier.push((event.slug.clone(), claim));
        }
    }
    let mut follows: Vec<FollowsDraft> = Vec::new();
    for (event, claim) in earlier {
        if event == record.slug {
            telling.lose("P155", "nothing comes before itself");
        } else if let Some(known) = follows.iter_mut().find(|it| it.event == event) {
            known.claims.push(claim);
        } else {
            follows.push(FollowsDraft {
                event,
                status: claim.status,
                claims: vec![claim],
            });
        }
    }
    follows
}
