//! From a selection to one SQL statement that returns the answer as JSON.
//!
//! Every object is a scalar subselect over one row, every list an aggregate over a limited, ordered
//! subselect, so a statement has the shape of the query it answers. The declarations of [`super::thing`]
//! say where each field comes from; this file says what that means in SQL.

use apollo_compiler::{ExecutableDocument, executable::Field, response::JsonMap};

use super::{
    argument::{Argument, Parameter, Variables},
    computed,
    convert::{Bound, Convert},
    declarations::Declarations,
    document::{Plan, Root, Statement},
    failure::{self, Failure, Step},
    scope::Scope,
    select::Selected,
    sql::Dialect,
    thing::{self, Column, Many, On, Scalar, Source, Target, Thing},
};
use crate::error::Error;

pub type Planned<T> = Result<T, Failure>;

pub struct Planner<'d, 'r> {
    pub(super) declarations: &'d Declarations,
    pub(super) document: &'d ExecutableDocument,
    pub(super) dialect: Dialect,
    base_url: &'d str,
    pub(super) variables: Variables<'r>,
    parameters: Vec<Parameter>,
    aliases: usize,
    /// From the root field to the one under way.
    way: Vec<Step>,
    /// The time that the place under way is looked at.
    pub(super) scope: Scope,
    /// Those that left a mark, by its number.
    failures: Vec<Failure>,
    /// Fields and filters planned so far, each type that an interface stands for counted on its own.
    planned: usize,
    /// How many rows the place under way may stand for: the sizes of the lists around it, multiplied.
    pub(super) reach: u64,
    most_rows: u64,
    /// How many values the answer can hold by what is planned so far, and how many of each field the place under way
    /// stands for. Lists without pages count for what they mostly hold there, and for the most they may hold in `reach`.
    pub(super) cost: u64,
    worth: u64,
    /// Values from the request that are bound so far.
    compared: usize,
    /// Places that lineage is followed from so far, and organisations that are drawn.
    pub(super) walked: u64,
    pub(super) drawn: u64,
    /// How many times rules run over the data set so far.
    pub(super) judged: usize,
}

/// The most fields and filters that one operation is planned for. An interface asks for its fields of each type
/// behind it, and interfaces nest, so a short question can stand for a very long statement.
const PLANNED: usize = 10_000;

/// The most that a list without pages counts for, claims, names and the like of one entity; and what it mostly holds.
const LIST: (u64, u64) = (50, 4);

/// The most values that one operation binds from its request; SQLite takes 32,766 in a statement.
const COMPARED: usize = 20_000;

impl<'d, 'r> Planner<'d, 'r> {
    pub fn new(
        declarations: &'d Declarations,
        document: &'d ExecutableDocument,
        dialect: Dialect,
        base_url: &'d str,
        values: &'r JsonMap,
        most_rows: u64,
    ) -> Self {
        Self {
            declarations,
            document,
            dialect,
            base_url,
            variables: Variables::new(values),
            parameters: Vec::new(),
            aliases: 0,
            way: Vec::new(),
            scope: Scope::default(),
            failures: Vec::new(),
            planned: 0,
            reach: 1,
            most_rows,
            cost: 0,
            worth: 1,
            compared: 0,
            walked: 0,
            drawn: 0,
            judged: 0,
        }
    }

    /// Plans one root field; parameters are counted anew for each.
    pub fn root(
        &mut self,
        key: &str,
        field: &Field,
        plan: impl FnOnce(&mut Self) -> Planned<String>,
    ) -> Planned<Statement> {
        self.parameters.clear();
        self.aliases = 0;
        self.way = vec![step(key, field)];
        self.cost = self.cost.saturating_add(1);
        let json = plan(self)?;
        Ok(Statement::new(
            self.dialect.statement(&json),
            std::mem::take(&mut self.parameters),
            self.dialect,
        ))
    }

