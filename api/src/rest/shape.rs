//! What answers show of the types of the schema.
//!
//! - A record at its own address is shown whole: every field, its plain lists too, and for each list with pages its
//!   address and its length.
//! - In a list a record is shown without its lists. What has no address of its own is shown with them, as it can be
//!   seen nowhere else.
//! - What a field of something refers to is shown by what it is called; but what stands around a record to say
//!   something of it, such as its place in a family tree, shows it as a list does.

use std::{collections::BTreeMap, fmt::Write};

use apollo_compiler::{
    Name, Node, Schema,
    ast::Type,
    collections::IndexMap,
    schema::{ExtendedType, FieldDefinition},
};

use super::words;

/// Pictures: they are drawn for each request, and stand at addresses of their own.
const LEFT_OUT: [(&str, &str); 3] = [
    ("Lineage", "svg"),
    ("Lineage", "mermaid"),
    ("Lineage", "dot"),
];

/// The fields that tell what something is called and where it is.
const CALLED: [&str; 5] = ["id", "slug", "name", "title", "url"];

/// How much of a type is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Whole,
    Item,
    Reference,
}

impl Form {
    fn suffix(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Item => "Item",
            Self::Reference => "Reference",
        }
    }
}

/// An object of an answer.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    pub description: String,
    pub members: Vec<Member>,
}

#[derive(Debug, Clone)]
pub struct Member {
    pub name: String,
    pub description: String,
    pub ty: Type,
    pub holds: Holds,
}

#[derive(Debug, Clone)]
pub enum Holds {
    /// A scalar or a value of an enum.
    Leaf,
    /// The shape of this name.
    Object(String),
    /// The name of the object's type, which is one of these.
    TypeName(Vec<String>),
    /// The address of what the field gives and, of a list with pages, how long it is.
    Address { counted: bool },
}

/// The shapes made so far.
pub struct Shapes<'s> {
    pub schema: &'s Schema,
    /// The types of what stands at an address of its own.
    pub addressed: Vec<Name>,
    pub known: BTreeMap<String, Shape>,
}

type Fields = IndexMap<Name, Node<FieldDefinition>>;

