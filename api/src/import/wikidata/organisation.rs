//! Organisations.

use entity::kind::{
    AffiliationKind, ClaimStatus, OrganisationKind, OrganisationStatus, PoliticalPosition,
};

use super::circumstance::Circumstances;
use super::date::Undated;
use super::index::Record;
use super::item::{Entity, Rank, Said, Statement};
use super::language;
use super::lineage::TIES;
use super::telling::{Telling, Told, Values};
use crate::write::text::is_web_address;
use crate::write::{
    AffiliationDraft, Claims, ClassificationDraft, Kind, OrganisationDraft, PlacePeriodDraft,
};

/// Properties that are told below, beside [`TIES`].
const TOLD: [&str; 15] = [
    "P31", "P279", "P571", "P576", "P17", "P159", "P1387", "P1142", "P856", "P1813", "P1448",
    "P1705", "P463", "P749", "P112",
];

pub(super) fn organisation(
    telling: &mut Telling<'_>,
    entity: &Entity,
    record: &Record,
    kind: OrganisationKind,
) -> OrganisationDraft {
    let mut claims = Claims::new();
    let founded = telling.dates(entity, "P571").put("founded", &mut claims);
    let dissolved = telling.dates_or(entity, "P576", |telling, undated| {
        // What is said of the end without its date is the status.
        if matches!(undated, Undated::Untold(_)) {
            telling.undated("P576", undated);
        }
    });
    let dissolved = dissolved.put("dissolved", &mut claims);
    let status = status(telling, entity).put("status", &mut claims);
    let kind = kind_of(telling, record, kind).put("kind", &mut claims);
    let country = country(telling, entity).put("country", &mut claims);
    let headquarters = headquarters(telling, entity).put("headquarters", &mut claims);
    let position = position(telling, entity).put("position", &mut claims);
    let website = website(telling, entity).put("website", &mut claims);
    let abbreviation = telling.short_name(entity).put("abbreviation", &mut claims);
    telling.tie(entity, record);

    let mut told = TOLD.to_vec();
    told.extend(TIES.iter().map(|tie| tie.property));
    telling.lose_others(entity, &told);
    OrganisationDraft {
        name: record.name.clone(),
        source: Some(telling.source.to_owned()),
        summary: language::shown(&entity.descriptions),
        names: telling.names(entity, record, abbreviation.as_deref()),
        external_ids: record.external_ids.clone(),
        abbreviation,
        kind,
        status,
        founded,
        dissolved,
        country,
        headquarters,
        position,
        website,
        ideologies: ideologies(telling, entity),
        places: places(telling, entity),
        affiliations: affiliations(telling, entity, record),
        claims,
        ..OrganisationDraft::default()
    }
}

/// An organisation with an end has ended, whether or not it is known when; one that is said to have no end goes on, as
/// follows from that.
fn status(telling: &mut Telling<'_>, entity: &Entity) -> Values<OrganisationStatus> {
    let ends = entity.statements("P576").iter();
    let ends = ends.filter(|it| it.rank != Rank::Deprecated);
    let Some(best) = ends.min_by_key(|it| it.rank) else {
        return Values::default();
    };
    let (status, derived, note) = match best.mainsnak.said() {
        Said::Value(_) => (OrganisationStatus::Dissolved, None, None),
        Said::Unknown => {
            let note = "Wikidata says that it has ended, and not when.";
            (OrganisationStatus::Dissolved, None, Some(note))
        }
        Said::Nothing => {
            let note = "Wikidata says that it has no end.";
            let derived = Some(ClaimStatus::Derived);
            (OrganisationStatus::Active, derived, Some(note))
        }
    };
    let notes = note.map(str::to_owned).into_iter().collect();
    let mut claim = telling.claim("P576", best, notes);
    claim.status = derived;
    Values {
        shown: Some(status),
        claims: vec![claim],
    }
}

fn kind_of(
    telling: &mut Telling<'_>,
    record: &Record,
    kind: OrganisationKind,
) -> Values<OrganisationKind> {
    if kind == OrganisationKind::Unknown {
        return Values::default();
    }
    let mut claim = telling.bare_claim("P31");
    if record.is_derived {
        claim = telling.bare_claim("P102");
        claim.status = Some(ClaimStatus::Derived);
        claim.note = Some("Wikidata has people who are members of it as of a party.".to_owned());
    }
    Values {
        shown: Some(kind),
        claims: vec![claim],
    }
}

fn country(telling: &mut Telling<'_>, entity: &Entity) -> Values<String> {
    telling.values(
        entity,
        "P17",
        |_| 0,
        |telling, statement| {
            let item = telling.named_item("P17", &statement.mainsnak)?;
            let Some(slug) = telling.index.country(item) else {
                if telling.index.holds(item) {
                    telling.lose("P17", "the file has no ISO 3166 code of the country");
                } else {
                    telling.miss("P17", item);
                }
                return None;
            };
            let slug = slug.to_owned();
            telling.subjects.place(item, telling.index);
            Some(told(slug, telling.index.name(item), statement))
        },
    )
}

