//! Parameters of addresses: one for each argument, and one for each comparison that a filter can make.
//!
//! What a filter says of one field is a parameter with the comparison in brackets, `founded[after]=1990`, since OpenAPI
//! can describe exactly that; what it says of other records, and `and`, `or` and `not`, is said in `filter`, as JSON.
//! Lists are said by giving a parameter several times.

use apollo_compiler::{
    Schema,
    ast::{InputValueDefinition, Type},
    schema::InputObjectType,
};
use serde_json::{Map, Value, json};

use super::{value, words};
use crate::{
    error::{Error, Result},
    write::text::nearest,
};

/// What an address takes.
pub struct Parameter {
    pub name: String,
    pub description: String,
    pub required: bool,
    pub default: Option<Value>,
    pub takes: Takes,
    /// A name that it has in common with the same parameter of other addresses.
    pub shared: Option<String>,
    fills: Fills,
}

/// What a parameter's text stands for.
pub enum Takes {
    /// A value of a scalar or an enum.
    One(String),
    /// Several, each given by itself.
    Many(String),
    /// Keys of an order, each given by itself: a value of that enum, with a minus before it for the other way.
    Order(String),
    /// An input object as JSON.
    Json(String),
}

/// Where the value goes.
enum Fills {
    Argument(String),
    /// An entry of the filter that an argument is, or a comparison of that entry.
    Entry {
        argument: String,
        entry: String,
        comparison: Option<String>,
    },
}

/// The parameters that an argument is given by.
pub fn of(schema: &Schema, argument: &InputValueDefinition) -> Vec<Parameter> {
    let inner = argument.ty.inner_named_type();
    let list = argument.ty.is_list();
    let input = schema.get_input_object(inner);
    let takes = match input.map(|input| input.fields.get("by")) {
        None if list => Takes::Many(inner.to_string()),
        None => Takes::One(inner.to_string()),
        Some(Some(by)) => Takes::Order(by.ty.inner_named_type().to_string()),
        Some(None) => Takes::Json(inner.to_string()),
    };
    let filtered = match (&takes, input) {
        (Takes::Json(_), Some(input)) => comparisons(schema, argument, input),
        _ => Vec::new(),
    };
    let mut description = words(argument.description.as_ref());
    description.push_str(match takes {
        Takes::Order(_) => " A minus before a key turns it round: `-NAME`.",
        Takes::Json(_) => " JSON; the other parameters with the name of an entry hold beside it.",
        Takes::One(_) | Takes::Many(_) => "",
    });
    let whole = Parameter {
        name: argument.name.to_string(),
        description,
        required: argument.is_required(),
        default: argument
            .default_value
            .as_ref()
            .and_then(|value| literal(value)),
        takes,
        shared: None,
        fills: Fills::Argument(argument.name.to_string()),
    };
    filtered.into_iter().chain([whole]).collect()
}

fn literal(value: &apollo_compiler::ast::Value) -> Option<Value> {
    use apollo_compiler::ast::Value as Literal;
    Some(match value {
        Literal::Enum(name) => json!(name.as_str()),
        Literal::String(text) => json!(text),
        Literal::Boolean(value) => json!(value),
        Literal::Int(number) => json!(number.try_to_i32().ok()?),
        _ => return None,
    })
}

fn comparisons(
    schema: &Schema,
    argument: &InputValueDefinition,
    filter: &InputObjectType,
) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for (entry, of) in &filter.fields {
        let about = words(of.description.as_ref());
        let fills = |comparison: Option<&str>| Fills::Entry {
            argument: argument.name.to_string(),
            entry: entry.to_string(),
            comparison: comparison.map(str::to_owned),
        };
        let inner = of.ty.inner_named_type();
        let Some(input) = schema.get_input_object(inner) else {
            parameters.push(Parameter {
                name: entry.to_string(),
                description: about,
                required: false,
                default: None,
                takes: takes(&of.ty),
                shared: Some(format!("{}.{entry}", filter.name)),
                fills: fills(None),
            });
            continue;
        };
        let compares = input
            .fields
            .values()
            .all(|of| schema.get_input_object(of.ty.inner_named_type()).is_none());
        for (name, of) in input.fields.iter().filter(|_| compares) {
            let how = words(of.description.as_ref());
            parameters.push(Parameter {
                name: format!("{entry}[{name}]"),
                description: format!("{how} Of `{entry}`: {about}"),
                required: false,
                default: of.default_value.as_ref().and_then(|value| literal(value)),
                takes: takes(&of.ty),
                shared: Some(format!("{}.{entry}.{name}", filter.name)),
                fills: fills(Some(name)),
            });
        }
    }
    parameters
}

