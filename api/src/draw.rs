//! A family tree of organisations, drawn on a time axis or written as the text that other tools draw.
//!
//! Pure: the same family gives the same bytes. Nothing here reads a database or a clock; "still active" runs to the
//! edge of the picture, which is a little after the last date in it.

mod bar;
mod blocks;
mod dot;
mod kind;
mod lanes;
mod legend;
mod life;
mod mark;
mod mermaid;
mod refine;
mod scale;
mod scene;
mod svg;
mod text;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::Deserialize;

pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::{style, svg};
pub(crate) use text::xml;

/// The widths, in pixels, that a drawing can be given.
pub const WIDTHS: RangeInclusive<u32> = 320..=10_000;

/// What a drawing shows.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Family {
    pub nodes: Vec<Member>,
    pub links: Vec<Link>,
}

/// An organisation.
#[derive(Clone, Debug, Deserialize)]
pub struct Member {
    /// Joins the links to it; never shown.
    pub key: i64,
    pub name: String,
    pub abbreviation: Option<String>,
    /// As the schema's `OrganisationKind`.
    pub kind: String,
    /// As the schema's `OrganisationStatus`.
    pub status: String,
    /// Steps from the nearest root, which has 0.
    pub depth: i64,
    pub founded: Option<Span>,
    pub dissolved: Option<Span>,
}

/// A date, and the days that it can mean.
#[derive(Clone, Debug, Deserialize)]
pub struct Span {
    pub edtf: String,
    pub earliest: Option<NaiveDate>,
    pub latest: Option<NaiveDate>,
}

/// One step of descent.
#[derive(Clone, Debug, Deserialize)]
pub struct Link {
    /// As the schema's `LineageKind`.
    pub kind: String,
    pub predecessor: i64,
    pub successor: i64,
    pub date: Option<Span>,
}

/// The lane of each organisation in the drawing of that width, counted from the top, as (key, lane) in the order of
/// the nodes.
pub fn lanes(family: &Family, width: Option<u32>) -> Vec<(i64, i64)> {
    let scene = scene::Scene::new(family, width);
    let keys = family.nodes.iter().map(|member| member.key);
    keys.zip(scene.layout.lanes).collect()
}

/// The words between the names of the two sides of a link of that kind, and whether the newer side stands first.
#[must_use]
pub fn words_of(kind: &str) -> (&'static str, bool) {
    kind::Kind::of(kind).words()
}

/// A link whose ends are known, by their places among the nodes.
#[derive(Clone, Copy)]
struct Tie<'a> {
    link: &'a Link,
    from: usize,
    to: usize,
}

impl Family {
    /// The links between nodes that are there, in their order.
    fn ties(&self) -> Vec<Tie<'_>> {
        let mut places = HashMap::new();
        for (place, member) in self.nodes.iter().enumerate() {
            places.entry(member.key).or_insert(place);
        }
        let ties = self.links.iter().filter_map(|link| {
            let from = *places.get(&link.predecessor)?;
            let to = *places.get(&link.successor)?;
            Some(Tie { link, from, to })
        });
        ties.collect()
    }
}