fn headquarters(telling: &mut Telling<'_>, entity: &Entity) -> Values<String> {
    telling.values(
        entity,
        "P159",
        |_| 0,
        |telling, statement| {
            let item = telling.named_item("P159", &statement.mainsnak)?;
            let Some(slug) = telling.subjects.place(item, telling.index) else {
                telling.miss("P159", item);
                return None;
            };
            Some(told(slug, telling.index.name(item), statement))
        },
    )
}

fn position(telling: &mut Telling<'_>, entity: &Entity) -> Values<PoliticalPosition> {
    telling.values(
        entity,
        "P1387",
        |_| 0,
        |telling, statement| {
            let item = telling.named_item("P1387", &statement.mainsnak)?;
            let Some(position) = telling.index.position(item) else {
                if telling.index.holds(item) {
                    telling.lose(
                        "P1387",
                        "what they name is no single position between left and right",
                    );
                } else {
                    telling.miss("P1387", item);
                }
                return None;
            };
            Some(told(position, Some(position.as_str()), statement))
        },
    )
}

fn website(telling: &mut Telling<'_>, entity: &Entity) -> Values<String> {
    telling.values(
        entity,
        "P856",
        |_| 0,
        |telling, statement| {
            let text = statement.mainsnak.text()?;
            if !is_web_address(&text) {
                let message = format!("Q{} P856: `{text}` is no web address", telling.item);
                let place = telling.place.clone();
                telling
                    .report
                    .warn("addresses that are none", place, message);
                return None;
            }
            Some(told(text.clone(), Some(&text), statement))
        },
    )
}

/// A value in the words in which claims tell it.
fn told<T>(value: T, text: Option<&str>, statement: &Statement) -> Told<T> {
    let circumstances = Circumstances::of(statement);
    Told {
        value,
        text: text.unwrap_or_default().to_owned(),
        status: circumstances.status(),
        notes: circumstances.notes,
    }
}

fn ideologies(telling: &mut Telling<'_>, entity: &Entity) -> Vec<ClassificationDraft> {
    let mut ideologies: Vec<ClassificationDraft> = Vec::new();
    for statement in entity.statements("P1142") {
        let Some(item) = telling.standing("P1142", statement) else {
            continue;
        };
        let Some(topic) = telling.subjects.topic(item, telling.index) else {
            telling.miss("P1142", item);
            continue;
        };
        let mut claim = telling.item_claim("P1142", statement);
        // A classification has no period of its own.
        let period = match telling.period(statement) {
            (None, None) => None,
            (Some(start), None) => Some(format!("From {} on.", start.edtf)),
            (None, Some(end)) => Some(format!("Until {}.", end.edtf)),
            (Some(start), Some(end)) => Some(format!("From {} to {}.", start.edtf, end.edtf)),
        };
        claim.note = match (period, claim.note) {
            (Some(period), Some(note)) => Some(format!("{period} {note}")),
            (period, note) => period.or(note),
        };
        telling.report.carry("statements", 1);
        match ideologies.iter_mut().find(|it| it.topic == topic) {
            Some(known) => known.claims.push(claim),
            None => ideologies.push(ClassificationDraft {
                topic,
                status: claim.status,
                claims: vec![claim],
            }),
        }
    }
    ideologies
}

/// Headquarters that are said to have been there for a time.
fn places(telling: &mut Telling<'_>, entity: &Entity) -> Vec<PlacePeriodDraft> {
    let mut places = Vec::new();
    for statement in entity.statements("P159") {
        let has_period = ["P580", "P582"]
            .iter()
            .any(|property| !statement.qualifiers(property).is_empty());
        if !has_period || statement.rank == Rank::Deprecated {
            continue;
        }
        let place = statement.mainsnak.item();
        let Some(place) = place.and_then(|item| telling.subjects.place(item, telling.index)) else {
            continue;
        };
        let (start, end) = telling.period(statement);
        let claim = telling.item_claim("P159", statement);
        places.push(PlacePeriodDraft {
            place,
            role: "headquarters".to_owned(),
            start,
            end,
            note: None,
            status: claim.status,
            claims: vec![claim],
        });
    }
    places
}

/// What it is a member of, and what it is a child of.
fn affiliations(
    telling: &mut Telling<'_>,
    entity: &Entity,
    record: &Record,
) -> Vec<AffiliationDraft> {
    let kinds = [
        ("P463", AffiliationKind::Member),
        ("P749", AffiliationKind::Parent),
    ];
    let mut affiliations: Vec<AffiliationDraft> = Vec::new();
    for (property, kind) in kinds {
        for (statement, _, body) in telling.named(entity, property, &[Kind::Organisation]) {
            if body.slug == record.slug {
                telling.lose(property, "nothing belongs to itself");
                continue;
            }
            let (start, end) = telling.period(statement);
            let claim = telling.item_claim(property, statement);
            let same = affiliations
                .iter_mut()
                .find(|it| it.body == body.slug && it.kind == Some(kind) && it.start == start);
            match same {
                Some(known) => known.claims.push(claim),
                None => affiliations.push(AffiliationDraft {
                    body: body.slug,
                    kind: Some(kind),
                    start,
                    end,
                    status: claim.status,
                    claims: vec![claim],
                }),
            }
        }
    }
    affiliations
}
