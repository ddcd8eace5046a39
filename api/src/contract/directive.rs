//! Directives: what documents can use, and what the schema says with them of its own parts.

use apollo_compiler::{
    Schema,
    schema::{DirectiveDefinition, DirectiveList},
};

use super::{
    Class::{Breaking, Dangerous, Safe},
    Comparison, beside,
};

impl Comparison<'_> {
    pub(super) fn directive_definitions(&mut self, old: &Schema, new: &Schema) {
        let pairs = beside(&old.directive_definitions, &new.directive_definitions);
        for (name, old, new) in pairs {
            let at = format!("@{name}");
            match (old, new) {
                (Some(_), None) => self.add(Breaking, &at, "the directive is gone"),
                (None, Some(_)) => self.add(Safe, &at, "a new directive"),
                (Some(old), Some(new)) => self.directive_definition(&at, old, new),
                (None, None) => {}
            }
        }
    }

    fn directive_definition(
        &mut self,
        at: &str,
        old: &DirectiveDefinition,
        new: &DirectiveDefinition,
    ) {
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
        for gone in old.locations.difference(&new.locations) {
            self.add(Breaking, at, format!("can no longer stand at {gone}"));
        }
        for added in new.locations.difference(&old.locations) {
            self.add(Safe, at, format!("can also stand at {added}"));
        }
        match (old.repeatable, new.repeatable) {
            (true, false) => self.add(Breaking, at, "can no longer stand twice at one place"),
            (false, true) => self.add(Safe, at, "can stand at one place several times"),
            _ => {}
        }
        self.description(at, old.description.as_ref(), new.description.as_ref());
    }

    /// What directives say of one part of the schema.
    pub(super) fn applied(&mut self, at: &str, old: &DirectiveList, new: &DirectiveList) {
        match (deprecation(old), deprecation(new)) {
            (None, Some(reason)) => self.add(Safe, at, format!("deprecated: {reason}")),
            (Some(_), None) => self.add(Safe, at, "no longer deprecated"),
            (Some(old), Some(new)) if old != new => {
                self.add(Safe, at, format!("deprecated for another reason: {new}"));
            }
            _ => {}
        }
        match (
            argument(old, "specifiedBy", "url"),
            argument(new, "specifiedBy", "url"),
        ) {
            (None, Some(new)) => self.add(Safe, at, format!("specified by {new}")),
            (Some(_), None) => self.add(Dangerous, at, "no longer specified"),
            (Some(old), Some(new)) if old != new => {
                let message =
                    format!("was specified by {old}, and is by {new}: other values may come");
                self.add(Dangerous, at, message);
            }
            _ => {}
        }
        match (old.has("oneOf"), new.has("oneOf")) {
            (false, true) => self.add(Breaking, at, "exactly one entry must be given now"),
            (true, false) => self.add(Safe, at, "any number of entries can be given now"),
            _ => {}
        }
        let others = |list: &DirectiveList| -> Vec<String> {
            let others = list.0.iter().filter(|directive| {
                !["deprecated", "specifiedBy", "oneOf"].contains(&directive.name.as_str())
            });
            others
                .map(|directive| directive.serialize().no_indent().to_string())
                .collect()
        };
        let (old, new) = (others(old), others(new));
        for gone in old.iter().filter(|directive| !new.contains(directive)) {
            self.add(Safe, at, format!("no longer marked `{gone}`"));
        }
        for added in new.iter().filter(|directive| !old.contains(directive)) {
            self.add(Safe, at, format!("marked `{added}`"));
        }
    }
}

/// Why something is deprecated, if it is.
fn deprecation(directives: &DirectiveList) -> Option<String> {
    let reason = argument(directives, "deprecated", "reason");
    let silent = directives
        .has("deprecated")
        .then(|| "no reason given".to_owned());
    reason.or(silent)
}

/// Of what is gone: that clients could know.
pub(super) fn told(directives: &DirectiveList) -> String {
    let reason = deprecation(directives);
    reason.map_or_else(String::new, |reason| {
        format!("; it was deprecated: {reason}")
    })
}

fn argument(directives: &DirectiveList, directive: &str, argument: &str) -> Option<String> {
    let value = directives
        .get(directive)?
        .specified_argument_by_name(argument)?;
    Some(value.as_str()?.to_owned())
}
