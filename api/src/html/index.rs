//! All records of a kind as pages, a hundred on each, at `/organisations/` and the like.

use maud::html;
use serde_json::{Map, Value, json};

use super::list::list;
use super::note::Notes;
use super::{FRAGMENTS, Head, page, words};
use crate::{graph::with_fragments, write::Kind};

/// The question whose answer the pages of a kind are made of, and its variables. `after`: the end of the page before.
#[must_use]
pub fn index_query(kind: Kind, after: Option<&str>) -> (String, Map<String, Value>) {
    let kinds = kind.folder();
    let query = format!(
        "query Index($after: String) {{
           dataset {{ licence }}
           list: {kinds}(first: 100, after: $after) {{ ...{kinds} }}
         }}\n"
    );
    let mut variables = Map::new();
    variables.insert("after".to_owned(), json!(after));
    (with_fragments(&query, FRAGMENTS), variables)
}

/// One of the pages, from the data of the answer.
#[must_use]
pub fn index(kind: Kind, answer: &Value, after: Option<&str>, base_url: &str) -> String {
    let title = words::sentence(kind.folder());
    let mut notes = Notes::default();
    let total = answer["list"]["totalCount"].as_u64().unwrap_or_default();
    let list = list("list", if after.is_some() { "The next" } else { "All" });
    let main = html! {
        h1 { (title) }
        @if total == 0 { p { "There are none." } }
        (list.paged(&answer["list"], &Value::Null, "?", &mut notes))
    };
    let licence = words::text(&answer["dataset"]["licence"]);
    let head = Head {
        title: &title,
        description: None,
        canonical: after
            .is_none()
            .then(|| format!("{base_url}/{}/", kind.folder())),
        forms: None,
        up: "../",
    };
    let foot = html! {
        p {
            "The whole data set as files: "
            @for (index, format) in crate::export::Format::ALL.iter().enumerate() {
                @if index > 0 { ", " }
                a href={ "../export/" (format.name()) } { (format.name()) }
            }
            "."
            @if !licence.is_empty() { " Licence of the data: " (licence) "." }
        }
    };
    page(&head, &main, &foot)
}
