//! The issues of the data set: what the rules of [`crate::issue`] find, as a connection.
//!
//! A rule looks at the whole data set by its nature, so only the rules that are asked for run, once for all that is
//! selected of the connection, and one operation can ask for so many of them.

use apollo_compiler::executable::Field;

use super::{
    page::{Base, RowKey, Rows},
    plan::{Planned, Planner},
    thing::{KeyKind, NodeOf, Target},
};
use crate::{
    error::Error,
    issue::{RULES, Rule},
};

impl<'d> Planner<'d, '_> {
    /// The connection of issues, rule by rule and then by slug.
    pub(super) fn issues(&mut self, field: &'d Field, fields: &[&'d Field]) -> Planned<String> {
        let rules = self.rules(field);
        self.judged += rules.len();
        // Enough for every rule by itself beside all of them together.
        let most = 2 * RULES.len();
        if self.judged > most {
            return Err(self.fail(Error::limit(format!(
                "the rules of `issues` would run {} times; at most {most} runs are allowed, ask for fewer rules or fewer lists",
                self.judged
            ))));
        }
        let (found, row) = (self.alias(), self.alias());
        let parts: Vec<String> = rules
            .iter()
            .map(|(number, rule)| {
                format!(
                    "SELECT {number} AS rule,id,subject,slug,message FROM ({}) r{number}",
                    rule.sql
                )
            })
            .collect();
        let found_by_rules = if parts.is_empty() {
            "SELECT 0 AS rule,0 AS id,0 AS subject,'' AS slug,'' AS message WHERE 1=0".to_owned()
        } else {
            parts.join(" UNION ALL ")
        };
        let key = |name: &str, kind| RowKey {
            sql: format!("{row}.{name}"),
            kind,
            descending: false,
        };
        let rows = Rows {
            base: Some(Base {
                with: format!("WITH {found} AS ({found_by_rules})"),
                from: String::new(),
                count: format!("(SELECT count(*) FROM {found})"),
            }),
            from: format!("{found} {row}"),
            conditions: Vec::new(),
            keys: vec![key("rule", KeyKind::Int), key("slug", KeyKind::Text)],
            row,
            list: "issues".to_owned(),
        };
        let node = NodeOf::Issue;
        self.connection("Issue", rows, node, field, fields, |this, name, _, _| {
            Err(this.fail(Error::internal(anyhow::anyhow!(
                "edge field {name} is not declared"
            ))))
        })
    }

    /// The rules that the field asks for, each with its place among all.
    fn rules(&mut self, field: &'d Field) -> Vec<(usize, &'static Rule)> {
        let all = RULES.iter().enumerate();
        let Some(asked) = self.argument(field, "rules") else {
            return all.collect();
        };
        let asked: Vec<_> = asked
            .items(&mut self.variables)
            .iter()
            .map(|name| name.decided(&mut self.variables))
            .collect();
        all.filter(|(_, rule)| asked.iter().any(|name| name.as_str() == Some(rule.name)))
            .collect()
    }

    /// The issue that a row `k` of a page stands for.
    pub(super) fn issue(&mut self, fields: &[&'d Field]) -> Planned<String> {
        let selected = self.collect("Issue", fields);
        let members = self.members("Issue", selected, |this, field, fields| {
            Ok(match field.name.as_str() {
                "rule" => {
                    let mut names = "CASE k.k0".to_owned();
                    for (number, rule) in RULES.iter().enumerate() {
                        names.push_str(&format!(" WHEN {number} THEN '{}'", rule.name));
                    }
                    names + " END"
                }
                "subject" => {
                    let json = this.target("k.n", Target::Entity, fields)?;
                    this.dialect.nested(&json)
                }
                _ => "k.m".to_owned(),
            })
        })?;
        Ok(self.dialect.object(&members))
    }
}
