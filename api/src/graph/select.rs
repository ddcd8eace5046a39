//! What a selection asks of one object: fields merged by response key, fragments and directives resolved.

use apollo_compiler::{
    executable::{Field, Selection, SelectionSet},
    response::JsonValue,
};
use indexmap::IndexMap;

use super::{argument::Argument, plan::Planner};

/// Fields of one object, merged by response key as the specification asks.
pub(super) type Selected<'d> = IndexMap<&'d str, Vec<&'d Field>>;

impl<'d> Planner<'d, '_> {
    /// The fields that a selection asks of an object of this type, fragments and directives resolved.
    pub(super) fn collect(&mut self, ty: &str, fields: &[&'d Field]) -> Selected<'d> {
        let mut selected = Selected::new();
        let mut visited = Vec::new();
        for field in fields {
            if let Some(set) = &field.selection_set {
                self.collect_set(ty, set, &mut selected, &mut visited);
            }
        }
        selected
    }

    pub(super) fn collect_set(
        &mut self,
        ty: &str,
        set: &'d SelectionSet,
        selected: &mut Selected<'d>,
        visited: &mut Vec<&'d str>,
    ) {
        for selection in &set.selections {
            if !self.included(selection) {
                continue;
            }
            match selection {
                Selection::Field(field) => selected
                    .entry(field.response_name().as_str())
                    .or_default()
                    .push(field),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.type_condition.as_ref();
                    if condition.is_none_or(|condition| self.declarations.is_a(ty, condition)) {
                        self.collect_set(ty, &fragment.selection_set, selected, visited);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.fragment_name.as_str();
                    let Some(fragment) = self.document.fragments.get(name) else {
                        continue;
                    };
                    if !visited.contains(&name)
                        && self.declarations.is_a(ty, fragment.type_condition())
                    {
                        visited.push(name);
                        self.collect_set(ty, &fragment.selection_set, selected, visited);
                    }
                }
            }
        }
    }

    fn included(&mut self, selection: &'d Selection) -> bool {
        ["skip", "include"].into_iter().all(|name| {
            let Some(directive) = selection.directives().get(name) else {
                return true;
            };
            let condition = directive
                .specified_argument_by_name("if")
                .map(|value| Argument::literal(value).decided(&mut self.variables));
            (condition == Some(JsonValue::Bool(true))) == (name == "include")
        })
    }
}
