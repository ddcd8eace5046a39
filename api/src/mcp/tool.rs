//! The tools, each a question with what a client may set of it.

use anyhow::Result;
use apollo_compiler::executable::Operation;
use rmcp::model::{JsonObject, ToolAnnotations};
use serde_json::{Map, Value, json};

use super::{
    Ask, Refusal,
    input::{self, Bound},
    output,
    question::Question,
    record::Records,
    request, suggest,
};
use crate::{config::Config, graph::Graph};

/// A tool as clients see it, and what it asks.
pub struct Tool {
    pub shown: rmcp::model::Tool,
    asks: Asks,
}

enum Asks {
    /// A question of ours; its variables named here are ids.
    Ours { question: String, ids: Vec<String> },
    /// One of those about whole records.
    Record,
    /// Whatever the client writes.
    Theirs,
}

struct Declared {
    name: &'static str,
    title: &'static str,
    question: &'static str,
    bounds: &'static [Bound],
}

const SEARCH: Declared = Declared {
    name: "search",
    title: "Search",
    question: include_str!("query/search.graphql"),
    bounds: &[("query", 1, 200), ("first", 1, 50)],
};

const LINEAGE: Declared = Declared {
    name: "lineage",
    title: "Lineage of organisations",
    question: include_str!("query/lineage.graphql"),
    bounds: &[("of", 1, 20), ("maxDepth", 1, 1000), ("limit", 1, 100)],
};

const PATH: Declared = Declared {
    name: "path",
    title: "Paths between two entities",
    question: include_str!("query/path.graphql"),
    bounds: &[("maxLength", 1, 50), ("limit", 1, 10)],
};

const ENTITY: &str = "Tells all that is known of one organisation, person, campaign, publication or event: names, dates, \
    summary, what it stood for, the claims with source, place in the source and quotation that support each value, and \
    lists of what it is related to (of an organisation: predecessors, successors, people, publications, campaigns, events, \
    affiliations). Takes an id, as `search` gives it, or a kind and a slug. Of each list come the first few; to read on, \
    ask again with `list` and `after`.";

const QUERY: &str = "Answers any question in GraphQL, for what the other tools do not tell: counts, filters over fields and \
    relations, orders, common ancestors. Select few fields and small pages.";

/// Where the schema is shown.
const SCHEMA: &str = " The schema is in the resource schismograph://schema.graphql, and each type of it in \
    schismograph://schema/{type}, where Query is the type to begin with; introspection works too.";

/// All of them; the one for questions of clients' own only where those are answered.
pub fn all(graph: &Graph, records: &Records, config: &Config) -> Result<Vec<Tool>> {
    let entity = rmcp::model::Tool::new("entity", ENTITY, records.input.clone())
        .with_title("One record")
        .with_raw_output_schema(records.output.clone().into());
    let entity = Tool::new(entity, Asks::Record);
    let mut tools = vec![
        ours(graph, &SEARCH)?,
        entity,
        ours(graph, &LINEAGE)?,
        ours(graph, &PATH)?,
    ];
    if !config.documents_only {
        let schema = if config.introspection { SCHEMA } else { "" };
        let description = format!("{QUERY}{schema}");
        let shown = rmcp::model::Tool::new("query", description, takes_document())
            .with_title("GraphQL")
            .with_raw_output_schema(output::of_anything().into());
        tools.push(Tool::new(shown, Asks::Theirs));
    }
    Ok(tools)
}

fn ours(graph: &Graph, declared: &Declared) -> Result<Tool> {
    let question = Question::new(graph, declared.question)?;
    let operation = question.operation()?;
    let input = input::of_variables(graph.schema(), operation, declared.bounds);
    let description = operation.description.as_deref().unwrap_or_default();
    let shown = rmcp::model::Tool::new(declared.name, description.to_owned(), input)
        .with_title(declared.title)
        .with_raw_output_schema(output::of_answer(graph, &question)?.into());
    let ids = ids(operation);
    let question = question.text;
    Ok(Tool::new(shown, Asks::Ours { question, ids }))
}

