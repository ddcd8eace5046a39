//! The records of a document, wherever they stand in it: in its collections, or within each other.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::json::{Record, Text, Value};
use crate::format::popolo::{Class, LOST_COLLECTIONS};
use crate::import::Import;

/// What a record has, and a document with collections has not.
const OF_RECORDS: [&str; 8] = [
    "id",
    "_id",
    "name",
    "label",
    "person_id",
    "organization_id",
    "person",
    "organization",
];

/// A record that another one leads to.
#[derive(Clone)]
pub(super) struct Tie<'a> {
    pub id: String,
    /// The field that says so.
    pub at: Value<'a>,
}

/// One record.
pub(super) struct Item<'a> {
    pub id: String,
    /// It says its id itself; one that does not goes by its name.
    pub has_id: bool,
    /// What it says but for ids and ties.
    pub record: Record<'a>,
    ties: HashMap<&'static str, Tie<'a>>,
    /// People at an event.
    pub attendees: Vec<Tie<'a>>,
}

impl<'a> Item<'a> {
    pub fn tie(&self, field: &str) -> Option<&Tie<'a>> {
        self.ties.get(field)
    }
}

/// All records by class and id.
#[derive(Default)]
pub(super) struct Document<'a> {
    items: HashMap<Class, IndexMap<String, Item<'a>>>,
    /// Where the document as a whole is said to come from.
    pub origin: Option<String>,
}

impl<'a> Document<'a> {
    /// Reads everything. What cannot be understood is noted; what the graph has no place for is a loss.
    pub fn read(import: &mut Import<'_>, text: &'a Text<'a>) -> anyhow::Result<Self> {
        let mut document = Self::default();
        let whole = text.value()?;
        if whole.is_list() {
            for value in whole.list(import) {
                if let Some(record) = value.record(import) {
                    document.alone(import, record);
                }
            }
            return Ok(document);
        }
        let Some(mut top) = whole.record(import) else {
            return Ok(document);
        };
        // A record has lists of the same names within it.
        let mut collections = Vec::new();
        for class in Class::ALL {
            if let Some(value) = top.take(class.collection()) {
                collections.push((class, value));
            }
        }
        if collections.is_empty() || OF_RECORDS.iter().any(|field| top.has(field)) {
            if let Some(record) = whole.record(import) {
                document.alone(import, record);
            }
            return Ok(document);
        }
        for (class, values) in collections {
            for value in values.list(import) {
                if let Some(record) = value.record(import) {
                    document.enter(import, class, record, None);
                }
            }
        }
        document.rest(import, top);
        Ok(document)
    }

