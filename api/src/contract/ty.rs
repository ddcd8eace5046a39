//! Types: their kinds, the interfaces they implement, the members of unions, the values of enums.

use apollo_compiler::{
    Name, Node, Schema,
    collections::IndexSet,
    schema::{EnumType, ExtendedType},
};

use super::{
    Class::{Breaking, Dangerous, Safe},
    Comparison, beside,
    directive::told,
};

impl<'a> Comparison<'a> {
    pub(super) fn types(&mut self, old: &'a Schema, new: &'a Schema) {
        let ours = |schema: &'a Schema| schema.types.iter().filter(|(_, ty)| !ty.is_built_in());
        let pairs = beside(ours(old), ours(new));
        for (name, old, new) in pairs {
            match (old, new) {
                (Some(_), None) => self.add(Breaking, name, "the type is gone"),
                (None, Some(new)) => self.new_type(name, new),
                (Some(old), Some(new)) => self.ty(name, old, new),
                (None, None) => {}
            }
        }
    }

    fn new_type(&mut self, name: &str, ty: &ExtendedType) {
        let led_to: Vec<String> = implemented(ty)
            .filter(|interface| self.old.types.contains_key(*interface))
            .map(|interface| format!("`{interface}`"))
            .collect();
        if ty.is_object() && !led_to.is_empty() {
            let led_to = led_to.join(" and ");
            let message = format!(
                "a new {}, which clients meet where the type is {led_to}",
                kind(ty)
            );
            self.add(Dangerous, name, message);
        } else {
            self.add(Safe, name, format!("a new {}", kind(ty)));
        }
    }

    fn ty(&mut self, name: &str, old: &ExtendedType, new: &ExtendedType) {
        match (old, new) {
            (ExtendedType::Scalar(_), ExtendedType::Scalar(_)) => {}
            (ExtendedType::Object(old), ExtendedType::Object(new)) => {
                self.interfaces(name, &old.implements_interfaces, &new.implements_interfaces);
                self.fields(name, &old.fields, &new.fields);
            }
            (ExtendedType::Interface(old), ExtendedType::Interface(new)) => {
                self.interfaces(name, &old.implements_interfaces, &new.implements_interfaces);
                self.fields(name, &old.fields, &new.fields);
            }
            (ExtendedType::Union(old), ExtendedType::Union(new)) => {
                self.members(name, &old.members, &new.members);
            }
            (ExtendedType::Enum(old), ExtendedType::Enum(new)) => self.values(name, old, new),
            (ExtendedType::InputObject(old), ExtendedType::InputObject(new)) => {
                self.input_fields(name, &old.fields, &new.fields);
            }
            _ => {
                let message = format!("was {}, and is {}", a(kind(old)), a(kind(new)));
                return self.add(Breaking, name, message);
            }
        }
        self.description(name, old.description(), new.description());
        self.applied(name, old.directives(), new.directives());
    }

    fn interfaces(&mut self, name: &str, old: &IndexSet<Node<Name>>, new: &IndexSet<Node<Name>>) {
        for gone in old.difference(new) {
            self.add(Breaking, name, format!("no longer implements `{gone}`"));
        }
        for added in new.difference(old) {
            // Whoever asks for a new interface knows what comes of it.
            let class = match self.old.types.get(added.as_str()) {
                Some(_) => Dangerous,
                None => Safe,
            };
            self.add(class, name, format!("implements `{added}` now"));
        }
    }

    fn members(&mut self, name: &str, old: &IndexSet<Node<Name>>, new: &IndexSet<Node<Name>>) {
        for gone in old.difference(new) {
            self.add(Breaking, name, format!("`{gone}` is no member any more"));
        }
        for added in new.difference(old) {
            self.add(Dangerous, name, format!("a new member: `{added}`"));
        }
    }

    fn values(&mut self, name: &str, old: &EnumType, new: &EnumType) {
        for (value, old, new) in beside(&old.values, &new.values) {
            let at = format!("{name}.{value}");
            match (old, new) {
                (Some(old), None) => {
                    let message = format!("the value is gone{}", told(&old.directives));
                    self.add(Breaking, &at, message);
                }
                (None, Some(_)) if self.shown.contains(name) => {
                    self.add(Dangerous, &at, "a new value, which answers may hold");
                }
                (None, Some(_)) => self.add(Safe, &at, "a new value, which answers never hold"),
                (Some(old), Some(new)) => {
                    self.description(&at, old.description.as_ref(), new.description.as_ref());
                    self.applied(&at, &old.directives, &new.directives);
                }
                (None, None) => {}
            }
        }
    }
}

fn implemented(ty: &ExtendedType) -> impl Iterator<Item = &str> {
    let interfaces = match ty {
        ExtendedType::Object(of) => Some(&of.implements_interfaces),
        ExtendedType::Interface(of) => Some(&of.implements_interfaces),
        _ => None,
    };
    interfaces.into_iter().flatten().map(|name| name.as_str())
}

fn kind(ty: &ExtendedType) -> &'static str {
    match ty {
        ExtendedType::Scalar(_) => "scalar",
        ExtendedType::Object(_) => "object type",
        ExtendedType::Interface(_) => "interface",
        ExtendedType::Union(_) => "union",
        ExtendedType::Enum(_) => "enum",
        ExtendedType::InputObject(_) => "input type",
    }
}

/// With its article.
fn a(kind: &str) -> String {
    let article = if kind.starts_with(['e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}
