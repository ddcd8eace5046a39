//! Types of the graph as JSON Schemas.

use std::collections::{BTreeMap, BTreeSet};

use apollo_compiler::{Name, Schema, ast::Type, schema::ExtendedType};
use serde_json::{Map, Value, json};

use super::super::{
    endpoint::Endpoint,
    object,
    parameter::Takes,
    shape::{Holds, Member, Shape},
    words,
};

/// Custom scalars for which JSON Schema has a format.
const FORMATS: [(&str, &str); 3] = [("Date", "date"), ("DateTime", "date-time"), ("Url", "uri")];

pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A scalar or an enum, where it is used.
pub fn leaf(schema: &Schema, ty: &str) -> Value {
    match ty {
        "Int" => json!({ "type": "integer", "format": "int32" }),
        "Boolean" => json!({ "type": "boolean" }),
        "Float" => json!({ "type": "number" }),
        _ if schema.types.get(ty).is_some_and(|ty| !ty.is_built_in()) => reference(ty),
        _ => json!({ "type": "string" }),
    }
}

/// A type that is a list, or can be null, around what it is made of.
fn wrapped(ty: &Type, inner: &Value) -> Value {
    let list = |item: &Type| json!({ "type": "array", "items": wrapped(item, inner) });
    match ty {
        Type::NonNullNamed(_) => inner.clone(),
        Type::NonNullList(item) => list(item),
        Type::Named(_) => or_null(inner.clone()),
        Type::List(item) => or_null(list(item)),
    }
}

fn or_null(mut schema: Value) -> Value {
    match schema.get("type") {
        Some(Value::String(name)) => {
            schema["type"] = json!([name, "null"]);
            schema
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

fn described(mut schema: Value, description: &str) -> Value {
    if !description.is_empty() {
        schema["description"] = json!(description);
    }
    schema
}

/// An object of an answer.
pub fn shape(schema: &Schema, shape: &Shape) -> Value {
    let properties = shape.members.iter().map(|member| {
        let value = described(held(schema, member), &member.description);
        (member.name.clone(), value)
    });
    let properties: Map<String, Value> = properties.collect();
    let names = shape.members.iter().map(|member| member.name.as_str());
    let required: Vec<&str> = names.collect();
    let described = object([
        ("type", json!("object")),
        ("description", json!(shape.description)),
        ("properties", Value::Object(properties)),
        ("required", json!(required)),
    ]);
    Value::Object(described)
}

fn held(schema: &Schema, member: &Member) -> Value {
    match &member.holds {
        Holds::Leaf => wrapped(&member.ty, &leaf(schema, member.ty.inner_named_type())),
        Holds::Object(shape) => wrapped(&member.ty, &reference(shape)),
        Holds::TypeName(names) => json!({ "type": "string", "enum": names }),
        Holds::Address { counted } => {
            let url = json!({ "type": "string", "format": "uri", "description": "Where it is." });
            let mut properties = object([("url", url)]);
            let mut required = vec!["url"];
            if *counted {
                let count = json!({
                    "type": "integer",
                    "format": "int32",
                    "description": "How many items it has.",
                });
                properties.insert("totalCount".to_owned(), count);
                required.push("totalCount");
            }
            json!({ "type": "object", "properties": properties, "required": required })
        }
    }
}

/// The scalars, enums and inputs that shapes and parameters name.
pub fn named(
    schema: &Schema,
    shapes: &BTreeMap<String, Shape>,
    endpoints: &[Endpoint],
) -> Map<String, Value> {
    let members = shapes.values().flat_map(|shape| &shape.members);
    let leaves = members.filter(|member| matches!(member.holds, Holds::Leaf));
    let shown = leaves.map(|member| member.ty.inner_named_type().to_string());
    let parameters = endpoints.iter().flat_map(|endpoint| &endpoint.parameters);
    let taken = parameters.filter_map(|parameter| match &parameter.takes {
        Takes::One(ty) | Takes::Many(ty) | Takes::Json(ty) => Some(ty.clone()),
        Takes::Order(_) => None,
    });
    let mut left: Vec<String> = shown.chain(taken).collect();
    let mut met = BTreeSet::new();
    let mut schemas = Map::new();
    while let Some(name) = left.pop() {
        let Some(ty) = schema.types.get(name.as_str()) else {
            continue;
        };
        if ty.is_built_in() || !met.insert(name.clone()) {
            continue;
        }
        if let ExtendedType::InputObject(input) = ty {
            let fields = input.fields.values();
            left.extend(fields.map(|field| field.ty.inner_named_type().to_string()));
        }
        schemas.insert(name, one(schema, ty));
    }
    schemas
}

fn one(schema: &Schema, ty: &ExtendedType) -> Value {
    let description = words(ty.description());
    match ty {
        ExtendedType::Enum(of) => {
            let values: Vec<&str> = of.values.keys().map(Name::as_str).collect();
            let meanings = of.values.values().map(|value| {
                format!(
                    "\n- `{}`: {}",
                    value.value,
                    words(value.description.as_ref())
                )
            });
            let description = format!("{description}\n{}", meanings.collect::<String>());
            json!({ "type": "string", "description": description, "enum": values })
        }
        ExtendedType::InputObject(of) => {
            let properties = of.fields.iter().map(|(name, field)| {
                let inner = field.ty.inner_named_type();
                let inner = match schema.get_input_object(inner) {
                    Some(_) => reference(inner),
                    None => leaf(schema, inner),
                };
                let value = wrapped(&field.ty, &inner);
                (
                    name.to_string(),
                    described(value, &words(field.description.as_ref())),
                )
            });
            let properties: Map<String, Value> = properties.collect();
            json!({
                "type": "object",
                "description": description,
                "properties": properties,
                "additionalProperties": false,
            })
        }
        other => {
            let scalar = other.name().as_str();
            let format = FORMATS.iter().find(|(name, _)| *name == scalar);
            let mut schema = json!({ "type": "string", "description": description });
            if let Some((_, format)) = format {
                schema["format"] = json!(format);
            }
            schema
        }
    }
}
