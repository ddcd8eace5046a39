//! Records as pages to read: what a question of the public schema answers, written as HTML.
//!
//! Every text goes through the macro `html!`, which escapes it; nothing here is marked as escaped already but the
//! style. A page needs no script, takes nothing from elsewhere but the drawing of its family tree, and is bounded:
//! it shows the first hundred of each list.
//!
//! *Why by a question and not from drafts, as linked data are?* A page shows both directions of every relation, the
//! first so many of each with their number, which is what the planner is for: each root field is one statement.
//!
//! *Why no JSON-LD within the page?* It would be read and sent with every page for the few that look for it; they find
//! the address of it in the head.

mod fact;
mod index;
mod lineage;
mod list;
mod note;
mod shown;
mod terms;
mod words;

use std::sync::LazyLock;

use base64::prelude::{BASE64_STANDARD, Engine};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

pub use self::index::{index, index_query};
use self::note::Notes;
use self::shown::Shown;
pub use self::terms::terms;
use self::words::{items, text};
use crate::{graph::with_fragments, write::Kind};

const FRAGMENTS: &str = include_str!("html/query/fragments.graphql");

const STYLE: &str = include_str!("html/style.css");

/// What a browser may do with a page: show it, its style, and pictures of this service.
pub static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});

/// The question whose answer the page of such a record is made of. It takes the variables of [`variables`].
#[must_use]
pub fn query(kind: Kind) -> String {
    with_fragments(Shown::of(kind).query, FRAGMENTS)
}

/// What a page shows: the whole record, or one of its lists from a place on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    Whole,
    List {
        name: &'a str,
        /// Where the page before ended; `None`: from the start.
        after: Option<&'a str>,
    },
}

/// The names of the lists that can be shown by themselves.
pub fn lists(kind: Kind) -> impl Iterator<Item = &'static str> {
    Shown::of(kind).lists.iter().map(|list| list.name)
}

/// The variables of the question about the record of this public id.
#[must_use]
pub fn variables(kind: Kind, public_id: &str, part: &Part<'_>) -> Map<String, Value> {
    let mut variables = Map::new();
    variables.insert("id".to_owned(), json!(public_id));
    if let Part::List { name, after } = part {
        variables.insert("whole".to_owned(), json!(false));
        variables.insert("after".to_owned(), json!(after));
        for list in lists(kind) {
            variables.insert(list.to_owned(), json!(list == *name));
        }
    }
    variables
}

/// The page of a record, from the data of the answer. `base_url` is where the public reaches the service; `None`:
/// there is no such record.
#[must_use]
pub fn record(kind: Kind, answer: &Value, part: &Part<'_>, base_url: &str) -> Option<String> {
    let record = &answer["record"];
    let slug = record["slug"].as_str()?;
    let name = text(&record["name"]);
    let mut notes = Notes::default();
    let shown = Shown::of(kind);
    let article = match part {
        Part::Whole => whole(kind, shown, answer, &mut notes),
        Part::List { .. } => html! {
            p.kind { a href=(slug) { "Back to the whole record" } }
            h1 { bdi { (name) } }
            (sections(shown, answer, &mut notes))
        },
    };
    let notes = match part {
        Part::Whole => rest(record, &mut notes),
        Part::List { .. } => notes.list(),
    };
    let head = Head {
        title: name,
        description: record["summary"].as_str(),
        canonical: (*part == Part::Whole).then(|| format!("{base_url}/{}/{slug}", kind.folder())),
        forms: Some(slug),
        up: "../",
    };
    let foot = foot(record, text(&answer["dataset"]["licence"]), base_url);
    Some(page(&head, &html! { article { (article) (notes) } }, &foot))
}

fn whole<'a>(kind: Kind, shown: &Shown, answer: &'a Value, notes: &mut Notes<'a>) -> Markup {
    let record = &answer["record"];
    let of_kind = record["kind"].as_str();
    let of_kind = of_kind.filter(|kind| !["UNKNOWN", "OTHER"].contains(kind));
    let facts: Vec<Markup> = shown
        .facts
        .iter()
        .filter_map(|fact| fact.row(record, notes))
        .collect();
    html! {
        p.kind { (words::sentence(kind.word())) @if let Some(of_kind) = of_kind { ", " (words::label(of_kind)) } }
        h1 id=(text(&record["id"])) { bdi id=[list::heading(record)] { (text(&record["name"])) } }
        @if let Some(summary) = record["summary"].as_str() { p.lead { (summary) } }
        @if !facts.is_empty() { dl.facts { @for fact in &facts { (fact) } } }
        @if kind == Kind::Organisation { (lineage::family(record)) }
        div.sections {
            (sections(shown, answer, notes))
            (list::statements(record, notes))
            (list::names(record, notes))
            (elsewhere(record))
        }
        @if kind == Kind::Source { (source_text(record)) }
    }
}

