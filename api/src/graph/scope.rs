//! The time that an answer is about. A field's arguments `at` and `match` set it for the field's own list and for
//! all that stands under the field, until a field there says otherwise; the planner carries it from parent to child.
//!
//! Two kinds of facts are looked at in it: a period, such as a membership, is true while it lasts; a happening, such
//! as a split, is true from its day on. Of both, dates tell the days that they may mean: POSSIBLY asks whether those
//! allow it, CERTAINLY whether they force it, so that what nobody knows is always possible and never certain.

use apollo_compiler::{Node, ast, executable::Field};

use super::{
    argument::Argument,
    convert::Convert,
    plan::{Planned, Planner},
    thing::{Column, Thing, Time},
};

/// What a field is looked at in.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// None: any time.
    days: Option<Days>,
    certainly: bool,
}

/// The first and the last day of the time asked for, as parameters.
#[derive(Clone, Debug)]
struct Days {
    first: String,
    last: String,
}

/// The kinds of publications that come out once, and are there from then on.
const ONCE: &str = "'BOOK','PAMPHLET','LEAFLET'";

impl<'d> Planner<'d, '_> {
    /// Plans a field in the scope that it asks for, which is that of the field around it where it asks for none.
    pub(super) fn scoped<T>(
        &mut self,
        field: &'d Field,
        plan: impl FnOnce(&mut Self) -> Planned<T>,
    ) -> Planned<T> {
        let asks =
            |argument: &Node<ast::Argument>| matches!(argument.name.as_str(), "at" | "match");
        if !field.arguments.iter().any(asks) {
            return plan(self);
        }
        let scope = self.scope_of(field)?;
        let outside = std::mem::replace(&mut self.scope, scope);
        let planned = plan(self);
        self.scope = outside;
        planned
    }

    fn scope_of(&mut self, field: &'d Field) -> Planned<Scope> {
        let mut scope = self.scope.clone();
        if let Some(asked) = self.argument(field, "match") {
            let asked = asked.decided(&mut self.variables);
            scope.certainly = asked.as_str() == Some("CERTAINLY");
        }
        let at = Argument::of(field, "at");
        if at.is_absent(&mut self.variables) {
            return Ok(scope);
        }
        scope.days = match at.given(&mut self.variables) {
            Some(at) => Some(Days {
                first: self.bind_argument(&at, Convert::Earliest, "at")?,
                last: self.bind_argument(&at, Convert::Latest, "at")?,
            }),
            None => None,
        };
        Ok(scope)
    }

    /// The condition that a period holds in the scope; none without one.
    pub(super) fn holds(&self, alias: &str, start: Column, end: Column) -> Option<String> {
        let Days { first, last } = self.scope.days.as_ref()?;
        let (start, end) = (
            format!("{alias}.{}", start.name),
            format!("{alias}.{}", end.name),
        );
        Some(if self.scope.certainly {
            format!("({start}_latest<={first} AND {end}_earliest>={last})")
        } else {
            format!(
                "(({start}_earliest IS NULL OR {start}_earliest<={last}) AND ({end}_latest IS NULL OR {end}_latest>={first}))"
            )
        })
    }

    /// The condition that something has happened in the scope; none without one.
    pub(super) fn happened(&self, alias: &str, date: Column) -> Option<String> {
        let Days { first, last } = self.scope.days.as_ref()?;
        let date = format!("{alias}.{}", date.name);
        Some(if self.scope.certainly {
            format!("{date}_latest<={first}")
        } else {
            format!("({date}_earliest IS NULL OR {date}_earliest<={last})")
        })
    }

    /// The condition that the rows of a list are true in the scope; none without one.
    pub(super) fn true_then(&self, time: Time, alias: &str) -> Option<String> {
        match time {
            Time::Period(start, end) => self.holds(alias, start, end),
            Time::Happening(date) => self.happened(alias, date),
            Time::Work {
                published,
                ceased,
                kind,
            } => {
                let holds = self.holds(alias, published, ceased)?;
                if !self.scope.certainly {
                    return Some(holds);
                }
                let happened = self.happened(alias, published)?;
                Some(format!(
                    "({holds} OR {alias}.{} IN ({ONCE}) AND {alias}.{} IS NULL AND {happened})",
                    kind.name, ceased.name
                ))
            }
        }
    }

    /// The name that an entity is shown by: the best-ranked one, or in a scope what it was called then. Of several
    /// names that may have been it, the one taken last counts, then the one given up first: what has dates says more
    /// of a time than what has none.
    pub(super) fn name_of(&self, thing: &Thing, alias: &str) -> String {
        let shown = format!("{alias}.name");
        let of_name = |name| Column {
            table: "name",
            name,
        };
        let holds = self.holds("called", of_name("start"), of_name("end"));
        let Some(holds) = holds.filter(|_| thing.interfaces.contains(&"Entity")) else {
            return shown;
        };
        format!(
            "coalesce((SELECT called.text FROM name called WHERE called.node_id={alias}.id \
             AND (called.preferred OR called.kind IN ('OFFICIAL','FORMER')) AND {holds} \
             ORDER BY called.start_earliest IS NULL,called.start_earliest DESC,called.end_latest IS NULL,called.end_latest,\
             called.preferred DESC,called.ordinal,called.id LIMIT 1),{shown})"
        )
    }
}