impl<'s> Shapes<'s> {
    pub fn fields(&self, ty: &str) -> Option<&'s Fields> {
        match self.schema.types.get(ty)? {
            ExtendedType::Object(of) => Some(&of.fields),
            ExtendedType::Interface(of) => Some(&of.fields),
            _ => None,
        }
    }

    pub fn is_leaf(&self, ty: &str) -> bool {
        let ty = self.schema.types.get(ty);
        ty.is_some_and(|ty| ty.is_scalar() || ty.is_enum())
    }

    /// The type of the places in a list with pages; none: the type is no such list.
    pub fn edge(&self, ty: &str) -> Option<&'s Name> {
        let edges = self.fields(ty)?.get("edges")?;
        Some(edges.ty.inner_named_type())
    }

    /// The type of the items of a list with pages.
    pub fn node(&self, connection: &str) -> Option<&'s Name> {
        let node = self.fields(self.edge(connection)?)?.get("node")?;
        Some(node.ty.inner_named_type())
    }

    fn is_node(&self, ty: &str) -> bool {
        self.fields(ty)
            .is_some_and(|fields| fields.contains_key("id"))
    }

    fn stands_alone(&self, ty: &str) -> bool {
        let interface = self.schema.get_interface(ty).is_some();
        interface || self.addressed.iter().any(|it| it == ty)
    }

    /// How something is shown that is listed by itself.
    pub fn listed(&self, ty: &str) -> Form {
        if self.stands_alone(ty) {
            Form::Item
        } else {
            Form::Whole
        }
    }

    /// The name of the shape of a type in that form.
    pub fn shape(&mut self, ty: &str, form: Form) -> String {
        let name = format!("{ty}{}", form.suffix());
        if !self.known.contains_key(&name) {
            // Known before it is made, so that what leads back to itself has an end.
            self.known.insert(name.clone(), Shape::default());
            let shape = Shape {
                description: self.description(ty),
                members: self.members(ty, form),
            };
            self.known.insert(name.clone(), shape);
        }
        name
    }

    fn description(&self, ty: &str) -> String {
        let ty = self.schema.types.get(ty);
        words(ty.and_then(ExtendedType::description))
    }

    fn members(&mut self, ty: &str, form: Form) -> Vec<Member> {
        let mut members = Vec::new();
        if self.is_node(ty) {
            members.push(self.type_name(ty));
        }
        for (name, field) in self.fields(ty).into_iter().flatten() {
            if LEFT_OUT.contains(&(ty, name)) {
                continue;
            }
            if let Some(holds) = self.holds(ty, form, field) {
                members.push(member(field, holds));
            }
        }
        members
    }

    fn type_name(&self, ty: &str) -> Member {
        let interface = self.schema.get_interface(ty).is_some();
        let names = self.schema.types.iter().filter(|(name, of)| match of {
            ExtendedType::Object(of) if interface => of
                .implements_interfaces
                .iter()
                .any(|implemented| **implemented == ty),
            _ => name.as_str() == ty,
        });
        Member {
            name: "type".to_owned(),
            description: "What it is.".to_owned(),
            ty: Type::NonNullNamed(apollo_compiler::name!("String")),
            holds: Holds::TypeName(names.map(|(name, _)| name.to_string()).collect()),
        }
    }

    fn holds(&mut self, ty: &str, form: Form, field: &FieldDefinition) -> Option<Holds> {
        let inner = field.ty.inner_named_type();
        if self.is_leaf(inner) {
            let shown = form != Form::Reference || CALLED.contains(&field.name.as_str());
            return shown.then_some(Holds::Leaf);
        }
        let (list, paged) = (field.ty.is_list(), self.edge(inner).is_some());
        let argued = !field.arguments.is_empty();
        if !list && (paged || argued) {
            let has_address = form == Form::Whole && self.stands_alone(ty);
            return has_address.then_some(Holds::Address { counted: paged });
        }
        if form == Form::Reference || (form == Form::Item && list) {
            return None;
        }
        let alone = self.stands_alone(inner);
        let within = if list {
            if alone { Form::Reference } else { Form::Whole }
        } else if self.is_node(inner) && self.is_node(ty) {
            Form::Reference
        } else {
            self.listed(inner)
        };
        Some(Holds::Object(self.shape(inner, within)))
    }

    /// The name of the shape of an item in a list with pages: what it lists, and what the list says of it beside.
    pub fn item(&mut self, connection: &str) -> String {
        let (Some(node), Some(edge)) = (self.node(connection), self.edge(connection)) else {
            return String::new();
        };
        let form = self.listed(node);
        let name = self.shape(node, form);
        let extras = self.extras(edge);
        if extras.is_empty() {
            return name;
        }
        let mut shape = self.known.get(&name).cloned().unwrap_or_default();
        shape.members.extend(extras);
        let name = edge.replace("Edge", "Item");
        self.known.insert(name.clone(), shape);
        name
    }

    /// What a list says of its items.
    pub fn extras(&mut self, edge: &str) -> Vec<Member> {
        let members = self.members(edge, Form::Whole);
        let own = |member: &Member| !matches!(member.name.as_str(), "cursor" | "node");
        members.into_iter().filter(own).collect()
    }

    /// What is asked of the graph to fill a shape.
    pub fn selection(&self, shape: &str) -> String {
        let members = self.known.get(shape).map(|shape| shape.members.as_slice());
        self.selected(members.unwrap_or_default())
    }

    pub fn selected(&self, members: &[Member]) -> String {
        let mut text = String::from("{");
        for member in members {
            let name = &member.name;
            // Writing to a String does not fail.
            let _ = match &member.holds {
                Holds::Leaf => write!(text, " {name}"),
                Holds::TypeName(_) => write!(text, " {name}: __typename"),
                Holds::Object(shape) => write!(text, " {name} {}", self.selection(shape)),
                Holds::Address { counted: true } => write!(text, " {name} {{ totalCount }}"),
                Holds::Address { counted: false } => Ok(()),
            };
        }
        text.push_str(" }");
        text
    }
}

fn member(field: &FieldDefinition, holds: Holds) -> Member {
    Member {
        name: field.name.to_string(),
        description: words(field.description.as_ref()),
        ty: field.ty.clone(),
        holds,
    }
}
