//! Organisations.

use entity::kind::OrganisationStatus;
use serde_json::json;

use super::Around;
use super::membership::parent;
use super::object::{Object, Told, identifiers, links, other_names};
use crate::export::{Record, date, loss};
use crate::format::popolo::{ADDRESS, AREA, CLASSIFICATIONS, Class, WEBSITE, word};
use crate::loss::Losses;
use crate::write::{Kind, OrganisationDraft};

const ONE_AREA: &str = "an organization lies in one area, at no time in particular";

pub(super) fn organisation(
    record: &Record,
    draft: &OrganisationDraft,
    around: &Around,
    losses: &mut Losses,
) -> Told {
    let ids = &draft.external_ids;
    let mut object = Object::of(record, &draft.name);
    let called = (draft.name.as_str(), draft.abbreviation.as_deref());
    object.list("other_names", other_names(&draft.names, called, losses));
    object.list("identifiers", identifiers(Class::Organization, record, ids));
    let kind = draft.kind.and_then(|kind| word(&CLASSIFICATIONS, kind));
    object.set("classification", kind);
    object.set("parent_id", parent(draft, around));
    object.set("area_id", area(draft, around, losses));
    object.set("abstract", draft.summary.clone());
    object.set("founding_date", date::plain(draft.founded.as_ref(), losses));
    let dissolved = date::plain(draft.dissolved.as_ref(), losses);
    let status = draft.status.filter(|status| {
        let is_told = *status == OrganisationStatus::Dissolved && dissolved.is_some();
        !is_told && *status != OrganisationStatus::Unknown
    });
    let why = "only a date of its end tells whether an organization exists";
    losses.add("status", why, usize::from(status.is_some()));
    object.set("dissolution_date", dissolved);
    object.set("image", draft.logo.clone());
    let seat = draft.headquarters.as_ref();
    let seat = seat.and_then(|slug| around.directory.get(Kind::Place, slug));
    let seat = seat.map(|place| json!({"type": ADDRESS, "value": place.name}));
    object.list("contact_details", seat.into_iter().collect());
    let website = draft.website.iter();
    let website = website.map(|url| json!({"note": WEBSITE, "url": url}));
    object.list("links", website.chain(links(ids)).collect());
    object.list("sources", around.sources_of(record, losses));
    let held = &[
        "name",
        "names",
        "external_ids",
        "abbreviation",
        "kind",
        "status",
        "founded",
        "dissolved",
        "summary",
        "logo",
        "website",
        "country",
        "headquarters",
        "places",
        "affiliations",
    ];
    (object, held)
}

/// The country, else the first place that is said to be its area.
fn area<'a>(draft: &OrganisationDraft, around: &'a Around, losses: &mut Losses) -> Option<&'a str> {
    let country = draft.country.as_ref();
    let mut area = country.and_then(|slug| around.slug(Kind::Place, slug));
    for item in &draft.places {
        if !loss::is_told("places", item.status, losses) {
            continue;
        }
        let is_area = item.role == AREA && item.start.is_none() && item.end.is_none();
        if is_area && area.is_none() {
            area = around.slug(Kind::Place, &item.place);
        } else {
            losses.add("places", ONE_AREA, 1);
        }
    }
    area
}