    pub fn all(&self, class: Class) -> impl Iterator<Item = &Item<'a>> {
        self.items
            .get(&class)
            .into_iter()
            .flat_map(IndexMap::values)
    }

    pub fn get(&self, class: Class, id: &str) -> Option<&Item<'a>> {
        self.items.get(&class)?.get(id)
    }

    /// What stands beside the collections.
    fn rest(&mut self, import: &mut Import<'_>, mut top: Record<'a>) {
        if let Some(mut meta) = top.take("meta").and_then(|meta| meta.record(import)) {
            let sources = meta.list("sources", import);
            self.origin = sources.first().and_then(|source| source.text(import));
        }
        for (field, value) in top.rest().filter(|(field, _)| !field.starts_with('@')) {
            let why = if LOST_COLLECTIONS.contains(&field) {
                "the graph has no place for them"
            } else {
                "it is no part of Popolo"
            };
            import
                .report
                .losses
                .add(&format!("`{field}`"), why, value.count());
        }
    }

    /// Takes in a record that does not stand in a collection, which would tell what it is.
    fn alone(&mut self, import: &mut Import<'_>, record: Record<'a>) {
        if let Some(class) = class_of(import, &record) {
            self.enter(import, class, record, None);
        } else {
            let message = "nothing tells whether this is a person, an organization or what else; put it in a list, as in {\"persons\": [..]}";
            import.refuse(record.whole.fault(message));
        }
    }

    /// Takes in a record and all that are within it. `from` is the field that ties it to the record around it.
    fn enter(
        &mut self,
        import: &mut Import<'_>,
        class: Class,
        mut record: Record<'a>,
        from: Option<(&'static str, Tie<'a>)>,
    ) -> Tie<'a> {
        let ids = ["id", "_id", "@id"].map(|field| record.text(field, import));
        let id = ids.into_iter().flatten().next();
        let has_id = id.is_some();
        let id = id.unwrap_or_else(|| self.name_for(class, &record));
        let at = record.whole.clone();
        let tie = Tie { id: id.clone(), at };
        let mut ties: HashMap<&'static str, Tie<'a>> = from.into_iter().collect();
        for (field, target) in class.ties() {
            if let Some(found) = self.tie(import, &mut record, field, Some(*target)) {
                ties.insert(field, found);
            }
        }
        if class == Class::Membership
            && let Some(found) = self.tie(import, &mut record, "member", None)
        {
            ties.insert("member", found);
        }
        for (field, inner, back) in class.lists() {
            for inner_record in record.records(field, import) {
                self.enter(import, *inner, inner_record, Some((back, tie.clone())));
            }
        }
        let mut attendees = Vec::new();
        if class == Class::Event {
            for value in record.list("attendees", import) {
                attendees.extend(self.tie_at(import, value, Some(Class::Person)));
            }
        }
        let item = Item {
            id,
            has_id,
            record,
            ties,
            attendees,
        };
        self.keep(import, class, item);
        tie
    }

    /// What a field leads to.
    fn tie(
        &mut self,
        import: &mut Import<'_>,
        record: &mut Record<'a>,
        field: &'static str,
        class: Option<Class>,
    ) -> Option<Tie<'a>> {
        let by_id = record.take(&format!("{field}_id"));
        let within = record.take(field);
        let within = within.and_then(|value| self.tie_at(import, value, class));
        let by_id = by_id.and_then(|at| {
            Some(Tie {
                id: at.text(import)?,
                at,
            })
        });
        by_id.or(within)
    }

    /// What a value leads to: a record within it, or an id.
    fn tie_at(
        &mut self,
        import: &mut Import<'_>,
        at: Value<'a>,
        class: Option<Class>,
    ) -> Option<Tie<'a>> {
        if !at.is_object() {
            return Some(Tie {
                id: at.text(import)?,
                at,
            });
        }
        let record = at.record(import)?;
        let mut rest = record.clone();
        if let Some(id) = rest.take("id").and_then(|id| id.text(import))
            && rest.is_empty()
        {
            return Some(Tie { id, at });
        }
        let class = class
            .or_else(|| class_of(import, &record))
            .unwrap_or(Class::Person);
        Some(self.enter(import, class, record, None))
    }

    /// Keeps a record; what the same one says at several places comes together.
    fn keep(&mut self, import: &mut Import<'_>, class: Class, item: Item<'a>) {
        let items = self.items.entry(class).or_default();
        let Some(known) = items.get_mut(&item.id) else {
            items.insert(item.id.clone(), item);
            return;
        };
        let place = item.record.whole.place();
        let mut differing = known.record.join(item.record);
        for (field, tie) in item.ties {
            let known = known.ties.entry(field).or_insert_with(|| tie.clone());
            if known.id != tie.id {
                differing.push(field.to_owned());
            }
        }
        if !differing.is_empty() {
            let (word, id) = (class.word(), &item.id);
            let message = format!(
                "{word} `{id}` says something else on {} than before; what it said first is kept",
                differing.join(", ")
            );
            import
                .report
                .warn("records that stand twice and differ", place, message);
        }
    }

    /// What a record without an id goes by: its name if it is the first of that name.
    fn name_for(&self, class: Class, record: &Record<'a>) -> String {
        let mut record = record.clone();
        let value = record.take("name").or_else(|| record.take("label"));
        let name = match value {
            // Whether it is a text is told where it is read.
            Some(value) if class != Class::Membership => value.unquoted(),
            _ => record.whole.path(),
        };
        let known = self.items.get(&class);
        let is_free = |id: &String| known.is_none_or(|known| !known.contains_key(id));
        if is_free(&name) {
            return name;
        }
        let free = (2..u32::MAX)
            .map(|number| format!("{name} {number}"))
            .find(is_free);
        free.unwrap_or(name)
    }
}

/// What a record that stands alone is.
fn class_of(import: &mut Import<'_>, record: &Record<'_>) -> Option<Class> {
    let mut record = record.clone();
    let kind = record
        .text("@type", import)
        .or_else(|| record.text("@context", import));
    let named = kind.map(|kind| kind.to_lowercase()).and_then(|kind| {
        let kind = kind.trim_end_matches(".jsonld");
        Class::ALL
            .into_iter()
            .find(|class| kind.ends_with(class.word()))
    });
    let order = [
        Class::Membership,
        Class::Person,
        Class::Event,
        Class::Post,
        Class::Organization,
        Class::Area,
    ];
    let told = || {
        let mut classes = order.into_iter();
        classes.find(|class| class.telling().iter().any(|field| record.has(field)))
    };
    if let Some(class) = named.or_else(told) {
        return Some(class);
    }
    let within = record
        .clone()
        .records("memberships", import)
        .into_iter()
        .next()?;
    if within.has("person_id") || within.has("person") {
        Some(Class::Organization)
    } else {
        (within.has("organization_id") || within.has("organization")).then_some(Class::Person)
    }
}
