//! The plain fields of a record: each with its citations, and beside it what else is claimed.

use maud::{Markup, html};
use serde_json::Value;

use super::note::Notes;
use super::words::{self, items, text};

/// A field that a page shows.
pub struct Fact {
    pub field: &'static str,
    pub label: &'static str,
    pub shape: Shape,
}

/// What the value of a field looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    /// A value of a vocabulary.
    Label,
    Date,
    Quantity,
    /// Yes or no.
    Flag,
    Url,
    /// Another record.
    Record,
    /// Other records.
    Records,
}

pub const fn fact(field: &'static str, label: &'static str, shape: Shape) -> Fact {
    Fact {
        field,
        label,
        shape,
    }
}

impl Fact {
    /// A row of the table of facts; nothing where nothing is known and nothing claimed.
    pub fn row<'a>(&self, record: &'a Value, notes: &mut Notes<'a>) -> Option<Markup> {
        let value = &record[self.field];
        let on = |claim: &&Value| text(&claim["property"]) == self.field;
        let claims: Vec<&Value> = items(&record["claims"]).iter().filter(on).collect();
        let shown = match self.shape {
            Shape::Records => records(value, &claims, notes),
            _ => self.one(value, &claims, notes),
        };
        shown.map(|shown| {
            html! { div { dt { (self.label) } dd { (shown) } } }
        })
    }

    fn one<'a>(
        &self,
        value: &Value,
        claims: &[&'a Value],
        notes: &mut Notes<'a>,
    ) -> Option<Markup> {
        let raw = self.raw(value);
        let shown = self.shown(value);
        // What the page is headed with needs no row to be known.
        let known = shown.is_none() || ["name", "title"].contains(&self.field);
        if known && claims.is_empty() {
            return None;
        }
        let (for_it, others): (Vec<&Value>, Vec<&Value>) = claims.iter().partition(|claim| {
            let said = claim["value"].as_str();
            said.is_none() && claim["valueNode"].is_null() || said == raw.as_deref()
        });
        let mut other_values: Vec<(&str, Vec<&Value>)> = Vec::new();
        for claim in others {
            let value = text(&claim["value"]);
            match other_values.iter_mut().find(|(known, _)| *known == value) {
                Some((_, claims)) => claims.push(claim),
                None => other_values.push((value, vec![claim])),
            }
        }
        Some(html! {
            (shown.unwrap_or_else(|| html! { span.soft { "not known" } }))
            (notes.cite(for_it))
            @for (value, claims) in other_values {
                " " span.also {
                    "also said: "
                    @if claims.iter().all(|claim| claim["status"] == "DENIED") { (words::denied("DENIED")) }
                    @let node = &claims.first().map_or(&Value::Null, |claim| &claim["valueNode"]);
                    @if node.is_object() { (words::link(node)) } @else { bdi { (self.words(value)) } }
                    (notes.cite(claims))
                }
            }
        })
    }

    /// The value as claims hold it.
    fn raw(&self, value: &Value) -> Option<String> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match self.shape {
            Shape::Date => text(&value["edtf"]),
            Shape::Record => text(&value["name"]),
            Shape::Flag => value.as_bool().map(|flag| flag.to_string()),
            Shape::Quantity => text(&value["text"])
                .or_else(|| value["value"].as_i64().map(|number| number.to_string())),
            Shape::Text | Shape::Label | Shape::Url | Shape::Records => text(value),
        }
    }

    fn shown(&self, value: &Value) -> Option<Markup> {
        if value.is_null() || value == "UNKNOWN" {
            return None;
        }
        Some(match self.shape {
            Shape::Date => words::date(value),
            Shape::Record => {
                let place = [&value["street"], &value["postcode"]];
                html! {
                    (words::link(value))
                    @for part in place.into_iter().filter_map(Value::as_str) { ", " (part) }
                }
            }
            Shape::Quantity => html! { (words::quantity(value)?) },
            Shape::Flag => html! { (if value == true { "yes" } else { "no" }) },
            Shape::Url => words::outside(text(value)),
            Shape::Text | Shape::Label | Shape::Records => {
                html! { bdi { (self.words(text(value))) } }
            }
        })
    }

    /// A value that a claim holds, in words.
    fn words(&self, value: &str) -> String {
        match self.shape {
            Shape::Label => words::sentence(&words::label(value)),
            Shape::Date => words::day(value),
            _ => value.to_owned(),
        }
    }
}

/// Other records, each with the claims that name it.
fn records<'a>(value: &'a Value, claims: &[&'a Value], notes: &mut Notes<'a>) -> Option<Markup> {
    let records = items(value);
    (!records.is_empty()).then(|| {
        html! {
            ul.plain {
                @for record in records {
                    @let name = text(&record["name"]);
                    @let its = claims.iter().copied().filter(|claim| text(&claim["value"]) == name);
                    li {
                        (words::link(record))
                        @if record["date"].is_object() { ", " (words::date(&record["date"])) }
                        (notes.cite(its))
                    }
                }
            }
        }
    })
}
