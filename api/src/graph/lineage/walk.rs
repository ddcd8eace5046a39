//! Walking lineage links to any depth, breadth first.
//!
//! A walk is a recursive table with one row for each depth: the organisations met there for the first time (`front`)
//! and all that were met before (`seen`). A row follows from the one before it: what the links of its front lead to,
//! except what has been met. So each organisation is met once, at its smallest
//! depth, cycles or not; every link of what is reached is looked at once, through an index; and a bound on the number
//! of organisations ends a walk as soon as it is passed.

use std::ops::RangeInclusive;

use apollo_compiler::executable::Field;
use entity::lineage_link;

use crate::{
    error::Error,
    graph::{
        convert::Convert,
        page::{Base, RowKey, Rows},
        plan::{Planned, Planner, where_all},
        sql::Dialect,
        thing::{Column, KeyKind, NodeOf, Target, column},
    },
};

/// Which way a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From successor to predecessor.
    Back,
    /// From predecessor to successor.
    On,
}

impl Way {
    /// The columns of a link that a step leaves from and leads to.
    pub(super) fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Back => ("successor_id", "predecessor_id"),
            Self::On => ("predecessor_id", "successor_id"),
        }
    }
}

/// Where a walk starts.
pub(super) enum Start<'s> {
    /// From all organisations of a list at once.
    Together(&'s str),
    /// From each row of a table on its own; the walk keeps its key in a column `start`.
    Each {
        table: &'s str,
        key: &'s str,
        id: &'s str,
    },
}

/// How deep a walk may be asked to go, and how deep it goes when nothing is asked.
const DEPTHS: RangeInclusive<i64> = 1..=1000;

/// The most places that one operation may walk from: what a walk costs is not told by the rows it is asked for.
const WALKS: u64 = 1_000;

/// What a field asks of its walks.
pub(super) struct Steps {
    /// Conditions over the link `l`.
    pub conditions: Vec<String>,
    /// How many steps, as a parameter; none: to the end.
    pub depth: Option<String>,
}

