//! A query as the referee writes and reads it: enough of the language to say everything the graph understands.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// A document with one operation.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub variables: Vec<Variable>,
    pub selection: Vec<Selection>,
    pub fragments: Vec<Fragment>,
}

#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    pub ty: String,
    pub default: Option<Value>,
    /// How the default is written: enum values stand without quotation marks.
    pub written: String,
}

#[derive(Clone, Debug)]
pub struct Fragment {
    pub name: String,
    pub on: String,
    pub selection: Vec<Selection>,
}

#[derive(Clone, Debug)]
pub enum Selection {
    Field(Field),
    Inline {
        on: Option<String>,
        directives: Vec<Directive>,
        selection: Vec<Selection>,
    },
    Spread {
        name: String,
        directives: Vec<Directive>,
    },
}

/// `@include` or `@skip`.
#[derive(Clone, Debug)]
pub struct Directive {
    pub include: bool,
    pub condition: Input,
}

#[derive(Clone, Debug, Default)]
pub struct Field {
    pub alias: Option<String>,
    pub name: String,
    pub arguments: Vec<(String, Input)>,
    pub directives: Vec<Directive>,
    pub selection: Vec<Selection>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    Null,
    Int(i64),
    Bool(bool),
    Text(String),
    Enum(String),
    List(Vec<Input>),
    Object(Vec<(String, Input)>),
    Variable(String),
}

impl Field {
    pub fn key(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }

    pub fn argument(&self, name: &str) -> Option<&Input> {
        self.arguments
            .iter()
            .find_map(|(argument, value)| (argument == name).then_some(value))
    }
}

impl Input {
    /// The value with these variables; none: absent.
    pub fn value(&self, variables: &Map<String, Value>) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Int(value) => (*value).into(),
            Self::Bool(value) => (*value).into(),
            Self::Text(text) | Self::Enum(text) => text.as_str().into(),
            Self::List(items) => items
                .iter()
                .map(|item| item.value(variables).unwrap_or(Value::Null))
                .collect(),
            Self::Object(entries) => Value::Object(
                entries
                    .iter()
                    .filter_map(|(name, entry)| Some((name.clone(), entry.value(variables)?)))
                    .collect(),
            ),
            Self::Variable(name) => return variables.get(name).cloned(),
        })
    }

    pub fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Int(value) => write!(out, "{value}").unwrap(),
            Self::Bool(value) => write!(out, "{value}").unwrap(),
            Self::Text(text) => out.push_str(&Value::from(text.as_str()).to_string()),
            Self::Enum(name) => out.push_str(name),
            Self::List(items) => {
                out.push('[');
                for item in items {
                    item.write(out);
                    out.push(' ');
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (name, entry) in entries {
                    write!(out, "{name}: ").unwrap();
                    entry.write(out);
                    out.push(' ');
                }
                out.push('}');
            }
            Self::Variable(name) => write!(out, "${name}").unwrap(),
        }
    }
}

impl Document {
    pub fn write(&self) -> String {
        let mut out = String::from("query");
        if !self.variables.is_empty() {
            out.push('(');
            for variable in &self.variables {
                write!(out, "${}: {} ", variable.name, variable.ty).unwrap();
                if variable.default.is_some() {
                    write!(out, "= {} ", variable.written).unwrap();
                }
            }
            out.push(')');
        }
        set(&self.selection, 0, &mut out);
        for fragment in &self.fragments {
            write!(out, "\nfragment {} on {}", fragment.name, fragment.on).unwrap();
            set(&fragment.selection, 0, &mut out);
        }
        out
    }
}

fn set(selection: &[Selection], depth: usize, out: &mut String) {
    out.push_str(" {");
    for selection in selection {
        write!(out, "\n{:depth$}", "", depth = 2 * depth + 2).unwrap();
        match selection {
            Selection::Field(field) => {
                if let Some(alias) = &field.alias {
                    write!(out, "{alias}: ").unwrap();
                }
                out.push_str(&field.name);
                if !field.arguments.is_empty() {
                    out.push('(');
                    for (name, value) in &field.arguments {
                        write!(out, "{name}: ").unwrap();
                        value.write(out);
                        out.push(' ');
                    }
                    out.push(')');
                }
                directives(&field.directives, out);
                if !field.selection.is_empty() {
                    set(&field.selection, depth + 1, out);
                }
            }
            Selection::Inline {
                on,
                directives: conditions,
                selection,
            } => {
                out.push_str("...");
                if let Some(on) = on {
                    write!(out, " on {on}").unwrap();
                }
                directives(conditions, out);
                set(selection, depth + 1, out);
            }
            Selection::Spread {
                name,
                directives: conditions,
            } => {
                write!(out, "...{name}").unwrap();
                directives(conditions, out);
            }
        }
    }
    write!(out, "\n{:depth$}}}", "", depth = 2 * depth).unwrap();
}

fn directives(list: &[Directive], out: &mut String) {
    for directive in list {
        let name = if directive.include { "include" } else { "skip" };
        write!(out, " @{name}(if: ").unwrap();
        directive.condition.write(out);
        out.push(')');
    }
}
