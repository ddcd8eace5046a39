//! Which tables there are, and what stands in their columns.

use entity::date::HistoricalDate;
use serde_json::{Map, Value};

use super::Link;
use crate::write::Kind;

/// How a field becomes columns.
#[derive(Clone, Copy)]
enum Shape {
    /// One column.
    Text,
    /// EDTF, first and last day, the source's words.
    Date,
    /// A number, and what is said in words.
    Quantity,
    /// Texts joined by a space.
    Texts,
}

use Shape::{Date, Quantity, Text, Texts};

type Columns = &'static [(&'static str, Shape)];

/// The columns of a table after those that tell which record a row is of.
pub(super) struct Table(Columns);

/// A list that records of some kinds have.
pub(super) struct List {
    /// Of the table.
    pub name: &'static str,
    pub field: &'static str,
    pub kinds: &'static [Kind],
    pub table: Table,
}

const ENTITIES: &[Kind] = &[
    Kind::Person,
    Kind::Publication,
    Kind::Organisation,
    Kind::Campaign,
    Kind::Event,
];

pub(super) const RECORDS: [(Kind, Table); 8] = [
    (
        Kind::Topic,
        Table(&[("name", Text), ("kind", Text), ("parent", Text)]),
    ),
    (
        Kind::Place,
        Table(&[
            ("name", Text),
            ("kind", Text),
            ("code", Text),
            ("street", Text),
            ("postcode", Text),
            ("parent", Text),
        ]),
    ),
    (
        Kind::Source,
        Table(&[
            ("title", Text),
            ("kind", Text),
            ("author", Text),
            ("publisher", Text),
            ("url", Text),
            ("published", Date),
            ("accessed", Date),
            ("licence", Text),
            ("language", Text),
            ("text", Text),
        ]),
    ),
    (
        Kind::Person,
        Table(&[
            ("name", Text),
            ("source", Text),
            ("summary", Text),
            ("former_slugs", Texts),
            ("merged", Texts),
            ("born", Date),
            ("died", Date),
        ]),
    ),
    (
        Kind::Publication,
        Table(&[
            ("name", Text),
            ("source", Text),
            ("summary", Text),
            ("former_slugs", Texts),
            ("merged", Texts),
            ("subtitle", Text),
            ("kind", Text),
            ("frequency", Text),
            ("format", Text),
            ("colour", Text),
            ("free", Text),
            ("language", Text),
            ("editorial_focus", Text),
            ("published", Date),
            ("ceased", Date),
            ("isbn", Text),
            ("issn", Text),
        ]),
    ),
    (
        Kind::Organisation,
        Table(&[
            ("name", Text),
            ("source", Text),
            ("summary", Text),
            ("former_slugs", Texts),
            ("merged", Texts),
            ("abbreviation", Text),
            ("kind", Text),
            ("status", Text),
            ("founded", Date),
            ("dissolved", Date),
            ("country", Text),
            ("headquarters", Text),
            ("position", Text),
            ("leadership", Text),
            ("newspaper", Text),
            ("logo", Text),
            ("website", Text),
        ]),
    ),
    (
        Kind::Campaign,
        Table(&[
            ("name", Text),
            ("source", Text),
            ("summary", Text),
            ("former_slugs", Texts),
            ("merged", Texts),
            ("started", Date),
            ("ended", Date),
            ("parent", Text),
            ("organisation", Text),
        ]),
    ),
    (
        Kind::Event,
        Table(&[
            ("name", Text),
            ("source", Text),
            ("summary", Text),
            ("former_slugs", Texts),
            ("merged", Texts),
            ("kind", Text),
            ("date", Date),
            ("place", Text),
            ("outcome", Text),
            ("reason", Text),
            ("attendance", Quantity),
            ("occurrences", Quantity),
        ]),
    ),
];

pub(super) const LISTS: [List; 12] = [
    List {
        name: "names",
        field: "names",
        kinds: ENTITIES,
        table: Table(&[
            ("text", Text),
            ("kind", Text),
            ("language", Text),
            ("start", Date),
            ("end", Date),
            ("preferred", Text),
        ]),
    },
    List {
        name: "external_ids",
        field: "external_ids",
        kinds: ENTITIES,
        table: Table(&[("scheme", Text), ("value", Text), ("url", Text)]),
    },
    List {
        name: "statements",
        field: "statements",
        kinds: ENTITIES,
        table: Table(&[
            ("kind", Text),
            ("text", Text),
            ("attitude", Text),
            ("topic", Text),
            ("holder", Text),
            ("date", Date),
            ("fulfilled", Date),
            ("status", Text),
        ]),
    },
    List {
        name: "ideologies",
        field: "ideologies",
        kinds: &[Kind::Organisation],
        table: Table(&[("topic", Text), ("status", Text)]),
    },
    List {
        name: "subjects",
        field: "topics",
        kinds: &[Kind::Publication, Kind::Campaign],
        table: Table(&[("topic", Text), ("status", Text)]),
    },
    List {
        name: "active_places",
        field: "places",
        kinds: &[Kind::Organisation],
        table: Table(&[
            ("place", Text),
            ("role", Text),
            ("start", Date),
            ("end", Date),
            ("note", Text),
            ("status", Text),
        ]),
    },
    List {
        name: "affiliations",
        field: "affiliations",
        kinds: &[Kind::Organisation],
        table: Table(&[
            ("body", Text),
            ("kind", Text),
            ("start", Date),
            ("end", Date),
            ("status", Text),
        ]),
    },
    List {
        name: "memberships",
        field: "memberships",
        kinds: &[Kind::Person],
        table: Table(&[
            ("organisation", Text),
            ("role", Text),
            ("post", Text),
            ("start", Date),
            ("end", Date),
            ("status", Text),
        ]),
    },
    List {
        name: "participants",
        field: "participants",
        kinds: &[Kind::Campaign, Kind::Event],
        table: Table(&[
            ("participant", Text),
            ("description", Text),
            ("role", Text),
            ("post", Text),
            ("count", Quantity),
            ("start", Date),
            ("end", Date),
            ("status", Text),
            ("note", Text),
        ]),
    },
    List {
        name: "authors",
        field: "authors",
        kinds: &[Kind::Publication],
        table: Table(&[("person", Text), ("role", Text), ("status", Text)]),
    },
    List {
        name: "publishers",
        field: "publishers",
        kinds: &[Kind::Publication],
        table: Table(&[("organisation", Text), ("status", Text)]),
    },
    List {
        name: "earlier_events",
        field: "follows",
        kinds: &[Kind::Event],
        table: Table(&[("event", Text), ("status", Text)]),
    },
];

