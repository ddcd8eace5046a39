//! What a tool gives back: the data that its question is answered with, as JSON Schema.
//!
//! Without descriptions, which the public schema has: clients may show all of this to the model in every conversation.

use anyhow::Result;
use apollo_compiler::{
    ExecutableDocument, Schema,
    ast::Type,
    executable::{Field, Selection, SelectionSet},
};
use rmcp::model::JsonObject;
use serde_json::{Map, Value, json};

use super::{fit, leaf::leaf, question::Question};
use crate::graph::Graph;

/// The schema of the answers to a question.
pub fn of_answer(graph: &Graph, question: &Question) -> Result<JsonObject> {
    let reader = Reader::new(graph, question);
    let answer = reader.object(&question.operation()?.selection_set);
    let definitions = reader.definitions();
    Ok(whole(answer, definitions))
}

/// The schema of an answer whose field `record` is the answer to one of several questions.
pub fn of_any(graph: &Graph, questions: &[&Question]) -> Result<JsonObject> {
    let mut kinds = Vec::new();
    let mut definitions = Map::new();
    for question in questions {
        let reader = Reader::new(graph, question);
        let mut answer = reader.object(&question.operation()?.selection_set);
        let mut record = answer["properties"]["record"].take();
        // Nothing found is an error of the tool.
        kinds.push(record["anyOf"][0].take());
        definitions.append(&mut reader.definitions());
    }
    let record = json!({ "type": "object", "properties": { "record": { "anyOf": kinds } }, "required": ["record"] });
    Ok(whole(record, definitions))
}

/// The schema of the answers to questions of clients' own.
pub fn of_anything() -> JsonObject {
    let answer = json!({
        "type": "object",
        "properties": {
            "data": { "type": ["object", "null"] },
            "errors": { "type": "array", "items": { "type": "object" } },
        },
        "required": ["data"],
    });
    whole(answer, Map::new())
}

fn whole(answer: Value, definitions: Map<String, Value>) -> JsonObject {
    let Value::Object(mut schema) = answer else {
        return Map::new();
    };
    schema["properties"][fit::OMITTED] = fit::schema();
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    schema
}

struct Reader<'q> {
    schema: &'q Schema,
    document: &'q ExecutableDocument,
}

impl<'q> Reader<'q> {
    fn new(graph: &'q Graph, question: &'q Question) -> Self {
        Self {
            schema: graph.schema(),
            document: &question.document,
        }
    }

    /// The fragments, which the schemas of objects refer to.
    fn definitions(&self) -> Map<String, Value> {
        let fragments = self.document.fragments.iter();
        let objects = fragments
            .map(|(name, fragment)| (name.to_string(), self.object(&fragment.selection_set)));
        objects.collect()
    }

    fn object(&self, set: &SelectionSet) -> Value {
        let mut object = Object::default();
        self.add(set, true, &mut object);
        object.schema()
    }

    /// Adds what is selected; `sure`: it is there in every answer.
    fn add(&self, set: &SelectionSet, sure: bool, object: &mut Object) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    let name = field.response_name().to_string();
                    if sure && field.directives.is_empty() {
                        object.required.push(name.clone());
                    }
                    object.properties.insert(name, self.field(field));
                }
                Selection::InlineFragment(fragment) => {
                    let always = fragment.directives.is_empty()
                        && fragment
                            .type_condition
                            .as_ref()
                            .is_none_or(|ty| *ty == set.ty);
                    self.add(&fragment.selection_set, sure && always, object);
                }
                // One of ours is always for the type that it stands in or for all that are like it.
                Selection::FragmentSpread(spread) if sure => {
                    let name = &spread.fragment_name;
                    object
                        .fragments
                        .push(json!({ "$ref": format!("#/$defs/{name}") }));
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.document.fragments.get(&spread.fragment_name) {
                        self.add(&fragment.selection_set, false, object);
                    }
                }
            }
        }
    }

    fn field(&self, field: &Field) -> Value {
        let one = match &field.selection_set {
            Some(set) => self.object(set),
            None => leaf(self.schema, field.ty()),
        };
        typed(field.ty(), one)
    }
}

fn typed(ty: &Type, one: Value) -> Value {
    match ty {
        Type::Named(_) => json!({ "anyOf": [one, { "type": "null" }] }),
        Type::NonNullNamed(_) => one,
        Type::List(item) => {
            json!({ "anyOf": [{ "type": "array", "items": typed(item, one) }, { "type": "null" }] })
        }
        Type::NonNullList(item) => json!({ "type": "array", "items": typed(item, one) }),
    }
}

#[derive(Default)]
struct Object {
    properties: Map<String, Value>,
    required: Vec<String>,
    fragments: Vec<Value>,
}

impl Object {
    fn schema(self) -> Value {
        let Self {
            properties,
            required,
            mut fragments,
        } = self;
        if properties.is_empty() && fragments.len() == 1 {
            return fragments.remove(0);
        }
        let mut schema =
            json!({ "type": "object", "properties": properties, "required": required });
        if !fragments.is_empty() {
            schema["allOf"] = json!(fragments);
        }
        schema
    }
}
