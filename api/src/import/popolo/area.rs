//! Areas and other places as drafts.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use entity::kind::PlaceKind;

use super::document::Document;
use super::read::rest;
use crate::format::popolo::{AREAS, Class, meaning};
use crate::import::{Import, slug};
use crate::write::{Content, Draft, PlaceDraft};

/// A place that an area is.
pub(super) struct Area {
    pub slug: String,
    pub name: String,
    pub is_country: bool,
}

/// The areas of a document by their ids, and what is to be written of them. Countries are told by their codes; other
/// places have no ids that could tell them, so that those of one source are its own.
pub(super) async fn areas(
    import: &mut Import<'_>,
    source: &str,
    document: &Document<'_>,
) -> Result<(HashMap<String, Area>, Vec<Draft>)> {
    let mut areas = HashMap::new();
    let mut drafts = Vec::new();
    let mut taken = HashSet::new();
    for item in document.all(Class::Area) {
        let mut record = item.record.clone();
        let name = record
            .text("name", import)
            .unwrap_or_else(|| item.id.clone());
        let classification = record.text("classification", import);
        let identifier = record.take("identifier");
        let code = identifier.as_ref().and_then(|value| value.text(import));
        let code = code.and_then(|text| country_code(&text, classification.as_deref()));
        if code.is_none()
            && let Some(identifier) = identifier
        {
            let why = "places have no ids of other collections";
            import
                .report
                .losses
                .add("`identifier` of areas", why, identifier.count());
        }
        rest(import, Class::Area.word(), &record);
        let kind = classification
            .as_ref()
            .and_then(|text| meaning(&AREAS, text));
        let place = match &code {
            Some(code) => import.country(code, &name).await?,
            None => place_slug(&name, source),
        };
        let slug = if taken.insert(place.clone()) {
            place
        } else {
            format!("{place}-{}", slug::sure(&item.id))
        };
        let is_country = code.is_some();
        let kind = match (kind, is_country) {
            (None, true) => PlaceKind::State,
            (kind, _) => kind.unwrap_or(PlaceKind::Other),
        };
        drafts.push((
            item,
            slug.clone(),
            PlaceDraft {
                name: name.clone(),
                kind: Some(kind),
                code,
                ..PlaceDraft::default()
            },
        ));
        areas.insert(
            item.id.clone(),
            Area {
                slug,
                name,
                is_country,
            },
        );
    }
    let mut written = Vec::new();
    for (item, slug, mut draft) in drafts {
        if let Some(tie) = item.tie("parent") {
            match areas.get(&tie.id) {
                Some(_) if lies_in_itself(document, &item.id) => {
                    let message = format!(
                        "area `{}` would lie in itself; it is left out of it",
                        item.id
                    );
                    import
                        .report
                        .warn("areas that lie in themselves", tie.at.place(), message);
                }
                Some(parent) => draft.parent = Some(parent.slug.clone()),
                None => {
                    let message = format!("no area has the id `{}`", tie.id);
                    import
                        .report
                        .warn(super::tie::OUTSIDE, tie.at.place(), message);
                }
            }
        }
        let content = Content::Place(Box::new(draft));
        written.push(Draft { slug, content });
    }
    Ok((areas, written))
}

/// The slug of a place that only its source tells from others of its name.
pub(super) fn place_slug(name: &str, source: &str) -> String {
    format!("{}-{source}", slug::sure(name))
}

fn lies_in_itself(document: &Document<'_>, id: &str) -> bool {
    let mut seen = HashSet::new();
    let mut around = id;
    while seen.insert(around) {
        let parent = document
            .get(Class::Area, around)
            .and_then(|item| item.tie("parent"));
        match parent {
            Some(parent) => around = &parent.id,
            None => return false,
        }
    }
    around == id
}

/// The ISO 3166 code of a country: in an Open Civic Data id of the country itself, or alone where the area is said to
/// be a country.
fn country_code(identifier: &str, classification: Option<&str>) -> Option<String> {
    let alone = Some(identifier)
        .filter(|_| classification.is_some_and(|text| text.eq_ignore_ascii_case("country")));
    let code = identifier.strip_prefix("ocd-division/country:").or(alone)?;
    let is_code = code.len() == 2 && code.bytes().all(|it| it.is_ascii_alphabetic());
    is_code.then(|| code.to_ascii_uppercase())
}
