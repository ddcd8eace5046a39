//! The graph as plain JSON at addresses: what can be asked there, how it is asked of the graph, and what comes back.
//!
//! Nothing here states a type. Addresses, parameters, what answers hold and the document that describes them (`openapi`)
//! are made of the public schema: an address is a field of its query, or a field of a record; a parameter is an
//! argument, or an entry of a filter. A request becomes one GraphQL question with variables.

mod answer;
mod endpoint;
mod openapi;
mod parameter;
mod shape;
mod value;

use std::{collections::BTreeMap, sync::OnceLock};

use apollo_compiler::{Schema, validation::Valid};
use serde_json::{Map, Value, json};

pub use self::answer::{Answer, Link, Relation};
use self::{endpoint::Endpoint, shape::Shape};
use crate::{
    error::{Error, Result},
    graph::{KindAllowed, Request},
    write::text::nearest,
};

/// Where all of it stands, under the address of the service.
pub const ROOT: &str = "/api/v1";

/// All that can be asked.
pub struct Rest {
    schema: Valid<Schema>,
    endpoints: Vec<Endpoint>,
    shapes: BTreeMap<String, Shape>,
    /// The address of the root.
    root: String,
    /// Made when it is first asked for.
    openapi: OnceLock<String>,
}

/// A question that an address and its parameters come to.
pub struct Asked<'r> {
    endpoint: &'r Endpoint,
    /// What stands in the address for the record.
    key: Option<String>,
    given: Vec<(String, String)>,
    pub request: Request,
}

impl Rest {
    /// All that a schema can be asked, for a service that the public reaches at `base_url`.
    #[must_use]
    pub fn new(schema: &Valid<Schema>, base_url: &str) -> Self {
        let (endpoints, shapes) = endpoint::all(schema);
        Self {
            schema: schema.clone(),
            endpoints,
            shapes,
            root: format!("{base_url}{ROOT}"),
            openapi: OnceLock::new(),
        }
    }

    /// The address of what describes all of it.
    #[must_use]
    pub fn description(&self) -> String {
        format!("{}/openapi.json", self.root)
    }

    /// The OpenAPI document, as text.
    #[must_use]
    pub fn openapi(&self) -> &str {
        let described = || format!("{:#}\n", openapi::document(self));
        self.openapi.get_or_init(described)
    }

    /// What stands at the root: every address and what is there, with the address of what describes it if it is
    /// `described`.
    #[must_use]
    pub fn index(&self, described: bool) -> Value {
        let items = self.endpoints.iter().map(|endpoint| {
            let url = format!("{}{}", self.root, endpoint.path);
            json!({ "url": url, "description": endpoint.description })
        });
        let mut index = json!({ "items": items.collect::<Vec<_>>() });
        if described {
            index["openapi"] = json!(self.description());
        }
        index
    }

    /// The question of a path under the root, which begins with a slash.
    ///
    /// # Errors
    /// If there is nothing at that path, or a parameter is not one that it takes.
    pub fn ask(&self, path: &str, given: Vec<(String, String)>) -> Result<Asked<'_>> {
        let (endpoint, key) = self.find(path)?;
        let mut variables = parameter::read(&self.schema, &endpoint.parameters, &given)?;
        if let (Some(by), Some(key)) = (&endpoint.by, &key) {
            variables.insert(endpoint::RECORD.to_owned(), by.picks(key));
        }
        Ok(Asked {
            endpoint,
            key,
            given,
            request: Request {
                query: endpoint.question.clone(),
                operation_name: None,
                variables,
                kind_allowed: KindAllowed::QueryOnly,
            },
        })
    }

    fn find(&self, path: &str) -> Result<(&Endpoint, Option<String>)> {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        if let Some(endpoint) = self.endpoints.iter().find(|it| it.stands_at(&parts)) {
            return Ok((endpoint, endpoint.key(&parts)));
        }
        // What stands beside it: everything but the last part is right.
        let beside = self.endpoints.iter().filter_map(|endpoint| {
            let (before, last) = endpoint.path.rsplit_once('/')?;
            let known: Vec<&str> = before.split('/').skip(1).collect();
            let right = parts.len() == known.len() + 1
                && known
                    .iter()
                    .zip(&parts)
                    .all(|(known, part)| known == part || endpoint::is_record(known));
            (right && !endpoint::is_record(last)).then_some(last)
        });
        let last = parts.last().copied().unwrap_or_default();
        let message = if let Some(meant) = nearest(last, beside) {
            format!("there is no `{last}` here; did you mean `{meant}`?")
        } else {
            let root = &self.root;
            format!("there is nothing at this address; {root} lists what there is")
        };
        Err(Error::not_found(message))
    }
}

impl Asked<'_> {
    /// What to blame for an error of the graph, as the client knows it. An error in what picks the record means that
    /// there is none.
    #[must_use]
    pub fn blamed(&self, error: &Value) -> Blamed {
        let message = error["message"].as_str().unwrap_or_default();
        let Some(argument) = error["extensions"]["argument"].as_str() else {
            return Blamed::Nothing;
        };
        let rest = message
            .strip_prefix(argument)
            .and_then(|rest| rest.strip_prefix(": "));
        let rest = rest.unwrap_or(message);
        if let Some(by) = &self.endpoint.by
            && (argument == by.argument || argument.starts_with("by."))
        {
            return Blamed::Record(self.missing());
        }
        let given = |name: &str| self.given.iter().any(|(given, _)| given == name);
        let (first, within) = argument.split_once('.').unwrap_or((argument, ""));
        let parameters = &self.endpoint.parameters;
        if parameters
            .iter()
            .any(|it| it.narrows(first) && given(&it.name))
        {
            // What the filter says itself was put beside what the parameters say.
            if let Some(itself) = within.strip_prefix("and.") {
                return Blamed::Parameter(first.to_owned(), format!("{itself}: {rest}"));
            }
        }
        let entry = match within.split_once('.') {
            Some((entry, comparison)) => format!("{entry}[{comparison}]"),
            None => within.to_owned(),
        };
        if given(&entry) {
            Blamed::Parameter(entry, rest.to_owned())
        } else if within.is_empty() {
            Blamed::Parameter(first.to_owned(), rest.to_owned())
        } else {
            Blamed::Parameter(first.to_owned(), format!("{within}: {rest}"))
        }
    }

    /// What is said where the address names a record that is not there.
    #[must_use]
    pub fn missing(&self) -> String {
        let key = self.key.as_deref().unwrap_or_default();
        let what = self.endpoint.by.as_ref().map_or("record", |by| &by.word);
        format!("there is no {what} `{key}`")
    }
}

/// What an error is to blame on.
#[derive(Debug, PartialEq, Eq)]
pub enum Blamed {
    Nothing,
    /// A parameter of this name, and what is wrong with it.
    Parameter(String, String),
    /// What stands in the address for the record, and what is said of it.
    Record(String),
}

/// A text as GraphQL writes it, or nothing.
fn words(description: Option<&apollo_compiler::Node<str>>) -> String {
    description.map(ToString::to_string).unwrap_or_default()
}

/// The members of a JSON object.
fn object<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
