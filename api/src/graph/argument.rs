//! Arguments as the planner reads them: literals, variables, or literals with variables in them.
//!
//! A plan is kept for later requests of the same document. What of the variables the statement's *shape*
//! depends on is noted as a [`Read`]; everything else becomes a bound parameter that is filled in from each
//! request's own variables. A kept plan serves a request that answers every noted read alike.

use std::{collections::HashSet, mem::discriminant, ops::RangeInclusive};

use apollo_compiler::{
    Node,
    ast::Value,
    executable::Field,
    response::{JsonMap, JsonValue},
};

use super::{
    convert::{Bound, Convert},
    failure::Failure,
    plan::{Planned, Planner},
};
use crate::error::Error;

/// A place in the variables of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    variable: String,
    path: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Key(String),
    Item(usize),
}

impl Place {
    fn find<'v>(&self, variables: &'v JsonMap) -> Option<&'v JsonValue> {
        let mut value = variables.get(self.variable.as_str())?;
        for step in &self.path {
            value = match step {
                Step::Key(key) => value.as_object()?.get(key.as_str())?,
                Step::Item(index) => match value.as_array() {
                    Some(items) => items.get(*index)?,
                    // A single value stands for a list of one.
                    None => value,
                },
            };
        }
        Some(value)
    }

    fn child(&self, step: Step) -> Self {
        let mut child = self.clone();
        child.path.push(step);
        child
    }
}

/// Something a plan's shape depends on, with what was found there.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    Presence(Presence),
    Keys(Vec<String>),
    Length(usize),
    Value(Option<JsonValue>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Absent,
    Null,
    Given,
}

/// One dependency of a plan on the request's variables.
#[derive(Clone, Debug)]
pub struct Read {
    place: Place,
    found: Found,
}

impl Read {
    /// Whether these variables answer this read as those did that the plan was made for.
    pub fn holds(&self, variables: &JsonMap) -> bool {
        let value = self.place.find(variables);
        match &self.found {
            Found::Presence(presence) => *presence == presence_of(value),
            Found::Keys(keys) => value.and_then(JsonValue::as_object).is_some_and(|object| {
                object
                    .keys()
                    .map(apollo_compiler::response::serde_json_bytes::ByteString::as_str)
                    .eq(keys.iter().map(String::as_str))
            }),
            Found::Length(length) => value.is_some_and(|value| length_of(value) == *length),
            Found::Value(expected) => value == expected.as_ref(),
        }
    }
}

fn presence_of(value: Option<&JsonValue>) -> Presence {
    match value {
        None => Presence::Absent,
        Some(JsonValue::Null) => Presence::Null,
        Some(_) => Presence::Given,
    }
}

fn length_of(value: &JsonValue) -> usize {
    value.as_array().map_or(1, Vec::len)
}

/// A bound parameter: known from the document, or filled in from each request's variables.
#[derive(Clone, Debug)]
pub enum Parameter {
    Known(Bound),
    Variable {
        place: Place,
        convert: Convert,
        argument: String,
    },
}

impl Parameter {
    pub fn fill(&self, variables: &JsonMap) -> Result<Bound, Error> {
        match self {
            Self::Known(bound) => Ok(bound.clone()),
            Self::Variable {
                place,
                convert,
                argument,
            } => {
                let value = place.find(variables).unwrap_or(&JsonValue::Null);
                convert.apply(value, argument)
            }
        }
    }
}

/// The variables of one request, and what the plan under way has read of them.
pub struct Variables<'r> {
    values: &'r JsonMap,
    reads: Vec<Read>,
}

impl<'r> Variables<'r> {
    pub fn new(values: &'r JsonMap) -> Self {
        Self {
            values,
            reads: Vec::new(),
        }
    }

    /// Each read once: within one request the same place answers the same question alike.
    pub fn into_reads(mut self) -> Vec<Read> {
        let mut seen = HashSet::new();
        self.reads
            .retain(|read| seen.insert((read.place.clone(), discriminant(&read.found))));
        self.reads
    }

