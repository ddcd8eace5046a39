//! Values of parameters: text and JSON to what an input type of the schema takes.

use apollo_compiler::{
    Name, Schema,
    ast::Type,
    schema::{EnumType, InputObjectType},
};
use serde_json::{Value, json};

use crate::write::text::nearest;

/// A text as a value of a scalar or an enum; else what is expected.
pub fn of_text(schema: &Schema, ty: &str, text: &str) -> Result<Value, String> {
    if let Some(values) = schema.get_enum(ty) {
        return of_enum(values, text);
    }
    match ty {
        "Int" => match text.parse::<i32>() {
            Ok(number) => Ok(json!(number)),
            Err(_) => Err(format!("expected a whole number, got {text:?}")),
        },
        "Boolean" => match text {
            "true" => Ok(json!(true)),
            "false" => Ok(json!(false)),
            _ => Err(format!("expected true or false, got {text:?}")),
        },
        // What else there is, is text to GraphQL; what is no date is refused where dates are read.
        _ => Ok(json!(text)),
    }
}

fn of_enum(values: &EnumType, text: &str) -> Result<Value, String> {
    if values.values.contains_key(text) {
        return Ok(json!(text));
    }
    let known = || values.values.keys().map(Name::as_str);
    if let Some(meant) = nearest(&text.to_uppercase(), known()) {
        return Err(format!("there is no value {text:?}; did you mean {meant}?"));
    }
    let known: Vec<&str> = known().collect();
    Err(format!(
        "expected one of {}, got {text:?}",
        known.join(", ")
    ))
}

/// A text of JSON as a value of an input object.
pub fn of_json(schema: &Schema, ty: &str, text: &str) -> Result<Value, String> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let Some(input) = schema.get_input_object(ty) else {
        return Ok(value);
    };
    fits_object(schema, input, &value).map_err(Fault::told)?;
    Ok(value)
}

/// What is wrong within a value, and where.
struct Fault {
    way: Vec<String>,
    message: String,
}

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            way: Vec::new(),
            message,
        }
    }

    fn within(mut self, step: &str) -> Self {
        self.way.insert(0, step.to_owned());
        self
    }

    fn told(self) -> String {
        if self.way.is_empty() {
            self.message
        } else {
            format!("{}: {}", self.way.join("."), self.message)
        }
    }
}

fn fits(schema: &Schema, ty: &Type, value: &Value) -> Result<(), Fault> {
    match (ty, value) {
        (Type::Named(_) | Type::List(_), Value::Null) => Ok(()),
        (_, Value::Null) => Err(Fault::new("expected a value, got null")),
        (Type::List(item) | Type::NonNullList(item), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                fits(schema, item, value).map_err(|fault| fault.within(&index.to_string()))?;
            }
            Ok(())
        }
        (Type::List(_) | Type::NonNullList(_), other) => {
            Err(Fault::new(format!("expected a list, got {other}")))
        }
        (Type::Named(name) | Type::NonNullNamed(name), value) => {
            if let Some(input) = schema.get_input_object(name) {
                return fits_object(schema, input, value);
            }
            let right = match (name.as_str(), value) {
                ("Int", Value::Number(number)) => number.as_i64().map(|number| number.to_string()),
                ("Boolean", Value::Bool(value)) => Some(value.to_string()),
                ("Int" | "Boolean", _) => None,
                (_, Value::String(text)) => Some(text.clone()),
                _ => None,
            };
            let Some(text) = right else {
                let expected = match name.as_str() {
                    "Int" => "a whole number",
                    "Boolean" => "true or false",
                    _ => "text",
                };
                return Err(Fault::new(format!("expected {expected}, got {value}")));
            };
            of_text(schema, name, &text).map(|_| ()).map_err(Fault::new)
        }
    }
}

fn fits_object(schema: &Schema, input: &InputObjectType, value: &Value) -> Result<(), Fault> {
    let Value::Object(entries) = value else {
        return Err(Fault::new(format!("expected an object, got {value}")));
    };
    for (name, value) in entries {
        let Some(entry) = input.fields.get(name.as_str()) else {
            let known = || input.fields.keys().map(Name::as_str);
            let instead = if let Some(meant) = nearest(name, known()) {
                format!("did you mean `{meant}`?")
            } else {
                format!("there is {}", known().collect::<Vec<_>>().join(", "))
            };
            let message = format!("there is no such entry; {instead}");
            return Err(Fault::new(message).within(name));
        };
        fits(schema, &entry.ty, value).map_err(|fault| fault.within(name))?;
    }
    Ok(())
}
