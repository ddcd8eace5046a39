//! What programs are offered that think for people: tools and resources by the Model Context Protocol,
//! <https://modelcontextprotocol.io/specification>. `http/mcp.rs` has the transport.
//!
//! A tool is a question to the public schema, kept as a GraphQL document (`mcp/query/`). Its description is the
//! document's, its arguments are the document's variables, and what it gives back is the answer's data: all of that is
//! read off the document and the schema, so that nothing here can say otherwise than they do. A question is asked as
//! any client's is, with the client's limits and at its cost.
//!
//! An answer is read by a model, whose memory is short: what a tool gives is bounded (`mcp/fit.rs`), and says what was
//! left out.
//!
//! *Why no prompts?* What there is to say of how to ask stands in the instructions and with the tools.

mod fit;
mod input;
mod leaf;
mod output;
mod question;
mod record;
mod resource;
mod suggest;
mod tool;

use std::future::Future;

use rmcp::{
    ErrorData,
    model::{
        CallToolResult, ContentBlock, Implementation, JsonObject, ServerCapabilities, ServerConfig,
    },
};
use serde_json::{Value, json};

use self::{record::Records, tool::Tool};
use crate::{
    config::Config,
    error::{Error, Result},
    graph::{Graph, KindAllowed, Request},
};

/// What every client is told before it asks anything.
const INSTRUCTIONS: &str = include_str!("mcp/instructions.md");

/// Characters of the longest refusal, which may hold what was refused.
const REFUSED: usize = 4_000;

/// Characters of a value that is not what was expected, of which is told.
const SHORT: usize = 80;

/// How a question gets its answer: the whole of it, data and errors.
pub trait Ask: Sync {
    fn ask(&self, request: Request) -> impl Future<Output = Result<Value>> + Send;
}

/// All that is offered.
pub struct Offer {
    tools: Vec<Tool>,
    records: Records,
    /// Whether the schema can be read.
    shows_schema: bool,
}

/// A question with the values of its variables.
fn request(question: &str, variables: JsonObject) -> Request {
    Request {
        query: question.to_owned(),
        operation_name: None,
        variables,
        kind_allowed: KindAllowed::QueryOnly,
    }
}

/// What keeps a tool from answering, for the model to read.
struct Refusal(String);

/// A value as far as a message has room for it.
fn short(value: &Value) -> String {
    cut(&value.to_string(), SHORT)
}

/// So many characters of a text.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self(error.report().message)
    }
}

impl Offer {
    /// None where it is switched off.
    ///
    /// # Errors
    /// When a question does not fit the schema; a test asks them all.
    pub fn new(config: &Config, graph: &Graph) -> anyhow::Result<Option<Self>> {
        if !config.mcp {
            return Ok(None);
        }
        let records = Records::new(graph)?;
        Ok(Some(Self {
            tools: tool::all(graph, &records, config)?,
            records,
            shows_schema: config.introspection,
        }))
    }

    /// Who serves, and what for.
    #[must_use]
    pub fn server(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .build();
        let program = Implementation::new("schismograph", env!("CARGO_PKG_VERSION"))
            .with_title("Schismograph")
            .with_description("The history of political organisations, with sources");
        ServerConfig::new(capabilities)
            .with_server_info(program)
            .with_instructions(INSTRUCTIONS)
    }

    pub fn tools(&self) -> impl Iterator<Item = &rmcp::model::Tool> {
        self.tools.iter().map(|tool| &tool.shown)
    }

    /// Answers a call. What is wrong with its arguments, or keeps it from an answer, is told in the result, where the
    /// model reads it.
    ///
    /// # Errors
    /// When there is no such tool.
    pub async fn call(
        &self,
        name: &str,
        arguments: JsonObject,
        asker: &impl Ask,
    ) -> Result<CallToolResult, ErrorData> {
        let Some(tool) = self.tools.iter().find(|tool| tool.shown.name == name) else {
            let names: Vec<&str> = self.tools().map(|tool| &*tool.name).collect();
            let names = names.join(", ");
            let name = short(&json!(name));
            let message = format!("there is no tool {name}; the tools are {names}");
            return Err(ErrorData::invalid_params(message, None));
        };
        let answer = tool.answer(arguments, &self.records, asker).await;
        let answer = answer.and_then(fit::fit);
        Ok(match answer {
            Ok(answer) => CallToolResult::structured(answer),
            Err(Refusal(message)) => {
                let message = cut(&message, REFUSED);
                CallToolResult::error(vec![ContentBlock::text(message)])
            }
        })
    }
}