    fn note(&mut self, place: &Place, found: Found) {
        self.reads.push(Read {
            place: place.clone(),
            found,
        });
    }
}

/// The value of an argument, or of an entry or item inside one.
#[derive(Clone, Debug)]
pub enum Argument<'d> {
    Absent,
    Literal(&'d Value),
    Variable(Place),
}

impl<'d> Argument<'d> {
    /// An argument as the document has it.
    pub fn of(field: &'d Field, name: &str) -> Self {
        field
            .arguments
            .iter()
            .find(|argument| argument.name == name)
            .map_or(Self::Absent, |argument| Self::literal(&argument.value))
    }

    pub fn literal(value: &'d Node<Value>) -> Self {
        match &**value {
            Value::Variable(name) => Self::Variable(Place {
                variable: name.to_string(),
                path: Vec::new(),
            }),
            value => Self::Literal(value),
        }
    }

    /// The argument, unless it is absent or null; a variable without a value counts as absent.
    pub fn given(self, variables: &mut Variables) -> Option<Self> {
        match &self {
            Self::Absent | Self::Literal(Value::Null) => None,
            Self::Literal(_) => Some(self),
            Self::Variable(place) => {
                let presence = presence_of(place.find(variables.values));
                variables.note(place, Found::Presence(presence));
                (presence == Presence::Given).then_some(self)
            }
        }
    }

    /// Whether a variable stands here that the request leaves out: the argument's default then applies.
    pub fn is_absent(&self, variables: &mut Variables) -> bool {
        match self {
            Self::Absent => true,
            Self::Literal(_) => false,
            Self::Variable(place) => {
                let presence = presence_of(place.find(variables.values));
                variables.note(place, Found::Presence(presence));
                presence == Presence::Absent
            }
        }
    }