    /// The plan of these root fields, and the failures that left a mark in it.
    pub fn finish(self, roots: Vec<Root>, asked: Box<[usize]>) -> (Plan, Vec<Failure>) {
        let reads = self.variables.into_reads();
        (Plan::new(reads, roots, self.cost, asked), self.failures)
    }

    pub(super) fn fail(&self, error: Error) -> Failure {
        Failure {
            error,
            way: self.way.clone(),
        }
    }

    /// A name for a table in this statement.
    pub(super) fn alias(&mut self) -> String {
        self.aliases += 1;
        format!("t{}", self.aliases)
    }

    pub(super) fn bind(&mut self, parameter: Parameter) -> String {
        self.parameters.push(parameter);
        self.dialect.parameter(self.parameters.len())
    }

    pub(super) fn bind_text(&mut self, text: &str) -> String {
        self.bind(Parameter::Known(Bound::Text(text.to_owned())))
    }

    pub(super) fn bind_argument(
        &mut self,
        argument: &Argument<'d>,
        convert: Convert,
        name: &str,
    ) -> Planned<String> {
        self.compared += 1;
        if self.compared > COMPARED {
            return Err(self.fail(Error::limit(format!(
                "the query compares with more than {COMPARED} values"
            ))));
        }
        let parameter = argument
            .parameter(convert, name, &self.variables)
            .map_err(|error| self.fail(error))?;
        Ok(self.bind(parameter))
    }

    /// Counts one more field or filter.
    pub(super) fn count(&mut self) -> Planned<()> {
        self.planned += 1;
        self.cost = self.cost.saturating_add(self.worth);
        if self.planned > PLANNED {
            return Err(self.fail(Error::limit(format!(
                "the query asks for more than {PLANNED} fields and filters, those of an interface counted for each type behind it"
            ))));
        }
        Ok(())
    }

