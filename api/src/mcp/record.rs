//! Whole records: a question for each kind of entity, with everything that is told of one.

use anyhow::Result;
use apollo_compiler::{executable::Operation, schema::ExtendedType};
use rmcp::model::JsonObject;
use serde_json::{Map, Value, json};

use super::{Ask, Refusal, input, output, question::Question, request, suggest, tool};
use crate::{
    graph::Graph,
    write::{Kind, prefix},
};

const QUESTIONS: [(Kind, &str); 5] = [
    (
        Kind::Organisation,
        include_str!("query/organisation.graphql"),
    ),
    (Kind::Person, include_str!("query/person.graphql")),
    (Kind::Campaign, include_str!("query/campaign.graphql")),
    (Kind::Publication, include_str!("query/publication.graphql")),
    (Kind::Event, include_str!("query/event.graphql")),
];

/// The variable that includes what is no list.
const WHOLE: &str = "whole";

/// The kinds of entities, each with its question.
pub struct Records {
    kinds: Vec<Record>,
    pub input: JsonObject,
    pub output: JsonObject,
}

/// A kind, and its question.
pub struct Record {
    kind: Kind,
    question: String,
    /// The lists that can be asked for alone: the variables that include them.
    lists: Vec<String>,
}

impl Records {
    pub fn new(graph: &Graph) -> Result<Self> {
        let mut kinds = Vec::new();
        let mut questions = Vec::new();
        for (kind, text) in QUESTIONS {
            let question = Question::new(graph, text)?;
            kinds.push(Record {
                kind,
                lists: lists(question.operation()?),
                question: question.text.clone(),
            });
            questions.push(question);
        }
        Ok(Self {
            input: takes(graph, &kinds, questions[0].operation()?),
            output: output::of_any(graph, &questions.iter().collect::<Vec<_>>())?,
            kinds,
        })
    }

    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.kinds.iter().map(|record| record.kind)
    }

    /// The question about one of the kind that is meant.
    pub fn of(&self, meant: impl Fn(Kind) -> bool) -> Option<&Record> {
        self.kinds.iter().find(|record| meant(record.kind))
    }

    /// Answers with the record of an id, or of a kind and a slug.
    pub async fn answer(
        &self,
        mut arguments: JsonObject,
        asker: &impl Ask,
    ) -> Result<Value, Refusal> {
        let mut take = |name: &str| match arguments.shift_remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let list = take("list");
        let (record, by) = match (take("id"), take("kind"), take("slug")) {
            (Some(id), None, None) => match self.of(|kind| has_prefix(kind, &id)) {
                Some(record) => (Some(record), json!({ "id": id })),
                None => return Err(self.no_id(&id, asker).await),
            },
            (None, Some(kind), Some(slug)) => (
                self.of(|known| value(known) == kind),
                json!({ "slug": slug }),
            ),
            _ => (None, Value::Null),
        };
        let Some(record) = record else {
            return Err(Refusal("expected either id, or kind and slug".to_owned()));
        };
        record.find(by, list.as_deref(), arguments, asker).await
    }

    async fn no_id(&self, id: &str, asker: &impl Ask) -> Refusal {
        let prefixes = self.kinds().map(|kind| format!("{}_", prefix(kind.node())));
        let prefixes = prefixes.collect::<Vec<_>>().join(", ");
        let near = suggest::near(id, None, asker).await;
        Refusal(format!(
            "id: expected an id of an entity, as `search` gives it, which starts with one of {prefixes}, not {id:?}{near}"
        ))
    }
}

impl Record {
    /// The record that `by` picks, or the one list of it.
    pub async fn find(
        &self,
        by: Value,
        list: Option<&str>,
        mut variables: JsonObject,
        asker: &impl Ask,
    ) -> Result<Value, Refusal> {
        let kind = self.kind;
        if let Some(list) = list {
            if !self.lists.iter().any(|known| known == list) {
                let lists = self.lists.join(", ");
                let message = format!("list: {kind} has no {list}; it has {lists}");
                return Err(Refusal(message));
            }
            variables.insert(WHOLE.to_owned(), json!(false));
            for known in &self.lists {
                variables.insert(known.clone(), json!(known == list));
            }
        } else if variables.contains_key("after") {
            let message = "after: is the place in a list; name the list";
            return Err(Refusal(message.to_owned()));
        }
        variables.insert("by".to_owned(), by.clone());
        let answer = tool::data(asker.ask(request(&self.question, variables)).await?)?;
        if !answer["record"].is_null() {
            return Ok(answer);
        }
        let message = match by["slug"].as_str() {
            Some(slug) => {
                let near = suggest::near(slug, Some(&value(kind)), asker).await;
                format!("slug: there is no {kind} {slug:?}{near}")
            }
            None => format!("id: there is no {kind} {}", by["id"]),
        };
        Err(Refusal(message))
    }
}

fn has_prefix(kind: Kind, id: &str) -> bool {
    id.strip_prefix(prefix(kind.node()))
        .is_some_and(|rest| rest.starts_with('_'))
}

/// The value of `EntityKind` for a kind.
fn value(kind: Kind) -> String {
    kind.word().to_uppercase()
}

fn lists(operation: &Operation) -> Vec<String> {
    let variables = operation.variables.iter();
    let truths = variables.filter(|variable| variable.ty.inner_named_type() == "Boolean");
    let names = truths.map(|variable| variable.name.to_string());
    names.filter(|name| name != WHOLE).collect()
}

/// What the tool takes: which record, and those variables of its question that are for clients.
fn takes(graph: &Graph, kinds: &[Record], operation: &Operation) -> JsonObject {
    let schema = graph.schema();
    let argument = |ty: &str, name: &str| {
        let input = match schema.types.get(ty) {
            Some(ExtendedType::InputObject(input)) => input.fields.get(name),
            _ => None,
        };
        let described = input.and_then(|field| field.description.as_deref());
        let described = described.unwrap_or_default();
        json!({ "type": "string", "description": described })
    };
    let mut properties = Map::new();
    properties.insert("id".to_owned(), argument("OrganisationBy", "id"));
    let kind = apollo_compiler::ty!(EntityKind);
    let mut kind = input::property(schema, &kind, "With `slug`: the kind of entity.");
    kind["enum"] = kinds.iter().map(|record| value(record.kind)).collect();
    properties.insert("kind".to_owned(), kind);
    properties.insert("slug".to_owned(), argument("OrganisationBy", "slug"));
    let mut every: Vec<&String> = Vec::new();
    for list in kinds.iter().flat_map(|record| &record.lists) {
        if !every.contains(&list) {
            every.push(list);
        }
    }
    let list = json!({
        "type": "string",
        "enum": every,
        "description": "Only this list of the record, for reading on in it. Absent: the whole record with the start of each list.",
    });
    properties.insert("list".to_owned(), list);
    let of_question = input::of_variables(schema, operation, &[("first", 1, 50)]);
    for name in ["first", "after", "at"] {
        properties.insert(name.to_owned(), of_question["properties"][name].clone());
    }
    input::object(properties, &[])
}
