//! Fields and their arguments, and the fields of inputs: what they are called, their types and their defaults.

use apollo_compiler::{
    Name, Node,
    collections::IndexMap,
    schema::{FieldDefinition, InputValueDefinition, Type},
};

use super::{
    Class::{Breaking, Dangerous, Safe},
    Comparison, beside,
    directive::told,
};

impl Comparison<'_> {
    pub(super) fn fields(
        &mut self,
        of: &str,
        old: &IndexMap<Name, Node<FieldDefinition>>,
        new: &IndexMap<Name, Node<FieldDefinition>>,
    ) {
        for (name, old, new) in beside(old, new) {
            let at = format!("{of}.{name}");
            match (old, new) {
                (Some(old), None) => {
                    let message = format!("the field is gone{}", told(&old.directives));
                    self.add(Breaking, &at, message);
                }
                (None, Some(new)) => {
                    self.add(Safe, &at, format!("a new field of type `{}`", new.ty));
                }
                (Some(old), Some(new)) => self.field(&at, old, new),
                (None, None) => {}
            }
        }
    }

    fn field(&mut self, at: &str, old: &FieldDefinition, new: &FieldDefinition) {
        if old.ty != new.ty {
            let types = format!("was of type `{}`, and is of type `{}`", old.ty, new.ty);
            if new.ty.is_assignable_to(&old.ty) {
                self.add(Safe, at, format!("{types}: null comes less often"));
            } else if bare(&old.ty) == bare(&new.ty) {
                self.add(
                    Breaking,
                    at,
                    format!("{types}: null may come where it did not"),
                );
            } else {
                self.add(Breaking, at, types);
            }
        }
        self.inputs(
            "argument",
            |argument| format!("{at}({argument}:)"),
            old.arguments
                .iter()
                .map(|argument| (&argument.name, argument)),
            new.arguments
                .iter()
                .map(|argument| (&argument.name, argument)),
        );
        self.description(at, old.description.as_ref(), new.description.as_ref());
        self.applied(at, &old.directives, &new.directives);
    }

    pub(super) fn input_fields(
        &mut self,
        of: &str,
        old: &IndexMap<Name, Node<InputValueDefinition>>,
        new: &IndexMap<Name, Node<InputValueDefinition>>,
    ) {
        self.inputs("entry", |name| format!("{of}.{name}"), old, new);
    }

    /// Whatever takes a value: `what` it is called, and where it stands by its name.
    pub(super) fn inputs<'a>(
        &mut self,
        what: &str,
        at: impl Fn(&str) -> String,
        old: impl IntoIterator<Item = (&'a Name, &'a Node<InputValueDefinition>)>,
        new: impl IntoIterator<Item = (&'a Name, &'a Node<InputValueDefinition>)>,
    ) {
        for (name, old, new) in beside(old, new) {
            let at = at(name);
            match (old, new) {
                (Some(old), None) => {
                    let message = format!("the {what} is gone{}", told(&old.directives));
                    self.add(Breaking, &at, message);
                }
                (None, Some(new)) if new.is_required() => {
                    let message = format!("a new {what} of type `{}`, which must be given", new.ty);
                    self.add(Breaking, &at, message);
                }
                (None, Some(new)) => {
                    let absent = default(new).map_or_else(
                        || "which need not be given".to_owned(),
                        |default| format!("which means {default} where it is not given"),
                    );
                    let message = format!("a new {what} of type `{}`, {absent}", new.ty);
                    self.add(Dangerous, &at, message);
                }
                (Some(old), Some(new)) => self.input(&at, old, new),
                (None, None) => {}
            }
        }
    }

    fn input(&mut self, at: &str, old: &InputValueDefinition, new: &InputValueDefinition) {
        if old.ty != new.ty {
            let types = format!("was of type `{}`, and is of type `{}`", old.ty, new.ty);
            if old.ty.is_assignable_to(&new.ty) {
                self.add(Safe, at, format!("{types}: all that was accepted is"));
            } else if bare(&old.ty) == bare(&new.ty) {
                self.add(
                    Breaking,
                    at,
                    format!("{types}: null is refused where it was accepted"),
                );
            } else {
                self.add(Breaking, at, types);
            }
        }
        match (default(old), default(new)) {
            (Some(old), Some(new)) if old != new => {
                let message = format!("absent, it meant {old}, and means {new}");
                self.add(Dangerous, at, message);
            }
            (Some(old), None) if new.is_required() => {
                let message = format!("absent, it meant {old}, and now it must be given");
                self.add(Breaking, at, message);
            }
            (Some(old), None) => {
                self.add(
                    Dangerous,
                    at,
                    format!("absent, it meant {old}, and means nothing"),
                );
            }
            (None, Some(new)) if old.is_required() => {
                self.add(
                    Safe,
                    at,
                    format!("need not be given: absent, it means {new}"),
                );
            }
            (None, Some(new)) => {
                self.add(
                    Dangerous,
                    at,
                    format!("absent, it meant nothing, and means {new}"),
                );
            }
            _ => {}
        }
        self.description(at, old.description.as_ref(), new.description.as_ref());
        self.applied(at, &old.directives, &new.directives);
    }
}

/// What stands for an absent value.
fn default(input: &InputValueDefinition) -> Option<String> {
    let value = input.default_value.as_ref()?;
    Some(format!("`{}`", value.serialize().no_indent()))
}

/// A type without what it says of null.
fn bare(ty: &Type) -> String {
    ty.to_string().replace('!', "")
}
