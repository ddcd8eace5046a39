//! Citations: a number where something is said, and at the end who says so, where, and in which words.

use std::collections::HashMap;

use maud::{Markup, html};
use serde_json::Value;

use super::words::{self, text};

/// The citations of a page, numbered in the order in which they are met.
#[derive(Default)]
pub struct Notes<'a> {
    claims: Vec<&'a Value>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Notes<'a> {
    /// The numbers of these claims.
    pub fn cite(&mut self, claims: impl IntoIterator<Item = &'a Value>) -> Markup {
        let mut numbers: Vec<(usize, &str)> = claims
            .into_iter()
            .map(|claim| {
                let id = text(&claim["id"]);
                let number = *self.numbers.entry(id).or_insert_with(|| {
                    self.claims.push(claim);
                    self.claims.len()
                });
                (number, id)
            })
            .collect();
        numbers.sort_unstable();
        html! {
            @if !numbers.is_empty() {
                sup.cite {
                    @for (number, id) in numbers {
                        a href={ "#" (id) } aria-label={ "citation " (number) } { (number) }
                        " "
                    }
                }
            }
        }
    }

    /// Those of `claims` that have no number yet.
    pub fn uncited(&self, claims: &'a [Value]) -> Vec<&'a Value> {
        let new = |claim: &&Value| !self.numbers.contains_key(text(&claim["id"]));
        claims.iter().filter(new).collect()
    }

    /// All of them, to stand at the end.
    pub fn list(&self) -> Markup {
        // Whoever recorded most of it is named once.
        let mut recorders: HashMap<(&str, &str), usize> = HashMap::new();
        for claim in &self.claims {
            *recorders.entry(recorder(claim)).or_default() += 1;
        }
        let most = recorders
            .into_iter()
            .max_by_key(|&(who, times)| (times, who));
        let most = most.map(|(who, _)| who);
        html! {
            @if !self.claims.is_empty() {
                section #citations {
                    h2 { "Citations" }
                    @if let Some((who, day)) = most {
                        p.soft { "Recorded by " (who) " on " (words::day(day)) ", where nothing else is said." }
                    }
                    ol.notes {
                        @for claim in &self.claims {
                            li id=(text(&claim["id"])) {
                                (said(claim))
                                @let source = &claim["source"];
                                " – " (words::link(source))
                                @if let Some(publisher) = source["publisher"].as_str() { " (" (publisher) ")" }
                                (wording(claim, ", "))
                                @if most != Some(recorder(claim)) {
                                    @let (who, day) = recorder(claim);
                                    " " span.soft { "(recorded by " (who) " on " (words::day(day)) ")" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn recorder(claim: &Value) -> (&str, &str) {
    let moment = text(&claim["recordedAt"]);
    let day = moment.split('T').next().unwrap_or_default();
    (text(&claim["recordedBy"]), day)
}

/// What a claim is on, and the value that it gives.
pub fn said(claim: &Value) -> Markup {
    let value = text(&claim["value"]);
    let node = &claim["valueNode"];
    html! {
        span.soft { (words::sentence(&words::property(text(&claim["property"])))) }
        @if !value.is_empty() && value != text(&node["name"]) { ": " bdi { (value) } }
        @if node.is_object() { ": " (words::link(node)) }
    }
}

/// Where in the source it stands, in which words, and how surely.
pub fn wording(claim: &Value, before: &str) -> Markup {
    let (locator, quote, note) = (&claim["locator"], &claim["quote"], &claim["note"]);
    let rank = text(&claim["rank"]);
    html! {
        @if let Some(locator) = locator.as_str() { (before) (locator) }
        @if let Some(quote) = quote.as_str() { ": " q { bdi { (quote) } } }
        (words::status(text(&claim["status"])))
        @if claim["status"] == "DENIED" { " " (words::denied("DENIED")) }
        @if !rank.is_empty() && rank != "NORMAL" { " " span.tag { (words::label(rank)) } }
        @if let Some(note) = note.as_str() { " " span.soft { (note) } }
    }
}
