//! Objects field by field, and the parts that those of several classes have.

use std::collections::HashMap;

use entity::id::NodeId;
use entity::kind::NameKind;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Around;
use crate::export::{Record, date};
use crate::format::popolo::{Class, NAME_NOTES, OWN_SCHEME, SCHEME, address, word};
use crate::loss::Losses;
use crate::write::{ClaimDraft, ExternalIdDraft, Kind, NameDraft, Parts};

/// What is told of a record, and which of its fields that is.
pub(super) type Told = (Object, &'static [&'static str]);

/// A record of a document. It has no fields that say nothing.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    /// A record of its own, under its slug.
    pub fn of(record: &Record, name: &str) -> Self {
        let mut object = Self::default();
        object.set("id", Some(record.draft.slug.clone()));
        object.set("name", Some(name));
        object
    }

    pub fn set(&mut self, field: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.0.insert(field.to_owned(), value.into());
        }
    }

    pub fn list(&mut self, field: &str, values: Vec<Value>) {
        let values = Some(values).filter(|values| !values.is_empty());
        self.set(field, values);
    }
}

/// Addresses and titles of sources.
pub(super) struct Sources(pub HashMap<NodeId, (Option<String>, String)>);

impl Around {
    /// The slug that a reference leads to now.
    pub fn slug(&self, kind: Kind, slug: &str) -> Option<&str> {
        let target = self.directory.get(kind, slug);
        target.map(|target| target.slug.as_str())
    }

    /// Links to these sources, each once. One that has no address is lost.
    pub fn sources<'a>(
        &self,
        slugs: impl Iterator<Item = &'a str>,
        losses: &mut Losses,
    ) -> Vec<Value> {
        let mut seen = Vec::new();
        let mut links = Vec::new();
        for target in slugs.filter_map(|slug| self.directory.get(Kind::Source, slug)) {
            if seen.contains(&target.id) {
                continue;
            }
            seen.push(target.id);
            match self.sources.0.get(&target.id) {
                Some((Some(url), title)) => links.push(json!({"url": url, "note": title})),
                _ => losses.add(
                    "mentions of sources",
                    "a source is told by its address, and this one has none",
                    1,
                ),
            }
        }
        links
    }

    /// All sources that a record names.
    pub fn sources_of(&self, record: &Record, losses: &mut Losses) -> Vec<Value> {
        let parts = Parts::of(&record.draft);
        let named = parts.references.iter().map(|(_, reference)| reference);
        let named = named.filter(|reference| reference.kind == Some(Kind::Source));
        self.sources(named.map(|reference| reference.slug), losses)
    }

    /// The sources of one item of a record.
    pub fn sources_of_item(
        &self,
        record: &Record,
        claims: &[ClaimDraft],
        losses: &mut Losses,
    ) -> Vec<Value> {
        let default = record.draft.default_source();
        let slugs = claims
            .iter()
            .filter_map(|claim| claim.source.as_deref().or(default));
        self.sources(slugs, losses)
    }
}

/// The names of a record beside `name`. What the first abbreviation is, one for all times stands first.
pub(super) fn other_names(
    names: &[NameDraft],
    (name, abbreviation): (&str, Option<&str>),
    losses: &mut Losses,
) -> Vec<Value> {
    let note = |kind| word(&NAME_NOTES, kind);
    let short = note(NameKind::Abbreviation);
    let mut told: Vec<Value> = Vec::new();
    told.extend(abbreviation.map(|text| json!({"name": text, "note": short})));
    for item in names {
        let kind = item.kind.unwrap_or(NameKind::Official);
        let mut other = Object::default();
        other.set("name", Some(item.text.as_str()));
        other.set("lang", item.language.as_deref());
        other.set("start_date", date::plain(item.start.as_ref(), losses));
        other.set("end_date", date::plain(item.end.as_ref(), losses));
        let has_time = ["start_date", "end_date"]
            .iter()
            .any(|it| other.0.contains_key(*it));
        let why = "the name that stands as such is the one it goes by";
        let preferred = usize::from(item.preferred && item.text != name);
        losses.add("preferences among names", why, preferred);
        if item.text == name && !has_time && kind != NameKind::Abbreviation {
            let why = "the name it goes by has no language";
            losses.add(
                "languages of names",
                why,
                usize::from(item.language.is_some()),
            );
            continue;
        }
        other.set("note", note(kind));
        let other = Value::Object(other.0);
        if told.contains(&other) {
            continue;
        }
        // It is the abbreviation for whoever reads the list.
        let is_first = abbreviation.is_none()
            && kind == NameKind::Abbreviation
            && !has_time
            && item.language.is_none()
            && !told.iter().any(|other| is_short(other, short));
        told.insert(if is_first { 0 } else { told.len() }, other);
    }
    told
}

/// Whether a name is an abbreviation for all times.
fn is_short(name: &Value, note: Option<&str>) -> bool {
    let fields = name.as_object();
    fields.is_some_and(|it| it.len() == 2 && it.get("note").and_then(Value::as_str) == note)
}

/// The ids of a record: its slug here first.
pub(super) fn identifiers(class: Class, record: &Record, ids: &[ExternalIdDraft]) -> Vec<Value> {
    let slug = &record.draft.slug;
    let mut told = vec![json!({"scheme": OWN_SCHEME, "identifier": slug})];
    // What a document has called this record by the same id says no more than that id.
    let again = format!(":{}/{slug}", class.collection());
    let others = ids
        .iter()
        .filter(|id| id.scheme != SCHEME || !id.value.ends_with(&again));
    told.extend(others.map(|id| json!({"scheme": id.scheme, "identifier": id.value})));
    told
}

/// The addresses of ids, each noted with its scheme.
pub(super) fn links(ids: &[ExternalIdDraft]) -> impl Iterator<Item = Value> {
    ids.iter().filter_map(|id| {
        let url = address(&id.scheme, &id.value).or_else(|| id.url.clone())?;
        Some(json!({"note": id.scheme, "url": url}))
    })
}
