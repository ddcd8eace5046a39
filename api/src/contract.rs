//! The public schema as a contract: what has changed against an earlier one, and what that means to clients.
//!
//! | class | what happens to a client that was written against the earlier schema |
//! |---|---|
//! | breaking | a document that was accepted may be refused, or an answer may hold what its type ruled out |
//! | dangerous | every document is accepted, but it may mean something else, or bring values that were unknown |
//! | safe | nothing |
//!
//! Places are told by schema coordinates, as in the specification: `Organisation.people(first:)`, `ClaimRank.NORMAL`.

mod directive;
mod field;
mod ty;

use std::{
    collections::{BTreeMap, HashSet},
    fmt::{self, Display},
    fs,
};

use anyhow::{Result, anyhow};
use apollo_compiler::{
    Name, Node, Schema,
    schema::{ExtendedType, SchemaDefinition},
    validation::Valid,
};
use serde::Serialize;
use serde_json::{Value, json};

/// A schema that clients rely on.
pub type Contract = Valid<Schema>;

/// What a change means to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Class {
    Breaking,
    Dangerous,
    Safe,
}

impl Class {
    const ALL: [Self; 3] = [Self::Breaking, Self::Dangerous, Self::Safe];

    fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Dangerous => "dangerous",
            Self::Safe => "safe",
        }
    }
}

/// One difference between two schemas.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    pub class: Class,
    /// Where, as a schema coordinate; `schema` for the roots of operations.
    pub coordinate: String,
    pub message: String,
}

/// All changes, the worst first, then by coordinate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes(pub Vec<Change>);

impl Changes {
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        self.0.iter().filter(|change| change.class == class).count()
    }

    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "breaking": self.count(Class::Breaking),
            "dangerous": self.count(Class::Dangerous),
            "safe": self.count(Class::Safe),
            "changes": self.0,
        })
    }
}

impl Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return write!(f, "no changes");
        }
        for class in Class::ALL {
            let mut heading = Some(class.name());
            for change in self.0.iter().filter(|change| change.class == class) {
                if let Some(heading) = heading.take() {
                    writeln!(f, "{heading}")?;
                }
                writeln!(f, "  {}: {}", change.coordinate, change.message)?;
            }
        }
        let counts = Class::ALL.map(|class| format!("{} {}", self.count(class), class.name()));
        write!(f, "{}", counts.join(", "))
    }
}

/// Reads a schema from a file in the schema definition language.
///
/// # Errors
///
/// If the file cannot be read, or is not a schema; with the first place that is wrong.
pub fn read(path: &str) -> Result<Contract> {
    let text = fs::read_to_string(path).map_err(|error| anyhow!("cannot be read: {error}"))?;
    Schema::parse_and_validate(text, path).map_err(|broken| {
        let first = broken.errors.iter().next();
        let wrong = first.map(|fault| {
            let message = fault.error.to_string();
            match fault.line_column_range() {
                Some(at) => format!(
                    "line {}, column {}: {message}",
                    at.start.line, at.start.column
                ),
                None => message,
            }
        });
        anyhow!("not a valid schema: {}", wrong.unwrap_or_default())
    })
}

/// What has changed from one schema to another.
#[must_use]
pub fn compare(old: &Schema, new: &Schema) -> Changes {
    let mut comparison = Comparison {
        shown: shown(old).chain(shown(new)).collect(),
        old,
        changes: Vec::new(),
    };
    comparison.roots(&old.schema_definition, &new.schema_definition);
    comparison.directive_definitions(old, new);
    comparison.types(old, new);
    let mut changes = comparison.changes;
    changes.sort();
    Changes(changes)
}

/// The types that answers hold values of.
fn shown(schema: &Schema) -> impl Iterator<Item = &str> {
    let fields = schema.types.values().flat_map(|ty| match ty {
        ExtendedType::Object(of) => of.fields.values().collect(),
        ExtendedType::Interface(of) => of.fields.values().collect(),
        _ => Vec::new(),
    });
    fields.map(|field| field.ty.inner_named_type().as_str())
}

/// Two schemas on the way through them.
struct Comparison<'a> {
    old: &'a Schema,
    /// The types that answers hold values of, before or now.
    shown: HashSet<&'a str>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    fn add(&mut self, class: Class, coordinate: &str, message: impl Into<String>) {
        self.changes.push(Change {
            class,
            coordinate: coordinate.to_owned(),
            message: message.into(),
        });
    }

    fn roots(&mut self, old: &SchemaDefinition, new: &SchemaDefinition) {
        let roots = [
            ("queries", &old.query, &new.query),
            ("mutations", &old.mutation, &new.mutation),
            ("subscriptions", &old.subscription, &new.subscription),
        ];
        for (what, old, new) in roots {
            match (old.as_deref(), new.as_deref()) {
                (Some(old), Some(new)) if old != new => {
                    let message = format!("{what} started at `{old}`, and start at `{new}`");
                    self.add(Class::Breaking, "schema", message);
                }
                (Some(_), None) => {
                    self.add(Class::Breaking, "schema", format!("no {what} any more"));
                }
                (None, Some(new)) => {
                    self.add(
                        Class::Safe,
                        "schema",
                        format!("{what}, which start at `{new}`"),
                    );
                }
                _ => {}
            }
        }
        self.description("schema", old.description.as_ref(), new.description.as_ref());
        self.applied("schema", &old.directives, &new.directives);
    }

    fn description(&mut self, at: &str, old: Option<&Node<str>>, new: Option<&Node<str>>) {
        let message = match (old, new) {
            (None, Some(_)) => "described",
            (Some(_), None) => "no longer described",
            (Some(old), Some(new)) if old != new => "described in other words",
            _ => return,
        };
        self.add(Class::Safe, at, message);
    }
}

/// What stands under the same name on both sides, by name.
type Beside<'a, T> = Vec<(&'a str, Option<&'a T>, Option<&'a T>)>;

fn beside<'a, T: 'a>(
    old: impl IntoIterator<Item = (&'a Name, &'a T)>,
    new: impl IntoIterator<Item = (&'a Name, &'a T)>,
) -> Beside<'a, T> {
    let mut both: BTreeMap<&str, (Option<&T>, Option<&T>)> = BTreeMap::new();
    for (name, it) in old {
        both.entry(name).or_default().0 = Some(it);
    }
    for (name, it) in new {
        both.entry(name).or_default().1 = Some(it);
    }
    both.into_iter()
        .map(|(name, (old, new))| (name, old, new))
        .collect()
}
