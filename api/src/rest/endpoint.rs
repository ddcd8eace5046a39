//! The addresses, and the question to the graph that stands behind each.
//!
//! A field of the query that picks one record by name or id is an address for each record, beside the list of its
//! kind; what a record tells when it is given arguments has an address under that. Every other field of the query
//! is an address of its own name.

use std::collections::BTreeMap;

use apollo_compiler::{Name, Node, Schema, ast::FieldDefinition, ast::InputValueDefinition};
use serde_json::{Value, json};

use super::{
    parameter::{self, Parameter},
    shape::{Form, Holds, Member, Shape, Shapes},
    words,
};

/// The variable that says which record is asked about.
pub const RECORD: &str = "record";

/// Stands in a path for the record.
const PLACE: &str = "{record}";

/// Gives any node by its id, and could show no more than the type of it.
const ANY: &str = "Node";

/// Something that can be asked.
pub struct Endpoint {
    /// Under the root, with a slash before it.
    pub path: String,
    /// A name that is its alone.
    pub operation: String,
    pub description: String,
    pub parameters: Vec<Parameter>,
    pub by: Option<By>,
    pub shows: Shows,
    pub question: String,
}

/// What comes back, with the name of its shape, or of that of its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    Page(String),
    List(String),
    One(String),
}

/// How a record is picked out.
#[derive(Debug, Clone)]
pub struct By {
    /// The argument that takes it.
    pub argument: String,
    ty: String,
    /// The kind of record in words.
    pub word: String,
    /// The folder of the kind.
    pub folder: String,
    /// Whether a slug leads to it, or its id alone.
    pub slugs: bool,
}

impl By {
    /// The argument's value for what stands in an address. No slug has an underscore, and every id has.
    pub fn picks(&self, key: &str) -> Value {
        if !self.slugs {
            json!(key)
        } else if key.contains('_') {
            json!({ "id": key })
        } else {
            json!({ "slug": key })
        }
    }
}

pub fn is_record(part: &str) -> bool {
    part == PLACE
}

impl Endpoint {
    fn parts(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').skip(1)
    }

    /// Whether it stands at a path of these parts.
    pub fn stands_at(&self, parts: &[&str]) -> bool {
        let met = |(own, part): (&str, &&str)| own == *part || is_record(own) && !part.is_empty();
        self.parts().count() == parts.len() && self.parts().zip(parts).all(met)
    }

    /// What stands for the record in a path of these parts.
    pub fn key(&self, parts: &[&str]) -> Option<String> {
        let place = self.parts().position(is_record)?;
        parts.get(place).map(|&key| key.to_owned())
    }

    /// The path with the record's part filled in.
    pub fn path_of(&self, key: &str) -> String {
        self.path.replace(PLACE, key)
    }
}

/// Everything that a schema can be asked, and the shapes of the answers.
pub fn all(schema: &Schema) -> (Vec<Endpoint>, BTreeMap<String, Shape>) {
    let query = schema.schema_definition.query.as_ref();
    let query = query.and_then(|query| schema.get_object(query));
    let roots: Vec<&FieldDefinition> = query
        .into_iter()
        .flat_map(|query| query.fields.values())
        .map(|field| &**field)
        .filter(|field| field.ty.inner_named_type() != ANY)
        .collect();
    let mut making = Making {
        shapes: Shapes {
            schema,
            addressed: Vec::new(),
            known: BTreeMap::new(),
        },
        endpoints: Vec::new(),
    };
    let alone = roots.iter().filter(|root| stands_alone(root));
    making.shapes.addressed = alone
        .map(|root| root.ty.inner_named_type().clone())
        .collect();
    for root in &roots {
        let ty = root.ty.inner_named_type();
        let by = picking(root).map(|argument| {
            let listed = |other: &&&FieldDefinition| {
                making.shapes.node(other.ty.inner_named_type()) == Some(ty)
            };
            let folder = roots.iter().find(listed).map_or(root, |list| list);
            By {
                argument: argument.name.to_string(),
                ty: argument.ty.to_string(),
                word: root.name.to_string(),
                folder: folder.name.to_string(),
                slugs: argument.name == "by",
            }
        });
        let path = match &by {
            Some(by) => format!("/{}/{PLACE}", by.folder),
            None => format!("/{}", root.name),
        };
        making.root(root, by.as_ref(), &path);
        if stands_alone(root) {
            let fields = making.shapes.fields(ty).into_iter().flatten();
            for (_, field) in fields {
                let leaf = making.shapes.is_leaf(field.ty.inner_named_type());
                if !leaf && !field.arguments.is_empty() {
                    making.part(root, by.as_ref(), &path, field);
                }
            }
        }
    }
    (making.endpoints, making.shapes.known)
}

/// The argument that picks out one thing, of a field that gives null where there is none.
fn picking(root: &FieldDefinition) -> Option<&InputValueDefinition> {
    let picks =
        |argument: &&Node<InputValueDefinition>| matches!(argument.name.as_str(), "by" | "id");
    if root.ty.is_non_null() {
        return None;
    }
    root.arguments
        .iter()
        .find(picks)
        .map(|argument| &**argument)
}

/// Whether the address alone says what stands there.
fn stands_alone(root: &FieldDefinition) -> bool {
    picking(root).is_some() || root.arguments.is_empty()
}

struct Making<'s> {
    shapes: Shapes<'s>,
    endpoints: Vec<Endpoint>,
}