pub(super) const LINKS: [&str; 12] = [
    "id",
    "kind",
    "predecessor",
    "successor",
    "date",
    "date_earliest",
    "date_latest",
    "event",
    "people",
    "people_text",
    "reason",
    "status",
];

/// Whether a field of such a record stands in one of the tables.
pub(super) fn is_held(kind: Kind, field: &str) -> bool {
    let record = RECORDS.iter().find(|(of, _)| *of == kind);
    ["slug", "claims"].contains(&field)
        || record.is_some_and(|(_, Table(columns))| columns.iter().any(|(name, _)| *name == field))
        || LISTS
            .iter()
            .any(|list| list.field == field && list.kinds.contains(&kind))
}

impl Table {
    fn columns(&self) -> impl Iterator<Item = String> {
        self.0.iter().flat_map(|(name, shape)| {
            let more: &[&str] = match shape {
                Text | Texts => &[],
                Date => &["earliest", "latest", "text"],
                Quantity => &["text"],
            };
            let more = more.iter().map(move |part| format!("{name}_{part}"));
            std::iter::once((*name).to_owned()).chain(more)
        })
    }

    fn cells(&self, fields: &Value) -> impl Iterator<Item = String> {
        self.0.iter().flat_map(move |(name, shape)| {
            let value = fields.get(*name);
            match shape {
                Text => vec![text(value)],
                Texts => {
                    let texts = value.and_then(Value::as_array).into_iter().flatten();
                    vec![texts.map(|it| text(Some(it))).collect::<Vec<_>>().join(" ")]
                }
                Date => date(value),
                Quantity => ["value", "text"]
                    .map(|part| text(value.and_then(|it| it.get(part))))
                    .to_vec(),
            }
        })
    }

    /// The header of a table of records.
    pub fn header(&self) -> impl Iterator<Item = String> {
        ["id", "slug"]
            .map(str::to_owned)
            .into_iter()
            .chain(self.columns())
    }

    pub fn row(&self, public_id: &str, fields: &Map<String, Value>) -> Vec<String> {
        let mut row = vec![public_id.to_owned(), text(fields.get("slug"))];
        row.extend(self.cells(&Value::Object(fields.clone())));
        row
    }

    /// The header of a table of what records list.
    pub fn header_of_list(&self) -> impl Iterator<Item = String> {
        ["record", "slug", "number"]
            .map(str::to_owned)
            .into_iter()
            .chain(self.columns())
    }

    pub fn row_of_list(&self, kind: Kind, slug: &str, number: usize, item: &Value) -> Vec<String> {
        let mut row = vec![kind.to_string(), slug.to_owned(), number.to_string()];
        row.extend(self.cells(item));
        row
    }
}

fn date(value: Option<&Value>) -> Vec<String> {
    let edtf = text(value.map(|it| it.get("edtf").unwrap_or(it)));
    let words = text(value.and_then(|it| it.get("text")));
    let days = HistoricalDate::parse(&edtf).map(|date| [date.earliest, date.latest]);
    let [earliest, latest] = days.unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![edtf, day(earliest), day(latest), words]
}

pub(super) fn link_row(link: &Link) -> Vec<String> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let date = link.date.as_ref();
    vec![
        link.public_id.clone(),
        link.kind.to_string(),
        link.predecessor.slug.clone(),
        link.successor.slug.clone(),
        date.map(|date| date.edtf.clone()).unwrap_or_default(),
        day(date.and_then(|date| date.earliest)),
        day(date.and_then(|date| date.latest)),
        link.event.slug.clone(),
        link.people_value
            .map(|value| value.to_string())
            .unwrap_or_default(),
        link.people_text.clone().unwrap_or_default(),
        link.reason.clone().unwrap_or_default(),
        link.status.to_string(),
    ]
}

/// A value as a cell shows it; nothing where there is none.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
