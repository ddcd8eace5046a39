//! Where an organisation came from and what became of it: one step each way in words, and the whole family as a
//! picture with the same as a list.

use maud::{Markup, html};
use serde_json::Value;

use super::words::{self, items, text};
use crate::draw;

/// The words around the other side of a link, seen from the newer organisation and from the older one.
struct Sides {
    kind: &'static str,
    from: [&'static str; 2],
    became: [&'static str; 2],
}

#[rustfmt::skip]
const SIDES: [Sides; 10] = [
    Sides { kind: "SPLIT_FROM", from: ["Split from ", ""], became: ["", " split from it"] },
    Sides { kind: "FORMED_BY_DEFECTORS_FROM", from: ["Formed by defectors from ", ""], became: ["", " was formed by defectors from it"] },
    Sides { kind: "LED_TO", from: ["", " led to it"], became: ["Led to ", ""] },
    Sides { kind: "DIVIDED_INTO", from: ["One of those that ", " divided into"], became: ["Divided, and became among others ", ""] },
    Sides { kind: "MERGED_INTO", from: ["Formed in a merger of ", ""], became: ["Merged into ", ""] },
    Sides { kind: "ABSORBED_BY", from: ["Absorbed ", ""], became: ["Was absorbed by ", ""] },
    Sides { kind: "DISSOLVED_INTO", from: ["", " dissolved into it"], became: ["Dissolved into ", ""] },
    Sides { kind: "SUCCEEDED_BY", from: ["Succeeded ", ""], became: ["Was succeeded by ", ""] },
    Sides { kind: "REFOUNDED_AS", from: ["", " was refounded as it"], became: ["Was refounded as ", ""] },
    Sides { kind: "UNSPECIFIED", from: ["Came out of ", "; no source says how"], became: ["", " came out of it; no source says how"] },
];

fn sides(link: &Value) -> &'static Sides {
    let [.., unspecified] = &SIDES;
    let kind = text(&link["kind"]);
    SIDES
        .iter()
        .find(|sides| sides.kind == kind)
        .unwrap_or(unspecified)
}

/// A link as the newer organisation tells it.
pub fn came_from(link: &Value) -> Markup {
    let [before, after] = sides(link).from;
    html! { (before) (words::link(&link["predecessor"])) (after) }
}

/// A link as the older organisation tells it.
pub fn became(link: &Value) -> Markup {
    let [before, after] = sides(link).became;
    html! { (before) (words::link(&link["successor"])) (after) }
}

/// A link as a third party tells it.
pub fn sentence(link: &Value) -> Markup {
    let (older, newer) = (&link["predecessor"], &link["successor"]);
    let (words, newer_first) = draw::words_of(text(&link["kind"]));
    let (first, second) = if newer_first {
        (newer, older)
    } else {
        (older, newer)
    };
    html! { (words::link(first)) (words) (words::link(second)) }
}

/// The family tree, drawn and as a list; nothing where there is none.
pub fn family(record: &Value) -> Markup {
    let lineage = &record["lineage"];
    let links = items(&lineage["links"]);
    let picture = format!("{}/lineage.svg?limit=100", text(&record["slug"]));
    let name = text(&record["name"]);
    let more = if lineage["truncated"] == true {
        ", of the nearest hundred organisations"
    } else {
        ""
    };
    html! {
        @if !links.is_empty() {
            section #lineage {
                h2 { "Family tree" }
                figure {
                    div.wide tabindex="0" role="group" aria-label="Family tree" {
                        img src=(picture) loading="lazy" alt={ "Family tree of " (name) " on a time axis" (more) ". The list below says the same." };
                    }
                    figcaption { a href=(picture) { "The picture by itself" } }
                }
                details open[links.len() <= 12] {
                    summary { "The same as a list, " (words::count(links.len() as u64)) (if links.len() == 1 { " link" } else { " links" }) (more) }
                    ul.items {
                        @for link in links {
                            li {
                                (words::denied(text(&link["status"])))
                                (sentence(link))
                                @if link["date"].is_object() { ", " (words::date(&link["date"])) }
                                (words::status(text(&link["status"])))
                            }
                        }
                    }
                }
            }
        }
    }
}
