//! All records of a kind as pages, a hundred on each, at `/organisations/` and the like.

use maud::html;
use serde_json::{Map, Value, json};

use super::list::list;
use super::note::Notes;
use super::shown::DATE;
use super::{Head, page, words};
use crate::write::Kind;

/// The question whose answer the pages of a kind are made of, and its variables. `after`: the end of the page before.
#[must_use]
pub fn index_query(kind: Kind, after: Option<&str>) -> (String, Map<String, Value>) {
    let name = match kind {
        Kind::Source => "name: title",
        _ => "name",
    };
    let more = match kind {
        Kind::Organisation => "kind founded { ...date } dissolved { ...date }",
        Kind::Person => "born { ...date } died { ...date }",
        Kind::Campaign => "started { ...date } ended { ...date }",
        Kind::Publication => "kind published { ...date } ceased { ...date }",
        Kind::Event => "kind date { ...date }",
        Kind::Source => "kind published { ...date }",
        Kind::Place | Kind::Topic => "kind",
    };
    let date = if more.contains("...") { DATE } else { "" };
    let query = format!(
        "query Index($after: String) {{
           dataset {{ licence }}
           list: {}(first: 100, after: $after) {{
             totalCount
             pageInfo {{ hasNextPage endCursor }}
             nodes {{ __typename slug {name} {more} }}
           }}
         }}
         {date}",
        kind.folder()
    );
    let mut variables = Map::new();
    variables.insert("after".to_owned(), json!(after));
    (query, variables)
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
