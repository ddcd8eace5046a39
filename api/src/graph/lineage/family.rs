//! The family tree around organisations: who is in it, and all links among them.

use std::ops::RangeInclusive;

use apollo_compiler::executable::Field;

use super::walk::{Start, Way};
use crate::{
    draw,
    error::Error,
    graph::{
        argument::Argument,
        computed,
        convert::Convert,
        pick::key_of,
        plan::{Planned, Planner, where_all},
        sql::Dialect,
    },
};

/// How many organisations a tree may be asked to hold.
const LIMITS: RangeInclusive<i64> = 1..=2000;

/// How many organisations a question may start from.
const ROOTS: usize = 100;

/// How many organisations the pictures of one operation may come to, by the limits of their trees.
const DRAWN: u64 = 20_000;

/// The fields that need the links.
const OF_LINKS: [&str; 5] = ["links", "cyclic", "svg", "mermaid", "dot"];

impl<'d> Planner<'d, '_> {
    /// `Query.lineage`: around several organisations.
    pub(in crate::graph) fn family_of(
        &mut self,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let asked = self.organisations_asked(field, 1)?;
        let start = format!(
            "(SELECT {} FROM (SELECT DISTINCT {} AS id FROM {}) o)",
            self.dialect.keys("o.id", ""),
            key_of("a.value"),
            asked.table
        );
        let family = self.family(&start, field, fields)?;
        Ok(self.unless_missing(&asked, &family))
    }

    /// `Organisation.lineage`: around the organisation that `parent` stands for.
    pub(in crate::graph) fn family_around(
        &mut self,
        parent: &str,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let start = self.dialect.one_key(&format!("{parent}.id"));
        self.family(&start, field, fields)
    }

    /// The tree around the organisations of the list `start`.
    fn family(&mut self, start: &str, field: &'d Field, fields: &[&'d Field]) -> Planned<String> {
        let steps = self.steps(field)?;
        let Some((limit, most)) = self.whole(field, "limit", LIMITS)? else {
            return Err(self.absent("limit"));
        };
        let ways = self.ways(field)?;
        let dialect = self.dialect;
        let mut tables = Vec::new();
        // The start is at depth 0 of every walk; twice the depth, one more downward, is one number by which the
        // nearest comes first and a tie goes to the ancestor.
        let mut met = Vec::new();
        for way in ways {
            let walk = self.alias();
            tables.push(self.walk(&walk, way, &Start::Together(start), &steps, Some(&limit)));
            let downward = if way == Way::On { "+1" } else { "" };
            met.push(format!(
                "SELECT e.value AS id,CASE {walk}.depth WHEN 0 THEN 0 ELSE {walk}.depth*2{downward} END AS far FROM {walk},{}",
                dialect.each_key(&format!("{walk}.front"), "e")
            ));
        }
        let cut = format!(
            "SELECT m.id,CASE WHEN m.far%2=1 THEN m.far/2 ELSE -(m.far/2) END AS depth,count(*) OVER () AS total \
             FROM (SELECT m.id,min(m.far) AS far FROM ({}) m GROUP BY m.id) m ORDER BY m.far/2,m.id LIMIT {limit}+0",
            met.join(" UNION ALL ")
        );
        let (nodes, family) = (self.alias(), self.alias());
        tables.push(format!(
            "{nodes} AS MATERIALIZED ({})",
            match dialect {
                Dialect::Sqlite => format!(
                    "SELECT json_group_object(c.depth,json(c.ids)) AS nodes,max(c.total) AS total \
                     FROM (SELECT c.depth,json_group_array(c.id) AS ids,max(c.total) AS total FROM ({cut}) c GROUP BY c.depth) c"
                ),
                Dialect::Postgres => format!(
                    "SELECT array_agg(c.id ORDER BY c.depth,c.id) AS nodes,array_agg(c.depth ORDER BY c.depth,c.id) AS depths,\
                     max(c.total) AS total FROM ({cut}) c"
                ),
            }
        ));
        let selected = self.collect("Lineage", fields);
        let needs_links = selected
            .values()
            .flatten()
            .any(|field| OF_LINKS.contains(&field.name.as_str()));
        let links = if needs_links {
            self.links_among(&nodes, &steps.conditions)
        } else {
            dialect.no_keys().to_owned()
        };
        tables.push(format!(
            "{family} AS MATERIALIZED (SELECT {nodes}.*,{links} AS links FROM {nodes})"
        ));
        let rows = u64::try_from(most).unwrap_or_default();
        let members = self.within(rows, |this| {
            this.members("Lineage", selected, |this, field, fields| {
                this.family_field(&family, &limit, field, fields)
            })
        })?;
        Ok(format!(
            "(WITH RECURSIVE {} SELECT {} FROM {family})",
            tables.join(","),
            dialect.object(&members)
        ))
    }

    fn family_field(
        &mut self,
        family: &str,
        limit: &str,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let dialect = self.dialect;
        Ok(match field.name.as_str() {
            "nodes" => {
                let (from, id, depth) = members_of(dialect, family);
                let organisation = self.declarations.thing("Organisation");
                let row = self.alias();
                let selected = self.collect("LineageNode", fields);
                let members = self.members("LineageNode", selected, |this, field, fields| {
                    if field.name == "depth" {
                        return Ok(depth.to_owned());
                    }
                    this.object(organisation, &row, fields)
                })?;
                let list =
                    dialect.list(&dialect.object(&members), &format!("{depth},{row}.id"), "");
                dialect.nested(&format!(
                    "(SELECT {list} FROM {from} CROSS JOIN organisation {row} WHERE {row}.id={id})"
                ))
            }
            "links" => {
                let link = self.declarations.thing("LineageLink");
                let row = self.alias();
                let json = self.object(link, &row, fields)?;
                let list = dialect.list(&json, "x.key", "");
                let from = dialect.each_key_in_order(&format!("{family}.links"), "x");
                dialect.nested(&format!(
                    "(SELECT {list} FROM {from} CROSS JOIN lineage_link {row} WHERE {row}.id=x.value)"
                ))
            }
            "truncated" => dialect.boolean(&format!("{family}.total>{limit}")),
            "cyclic" => {
                let mark = self.bind_text(computed::CYCLIC);
                let pair =
                    dialect.array(&["l.predecessor_id".to_owned(), "l.successor_id".to_owned()]);
                let list = dialect.list(&pair, "x.key", "");
                let from = dialect.each_key_in_order(&format!("{family}.links"), "x");
                format!(
                    "{mark} || CAST((SELECT {list} FROM {from} JOIN lineage_link l ON l.id=x.value) AS text)"
                )
            }
            _ => self.drawing(family, field)?,
        })
    }

    /// All links between two of the nodes.
    fn links_among(&self, nodes: &str, conditions: &[String]) -> String {
        let dialect = self.dialect;
        let (from, id, _) = members_of(dialect, nodes);
        let side = |column: &str| {
            let mut conditions = conditions.to_vec();
            conditions.insert(0, format!("l.{column}={id}"));
            format!(
                "SELECT l.id FROM {from} CROSS JOIN lineage_link l{}",
                where_all(&conditions)
            )
        };
        format!(
            "(SELECT {} FROM lineage_link l WHERE l.id IN ({} INTERSECT {}))",
            dialect.keys("l.id", "l.date_order,l.id"),
            side("predecessor_id"),
            side("successor_id")
        )
    }

    /// A picture of the tree, or its text: drawn by code from what the statement leaves.
    fn drawing(&mut self, family: &str, field: &'d Field) -> Planned<String> {
        // Within the tree: what surrounds it, times its limit.
        self.drawn = self.drawn.saturating_add(self.reach);
        if self.drawn > DRAWN {
            return Err(self.fail(Error::limit(format!(
                "the query's pictures come to {} organisations by their limits; at most {DRAWN} are allowed, ask for a smaller limit or for fewer pictures",
                self.drawn
            ))));
        }
        let mark = match field.name.as_str() {
            "svg" => {
                let widths = i64::from(*draw::WIDTHS.start())..=i64::from(*draw::WIDTHS.end());
                let width = self.whole(field, "width", widths)?;
                let width = width.map(|(_, width)| width.to_string());
                computed::drawing_marker("svg", &width.unwrap_or_default())
            }
            name => computed::drawing_marker(name, ""),
        };
        let mark = self.bind_text(&mark);
        let dialect = self.dialect;
        let (from, id, depth) = members_of(dialect, family);
        let organisation = self.declarations.thing("Organisation");
        let name = self.name_of(organisation, "o");
        let member = dialect.object(&[
            ("key".to_owned(), "o.id".to_owned()),
            ("name".to_owned(), name),
            ("abbreviation".to_owned(), "o.abbreviation".to_owned()),
            ("kind".to_owned(), "o.kind".to_owned()),
            ("status".to_owned(), "o.status".to_owned()),
            ("depth".to_owned(), depth.to_owned()),
            ("founded".to_owned(), span(dialect, "o.founded")),
            ("dissolved".to_owned(), span(dialect, "o.dissolved")),
        ]);
        let link = dialect.object(&[
            ("kind".to_owned(), "l.kind".to_owned()),
            ("predecessor".to_owned(), "l.predecessor_id".to_owned()),
            ("successor".to_owned(), "l.successor_id".to_owned()),
            ("date".to_owned(), span(dialect, "l.date")),
        ]);
        let nodes = format!(
            "(SELECT {} FROM {from} CROSS JOIN organisation o WHERE o.id={id})",
            dialect.list(&member, &format!("{depth},o.id"), "")
        );
        let links = format!(
            "(SELECT {} FROM {} JOIN lineage_link l ON l.id=x.value)",
            dialect.list(&link, "x.key", ""),
            dialect.each_key_in_order(&format!("{family}.links"), "x")
        );
        let json = dialect.object(&[
            ("nodes".to_owned(), dialect.nested(&nodes)),
            ("links".to_owned(), dialect.nested(&links)),
        ]);
        Ok(format!("{mark} || CAST({json} AS text)"))
    }

    fn ways(&mut self, field: &'d Field) -> Planned<Vec<Way>> {
        let direction = self
            .argument(field, "direction")
            .unwrap_or(Argument::Absent);
        let direction = direction.decided(&mut self.variables);
        Ok(match direction.as_str() {
            Some("ANCESTORS") => vec![Way::Back],
            Some("DESCENDANTS") => vec![Way::On],
            Some(_) => vec![Way::Back, Way::On],
            None => return Err(self.absent("direction")),
        })
    }
}