    /// The entries of an input object, nulls included.
    pub fn entries(&self, variables: &mut Variables) -> Vec<(String, Argument<'d>)> {
        match self {
            Self::Literal(Value::Object(entries)) => entries
                .iter()
                .map(|(name, value)| (name.to_string(), Self::literal(value)))
                .collect(),
            Self::Variable(place) => {
                let keys: Vec<String> = place
                    .find(variables.values)
                    .and_then(JsonValue::as_object)
                    .map(|object| object.keys().map(|key| key.as_str().to_owned()).collect())
                    .unwrap_or_default();
                variables.note(place, Found::Keys(keys.clone()));
                keys.into_iter()
                    .map(|key| {
                        let child = place.child(Step::Key(key.clone()));
                        (key, Self::Variable(child))
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// One entry of an object that can have any others; absent where it has none of this name, or is no object.
    pub fn entry(&self, name: &str) -> Self {
        match self {
            Self::Literal(Value::Object(entries)) => entries
                .iter()
                .find(|(entry, _)| entry == name)
                .map_or(Self::Absent, |(_, value)| Self::literal(value)),
            Self::Variable(place) => Self::Variable(place.child(Step::Key(name.to_owned()))),
            _ => Self::Absent,
        }
    }

    /// The items of a list; a single value is a list of one.
    pub fn items(&self, variables: &mut Variables) -> Vec<Argument<'d>> {
        match self {
            Self::Absent => Vec::new(),
            Self::Literal(Value::List(items)) => items.iter().map(Self::literal).collect(),
            Self::Literal(_) => vec![self.clone()],
            Self::Variable(place) => {
                let length = place.find(variables.values).map_or(0, length_of);
                variables.note(place, Found::Length(length));
                (0..length)
                    .map(|index| Self::Variable(place.child(Step::Item(index))))
                    .collect()
            }
        }
    }

    /// The value itself, for what decides the shape of a statement: enum values and switches.
    pub fn decided(&self, variables: &mut Variables) -> JsonValue {
        match self {
            Self::Absent => JsonValue::Null,
            Self::Literal(value) => literal_json(value),
            Self::Variable(place) => {
                let value = place.find(variables.values).cloned();
                variables.note(place, Found::Value(value.clone()));
                value.unwrap_or(JsonValue::Null)
            }
        }
    }

    /// The value as a bound parameter. Wrong values are told now, for this request.
    pub fn parameter(
        &self,
        convert: Convert,
        argument: &str,
        variables: &Variables,
    ) -> Result<Parameter, Error> {
        match self {
            Self::Absent => Ok(Parameter::Known(convert.apply(&JsonValue::Null, argument)?)),
            Self::Literal(value) => Ok(Parameter::Known(
                convert.apply(&literal_json(value), argument)?,
            )),
            Self::Variable(place) => {
                let parameter = Parameter::Variable {
                    place: place.clone(),
                    convert,
                    argument: argument.to_owned(),
                };
                parameter.fill(variables.values)?;
                Ok(parameter)
            }
        }
    }
}

fn literal_json(value: &Value) -> JsonValue {
    match value {
        // Variables inside are reached by `entries` and `items` before a literal is read whole.
        Value::Null | Value::Variable(_) => JsonValue::Null,
        Value::Enum(name) => name.as_str().into(),
        Value::String(text) => text.as_str().into(),
        Value::Boolean(value) => (*value).into(),
        Value::Int(_) => value.to_f64().map_or(JsonValue::Null, whole),
        Value::Float(_) => value.to_f64().map_or(JsonValue::Null, JsonValue::from),
        Value::List(items) => {
            JsonValue::Array(items.iter().map(|item| literal_json(item)).collect())
        }
        Value::Object(entries) => JsonValue::Object(
            entries
                .iter()
                .map(|(name, value)| (name.as_str().into(), literal_json(value)))
                .collect(),
        ),
    }
}

/// GraphQL integers are 32-bit and validated before this, so nothing is cut.
#[expect(
    clippy::cast_possible_truncation,
    reason = "validated as a 32-bit integer"
)]
fn whole(value: f64) -> JsonValue {
    (value as i64).into()
}

impl<'d> Planner<'d, '_> {
    /// An argument's value, with the schema's default where none is given; none for null.
    pub(super) fn argument(&mut self, field: &'d Field, name: &str) -> Option<Argument<'d>> {
        let stated = Argument::of(field, name);
        if stated.is_absent(&mut self.variables) {
            let definition = field
                .definition
                .arguments
                .iter()
                .find(|argument| argument.name == name)?;
            return definition.default_value.as_ref().map(Argument::literal);
        }
        stated.given(&mut self.variables)
    }

    /// A value that may be left out, for the default then to apply, but may not be null. Only a variable can
    /// bring such a null; a literal one does not pass validation.
    pub(super) fn non_null(
        &mut self,
        value: &Argument<'d>,
        name: &str,
    ) -> Planned<Option<JsonValue>> {
        if value.is_absent(&mut self.variables) {
            return Ok(None);
        }
        match value.decided(&mut self.variables) {
            JsonValue::Null => Err(self.absent(name)),
            value => Ok(Some(value)),
        }
    }

    /// A whole number within a range: as a parameter, and as it is; none for null where null is allowed.
    pub(super) fn whole(
        &mut self,
        field: &'d Field,
        name: &str,
        range: RangeInclusive<i64>,
    ) -> Planned<Option<(String, i64)>> {
        let Some(value) = self.argument(field, name) else {
            return Ok(None);
        };
        let parameter = self.bind_argument(&value, Convert::Whole(range), name)?;
        let value = value.decided(&mut self.variables).as_i64();
        Ok(value.map(|value| (parameter, value)))
    }

    /// An argument that has a default was given as null by a variable.
    pub(super) fn absent(&self, name: &str) -> Failure {
        self.bad(name, "expected a value, got null")
    }

    pub(super) fn bad(&self, name: &str, message: impl Into<String>) -> Failure {
        self.fail(Error::bad_argument(name, message))
    }
}