    /// The JSON members of an object: each field by `plan`, a failed one as its mark.
    pub(super) fn members(
        &mut self,
        ty: &str,
        selected: Selected<'d>,
        mut plan: impl FnMut(&mut Self, &'d Field, &[&'d Field]) -> Planned<String>,
    ) -> Planned<Vec<(String, String)>> {
        let mut members = Vec::with_capacity(selected.len());
        for (key, fields) in selected {
            let Some(field) = fields.first().copied() else {
                continue;
            };
            self.count()?;
            let json = if field.name == "__typename" {
                format!("'{ty}'")
            } else {
                self.way.push(step(key, field));
                let planned = plan(self, field, &fields);
                self.way.pop();
                match planned {
                    // A question that is too large is refused whole, not field by field.
                    Err(failure) if !matches!(failure.error, Error::Limit { .. }) => {
                        self.failures.push(failure);
                        failure::mark(self.failures.len() - 1)
                    }
                    planned => planned?,
                }
            };
            members.push((key.to_owned(), json));
        }
        Ok(members)
    }

    /// The JSON object of the row that `alias` stands for.
    pub(super) fn object(
        &mut self,
        thing: &'d Thing,
        alias: &str,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let selected = self.collect(thing.name, fields);
        let members = self.members(thing.name, selected, |this, field, fields| {
            let declared = thing.field(&field.name).ok_or_else(|| {
                this.fail(Error::internal(anyhow::anyhow!(
                    "{}.{} is not declared",
                    thing.name,
                    field.name
                )))
            })?;
            this.scoped(field, |this| {
                this.field(thing, declared, alias, field, fields)
            })
        })?;
        Ok(self.dialect.object(&members))
    }

    /// Plans what stands within a page of so many rows.
    pub(super) fn within<T>(
        &mut self,
        rows: u64,
        plan: impl FnOnce(&mut Self) -> Planned<T>,
    ) -> Planned<T> {
        self.within_rows((rows, rows), plan)
    }

    /// Plans what stands within a list that has no pages.
    pub(super) fn within_list<T>(
        &mut self,
        plan: impl FnOnce(&mut Self) -> Planned<T>,
    ) -> Planned<T> {
        self.within_rows(LIST, plan)
    }

    fn within_rows<T>(
        &mut self,
        (most, mostly): (u64, u64),
        plan: impl FnOnce(&mut Self) -> Planned<T>,
    ) -> Planned<T> {
        let reach = self.reach.saturating_mul(most.max(1));
        let allowed = self.most_rows;
        if reach > allowed {
            let message = format!(
                "lists within lists come to {reach} rows here; at most {allowed} are allowed, ask for shorter pages"
            );
            return Err(self.fail(Error::exceeded("row_limit", allowed, Some(reach), message)));
        }
        let worth = self.worth.saturating_mul(mostly.max(1));
        let outside = (self.reach, self.worth);
        (self.reach, self.worth) = (reach, worth);
        let planned = plan(self);
        (self.reach, self.worth) = outside;
        planned
    }

    fn field(
        &mut self,
        thing: &'d Thing,
        declared: &'d thing::Field,
        alias: &str,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let json = match &declared.source {
            Source::Name => return Ok(self.name_of(thing, alias)),
            Source::Column(column, scalar) => return Ok(self.scalar(alias, *column, *scalar)),
            Source::Url(public_id) => {
                let address = self.bind_text(&format!("{}/id/", self.base_url));
                return Ok(format!("{address} || {alias}.{}", public_id.name));
            }
            Source::Date(edtf) => self.date(alias, *edtf, fields)?,
            Source::Quantity(value, text) => self.quantity(alias, *value, *text, fields)?,
            Source::One(key, target) => {
                self.target(&format!("{alias}.{}", key.name), *target, fields)?
            }
            Source::Many(many) => self.many(many, alias, field, fields)?,
            Source::Connection(connection) => self.page(connection, Some(alias), field, fields)?,
            Source::Kin(way) => self.kin(*way, alias, field, fields)?,
            Source::Lineage => self.family_around(alias, field, fields)?,
        };
        // What selects JSON gives it bare; who puts it into other JSON says that it is JSON, once.
        Ok(self.dialect.nested(&json))
    }

    fn scalar(&self, alias: &str, column: Column, scalar: Scalar) -> String {
        let column = format!("{alias}.{}", column.name);
        match scalar {
            Scalar::Text | Scalar::Int => column,
            Scalar::Bool => self.dialect.boolean(&column),
            Scalar::Instant => self.dialect.instant(&column),
        }
    }

    fn display(&mut self, alias: &str, edtf: Column, field: &'d Field) -> Planned<String> {
        let locale = self.non_null(&Argument::of(field, "locale"), "locale")?;
        let locale = locale.as_ref().and_then(|locale| locale.as_str());
        let marker =
            computed::display_marker(locale.unwrap_or("en")).map_err(|error| self.fail(error))?;
        let marker = self.bind_text(&marker);
        Ok(format!("{marker} || {alias}.{}", edtf.name))
    }

    pub(super) fn date(
        &mut self,
        alias: &str,
        edtf: Column,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let selected = self.collect("HistoricalDate", fields);
        let members = self.members("HistoricalDate", selected, |this, field, _| {
            let part = |suffix: &str| format!("{alias}.{}_{suffix}", edtf.name);
            Ok(match field.name.as_str() {
                "edtf" => format!("{alias}.{}", edtf.name),
                "sourceText" => part("source_text"),
                "display" => this.display(alias, edtf, field)?,
                name @ ("approximate" | "uncertain") => this.dialect.boolean(&part(name)),
                name => part(name),
            })
        })?;
        let json = self.dialect.object(&members);
        Ok(format!(
            "CASE WHEN {alias}.{} IS NOT NULL THEN {json} END",
            edtf.name
        ))
    }

    fn quantity(
        &mut self,
        alias: &str,
        value: Column,
        text: Column,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let selected = self.collect("Quantity", fields);
        let members = self.members("Quantity", selected, |_, field, _| {
            let column = if field.name == "value" { value } else { text };
            Ok(format!("{alias}.{}", column.name))
        })?;
        let json = self.dialect.object(&members);
        Ok(format!(
            "CASE WHEN {alias}.{} IS NOT NULL OR {alias}.{} IS NOT NULL THEN {json} END",
            value.name, text.name
        ))
    }

    /// What the key `id` refers to, or null.
    pub(super) fn target(
        &mut self,
        id: &str,
        target: Target,
        fields: &[&'d Field],
    ) -> Planned<String> {
        match target {
            Target::Thing(name) => {
                let thing = self.declarations.thing(name);
                let row = self.alias();
                self.one(thing, &row, &format!("{row}.id={id}"), fields)
            }
            Target::Entity => {
                let node = self.alias();
                let cases = self.by_kind("Entity", &node, fields)?;
                Ok(format!(
                    "(SELECT {cases} FROM node {node} WHERE {node}.id={id})"
                ))
            }
        }
    }

    /// The one row of `thing` that meets a condition over `row`, or null.
    pub(super) fn one(
        &mut self,
        thing: &'d Thing,
        row: &str,
        condition: &str,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let json = self.object(thing, row, fields)?;
        Ok(format!(
            "(SELECT {json} FROM {} {row} WHERE {condition})",
            thing.table
        ))
    }

    /// The object behind a row of the node registry, whichever implementation of the interface it is.
    pub(super) fn by_kind(
        &mut self,
        interface: &str,
        node: &str,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let mut cases = String::from("CASE ");
        cases.push_str(node);
        cases.push_str(".kind");
        let (before, mut dearest) = (self.cost, 0);
        for thing in self.declarations.registered(interface) {
            let row = self.alias();
            self.cost = 0;
            let json = self.one(thing, &row, &format!("{row}.id={node}.id"), fields)?;
            dearest = dearest.max(self.cost);
            cases.push_str(&format!(
                " WHEN '{}' THEN {json}",
                thing.table.to_uppercase()
            ));
        }
        // It is one of them.
        self.cost = before.saturating_add(dearest);
        cases.push_str(" END");
        Ok(cases)
    }

    fn many(
        &mut self,
        many: &'d Many,
        parent: &str,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let thing = self.declarations.thing(many.to);
        let row = self.alias();
        let mut conditions = Vec::new();
        on(many.on, &row, Some(parent), &mut conditions);
        only(many.only, &row, &mut conditions);
        for argument in &many.arguments {
            self.narrow(argument, &row, field, &mut conditions)?;
        }
        let times = many.time.iter();
        conditions.extend(times.filter_map(|time| self.true_then(*time, &row)));
        let json = self.within_list(|this| this.object(thing, &row, fields))?;
        let mut order: Vec<String> = many
            .order
            .iter()
            .map(|key| {
                format!(
                    "{row}.{}{}",
                    key.column.name,
                    if key.descending { " DESC" } else { "" }
                )
            })
            .collect();
        order.push(format!("{row}.id"));
        let list = self.dialect.list(&json, &order.join(","), "");
        Ok(format!(
            "(SELECT {list} FROM {} {row}{})",
            thing.table,
            where_all(&conditions)
        ))
    }
}

fn step(key: &str, field: &Field) -> Step {
    Step {
        key: key.to_owned(),
        ty: field.definition.ty.clone(),
    }
}

/// How rows belong to their parent, as a condition.
pub(super) fn on(on: On, row: &str, parent: Option<&str>, conditions: &mut Vec<String>) {
    let parent = parent.unwrap_or_default();
    match on {
        On::All => {}
        On::Key(key) => conditions.push(format!("{row}.{}={parent}.id", key.name)),
        On::Raw(condition) => {
            conditions.push(condition.replace("{row}", row).replace("{parent}", parent));
        }
    }
}

pub(super) fn only(only: Option<(Column, &'static str)>, row: &str, conditions: &mut Vec<String>) {
    if let Some((column, value)) = only {
        // A stored name of one of our own enums, from a declaration.
        conditions.push(format!("{row}.{}='{value}'", column.name));
    }
}

pub(super) fn where_all(conditions: &[String]) -> String {
    if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", conditions.join(" AND "))
    }
}