/// The lists, which stand in the record or beside it.
fn sections<'a>(shown: &Shown, answer: &'a Value, notes: &mut Notes<'a>) -> Markup {
    let record = &answer["record"];
    html! {
        @for list in shown.lists.iter().chain(shown.whole_lists) {
            @let found = [&record[list.name], &answer[list.name]];
            @for found in found.into_iter().filter(|found| !found.is_null()) {
                (list.section(found, record, notes))
            }
        }
    }
}

/// The citations, after those that support nothing that is shown.
fn rest<'a>(record: &'a Value, notes: &mut Notes<'a>) -> Markup {
    let uncited = match &record["claims"] {
        Value::Array(claims) => notes.uncited(claims),
        _ => Vec::new(),
    };
    html! {
        @if !uncited.is_empty() {
            p.soft { "Said beside this:" (notes.cite(uncited.iter().copied().take(list::MOST))) }
            (list::cut(uncited.len()))
        }
        (notes.list())
    }
}

/// Characters of a source's text that its page holds; the linked data have the whole.
const TEXT_SHOWN: usize = 20_000;

fn source_text(record: &Value) -> Markup {
    let whole = text(&record["text"]);
    let end = whole.char_indices().nth(TEXT_SHOWN).map(|(end, _)| end);
    html! {
        @if !whole.is_empty() {
            section #text {
                h2 { "Text" }
                details {
                    summary { "What the source says, " (words::count(whole.chars().count() as u64)) " characters" }
                    pre lang=[record["language"].as_str()] { (whole.get(..end.unwrap_or(whole.len())).unwrap_or(whole)) }
                    @if end.is_some() { p.soft { "It goes on; the other forms of this page have the whole." } }
                }
            }
        }
    }
}

fn elsewhere(record: &Value) -> Markup {
    let ids = items(&record["externalIds"]);
    html! {
        @if !ids.is_empty() {
            section #elsewhere {
                h2 { "Elsewhere" }
                ul.items {
                    @for id in ids {
                        li {
                            (text(&id["scheme"])) ": " bdi { (text(&id["value"])) }
                            @if let Some(url) = id["url"].as_str() { ", " (words::outside(url)) }
                        }
                    }
                }
            }
        }
    }
}

/// The forms that a record can be had in beside its page: suffix, media type, name.
pub const FORMS: [(&str, &str, &str); 3] = [
    ("ttl", "text/turtle", "Turtle"),
    ("nt", "application/n-triples", "N-Triples"),
    ("jsonld", "application/ld+json", "JSON-LD"),
];

fn foot(record: &Value, licence: &str, base_url: &str) -> Markup {
    let slug = text(&record["slug"]);
    let id = format!("{base_url}/id/{}", text(&record["id"]));
    let written = &record["history"]["nodes"][0];
    html! {
        p {
            "The same as linked data: "
            @for (index, (suffix, _, name)) in FORMS.iter().enumerate() {
                @if index > 0 { ", " }
                a href={ (slug) "." (suffix) } { (name) }
            }
            ". Permanent address: " a href=(id) { (id) } "."
        }
        p {
            @if written.is_object() {
                "Revision " (record["revision"].as_i64().unwrap_or_default())
                ", written by " (text(&written["author"])) " on " (words::day(text(&written["recordedAt"]).split('T').next().unwrap_or_default()))
                @if let Some(reason) = written["reason"].as_str() { ": " (reason) }
                ". "
            }
            @if !licence.is_empty() { "Licence of the data: " (licence) "." }
        }
    }
}

/// What stands in the head of a page.
struct Head<'a> {
    title: &'a str,
    description: Option<&'a str>,
    canonical: Option<String>,
    /// The slug under which there are other forms of the page.
    forms: Option<&'a str>,
    /// What leads from the page to the root, ending in a slash.
    up: &'a str,
}

fn page(head: &Head<'_>, main: &Markup, foot: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (head.title) " – Schismograph" }
                @if let Some(description) = head.description { meta name="description" content=(description); }
                @if let Some(canonical) = &head.canonical { link rel="canonical" href=(canonical); }
                @if let Some(slug) = head.forms {
                    @for (suffix, media, _) in FORMS {
                        link rel="alternate" type=(media) href={ (slug) "." (suffix) };
                    }
                }
                // It holds no character that HTML would read.
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    nav aria-label="Schismograph" {
                        a href=(head.up) { "Schismograph" }
                        @for kind in shown::READ {
                            " " a href={ (head.up) (kind.folder()) "/" } { (words::sentence(kind.folder())) }
                        }
                    }
                }
                main { (main) }
                footer { (foot) }
            }
        }
    };
    page.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_the_one_that_the_policy_names() {
        // What stands in an element `style` is neither escaped nor read.
        assert!(!STYLE.contains(['<', '&']));
        let page = index(Kind::Person, &Value::Null, None, "");
        let (_, style) = page.split_once("<style>").unwrap();
        let (style, _) = style.split_once("</style>").unwrap();
        let hash = BASE64_STANDARD.encode(Sha256::digest(style));
        assert!(POLICY.contains(&hash));
    }
}