fn takes(ty: &Type) -> Takes {
    let inner = ty.inner_named_type().to_string();
    if ty.is_list() {
        Takes::Many(inner)
    } else {
        Takes::One(inner)
    }
}

/// The variables of a question.
pub fn read(
    schema: &Schema,
    parameters: &[Parameter],
    given: &[(String, String)],
) -> Result<Map<String, Value>> {
    for (name, _) in given {
        if !parameters.iter().any(|parameter| parameter.name == *name) {
            return Err(unknown(name, parameters));
        }
    }
    let mut variables = Map::new();
    for parameter in parameters {
        let name = parameter.name.as_str();
        let texts = given.iter().filter(|(given, _)| given == name);
        let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
        if !texts.is_empty() {
            let value = parameter.value(schema, &texts);
            let value = value.map_err(|message| Error::bad_argument(name, message))?;
            parameter.fills.put(&mut variables, value);
        } else if parameter.required {
            return Err(Error::bad_argument(name, "is missing"));
        }
    }
    Ok(variables)
}

fn unknown(name: &str, parameters: &[Parameter]) -> Error {
    let known = || parameters.iter().map(|parameter| parameter.name.as_str());
    // Somebody who looks for a filter by the name of the field finds what it can be compared with.
    let compared = format!("{name}[");
    let message = if known().next().is_none() {
        "there are no parameters here".to_owned()
    } else if let Some(meant) = nearest(name, known()) {
        format!("there is no such parameter here; did you mean `{meant}`?")
    } else {
        let like: Vec<&str> = known()
            .filter(|known| known.starts_with(&compared))
            .collect();
        let others: Vec<&str> = known().filter(|known| !known.contains('[')).collect();
        let meant = if like.is_empty() { others } else { like };
        format!(
            "there is no such parameter here; there is {}",
            meant.join(", ")
        )
    };
    Error::bad_argument(name, message)
}

impl Parameter {
    /// Whether it says a part of the filter that an argument is.
    pub fn narrows(&self, argument: &str) -> bool {
        matches!(&self.fills, Fills::Entry { argument: of, .. } if of == argument)
    }

    fn value(&self, schema: &Schema, texts: &[&str]) -> Result<Value, String> {
        let many = |each: &dyn Fn(&str) -> Result<Value, String>| {
            let values: Result<Vec<Value>, String> = texts.iter().map(|text| each(text)).collect();
            values.map(Value::Array)
        };
        let text = match (&self.takes, texts) {
            (Takes::Many(ty), _) => return many(&|text| value::of_text(schema, ty, text)),
            (Takes::Order(by), _) => return many(&|text| order(schema, by, text)),
            (_, [text]) => *text,
            _ => return Err("is given twice".to_owned()),
        };
        match &self.takes {
            Takes::Json(ty) => value::of_json(schema, ty, text),
            Takes::One(ty) | Takes::Many(ty) | Takes::Order(ty) => value::of_text(schema, ty, text),
        }
    }
}

/// One key of an order.
fn order(schema: &Schema, by: &str, text: &str) -> Result<Value, String> {
    let (key, direction) = match text.strip_prefix('-') {
        Some(key) => (key, "DESC"),
        None => (text, "ASC"),
    };
    Ok(json!({ "by": value::of_text(schema, by, key)?, "direction": direction }))
}

impl Fills {
    fn put(&self, variables: &mut Map<String, Value>, value: Value) {
        match self {
            Self::Argument(argument) => match variables.get_mut(argument) {
                // A filter, of which other parameters have said something before.
                Some(Value::Object(entries)) => {
                    entries.insert("and".to_owned(), json!([value]));
                }
                _ => {
                    variables.insert(argument.clone(), value);
                }
            },
            Self::Entry {
                argument,
                entry,
                comparison,
            } => {
                let filter = &mut variables.entry(argument).or_insert_with(|| json!({}))[entry];
                match comparison {
                    Some(comparison) => filter[comparison] = value,
                    None => *filter = value,
                }
            }
        }
    }
}
