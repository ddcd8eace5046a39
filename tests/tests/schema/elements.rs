//! A schema as a flat list of its parts, however it was read: types, fields, arguments, values.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use apollo_compiler::ast::{Definition, Document, FieldDefinition, InputValueDefinition};
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Type,
    Implements,
    Field,
    Argument,
    InputField,
    Value,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    pub role: Role,
    pub name: String,
    /// The kind of a type; the type of everything else, with its default.
    pub signature: String,
    pub description: Option<String>,
}

/// Parts by their paths: `Query`, `Query.people`, `Query.people(first)`, `ClaimRank.NORMAL`.
#[derive(Debug, Default)]
pub struct Elements(pub BTreeMap<String, Element>);

impl Elements {
    /// All but what the specification itself brings, and but what has no words of its own.
    pub fn described(&self) -> impl Iterator<Item = (&String, &Element)> {
        self.0
            .iter()
            .filter(|(_, element)| element.role != Role::Implements)
    }

    fn add(
        &mut self,
        path: &str,
        role: Role,
        name: &str,
        signature: impl Into<String>,
        description: Option<&str>,
    ) {
        let element = Element {
            role,
            name: name.to_owned(),
            signature: signature.into(),
            description: description.map(str::to_owned),
        };
        assert!(self.0.insert(path.to_owned(), element).is_none(), "{path}");
    }

    fn implements(&mut self, name: &str, interface: &str) {
        let path = format!("{name} implements {interface}");
        self.add(&path, Role::Implements, name, "", None);
    }

    pub fn of_sdl(text: &str) -> Self {
        let document = Document::parse(text, "schema.graphql").unwrap();
        let mut this = Self::default();
        for definition in &document.definitions {
            let Some(name) = definition.name() else {
                continue;
            };
            let (kind, description) = match definition {
                Definition::ScalarTypeDefinition(of) => ("SCALAR", &of.description),
                Definition::ObjectTypeDefinition(of) => {
                    for interface in &of.implements_interfaces {
                        this.implements(name, interface);
                    }
                    this.fields(name, &of.fields);
                    ("OBJECT", &of.description)
                }
                Definition::InterfaceTypeDefinition(of) => {
                    for interface in &of.implements_interfaces {
                        this.implements(name, interface);
                    }
                    this.fields(name, &of.fields);
                    ("INTERFACE", &of.description)
                }
                Definition::EnumTypeDefinition(of) => {
                    for value in &of.values {
                        let path = format!("{name}.{}", value.value);
                        let description = value.description.as_deref();
                        this.add(&path, Role::Value, &value.value, "", description);
                    }
                    ("ENUM", &of.description)
                }
                Definition::InputObjectTypeDefinition(of) => {
                    for field in &of.fields {
                        let path = format!("{name}.{}", field.name);
                        this.input(&path, Role::InputField, field);
                    }
                    ("INPUT_OBJECT", &of.description)
                }
                other => panic!("a definition of another kind: {other}"),
            };
            this.add(name, Role::Type, name, kind, description.as_deref());
        }
        this
    }

    fn fields(&mut self, of: &str, fields: &[apollo_compiler::Node<FieldDefinition>]) {
        for field in fields {
            let path = format!("{of}.{}", field.name);
            for argument in &field.arguments {
                let path = format!("{path}({})", argument.name);
                self.input(&path, Role::Argument, argument);
            }
            let description = field.description.as_deref();
            let ty = field.ty.to_string();
            self.add(&path, Role::Field, &field.name, ty, description);
        }
    }

    fn input(&mut self, path: &str, role: Role, input: &InputValueDefinition) {
        let default = input.default_value.as_ref();
        let default = default.map_or_else(String::new, |value| format!(" = {value}"));
        let signature = format!("{}{default}", input.ty);
        self.add(
            path,
            role,
            &input.name,
            signature,
            input.description.as_deref(),
        );
    }

    pub fn of_introspection(schema: &Value) -> Self {
        let mut this = Self::default();
        for ty in list(&schema["types"]) {
            let name = text(&ty["name"]);
            if name.starts_with("__") || BUILT_IN.contains(&name) {
                continue;
            }
            this.add(
                name,
                Role::Type,
                name,
                text(&ty["kind"]),
                ty["description"].as_str(),
            );
            for interface in list(&ty["interfaces"]) {
                this.implements(name, text(&interface["name"]));
            }
            for value in list(&ty["enumValues"]) {
                let (value, words) = (text(&value["name"]), value["description"].as_str());
                this.add(&format!("{name}.{value}"), Role::Value, value, "", words);
            }
            for field in list(&ty["inputFields"]) {
                this.input_value(
                    &format!("{name}.{}", text(&field["name"])),
                    Role::InputField,
                    field,
                );
            }
            for field in list(&ty["fields"]) {
                let path = format!("{name}.{}", text(&field["name"]));
                for argument in list(&field["args"]) {
                    let path = format!("{path}({})", text(&argument["name"]));
                    this.input_value(&path, Role::Argument, argument);
                }
                let words = field["description"].as_str();
                this.add(
                    &path,
                    Role::Field,
                    text(&field["name"]),
                    reference(&field["type"]),
                    words,
                );
            }
        }
        this
    }

    fn input_value(&mut self, path: &str, role: Role, value: &Value) {
        let default = value["defaultValue"].as_str();
        let default = default.map_or_else(String::new, |value| format!(" = {value}"));
        let signature = format!("{}{default}", reference(&value["type"]));
        self.add(
            path,
            role,
            text(&value["name"]),
            signature,
            value["description"].as_str(),
        );
    }
}

/// The scalars of the specification.
const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A type as the schema language writes it.
fn reference(ty: &Value) -> String {
    match text(&ty["kind"]) {
        "NON_NULL" => format!("{}!", reference(&ty["ofType"])),
        "LIST" => format!("[{}]", reference(&ty["ofType"])),
        _ => text(&ty["name"]).to_owned(),
    }
}