impl<'d> Planner<'d, '_> {
    /// Reads `kinds` and `maxDepth`; only what has happened in the scope is followed.
    pub(super) fn steps(&mut self, field: &'d Field) -> Planned<Steps> {
        self.walked = self.walked.saturating_add(self.reach);
        if self.walked > WALKS {
            return Err(self.fail(Error::limit(format!(
                "the query would follow lineage from {} places; at most {WALKS} are allowed, ask for shorter pages around `{}`",
                self.walked, field.name
            ))));
        }
        let mut conditions = Vec::new();
        if let Some(kinds) = self.argument(field, "kinds") {
            conditions.push(self.any_of("l.kind", &kinds, &Convert::Text, "kinds")?);
        }
        conditions.extend(self.happened("l", column(lineage_link::Column::Date)));
        let depth = self.whole(field, "maxDepth", DEPTHS)?;
        Ok(Steps {
            conditions,
            depth: depth.map(|(parameter, _)| parameter),
        })
    }

    /// A recursive table of the organisations around a start. It ends after the depth that brings it over `most`
    /// organisations, if that is given, the start among them.
    pub(super) fn walk(
        &self,
        name: &str,
        way: Way,
        start: &Start<'_>,
        steps: &Steps,
        most: Option<&str>,
    ) -> String {
        let dialect = self.dialect;
        let (from, to) = way.columns();
        let none = dialect.no_keys();
        let mut met = steps.conditions.clone();
        met.insert(0, format!("l.{from}=e.value"));
        let mut goes_on = vec![format!("{name}.front<>{none}")];
        if let Some(depth) = &steps.depth {
            goes_on.push(format!("{name}.depth<{depth}"));
        }
        match most {
            Some(most) => goes_on.push(format!(
                "{}+{}<={most}",
                dialect.count_keys(&format!("{name}.seen")),
                dialect.count_keys(&format!("{name}.front"))
            )),
            None if steps.depth.is_none() => {
                goes_on.push(format!("{name}.depth<{}", DEPTHS.end()));
            }
            None => {}
        }
        let (column, kept, first) = match start {
            Start::Together(list) => ("", String::new(), format!("SELECT 0,{list},{none}")),
            Start::Each { table, key, id } => (
                "start,",
                format!("{name}.start,"),
                format!(
                    "SELECT {key},0,{},{none} FROM {table} a",
                    dialect.one_key(id)
                ),
            ),
        };
        format!(
            "{name}({column}depth,front,seen) AS ({first} UNION ALL \
             SELECT {kept}{name}.depth+1,(SELECT {next} FROM (\
             SELECT l.{to} AS id FROM {front} CROSS JOIN lineage_link l{met} \
             EXCEPT SELECT f.value FROM {seen_keys} EXCEPT SELECT f.value FROM {front_keys}) m),\
             {seen} FROM {name}{goes_on})",
            next = dialect.keys("m.id", ""),
            front = dialect.each_key(&format!("{name}.front"), "e"),
            met = where_all(&met),
            seen_keys = dialect.each_key(&format!("{name}.seen"), "f"),
            front_keys = dialect.each_key(&format!("{name}.front"), "f"),
            seen = dialect.joined_keys(&format!("{name}.seen"), &format!("{name}.front")),
            goes_on = where_all(&goes_on),
        )
    }

    /// The page of all organisations that are any number of steps away from the parent.
    pub(in crate::graph) fn kin(
        &mut self,
        way: Way,
        parent: &str,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let steps = self.steps(field)?;
        let (walk, met) = (self.alias(), self.alias());
        let start = self.dialect.one_key(&format!("{parent}.id"));
        let table = self.walk(&walk, way, &Start::Together(&start), &steps, None);
        let Depths { base, from, before } = self.dialect.depths(&walk, &table, &met);
        let rows = Rows {
            base: Some(base),
            from,
            conditions: Vec::new(),
            keys: vec![RowKey {
                sql: format!("{met}.depth"),
                kind: KeyKind::Int,
                descending: false,
            }],
            list: format!("kin.{}", field.name),
            row: met,
        };
        let id: Column = column(lineage_link::Column::Id);
        self.connection(
            "Kin",
            rows,
            NodeOf::Key(id, Target::Thing("Organisation")),
            field,
            fields,
            |this, name, id, fields| {
                if name == "depth" {
                    return Ok("k.k0".to_owned());
                }
                let link = this.last_link(way, id, &before, &steps);
                let row = this.alias();
                let thing = this.declarations.thing("LineageLink");
                let json = this.one(thing, &row, &format!("{row}.id={link}"), fields)?;
                Ok(this.dialect.nested(&json))
            },
        )
    }

    /// The link by which a walk met `id` from the front before it: the first by date.
    fn last_link(&self, way: Way, id: &str, before: &str, steps: &Steps) -> String {
        let (from, to) = way.columns();
        let mut conditions = steps.conditions.clone();
        conditions.push(format!("l.{to}={id}"));
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM {} WHERE e.value=l.{from})",
            self.dialect.each_key(before, "e")
        ));
        format!(
            "(SELECT l.id FROM lineage_link l{} ORDER BY l.date_order,l.id LIMIT 1)",
            where_all(&conditions)
        )
    }
}

/// The organisations that one walk met.
struct Depths {
    base: Base,
    /// A table of them, with columns `depth` and `id`.
    from: String,
    /// The list of those one step before the row `k` of a page.
    before: String,
}

impl Dialect {
    /// A walk is worked out once. PostgreSQL sees to that; SQLite works a recursive table out anew wherever it is
    /// named, so there all depths are first put into one list of lists.
    fn depths(self, walk: &str, table: &str, met: &str) -> Depths {
        match self {
            Self::Sqlite => Depths {
                base: Base {
                    with: format!(
                        "WITH RECURSIVE {table},{met}w AS MATERIALIZED (SELECT json_group_array(json({walk}.front)) AS fronts,\
                         sum(json_array_length({walk}.front))-1 AS met FROM {walk})"
                    ),
                    from: format!(" FROM {met}w"),
                    count: format!("{met}w.met"),
                },
                from: format!(
                    "(SELECT d.key AS depth,e.value AS id FROM json_each({met}w.fronts) d,json_each(d.value) e WHERE d.key>0) {met}"
                ),
                before: format!("({met}w.fronts->(k.k0-1))"),
            },
            Self::Postgres => Depths {
                base: Base {
                    with: format!("WITH RECURSIVE {table}"),
                    from: String::new(),
                    count: format!("(SELECT sum(cardinality({walk}.front))-1 FROM {walk})"),
                },
                from: format!(
                    "(SELECT {walk}.depth,e.value AS id FROM {walk},unnest({walk}.front) e(value) WHERE {walk}.depth>0) {met}"
                ),
                before: format!("(SELECT {walk}.front FROM {walk} WHERE {walk}.depth=k.k0-1)"),
            },
        }
    }
}
