//! What narrows a list: filter inputs and narrowing arguments, as conditions in SQL. The inputs follow from
//! the declarations: a field that can be filtered by has an entry of its own name.

use super::{
    argument::Argument,
    convert::Convert,
    plan::{Planned, Planner, where_all},
    thing::{self, Column, Narrows, Test, Thing},
};
use crate::error::Error;
use apollo_compiler::executable::Field;

/// Conditions nest as deep as the input does; a question deeper than this is refused.
const DEPTH: usize = 12;

/// The most values of a list that something is compared with.
const VALUES: usize = 1000;

/// The most filters of one `and` or `or`: a database reads those in a row as nested, and nests them on its stack.
const PARTS: usize = 50;

impl<'d> Planner<'d, '_> {
    /// The condition that an argument of a list states, if it is given.
    pub(super) fn narrow(
        &mut self,
        argument: &'d thing::Argument,
        row: &str,
        field: &'d Field,
        conditions: &mut Vec<String>,
    ) -> Planned<()> {
        let Some(value) = self.argument(field, argument.name) else {
            return Ok(());
        };
        let condition = match &argument.narrows {
            Narrows::In(column) => self.any_of(
                &format!("{row}.{}", column.name),
                &value,
                &Convert::Text,
                argument.name,
            )?,
            Narrows::Equals(column) => {
                let value = self.bind_argument(&value, Convert::Text, argument.name)?;
                format!("{row}.{}={value}", column.name)
            }
            Narrows::KindOf(column) => {
                let node = self.alias();
                let kind = self.any_of(
                    &format!("{node}.kind"),
                    &value,
                    &Convert::Text,
                    argument.name,
                )?;
                format!(
                    "EXISTS (SELECT 1 FROM node {node} WHERE {node}.id={row}.{} AND {kind})",
                    column.name
                )
            }
        };
        conditions.push(condition);
        Ok(())
    }

    /// The items of a list that is not too long.
    pub(super) fn few(
        &mut self,
        list: &Argument<'d>,
        most: usize,
        name: &str,
    ) -> Planned<Vec<Argument<'d>>> {
        let items = list.items(&mut self.variables);
        if items.len() > most {
            let message = format!("expected at most {most} items, got {}", items.len());
            return Err(self.fail(Error::bad_argument(name, message)));
        }
        Ok(items)
    }

    pub(super) fn any_of(
        &mut self,
        expression: &str,
        list: &Argument<'d>,
        convert: &Convert,
        name: &str,
    ) -> Planned<String> {
        let items = self.few(list, VALUES, name)?;
        if items.is_empty() {
            return Ok("1=0".to_owned());
        }
        let items = items
            .iter()
            .map(|item| self.bind_argument(item, convert.clone(), name))
            .collect::<Planned<Vec<_>>>()?;
        Ok(format!("{expression} IN ({})", items.join(",")))
    }

    /// The condition of a filter input over the row that `alias` stands for.
    pub(super) fn filter(
        &mut self,
        thing: &'d Thing,
        alias: &str,
        input: &Argument<'d>,
        name: &str,
    ) -> Planned<String> {
        if name.split('.').count() > DEPTH {
            return Err(self.fail(Error::limit(format!(
                "filter: nested more than {DEPTH} levels deep"
            ))));
        }
        self.count()?;
        let mut conditions = Vec::new();
        for (entry, value) in input.entries(&mut self.variables) {
            let Some(value) = value.given(&mut self.variables) else {
                continue;
            };
            let place = format!("{name}.{entry}");
            let condition = match entry.as_str() {
                "and" | "or" => {
                    let parts = self
                        .few(&value, PARTS, &place)?
                        .iter()
                        .map(|part| self.filter(thing, alias, part, &place))
                        .collect::<Planned<Vec<_>>>()?;
                    let (joined, nothing) = if entry == "and" {
                        (" AND ", "1=1")
                    } else {
                        (" OR ", "1=0")
                    };
                    if parts.is_empty() {
                        nothing.to_owned()
                    } else {
                        format!("({})", parts.join(joined))
                    }
                }
                "not" => {
                    let part = self.filter(thing, alias, &value, &place)?;
                    // A comparison with null is neither true nor false; what does not pass is excluded here too.
                    format!(
                        "NOT coalesce({part},{})",
                        if self.dialect == super::sql::Dialect::Sqlite {
                            "0"
                        } else {
                            "false"
                        }
                    )
                }
                _ => {
                    let Some(filter) = thing.filters.iter().find(|filter| filter.name == entry)
                    else {
                        continue;
                    };
                    self.test(&filter.test, alias, &value, &place)?
                }
            };
            conditions.push(condition);
        }
        Ok(all(&conditions))
    }

    fn test(
        &mut self,
        test: &'d Test,
        alias: &str,
        value: &Argument<'d>,
        place: &str,
    ) -> Planned<String> {
        let qualified = |column: &Column| format!("{alias}.{}", column.name);
        match test {
            Test::Text(column) => self.text(&qualified(column), value, place, false),
            Test::Folded(column) => self.text(&qualified(column), value, place, true),
            Test::Enum(column, _) => {
                self.comparison(&qualified(column), value, place, &Convert::Text)
            }
            Test::Id(column) => {
                self.comparison(&qualified(column), value, place, &Convert::Id(None))
            }
            Test::Bool(column) => {
                let value = self.bind_argument(value, Convert::Bool, place)?;
                Ok(format!("{}={value}", qualified(column)))
            }
            Test::Date(column) => self.date_test(&qualified(column), value, place),
            Test::One(key, to) => {
                let thing = self.declarations.thing(to);
                self.exists(
                    thing,
                    |row| format!("{row}.id={alias}.{}", key.name),
                    value,
                    place,
                )
            }
            Test::Some(key, of) => {
                let thing = self.declarations.thing(of);
                self.exists(
                    thing,
                    |row| format!("{row}.{}={alias}.id", key.name),
                    value,
                    place,
                )
            }
            Test::Entity(key) => self.entity_test(&qualified(key), value, place),
        }
    }

    fn exists(
        &mut self,
        thing: &'d Thing,
        related: impl Fn(&str) -> String,
        value: &Argument<'d>,
        place: &str,
    ) -> Planned<String> {
        let row = self.alias();
        let condition = self.filter(thing, &row, value, place)?;
        Ok(format!(
            "EXISTS (SELECT 1 FROM {} {row}{})",
            thing.table,
            where_all(&[related(&row), condition])
        ))
    }

    /// `eq` and `in`.
    fn comparison(
        &mut self,
        expression: &str,
        value: &Argument<'d>,
        place: &str,
        convert: &Convert,
    ) -> Planned<String> {
        let mut conditions = Vec::new();
        for (operator, value) in value.entries(&mut self.variables) {
            let Some(value) = value.given(&mut self.variables) else {
                continue;
            };
            let place = format!("{place}.{operator}");
            conditions.push(if operator == "in" {
                self.any_of(expression, &value, convert, &place)?
            } else {
                let value = self.bind_argument(&value, convert.clone(), &place)?;
                format!("{expression}={value}")
            });
        }
        Ok(all(&conditions))
    }

    fn text(
        &mut self,
        expression: &str,
        value: &Argument<'d>,
        place: &str,
        folded: bool,
    ) -> Planned<String> {
        let (convert, after) = if folded {
            (Convert::Folded, Convert::FoldedAfter)
        } else {
            (Convert::Text, Convert::After)
        };
        let mut conditions = Vec::new();
        for (operator, value) in value.entries(&mut self.variables) {
            let Some(value) = value.given(&mut self.variables) else {
                continue;
            };
            let place = format!("{place}.{operator}");
            conditions.push(match operator.as_str() {
                "in" => self.any_of(expression, &value, &convert, &place)?,
                "contains" => {
                    let part = self.bind_argument(&value, convert.clone(), &place)?;
                    self.dialect.contains(expression, &part)
                }
                "startsWith" => {
                    // A range, which an index answers, where LIKE would depend on case and collation.
                    let from = self.bind_argument(&value, convert.clone(), &place)?;
                    let to = self.bind_argument(&value, after.clone(), &place)?;
                    format!("({expression}>={from} AND {expression}<{to})")
                }
                _ => {
                    let value = self.bind_argument(&value, convert.clone(), &place)?;
                    format!("{expression}={value}")
                }
            });
        }
        Ok(all(&conditions))
    }

    /// Dates are ranges of days: POSSIBLY asks whether the ranges allow it, CERTAINLY whether they force it.
    fn date_test(&mut self, edtf: &str, value: &Argument<'d>, place: &str) -> Planned<String> {
        let earliest = |than: &str, day: &str| reaches(edtf, "earliest", "0001-01-01", than, day);
        let latest = |than: &str, day: &str| reaches(edtf, "latest", "9999-12-31", than, day);
        let entries = value.entries(&mut self.variables);
        let mut certainly = false;
        for (name, value) in &entries {
            if name == "match" {
                let asked = self.non_null(value, &format!("{place}.match"))?;
                certainly = asked.is_some_and(|asked| asked.as_str() == Some("CERTAINLY"));
            }
        }
        let mut conditions = Vec::new();
        for (operator, value) in entries {
            let Some(value) = value.given(&mut self.variables) else {
                continue;
            };
            let place = format!("{place}.{operator}");
            let known = format!("{edtf} IS NOT NULL");
            let condition = match operator.as_str() {
                "during" => {
                    let first = self.bind_argument(&value, Convert::Earliest, &place)?;
                    let last = self.bind_argument(&value, Convert::Latest, &place)?;
                    if certainly {
                        format!("{} AND {}", earliest(">=", &first), latest("<=", &last))
                    } else {
                        format!("{} AND {}", earliest("<=", &last), latest(">=", &first))
                    }
                }
                "before" => {
                    let first = self.bind_argument(&value, Convert::Earliest, &place)?;
                    if certainly {
                        latest("<", &first)
                    } else {
                        earliest("<", &first)
                    }
                }
                "after" => {
                    let last = self.bind_argument(&value, Convert::Latest, &place)?;
                    if certainly {
                        earliest(">", &last)
                    } else {
                        latest(">", &last)
                    }
                }
                "known" => {
                    let wanted = value.decided(&mut self.variables).as_bool() == Some(true);
                    conditions.push(if wanted {
                        known
                    } else {
                        format!("{edtf} IS NULL")
                    });
                    continue;
                }
                _ => continue,
            };
            conditions.push(format!("{known} AND {condition}"));
        }
        Ok(all(&conditions))
    }

    /// The filter of entities of any kind, over the registry row that `id` refers to.
    fn entity_test(&mut self, id: &str, value: &Argument<'d>, place: &str) -> Planned<String> {
        let node = self.alias();
        let mut conditions = vec![format!("{node}.id={id}")];
        for (entry, value) in value.entries(&mut self.variables) {
            let Some(value) = value.given(&mut self.variables) else {
                continue;
            };
            let place = format!("{place}.{entry}");
            conditions.push(match entry.as_str() {
                "id" => self.comparison(
                    &format!("{node}.public_id"),
                    &value,
                    &place,
                    &Convert::Id(None),
                )?,
                "kind" => {
                    self.comparison(&format!("{node}.kind"), &value, &place, &Convert::Text)?
                }
                kind => {
                    let declarations = self.declarations;
                    let Some(thing) = declarations
                        .registered("Entity")
                        .find(|thing| thing.table == kind)
                    else {
                        continue;
                    };
                    self.exists(thing, |row| format!("{row}.id={node}.id"), &value, &place)?
                }
            });
        }
        Ok(format!(
            "EXISTS (SELECT 1 FROM node {node}{})",
            where_all(&conditions)
        ))
    }
}

/// Compares one end of a date with a day. What is unbounded, in a row or in a question, reaches as far as the
/// calendar of years 0001 to 9999; said as two cases, of which an index answers each.
fn reaches(edtf: &str, end: &str, unbounded: &str, than: &str, day: &str) -> String {
    let column = format!("{edtf}_{end}");
    format!(
        "({column}{than}{day} OR ({column} IS NULL AND {day}{}'{unbounded}'))",
        turned(than)
    )
}

/// A comparison with its sides exchanged.
fn turned(than: &str) -> &'static str {
    match than {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        _ => "<=",
    }
}

fn all(conditions: &[String]) -> String {
    if conditions.is_empty() {
        "1=1".to_owned()
    } else {
        format!("({})", conditions.join(" AND "))
    }
}
