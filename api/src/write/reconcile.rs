//! What one source says of records, put beside what is stored of them.
//!
//! A draft that comes in speaks for its source: it is all that the source says of the record. What comes out says
//! - of each field what was shown, as long as another source says so, or nobody in particular. The newcomer's value is
//!   shown where there was none, where this source alone had said the old one and says it no more, and where it is the same date more
//!   finely. What is not shown stands beside it as a claim; where claims disagree, one that says what is shown is
//!   `PREFERRED`;
//! - of each list all that was in it and all that comes in. What this source alone had said, and says no more, goes.
//!
//! So what was there first is shown, until somebody decides otherwise, and an import that is run again changes nothing.

mod claim;
mod field;
mod item;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use sea_orm::DatabaseTransaction;
use serde_json::{Map, Value, json};

use super::directory::Directory;
use super::draft::{Content, Draft, Kind};
use super::parts::Parts;
use super::property::property_of;
use super::stored;
use crate::error::{Error, Result};
use claim::Speaker;
use field::Field;
use item::LISTS;

type Object = Map<String, Value>;

/// How much of what its source says a draft tells.
#[derive(Debug, Clone, Copy)]
pub enum Extent<'a> {
    /// All: what the source is cited for and the draft does not tell, it no longer says.
    Whole,
    /// A part: what the source is cited for stays, unless it is quoted and the quote no longer stands in the source's
    /// text, in which runs of white space are one space.
    Part { text: &'a str },
}

/// Ids in other collections, by scheme and value.
pub type Ids = HashSet<(String, String)>;

/// Puts each draft beside what is stored of the record that its slug leads to. An id that has `parted` from there is
/// that record's no more, unless the draft has it.
///
/// # Errors
/// As [`super::save`] for slugs that contradict each other; [`Error::Internal`] when what is stored cannot be read.
pub async fn reconcile(
    txn: &DatabaseTransaction,
    incoming: Vec<Draft>,
    extent: Extent<'_>,
    parted: &Ids,
) -> Result<Vec<Draft>> {
    let parts: Vec<_> = incoming.iter().map(Parts::of).collect();
    let directory = Directory::load(txn, &incoming, &parts).await?;
    let ids = incoming
        .iter()
        .map(|draft| directory.identify(draft).map(|identity| identity.id))
        .collect::<Result<Vec<_>>>()?;
    let known: Vec<_> = ids.iter().copied().flatten().collect();
    let newest = stored::newest(txn, &known).await?;
    let old = ids
        .iter()
        .zip(&incoming)
        .map(|(id, draft)| {
            let content = id.and_then(|id| newest.get(&id));
            content
                .map(|(_, json)| Draft::parse(draft.kind(), json))
                .transpose()
        })
        .collect::<serde_json::Result<Vec<_>>>()
        .map_err(Error::internal)?;
    let stored: Vec<Draft> = old.iter().flatten().cloned().collect();
    let parts: Vec<_> = stored.iter().map(Parts::of).collect();
    let referred = Directory::load(txn, &stored, &parts).await?;
    let ours: HashMap<(Kind, &str), &str> = incoming
        .iter()
        .map(|draft| ((draft.kind(), draft.slug.as_str()), draft.name()))
        .collect();
    let name = |kind: Kind, slug: &str| {
        let target = directory
            .get(kind, slug)
            .or_else(|| referred.get(kind, slug));
        let stored = target.map(|target| target.name.clone());
        stored.or_else(|| ours.get(&(kind, slug)).map(|name| (*name).to_owned()))
    };
    let together = incoming.iter().zip(&old);
    together
        .map(|(new, old)| beside(old.as_ref(), new, &name, &extent, parted))
        .collect::<serde_json::Result<_>>()
        .map_err(Error::internal)
}

/// The name of a record that a field refers to, as a claim on the field shows it.
type NameOf<'a> = &'a dyn Fn(Kind, &str) -> Option<String>;