impl Making<'_> {
    fn root(&mut self, root: &FieldDefinition, by: Option<&By>, path: &str) {
        let (shows, selection) = self.shown(root);
        let arguments: Vec<_> = arguments(root, by).collect();
        let picked = by.map(|by| (by.argument.as_str(), RECORD));
        let call = call("found", root, picked, &arguments);
        self.endpoints.push(Endpoint {
            path: path.to_owned(),
            operation: root.name.to_string(),
            description: words(root.description.as_ref()),
            parameters: self.parameters(&arguments),
            by: by.cloned(),
            shows,
            question: format!(
                "query{} {{ {call} {selection} }}",
                variables(by, &arguments)
            ),
        });
    }

    /// What a field of something at an address gives. Arguments that the field shares with what it is a field of, such
    /// as a time, hold from there on.
    fn part(
        &mut self,
        root: &FieldDefinition,
        by: Option<&By>,
        path: &str,
        field: &FieldDefinition,
    ) {
        let (shows, selection) = self.shown(field);
        let outer: Vec<_> = arguments(root, by).collect();
        let shared = |argument: &&Node<InputValueDefinition>| {
            outer.iter().any(|outer| outer.name == argument.name)
        };
        let (same, own): (Vec<_>, Vec<_>) = field.arguments.iter().partition(shared);
        // The field's own words say more of what is shared.
        let told = outer.iter().map(|outer| {
            let same = same.iter().find(|same| same.name == outer.name);
            *same.unwrap_or(outer)
        });
        let told: Vec<_> = own.iter().copied().chain(told).collect();
        let picked = by.map(|by| (by.argument.as_str(), RECORD));
        let (around, within) = (
            call("found", root, picked, &outer),
            call("shown", field, None, &own),
        );
        let called = if by.is_some() { "id slug " } else { "" };
        let all: Vec<_> = outer.iter().chain(&own).copied().collect();
        let mut operation = root.name.to_string();
        let mut letters = field.name.chars();
        operation.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        operation.push_str(letters.as_str());
        self.endpoints.push(Endpoint {
            path: format!("{path}/{}", field.name),
            operation,
            description: words(field.description.as_ref()),
            parameters: self.parameters(&told),
            by: by.cloned(),
            shows,
            question: format!(
                "query{} {{ {around} {{ {called}{within} {selection} }} }}",
                variables(by, &all)
            ),
        });
    }

    fn parameters(&self, arguments: &[&Node<InputValueDefinition>]) -> Vec<Parameter> {
        let arguments = arguments.iter();
        arguments
            .flat_map(|argument| parameter::of(self.shapes.schema, argument))
            .collect()
    }

    /// What a field gives, and what is selected of it.
    fn shown(&mut self, field: &FieldDefinition) -> (Shows, String) {
        let ty = field.ty.inner_named_type();
        if let (Some(edge), Some(node)) = (self.shapes.edge(ty), self.shapes.node(ty)) {
            return self.page(edge, node, ty);
        }
        if field.ty.is_list() {
            let form = self.shapes.listed(ty);
            let shape = self.shapes.shape(ty, form);
            let selection = self.shapes.selection(&shape);
            return (Shows::List(shape), selection);
        }
        let shape = self.shapes.shape(ty, Form::Whole);
        let selection = self.shapes.selection(&shape);
        (Shows::One(shape), selection)
    }

    fn page(&mut self, edge: &Name, node: &Name, connection: &str) -> (Shows, String) {
        let item = self.shapes.item(connection);
        let form = self.shapes.listed(node);
        let node = Member {
            name: "node".to_owned(),
            description: String::new(),
            ty: apollo_compiler::ast::Type::NonNullNamed(node.clone()),
            holds: Holds::Object(self.shapes.shape(node, form)),
        };
        let mut members = vec![node];
        members.extend(self.shapes.extras(edge));
        let info = self.shapes.shape("PageInfo", Form::Whole);
        let selection = format!(
            "{{ edges {} pageInfo {} totalCount }}",
            self.shapes.selected(&members),
            self.shapes.selection(&info)
        );
        (Shows::Page(item), selection)
    }
}

/// The arguments that clients give as parameters.
fn arguments<'f>(
    field: &'f FieldDefinition,
    by: Option<&By>,
) -> impl Iterator<Item = &'f Node<InputValueDefinition>> {
    let picked = by.map(|by| by.argument.clone());
    let arguments = field.arguments.iter();
    arguments.filter(move |argument| Some(argument.name.as_str()) != picked.as_deref())
}

/// The field with an alias and variables for its arguments.
fn call(
    alias: &str,
    field: &FieldDefinition,
    picked: Option<(&str, &str)>,
    arguments: &[&Node<InputValueDefinition>],
) -> String {
    let picked = picked.map(|(name, variable)| format!("{name}: ${variable}"));
    let given = arguments
        .iter()
        .map(|argument| format!("{0}: ${0}", argument.name));
    let all: Vec<String> = picked.into_iter().chain(given).collect();
    let name = &field.name;
    if all.is_empty() {
        format!("{alias}: {name}")
    } else {
        format!("{alias}: {name}({})", all.join(", "))
    }
}

fn variables(by: Option<&By>, arguments: &[&Node<InputValueDefinition>]) -> String {
    let record = by.map(|by| format!("${RECORD}: {}", by.ty));
    let others = arguments.iter().map(|argument| {
        let default = argument.default_value.as_ref();
        let default = default.map_or_else(String::new, |value| format!(" = {value}"));
        format!("${}: {}{default}", argument.name, argument.ty)
    });
    let all: Vec<String> = record.into_iter().chain(others).collect();
    if all.is_empty() {
        String::new()
    } else {
        format!("({})", all.join(", "))
    }
}
