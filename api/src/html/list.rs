//! Lists of what stands around a record, each bounded: its first hundred, and where the next are.

use maud::{Markup, html};
use serde_json::Value;

use super::note::{self, Notes};
use super::words::{self, items, text};

/// A list that a page shows.
pub struct List {
    /// Its name in the answer and in the address of its next items.
    pub name: &'static str,
    pub heading: &'static str,
}

pub const fn list(name: &'static str, heading: &'static str) -> List {
    List { name, heading }
}

/// Items of a list that is not paged and is yet bounded.
pub const MOST: usize = 100;

impl List {
    /// The section with the list; nothing where it is empty. `record` is what the page is about.
    pub fn section<'a>(&self, list: &'a Value, record: &'a Value, notes: &mut Notes<'a>) -> Markup {
        let more = format!("{}?list={}&", text(&record["slug"]), self.name);
        self.paged(list, record, &more, notes)
    }

    /// The same; `more` is what the address of the next items begins with.
    pub fn paged<'a>(
        &self,
        list: &'a Value,
        record: &'a Value,
        more: &str,
        notes: &mut Notes<'a>,
    ) -> Markup {
        let rows: Vec<&Value> = match (&list["edges"], &list["nodes"]) {
            (Value::Array(edges), _) => edges.iter().map(|edge| &edge["link"]).collect(),
            (_, Value::Array(all)) => all.iter().collect(),
            _ => items(list).iter().collect(),
        };
        let total = list["totalCount"].as_u64().unwrap_or(rows.len() as u64);
        html! {
            @if !rows.is_empty() {
                section id=(self.name) {
                    h2 { (self.heading) @if total > 1 { " " span.soft { (words::count(total)) } } }
                    ul.items {
                        @for row in rows.iter().take(MOST) { (self.item(row, record, notes)) }
                    }
                    @if list["pageInfo"].is_object() {
                        (next(list, rows.len(), more))
                    } @else {
                        (cut(rows.len()))
                    }
                }
            }
        }
    }

    fn item<'a>(&self, node: &'a Value, record: &'a Value, notes: &mut Notes<'a>) -> Markup {
        let what = match self.name {
            "predecessors" => super::lineage::came_from(node),
            "successors" => super::lineage::became(node),
            "links" => super::lineage::sentence(node),
            "claims" => {
                html! { (words::link(&node["subject"])) ", " (note::said(node)) (note::wording(node, " – ")) }
            }
            _ => who(node),
        };
        // What stands between the record and a publication has a status and claims of its own.
        let between = ["publishings", "authorships"]
            .into_iter()
            .flat_map(|name| items(&record[name]));
        let between = between.filter(|row| {
            row["publication"]["slug"] == node["slug"] && self.name == "publications"
        });
        let on_topic = |statement: &&Value| statement["topic"]["slug"] == record["slug"];
        let statements = items(&node["statements"]).iter().filter(on_topic);
        html! {
            li id=[node["id"].as_str()] {
                @if self.name != "claims" { (words::denied(text(&node["status"]))) }
                @for row in between.clone() { (words::denied(text(&row["status"]))) }
                (what)
                @for detail in details(node) { ", " (detail) }
                @if self.name != "claims" { (words::status(text(&node["status"]))) }
                (notes.cite(items(&node["claims"])))
                @for row in between {
                    @if let Some(role) = row["role"].as_str() { ", " (role) }
                    (words::status(text(&row["status"])))
                    (notes.cite(items(&row["claims"])))
                }
                @if let Some(reason) = node["reason"].as_str() { " " span.soft { "Reason: " (reason) } }
                @if let Some(note) = node["note"].as_str().filter(|_| self.name != "claims") { " " span.soft { (note) } }
                @for statement in statements {
                    br;
                    (words::denied(text(&statement["status"])))
                    (wording(statement))
                    (words::status(text(&statement["status"])))
                }
            }
        }
    }
}

/// Says how much is left out of a list that is not paged.
pub fn cut(total: usize) -> Markup {
    html! {
        @if total > MOST {
            p.next { (MOST) " of " (words::count(total as u64)) " are shown; the other forms of this page have all." }
        }
    }
}

/// How much of a list is shown, and the way to the rest of it.
pub fn next(list: &Value, shown: usize, address: &str) -> Markup {
    let page = &list["pageInfo"];
    let total = list["totalCount"].as_u64().unwrap_or_default();
    html! {
        @if page["hasNextPage"] == true {
            p.next {
                (words::count(shown as u64)) " of " (words::count(total)) " are shown. "
                a rel="next" href={ (address) "after=" (text(&page["endCursor"])) } { "The next ones" }
            }
        }
    }
}

/// Whoever or whatever an item is about: the record at its far end, or the item itself.
fn who(node: &Value) -> Markup {
    let far = ["other", "participant", "context", "place", "topic"];
    let far = far
        .into_iter()
        .map(|end| &node[end])
        .find(|far| far.is_object());
    match (far, node["description"].as_str()) {
        (Some(record), _) => words::link(record),
        (None, Some(words)) => html! { bdi { (words) } },
        (None, None) => words::link(node),
    }
}