fn ids(operation: &Operation) -> Vec<String> {
    let variables = operation.variables.iter();
    let ids = variables.filter(|variable| variable.ty.inner_named_type() == "ID");
    ids.map(|variable| variable.name.to_string()).collect()
}

impl Tool {
    fn new(shown: rmcp::model::Tool, asks: Asks) -> Self {
        let annotations = ToolAnnotations::new()
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        let shown = shown.with_annotations(annotations);
        Self { shown, asks }
    }

    pub async fn answer(
        &self,
        arguments: JsonObject,
        records: &Records,
        asker: &impl Ask,
    ) -> Result<Value, Refusal> {
        let arguments = input::check(&self.shown.input_schema, arguments)?;
        match &self.asks {
            Asks::Ours { question, ids } => {
                let answer = asker.ask(request(question, arguments.clone())).await?;
                match data(answer) {
                    Ok(answer) => Ok(answer),
                    Err(refusal) => Err(with_names(refusal, &arguments, ids, asker).await),
                }
            }
            Asks::Record => records.answer(arguments, asker).await,
            Asks::Theirs => theirs(arguments, asker).await,
        }
    }
}

/// A refusal followed by what is called so, where names or slugs were given in place of ids.
async fn with_names(
    refusal: Refusal,
    arguments: &JsonObject,
    ids: &[String],
    asker: &impl Ask,
) -> Refusal {
    let given = ids.iter().filter_map(|name| arguments.get(name));
    let given = given.flat_map(|value| match value {
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    });
    let names = given
        .filter_map(Value::as_str)
        .filter(|id| !id.contains('_'));
    let mut message = refusal.0;
    for name in names.take(2) {
        message.push_str(&suggest::near(name, None, asker).await);
    }
    Refusal(message)
}

/// The data of an answer to a question of ours, which has either that or errors.
pub fn data(mut answer: Value) -> Result<Value, Refusal> {
    match answer["errors"].as_array() {
        Some(errors) => Err(Refusal(told(errors))),
        None => Ok(answer["data"].take()),
    }
}

/// The messages of errors, one a line.
fn told(errors: &[Value]) -> String {
    let messages = errors.iter().map(|error| {
        let message = error["message"].as_str().unwrap_or_default();
        match &error["locations"][0] {
            Value::Null => message.to_owned(),
            at => format!("{message} (line {}, column {})", at["line"], at["column"]),
        }
    });
    messages.collect::<Vec<_>>().join("\n")
}

/// Answers a question of the client's own; what has data is an answer, whatever failed beside it.
async fn theirs(mut arguments: JsonObject, asker: &impl Ask) -> Result<Value, Refusal> {
    let mut request = match arguments.shift_remove("document") {
        Some(Value::String(document)) => request(&document, Map::new()),
        _ => request("", Map::new()),
    };
    if let Some(Value::Object(variables)) = arguments.shift_remove("variables") {
        request.variables = variables;
    }
    if let Some(Value::String(name)) = arguments.shift_remove("operationName") {
        request.operation_name = Some(name);
    }
    let mut answer = asker.ask(request).await?;
    if let Value::Object(answer) = &mut answer {
        answer.shift_remove("extensions");
    }
    match (&answer["data"], answer["errors"].as_array()) {
        (Value::Null, Some(errors)) => Err(Refusal(told(errors))),
        _ => Ok(answer),
    }
}

fn takes_document() -> JsonObject {
    let mut properties = Map::new();
    let document = "A GraphQL document with a query, such as { dataset { counts { kind count } } }";
    let variables = "The values of its variables, by name without the dollar sign.";
    let name = "Which operation to run, where the document has several.";
    for (name, ty, description) in [
        ("document", "string", document),
        ("variables", "object", variables),
        ("operationName", "string", name),
    ] {
        let property = json!({ "type": ty, "description": description });
        properties.insert(name.to_owned(), property);
    }
    input::object(properties, &["document"])
}