/// The organisations that a question is about.
pub(super) struct Asked {
    /// The ids as table `a` with columns `key` and `value`.
    pub table: String,
    pub count: usize,
}

impl<'d> Planner<'d, '_> {
    /// Reads `of`: at least so many organisations.
    pub(super) fn organisations_asked(&mut self, field: &'d Field, least: usize) -> Planned<Asked> {
        let ids = self.argument(field, "of").unwrap_or(Argument::Absent);
        let ids = self.few(&ids, ROOTS, "of")?;
        if ids.len() < least {
            let message = format!("expected at least {least}, got {}", ids.len());
            return Err(self.bad("of", message));
        }
        let ids = ids
            .iter()
            .map(|id| self.bind_argument(id, Convert::Id(Some("org")), "of"))
            .collect::<Planned<Vec<_>>>()?;
        Ok(Asked {
            table: self.dialect.each(&ids, "a"),
            count: ids.len(),
        })
    }

    /// The answer, or a note of the first organisation asked about that does not exist.
    pub(super) fn unless_missing(&mut self, asked: &Asked, json: &str) -> String {
        let mark = self.bind_text(&computed::missing_marker("of"));
        let missing = format!(
            "SELECT {mark} || a.value FROM {} WHERE {} IS NULL ORDER BY a.key LIMIT 1",
            asked.table,
            key_of("a.value")
        );
        self.dialect.first_of(&missing, json)
    }
}

/// The nodes of a tree as tables, and the expressions of a node's key and depth.
fn members_of(dialect: Dialect, tree: &str) -> (String, &'static str, &'static str) {
    match dialect {
        Dialect::Sqlite => (
            format!("json_each({tree}.nodes) d CROSS JOIN json_each(d.value) c"),
            "c.value",
            "CAST(d.key AS integer)",
        ),
        Dialect::Postgres => (
            format!("unnest({tree}.nodes,{tree}.depths) AS c(id,depth)"),
            "c.id",
            "c.depth",
        ),
    }
}

/// A date as drawings take it.
fn span(dialect: Dialect, edtf: &str) -> String {
    let json = dialect.object(&[
        ("edtf".to_owned(), edtf.to_owned()),
        ("earliest".to_owned(), format!("{edtf}_earliest")),
        ("latest".to_owned(), format!("{edtf}_latest")),
    ]);
    dialect.nested(&format!("CASE WHEN {edtf} IS NOT NULL THEN {json} END"))
}