/// Puts what comes in beside what is stored of the same record, if anything is.
fn beside(
    old: Option<&Draft>,
    incoming: &Draft,
    name: NameOf<'_>,
    extent: &Extent<'_>,
    parted: &Ids,
) -> serde_json::Result<Draft> {
    let kind = incoming.kind();
    let speaker = &Speaker {
        source: incoming.default_source().unwrap_or_default(),
        extent,
    };
    let mut new = object(incoming)?;
    let mut old = old.map_or_else(|| Ok(Object::new()), object)?;
    let slug = old
        .get("slug")
        .and_then(Value::as_str)
        .unwrap_or(&incoming.slug)
        .to_owned();
    if !kind.is_entity() {
        // A source is told anew by whoever imports it; a place and a topic are everybody's.
        let (over, mut merged) = match kind {
            Kind::Source => (new, old),
            _ => (old, new),
        };
        merged.extend(over);
        return draft(kind, slug, merged);
    }
    if let Some(ids) = old.get_mut("external_ids").and_then(Value::as_array_mut) {
        let text = |id: &Value, field| id.get(field).and_then(Value::as_str).map(str::to_owned);
        let pair = |id: &Value| text(id, "scheme").zip(text(id, "value"));
        ids.retain(|id| pair(id).is_none_or(|pair| !parted.contains(&pair)));
    }
    claim::name_sources(&mut old);
    claim::name_sources(&mut new);

    let mut merged = Object::new();
    let mut claims = Object::new();
    let fields: Vec<String> = old.keys().chain(new.keys()).cloned().collect();
    for field in fields {
        let is_list = LISTS.iter().any(|(list, _)| *list == field);
        if is_list || merged.contains_key(&field) || ["slug", "source", "claims"].contains(&&*field)
        {
            continue;
        }
        let property = property_of(&field);
        let said = [&old, &new].map(|draft| claim::on(draft, &property));
        let (shown, said) = Field {
            name: &field,
            name_of: name,
        }
        .settle([old.get(&field), new.get(&field)], said, speaker);
        if let Some(shown) = shown {
            merged.insert(field, shown);
        }
        if !said.is_empty() {
            claims.insert(property, Value::Array(said));
        }
    }
    also_called(&merged, &mut new, speaker);
    for (list, key) in LISTS {
        let items = item::merge([old.get(list), new.get(list)], key, speaker);
        if !items.is_empty() {
            merged.insert(list.to_owned(), Value::Array(items));
        }
    }
    // Claims on what is no field of a draft, as the links are.
    let properties = [&old, &new]
        .into_iter()
        .filter_map(|draft| draft.get("claims")?.as_object())
        .flat_map(Object::keys);
    for property in properties {
        if !claims.contains_key(property) {
            let said = speaker.replace(claim::on(&old, property), claim::on(&new, property));
            if !said.is_empty() {
                claims.insert(property.clone(), Value::Array(said));
            }
        }
    }
    merged.insert("claims".to_owned(), Value::Object(claims));
    let default = old.get("source").or_else(|| new.get("source"));
    if let Some(default) = default.cloned() {
        claim::leave_out_source(&mut merged, &default);
        merged.insert("source".to_owned(), default);
    }
    draft(kind, slug, merged)
}

/// A name that the source has for the record and that is not the one shown is kept among the names.
fn also_called(merged: &Object, new: &mut Object, speaker: &Speaker<'_>) {
    let Some(name) = new
        .get("name")
        .filter(|name| merged.get("name") != Some(name))
    else {
        return;
    };
    let name = name.clone();
    let listed = new.get("names").and_then(Value::as_array);
    if listed.is_some_and(|names| names.iter().any(|item| item.get("text") == Some(&name))) {
        return;
    }
    let claims = match claim::on(new, "name") {
        claims if claims.is_empty() => vec![json!({"source": speaker.source})],
        claims => claims,
    };
    let item = json!({"text": name, "kind": "ALTERNATIVE", "claims": claims});
    match new.get_mut("names").and_then(Value::as_array_mut) {
        Some(names) => names.push(item),
        None => {
            new.insert("names".to_owned(), json!([item]));
        }
    }
}

fn object(draft: &Draft) -> serde_json::Result<Object> {
    match serde_json::to_value(draft)? {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Object::new()),
    }
}

fn draft(kind: Kind, slug: String, mut fields: Object) -> serde_json::Result<Draft> {
    fields.shift_remove("slug");
    let content = Content::deserialize(kind, Value::Object(fields))?;
    Ok(Draft { slug, content })
}
