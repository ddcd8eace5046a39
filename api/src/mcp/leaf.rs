//! Values without parts: scalars and enums as JSON Schema.

use apollo_compiler::{Name, Schema, ast::Type, schema::ExtendedType};
use serde_json::{Value, json};

/// The schema of one value of a type, be it a list of such or null.
pub fn leaf(schema: &Schema, ty: &Type) -> Value {
    let name = ty.inner_named_type();
    if let Some(ExtendedType::Enum(values)) = schema.types.get(name) {
        let names: Vec<&str> = values.values.keys().map(Name::as_str).collect();
        return json!({ "type": "string", "enum": names });
    }
    let json = match name.as_str() {
        "Int" => "integer",
        "Float" => "number",
        "Boolean" => "boolean",
        // Ids, dates and addresses are texts.
        _ => "string",
    };
    json!({ "type": json })
}
