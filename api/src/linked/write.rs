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
    Turtle(Box<Turtle>),
    NTriples(LowLevelNTriplesSerializer),
    JsonLd(JsonLd),
}

impl Writer {
    /// # Errors
    /// When the addresses of this installation are none.
    pub fn new(syntax: Syntax, addresses: &Addresses) -> Result<Self> {
        Ok(Self(match syntax {
            Syntax::Turtle => To::Turtle(Box::new(Turtle::new(addresses)?)),
            Syntax::NTriples => To::NTriples(NTriplesSerializer::new().low_level()),
            Syntax::JsonLd => To::JsonLd(JsonLd::new(addresses)),
        }))
    }

    /// Adds a graph to the text.
    pub fn write(&mut self, graph: &Graph<'_>, out: &mut Vec<u8>) -> Result<()> {
        match &mut self.0 {
            To::Turtle(turtle) => turtle.write(graph, out)?,
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
            To::Turtle(mut turtle) => turtle.inner.finish(out)?,
            To::NTriples(_) => {}
            To::JsonLd(json) => json.finish(out)?,
        }
        Ok(())
    }
}

/// Turtle, with its prefixes in an order of ours: the library's own is of chance, and equal data is to give equal text.
struct Turtle {
    inner: LowLevelTurtleSerializer,
    prefixes: Option<String>,
}

impl Turtle {
    fn new(addresses: &Addresses) -> Result<Self> {
        let mut inner = TurtleSerializer::new();
        let mut prefixes = String::new();
        for (name, start) in addresses.prefixes.iter() {
            inner = inner
                .with_prefix(name, start)
                .with_context(|| format!("{start} is no address"))?;
            prefixes.push_str(&format!("@prefix {name}: <{start}> .\n"));
        }
        Ok(Self {
            inner: inner.low_level(),
            prefixes: Some(prefixes),
        })
    }

    fn write(&mut self, graph: &Graph<'_>, out: &mut Vec<u8>) -> Result<()> {
        for triple in graph.triples() {
            let begin = out.len();
            self.inner.serialize_triple(&triple, &mut *out)?;
            if let Some(prefixes) = self.prefixes.take() {
                // What the library wrote has the same lines, so it is as long.
                out.get_mut(begin..begin + prefixes.len())
                    .context("the prefixes of Turtle are not as expected")?
                    .copy_from_slice(prefixes.as_bytes());
            }
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
