//! Graphs as text, in three syntaxes that say the same.

use anyhow::{Context, Result};
use oxttl::TurtleSerializer;
use oxttl::ntriples::{LowLevelNTriplesSerializer, NTriplesSerializer};
use oxttl::turtle::LowLevelTurtleSerializer;

use super::jsonld::JsonLd;
use super::{Addresses, Graph};

/// How triples are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Turtle,
    NTriples,
    JsonLd,
}

/// Writes graphs one after the other as one text.
pub struct Writer(To);

enum To {
    Turtle(Box<LowLevelTurtleSerializer>),
    NTriples(LowLevelNTriplesSerializer),
    JsonLd(JsonLd),
}

impl Writer {
    /// # Errors
    /// When the addresses of this installation are none.
    pub fn new(syntax: Syntax, addresses: &Addresses) -> Result<Self> {
        Ok(Self(match syntax {
            Syntax::Turtle => {
                let mut turtle = TurtleSerializer::new();
                for (name, start) in addresses.prefixes.iter() {
                    turtle = turtle
                        .with_prefix(name, start)
                        .with_context(|| format!("{start} is no address"))?;
                }
                To::Turtle(Box::new(turtle.low_level()))
            }
            Syntax::NTriples => To::NTriples(NTriplesSerializer::new().low_level()),
            Syntax::JsonLd => To::JsonLd(JsonLd::new(addresses)),
        }))
    }

    /// Adds a graph to the text.
    pub fn write(&mut self, graph: &Graph<'_>, out: &mut Vec<u8>) -> Result<()> {
        match &mut self.0 {
            To::Turtle(turtle) => {
                for triple in graph.triples() {
                    turtle.serialize_triple(&triple, &mut *out)?;
                }
            }
            To::NTriples(lines) => {
                for triple in graph.triples() {
                    lines.serialize_triple(&triple, &mut *out)?;
                }
            }
            To::JsonLd(json) => json.write(graph, out)?,
        }
        Ok(())
    }

    /// Ends the text.
    pub fn finish(self, out: &mut Vec<u8>) -> Result<()> {
        match self.0 {
            To::Turtle(mut turtle) => turtle.finish(out)?,
            To::NTriples(_) => {}
            To::JsonLd(json) => json.finish(out)?,
        }
        Ok(())
    }
}

/// A graph as a text by itself.
///
/// # Errors
/// As [`Writer::new`].
pub fn document(syntax: Syntax, graph: &Graph<'_>) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut writer = Writer::new(syntax, graph.addresses)?;
    writer.write(graph, &mut text)?;
    writer.finish(&mut text)?;
    Ok(text)
}
