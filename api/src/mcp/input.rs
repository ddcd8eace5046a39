//! What a tool takes: the variables of its question as JSON Schema, and arguments held to that.

use apollo_compiler::{
    Schema,
    ast::{Type, Value as Literal},
    executable::{Operation, Selection, SelectionSet},
    schema::ExtendedType,
};
use rmcp::model::JsonObject;
use serde_json::{Map, Value, json};

use super::{Refusal, SHORT, cut, leaf::leaf, short};
use crate::write::text;

/// The least and the most that an argument may be: a number, the items of a list, the characters of a text.
pub type Bound = (&'static str, u64, u64);

/// Arguments of which is told what is wrong with them.
const FAULTS: usize = 10;

/// The schema of an object with these properties.
pub fn object(properties: Map<String, Value>, required: &[&str]) -> JsonObject {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("required".to_owned(), json!(required));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

/// The schema of the variables of an operation. A variable without a description has that of the argument it is for.
pub fn of_variables(schema: &Schema, operation: &Operation, bounds: &[Bound]) -> JsonObject {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for variable in &operation.variables {
        let name = variable.name.as_str();
        let of_argument = || argument(&operation.selection_set, name);
        let description = variable.description.as_deref().or_else(of_argument);
        let mut property = property(schema, &variable.ty, description.unwrap_or_default());
        if let Some((_, least, most)) = bounds.iter().find(|(bounded, ..)| *bounded == name) {
            bound(&mut property, *least, *most);
        }
        match variable.default_value.as_deref().and_then(literal) {
            Some(default) => property["default"] = default,
            None if variable.ty.is_non_null() => required.push(name),
            None => {}
        }
        properties.insert(name.to_owned(), property);
    }
    object(properties, &required)
}

/// The description of the argument that a variable is the value of.
fn argument<'d>(set: &'d SelectionSet, variable: &str) -> Option<&'d str> {
    set.selections.iter().find_map(|selection| match selection {
        Selection::Field(field) => {
            let mut arguments = field.arguments.iter();
            let taken = arguments.find(
                |argument| matches!(&*argument.value, Literal::Variable(name) if name == variable),
            );
            let described = taken.and_then(|taken| {
                let definition = field.definition.argument_by_name(&taken.name)?;
                definition.description.as_deref()
            });
            described.or_else(|| argument(field.selection_set.as_ref()?, variable))
        }
        Selection::InlineFragment(fragment) => argument(&fragment.selection_set, variable),
        Selection::FragmentSpread(_) => None,
    })
}

/// The schema of a value of a type. What a scalar or an enum means is told in the description, which every model reads.
pub fn property(schema: &Schema, ty: &Type, description: &str) -> Value {
    let mut described = vec![description.to_owned()];
    match schema.types.get(ty.inner_named_type()) {
        Some(ExtendedType::Enum(values)) => {
            described.extend(values.values.iter().map(|(name, value)| {
                let meaning = value.description.as_deref().unwrap_or_default();
                format!("{name}: {meaning}")
            }));
        }
        Some(ExtendedType::Scalar(scalar)) if !scalar.is_built_in() => {
            described.extend(scalar.description.as_deref().map(str::to_owned));
        }
        _ => {}
    }
    let one = leaf(schema, ty);
    let mut value = if ty.is_list() {
        json!({ "type": "array", "items": one })
    } else {
        one
    };
    value["description"] = json!(described.join("\n"));
    value
}

fn bound(property: &mut Value, least: u64, most: u64) {
    let [from, to] = match property["type"].as_str() {
        Some("array") => ["minItems", "maxItems"],
        Some("string") => ["minLength", "maxLength"],
        _ => ["minimum", "maximum"],
    };
    property[from] = json!(least);
    property[to] = json!(most);
}

fn literal(value: &Literal) -> Option<Value> {
    match value {
        Literal::Int(number) => number.try_to_i32().ok().map(|number| json!(number)),
        Literal::Boolean(truth) => Some(json!(truth)),
        Literal::Enum(name) => Some(json!(name.as_str())),
        _ => None,
    }
}

/// Arguments as the schema has them, but for nulls, which say nothing; else all that is wrong with them.
pub fn check(schema: &JsonObject, mut arguments: JsonObject) -> Result<JsonObject, Refusal> {
    arguments.retain(|_, value| !value.is_null());
    let empty = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&empty);
    let mut wrong = Vec::new();
    for (name, value) in &arguments {
        if wrong.len() == FAULTS {
            wrong.push("there is more that is wrong".to_owned());
            break;
        }
        let Some(property) = properties.get(name) else {
            let known = properties.keys().map(String::as_str);
            let advice = match text::nearest(name, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
            };
            let name = cut(name, SHORT);
            wrong.push(format!("{name}: there is no such argument; {advice}"));
            continue;
        };
        if !fits(property, value) {
            let expected = expected(property);
            wrong.push(format!("{name}: expected {expected}, not {}", short(value)));
        }
    }
    let required = schema["required"].as_array().into_iter().flatten();
    for name in required.filter_map(Value::as_str) {
        if !arguments.contains_key(name) {
            let expected = expected(&properties[name]);
            wrong.push(format!("{name}: is missing; expected {expected}"));
        }
    }
    if wrong.is_empty() {
        Ok(arguments)
    } else {
        Err(Refusal(wrong.join("\n")))
    }
}

fn fits(property: &Value, value: &Value) -> bool {
    let within = |size: u64, [from, to]: [&str; 2]| {
        size >= property[from].as_u64().unwrap_or(0)
            && size <= property[to].as_u64().unwrap_or(u64::MAX)
    };
    match (property["type"].as_str().unwrap_or_default(), value) {
        ("boolean", Value::Bool(_)) | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => match number.as_u64() {
            Some(number) => within(number, ["minimum", "maximum"]),
            None => number.is_i64() && property.get("minimum").is_none(),
        },
        ("string", Value::String(text)) => {
            let values = property["enum"].as_array();
            values.is_none_or(|values| values.contains(value))
                && within(text.chars().count() as u64, ["minLength", "maxLength"])
        }
        ("array", Value::Array(items)) => {
            within(items.len() as u64, ["minItems", "maxItems"])
                && items.iter().all(|item| fits(&property["items"], item))
        }
        _ => false,
    }
}

/// What a property takes, in words.
fn expected(property: &Value) -> String {
    let range = |from: &str, to: &str, of: &str| match (&property[from], &property[to]) {
        (Value::Number(from), Value::Number(to)) => format!("{from} to {to}{of}"),
        _ => String::new(),
    };
    match property["type"].as_str().unwrap_or_default() {
        "integer" => match range("minimum", "maximum", "") {
            range if range.is_empty() => "a whole number".to_owned(),
            range => format!("a whole number, {range}"),
        },
        "array" => match range("minItems", "maxItems", "") {
            range if range.is_empty() => format!("a list, each {}", expected(&property["items"])),
            range => format!("a list of {range}, each {}", expected(&property["items"])),
        },
        "string" => match property["enum"].as_array() {
            Some(values) => {
                let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
                format!("one of {}", values.join(", "))
            }
            None => format!(
                "a text{}",
                match range("minLength", "maxLength", " characters") {
                    range if range.is_empty() => range,
                    range => format!(" of {range}"),
                }
            ),
        },
        "boolean" => "true or false".to_owned(),
        other => format!("an {other}"),
    }
}
