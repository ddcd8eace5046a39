//! Areas and other places as drafts.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::Result;
use entity::kind::PlaceKind;

use super::document::Document;
use super::read::{own_slug, rest};
use crate::format::popolo::{self, AREAS, Class, meaning};
use crate::import::{Import, slug};
use crate::write::{self, Content, Draft, PlaceDraft};

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
        let kind = classification
            .as_ref()
            .and_then(|text| meaning(&AREAS, text));
        let code = code.and_then(|text| popolo::code(&text, kind));
        if code.is_none()
            && let Some(identifier) = identifier
        {
            let why = "places have no ids of other collections";
            import
                .report
                .losses
                .add("`identifier` of areas", why, identifier.count());
        }
        let own = own_slug(import, &mut record);
        rest(import, Class::Area.word(), &record);
        let known = match &code {
            Some(code) => write::place_of_code(&import.txn, code).await?,
            None => None,
        };
        let named = || match &code {
            Some(_) => slug::of(&name),
            None => place_slug(&name, source),
        };
        let place = known.or(own).unwrap_or_else(named);
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

/// What places of a file are called.
pub(super) struct Places<'a> {
    source: &'a str,
    /// The slug of the area of a name; none: several have it.
    named: HashMap<&'a str, Option<&'a str>>,
    slugs: HashSet<&'a str>,
    /// Names of places that the file does not list, by their slugs.
    others: BTreeMap<String, String>,
}

impl<'a> Places<'a> {
    pub fn new(source: &'a str, areas: &'a HashMap<String, Area>) -> Self {
        let mut named: HashMap<&str, Option<&str>> = HashMap::new();
        for area in areas.values() {
            named
                .entry(&area.name)
                .and_modify(|slug| *slug = None)
                .or_insert(Some(&area.slug));
        }
        Self {
            source,
            named,
            slugs: areas.values().map(|area| area.slug.as_str()).collect(),
            others: BTreeMap::new(),
        }
    }

    /// The slug of the place that a text names: the area that alone has this name, else a place of its own.
    pub fn find(&mut self, name: String) -> String {
        if let Some(Some(slug)) = self.named.get(name.as_str()) {
            return (*slug).to_owned();
        }
        let slug = place_slug(&name, self.source);
        if !self.slugs.contains(slug.as_str()) {
            self.others.entry(slug.clone()).or_insert(name);
        }
        slug
    }

    /// The places that the file does not list.
    pub fn drafts(self) -> impl Iterator<Item = Draft> {
        self.others.into_iter().map(|(slug, name)| Draft {
            slug,
            content: Content::Place(Box::new(PlaceDraft {
                name,
                kind: Some(PlaceKind::Other),
                ..PlaceDraft::default()
            })),
        })
    }
}

/// The slug of a place that only its source tells from others of its name.
fn place_slug(name: &str, source: &str) -> String {
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
