//! What one record is picked out by: its public id, its slug, its id in another data set. Ids and slugs that it had
//! before, and those of records that were merged into it, lead to it as well.

use apollo_compiler::executable::Field;

use super::{
    argument::Argument,
    convert::Convert,
    plan::{Planned, Planner, where_all},
    thing::Thing,
};
use crate::error::Error;

impl<'d> Planner<'d, '_> {
    /// What `by` of a root field picks out: the condition over the row that `alias` stands for.
    pub(super) fn picked(
        &mut self,
        thing: &'d Thing,
        alias: &str,
        by: &Argument<'d>,
    ) -> Planned<String> {
        let entries = by.entries(&mut self.variables);
        let Some((name, value)) = entries.into_iter().next() else {
            return Err(self.fail(Error::bad_argument(
                "by",
                "expected one of `id`, `slug`, `external`",
            )));
        };
        let place = format!("by.{name}");
        match name.as_str() {
            "id" => {
                let id = self.bind_argument(&value, Convert::Id(thing.prefix), &place)?;
                Ok(format!("{alias}.id={}", key_of(&id)))
            }
            "slug" => {
                let slug = self.bind_argument(&value, Convert::Text, &place)?;
                Ok(format!("{alias}.id={}", key_of_slug(thing, &slug)))
            }
            _ => {
                let mut conditions = Vec::new();
                for (part, value) in value.entries(&mut self.variables) {
                    let value =
                        self.bind_argument(&value, Convert::Text, &format!("{place}.{part}"))?;
                    conditions.push(format!("{part}={value}"));
                }
                conditions.sort();
                Ok(format!(
                    "{alias}.id=(SELECT node_id FROM external_id{})",
                    where_all(&conditions)
                ))
            }
        }
    }

    /// What the public id `id` refers to, among all types that have one.
    pub(super) fn by_id(&mut self, id: &str, fields: &[&'d Field]) -> Planned<String> {
        let declarations = self.declarations;
        let node = self.alias();
        let cases = self.by_kind("Node", &node, fields)?;
        let mut found = vec![format!(
            "(SELECT {cases} FROM node {node} WHERE {node}.id={})",
            key_of(id)
        )];
        for thing in declarations.unregistered("Node") {
            let row = self.alias();
            found.push(self.one(thing, &row, &format!("{row}.public_id={id}"), fields)?);
        }
        Ok(format!("coalesce({})", found.join(",")))
    }

    /// The one entity or record of a declared type behind a condition.
    pub(super) fn lookup(
        &mut self,
        name: &str,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let thing = self.declarations.thing(name);
        let row = self.alias();
        let condition = if let Some(by) = self.argument(field, "by") {
            self.picked(thing, &row, &by)?
        } else {
            let id = self.argument(field, "id").unwrap_or(Argument::Absent);
            let id = self.bind_argument(&id, Convert::Id(thing.prefix), "id")?;
            format!("{row}.id={}", key_of(&id))
        };
        self.one(thing, &row, &condition, fields)
    }
}

/// The key of what a public id leads to: the node that has it, or the one that it was given up for.
pub(super) fn key_of(id: &str) -> String {
    format!(
        "coalesce((SELECT id FROM node WHERE public_id={id}),(SELECT node_id FROM former_id WHERE public_id={id}))"
    )
}

/// The key of what a slug among things of this type leads to.
pub(super) fn key_of_slug(thing: &Thing, slug: &str) -> String {
    let kind = thing.table.to_uppercase();
    format!("(SELECT node_id FROM slug WHERE kind='{kind}' AND slug={slug})")
}
