//! JSON-LD: a node a line, in the short forms of a context that stands in the text itself.
//!
//! The library's own writer gives every predicate in full and every value as an object; this one is for readers.

use anyhow::Result;
use oxrdf::vocab::xsd;
use oxrdf::{LiteralRef, Term, TermRef};
use serde_json::{Map, Value, json};

use super::graph::Node;
use super::vocabulary::{Holds, holds};
use super::{Addresses, Graph};

/// The largest number that every reader of JSON takes as it is.
const LARGEST: u64 = 1 << 53;

pub(super) struct JsonLd {
    context: Map<String, Value>,
    begun: bool,
}

impl JsonLd {
    pub fn new(addresses: &Addresses) -> Self {
        let prefixes = addresses.prefixes.iter();
        let mut context: Map<String, Value> = prefixes
            .map(|(name, start)| (name.to_owned(), json!(start)))
            .collect();
        for (predicate, holds) in holds() {
            let kind = match holds {
                Holds::Addresses => "@id",
                Holds::Dates => "edtf:EDTF",
            };
            context.insert(predicate, json!({ "@type": kind }));
        }
        Self {
            context,
            begun: false,
        }
    }

    pub fn write(&mut self, graph: &Graph<'_>, out: &mut Vec<u8>) -> Result<()> {
        for (subject, node) in graph.nodes() {
            self.begin(out)?;
            let node = self.node(graph.addresses, subject, node);
            serde_json::to_writer(&mut *out, &node)?;
        }
        Ok(())
    }

    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<()> {
        if !self.begun {
            self.begin(out)?;
        }
        out.extend_from_slice(b"\n]}\n");
        Ok(())
    }

    /// What stands before a node: the beginning of the text, or a comma.
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<()> {
        if self.begun {
            out.extend_from_slice(b",\n");
            return Ok(());
        }
        self.begun = true;
        out.extend_from_slice(b"{\"@context\":");
        serde_json::to_writer(&mut *out, &self.context)?;
        out.extend_from_slice(b",\n\"@graph\":[\n");
        Ok(())
    }

    fn node(&self, addresses: &Addresses, subject: &str, node: &Node) -> Value {
        let mut members = Map::new();
        members.insert("@id".to_owned(), json!(short(addresses, subject)));
        for (predicate, objects) in node {
            let (key, holds) = match *predicate {
                "rdf:type" => ("@type", Some("@id")),
                other => (other, self.holds(other)),
            };
            let mut values: Vec<Value> = objects
                .iter()
                .map(|object| value(addresses, object, holds))
                .collect();
            let value = match values.pop() {
                Some(only) if values.is_empty() => only,
                last => Value::Array(values.into_iter().chain(last).collect()),
            };
            members.insert(key.to_owned(), value);
        }
        Value::Object(members)
    }

    /// The type that the context gives to the texts of a predicate.
    fn holds(&self, predicate: &str) -> Option<&str> {
        self.context.get(predicate)?.get("@type")?.as_str()
    }
}

/// An object, as short as the type that the context gives to texts allows.
fn value(addresses: &Addresses, object: &Term, holds: Option<&str>) -> Value {
    match object.as_ref() {
        TermRef::NamedNode(address) => {
            let address = short(addresses, address.as_str());
            match holds {
                Some("@id") => json!(address),
                _ => json!({ "@id": address }),
            }
        }
        // None is ever made.
        TermRef::BlankNode(node) => json!({ "@id": node.to_string() }),
        TermRef::Literal(literal) => literal_value(addresses, literal, holds),
    }
}

fn literal_value(addresses: &Addresses, literal: LiteralRef<'_>, holds: Option<&str>) -> Value {
    let text = literal.value();
    if let Some(language) = literal.language() {
        return json!({ "@language": language, "@value": text });
    }
    match literal.datatype() {
        xsd::STRING if holds.is_none() => json!(text),
        xsd::STRING => json!({ "@value": text }),
        // A context with a type for texts leaves numbers and truth values as they are only where it has none.
        xsd::BOOLEAN if holds.is_none() => json!(text == "true"),
        xsd::INTEGER if holds.is_none() && small(text) => {
            json!(text.parse::<i64>().unwrap_or_default())
        }
        datatype => {
            let datatype = short(addresses, datatype.as_str());
            match holds {
                Some(expected) if expected == datatype => json!(text),
                _ => json!({ "@type": datatype, "@value": text }),
            }
        }
    }
}

/// Whether a number is written as JSON would write it, and every reader takes it as it is.
fn small(text: &str) -> bool {
    text.parse::<i64>()
        .is_ok_and(|number| number.unsigned_abs() <= LARGEST && number.to_string() == text)
}

fn short(addresses: &Addresses, address: &str) -> String {
    let prefixes = &addresses.prefixes;
    prefixes
        .shorten(address)
        .unwrap_or_else(|| address.to_owned())
}