/// What else is said of it.
fn details(node: &Value) -> Vec<Markup> {
    let mut details = Vec::new();
    let context = &node["context"];
    for kind in [&node["kind"], &context["kind"]] {
        let links = node["predecessor"].is_object();
        if let Some(kind) = kind.as_str().filter(|kind| *kind != "UNKNOWN" && !links) {
            details.push(html! { (words::label(kind)) });
        }
    }
    for field in ["role", "post", "language"] {
        if let Some(words) = node[field].as_str() {
            details.push(html! { bdi { (words) } });
        }
    }
    for count in [&node["count"], &node["people"]] {
        if let Some(words) = words::quantity(count) {
            let people = match count["text"].as_str() {
                Some(_) => "",
                None if words == "1" => " person",
                None => " people",
            };
            details.push(html! { (words) (people) });
        }
    }
    for date in [&node["date"], &context["date"]] {
        if date.is_object() {
            details.push(words::date(date));
        }
    }
    details.extend(words::period(
        &node["start"],
        &node["end"],
        ["from", "until"],
    ));
    for ends in [
        ["founded", "dissolved"],
        ["started", "ended"],
        ["published", "ceased"],
    ] {
        details.extend(words::period(&node[ends[0]], &node[ends[1]], ends));
    }
    if node["event"].is_object() {
        details.push(html! { "see " (words::link(&node["event"])) });
    }
    details
}

/// Whether a name says no more than the heading of the page.
fn is_plain(name: &Value, record: &Value) -> bool {
    let mut period = ["language", "start", "end"].into_iter();
    period.all(|field| name[field].is_null())
        && name["text"] == record["name"]
        && items(&name["claims"]).is_empty()
}

/// The public id of the name that the page is headed with, where no section tells of names.
pub fn heading(record: &Value) -> Option<&str> {
    match items(&record["names"]) {
        [name] if is_plain(name, record) => name["id"].as_str(),
        _ => None,
    }
}

/// The names that something goes or went by, where there is more to say than the one it is headed with.
pub fn names<'a>(record: &'a Value, notes: &mut Notes<'a>) -> Markup {
    let names = items(&record["names"]);
    html! {
        @if !names.is_empty() && heading(record).is_none() {
            section #names {
                h2 { "Names" }
                ul.items {
                    @for name in names.iter().take(MOST) {
                        li id=(text(&name["id"])) {
                            bdi lang=[name["language"].as_str()] { (text(&name["text"])) }
                            @for detail in details(name) { ", " (detail) }
                            (notes.cite(items(&name["claims"])))
                        }
                    }
                }
                (cut(names.len()))
            }
        }
    }
}

/// What was said, wanted or thought, by kind.
pub fn statements<'a>(record: &'a Value, notes: &mut Notes<'a>) -> Markup {
    let statements = items(&record["statements"]);
    let kinds = [
        ("OBJECTIVE", "Objectives"),
        ("STANCE", "Stances"),
        ("AIM", "Aims"),
        ("PURPOSE", "Purposes"),
        ("RECEPTION", "Reception"),
    ];
    html! {
        @for (kind, heading) in kinds {
            @let of_kind: Vec<&Value> = statements.iter().filter(|item| item["kind"] == kind).collect();
            @if !of_kind.is_empty() {
                section id=(heading.to_lowercase()) {
                    h2 { (heading) }
                    ul.items { @for item in of_kind.iter().take(MOST) { (statement(item, notes)) } }
                    (cut(of_kind.len()))
                }
            }
        }
    }
}

fn statement<'a>(item: &'a Value, notes: &mut Notes<'a>) -> Markup {
    let mut details = Vec::new();
    if item["topic"].is_object() {
        details.push(html! { "on " (words::link(&item["topic"])) });
    }
    if item["date"].is_object() {
        details.push(words::date(&item["date"]));
    }
    if item["fulfilled"].is_object() {
        details.push(html! { "fulfilled " (words::date(&item["fulfilled"])) });
    }
    html! {
        li id=(text(&item["id"])) {
            (words::denied(text(&item["status"])))
            (wording(item))
            @for (index, detail) in details.iter().enumerate() { (if index == 0 { " – " } else { ", " }) (detail) }
            (words::status(text(&item["status"])))
            (notes.cite(items(&item["claims"])))
        }
    }
}

/// Whose verb it is, and what was said.
pub fn wording(item: &Value) -> Markup {
    let holder = item["holder"].as_str();
    let attitude = item["attitude"].as_str();
    html! {
        @if holder.is_some() || attitude.is_some() {
            em { (words::sentence(&[holder, attitude].into_iter().flatten().collect::<Vec<_>>().join(" "))) ":" }
            " "
        }
        bdi { (text(&item["text"])) }
    }
}
