//! The questions that tools ask, read under the schema.

use anyhow::{Result, anyhow};
use apollo_compiler::{ExecutableDocument, executable::Operation, validation::Valid};

use crate::graph::{Graph, with_fragments};

const FRAGMENTS: &str = include_str!("query/fragments.graphql");

/// A document with one operation.
pub struct Question {
    pub text: String,
    pub document: Valid<ExecutableDocument>,
}

impl Question {
    /// # Errors
    /// When it is not valid.
    pub fn new(graph: &Graph, text: &str) -> Result<Self> {
        let text = with_fragments(text, FRAGMENTS);
        let document = ExecutableDocument::parse_and_validate(graph.schema(), &*text, "mcp/query")
            .map_err(|broken| anyhow!("{}", broken.errors))?;
        Ok(Self { text, document })
    }

    /// # Errors
    /// When there is not exactly one.
    pub fn operation(&self) -> Result<&Operation> {
        let operation = self.document.operations.get(None);
        Ok(operation.map_err(|error| anyhow!("{}", error.message()))?)
    }
}
