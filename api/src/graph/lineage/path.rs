//! Paths between two entities. What a path is made of is found step by step ([`super::search`]); one statement then
//! fetches what is selected of the paths found.

use std::ops::RangeInclusive;

use crate::{
    error::Error,
    graph::{
        Graph,
        argument::Argument,
        convert::Convert,
        document::{Statement, Values},
        pick::key_of,
        plan::{Planned, Planner},
        thing::Target,
    },
};
use apollo_compiler::executable::Field;

use super::{
    search::{FRONT, Next, Question, RELATIONS, Relation, STEPS, Search},
    sort::{Sort, When, sorts},
};

/// How long a path may be asked to be, and how many paths may be asked for.
const LENGTHS: RangeInclusive<i64> = 1..=50;
const LIMITS: RangeInclusive<i64> = 1..=50;

/// What answers `paths`: three statements, of which the second is sent as often as the search goes on.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The keys of both ends, and the bounds; where the search is eager, the relations around the ends as well.
    pub ends: Statement,
    /// The relations around the entities of one list or two, which are its first parameter.
    pub around: Statement,
    /// What is selected of the paths of a list, which is its first parameter.
    pub answer: Statement,
}

impl Paths {
    /// The answer.
    ///
    /// # Errors
    /// [`Error::NotFound`] when an end does not exist; [`Error::Limit`] when too much would have to be looked at.
    pub(in crate::graph) async fn find(
        &self,
        graph: &Graph,
        ends: Values,
        around: Values,
        answer: Values,
    ) -> Result<String, Error> {
        let ends: Ends = read(&graph.row(&self.ends, ends).await?)?;
        let mut search = Search::new(Question {
            from: ends.from.key("from")?,
            to: ends.to.key("to")?,
            max_length: ends.max_length,
            limit: ends.limit,
            eager: ends.around.is_some(),
        });
        if let Some(relations) = ends.around {
            search.learn(relations);
        }
        loop {
            match search.next()? {
                Next::LookAround(fronts) => {
                    let values = found(around.clone(), &fronts)?;
                    let relations = graph.row(&self.around, values).await?;
                    search.learn(read(&relations)?);
                }
                Next::Found(paths) => return graph.row(&self.answer, found(answer, &paths)?).await,
            }
        }
    }
}

/// The values of a statement with what the search found in the first place.
fn found(mut values: Values, found: &impl serde::Serialize) -> Result<Values, Error> {
    let json = serde_json::to_string(found).map_err(Error::internal)?;
    if let Some(first) = values.first_mut() {
        *first = json.into();
    }
    Ok(values)
}

/// What the first statement gives.
#[derive(serde::Deserialize)]
struct Ends {
    from: End,
    to: End,
    max_length: usize,
    limit: usize,
    around: Option<Vec<Relation>>,
}

/// An end by its public id, and its key if it exists.
#[derive(serde::Deserialize)]
struct End(String, Option<i64>);

impl End {
    fn key(&self, argument: &str) -> Result<i64, Error> {
        let Self(id, key) = self;
        key.ok_or_else(|| Error::not_found(format!("{argument}: there is no entity {id}")))
    }
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(Error::internal)
}

impl<'d> Planner<'d, '_> {
    /// `Query.paths`.
    pub(in crate::graph) fn paths(
        &mut self,
        key: &str,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<Paths> {
        let via = self.argument(field, "via").unwrap_or(Argument::Absent);
        let via = via.decided(&mut self.variables);
        let sorts = sorts();
        let sorts = match via.as_str() {
            Some("ANY") => &sorts[..],
            Some(_) => &sorts[..1],
            None => return Err(self.absent("via")),
        };
        // What is related to much may be next to an end: it is looked around when nothing else is left.
        let eager = sorts.len() == 1;
        let ends = self.root(key, field, |this| {
            this.scoped(field, |this| this.ends(field, eager.then_some(sorts)))
        })?;
        let steps = if eager { STEPS } else { 1 };
        let around = self.root(key, field, |this| {
            let fronts = this.dialect.bound_json(&this.found());
            let start = format!(
                "SELECT {} AS front FROM {}",
                this.dialect.bound_keys("s.value"),
                this.dialect.each_json(&fronts, "s")
            );
            this.scoped(field, |this| Ok(this.around(&start, sorts, steps)))
        })?;
        let answer = self.root(key, field, |this| {
            let found = this.found();
            this.scoped(field, |this| this.found_paths(&found, fields))
        })?;
        Ok(Paths {
            ends,
            around,
            answer,
        })
    }

    /// The parameter that the search fills in.
    fn found(&mut self) -> String {
        self.bind_text("[]")
    }

    fn ends(&mut self, field: &'d Field, eager: Option<&[Sort]>) -> Planned<String> {
        let dialect = self.dialect;
        let kinds: Vec<String> = self
            .declarations
            .registered("Entity")
            .map(|thing| format!("'{}'", thing.table.to_uppercase()))
            .collect();
        let kinds = kinds.join(",");
        let (mut members, mut starts) = (Vec::new(), Vec::new());
        for name in ["from", "to"] {
            let id = self.argument(field, name).unwrap_or(Argument::Absent);
            let id = self.bind_argument(&id, Convert::Id(None), name)?;
            let key = format!(
                "(SELECT n.id FROM node n WHERE n.id={} AND n.kind IN ({kinds}))",
                key_of(&id)
            );
            starts.push(format!("SELECT {} AS front", dialect.one_key(&key)));
            let end = dialect.array(&[format!("CAST({id} AS text)"), key]);
            members.push((name.to_owned(), end));
        }
        for (name, member, range) in [
            ("maxLength", "max_length", LENGTHS),
            ("limit", "limit", LIMITS),
        ] {
            let Some((parameter, _)) = self.whole(field, name, range)? else {
                return Err(self.absent(name));
            };
            members.push((member.to_owned(), format!("CAST({parameter} AS bigint)")));
        }
        if let Some(sorts) = eager {
            let around = self.around(&starts.join(" UNION ALL "), sorts, STEPS);
            members.push(("around".to_owned(), dialect.nested(&around)));
        }
        Ok(dialect.object(&members))
    }

    /// The relations around the entities of lists, and around those so many steps from them, each as an object. `start`
    /// selects the lists as `front`; each is gone on from on its own, as long as it is short.
    fn around(&self, start: &str, sorts: &[Sort], steps: usize) -> String {
        let dialect = self.dialect;
        let (mut next, mut around) = (Vec::new(), Vec::new());
        for (number, sort) in sorts.iter().enumerate() {
            let via = sort
                .via
                .map_or_else(|| "r.kind".to_owned(), |via| format!("'{via}'"));
            let (table, from, to) = (sort.from.table, sort.from.name, sort.to.name);
            // A part that nobody named relates nothing.
            let mut conditions = vec![format!("r.{from} IS NOT NULL AND r.{to} IS NOT NULL")];
            conditions.extend(self.during(sort));
            let conditions = conditions.join(" AND ");
            for (near, far) in [(from, to), (to, from)] {
                next.push(format!(
                    "SELECT r.{far} AS id FROM {} CROSS JOIN {table} r WHERE r.{near}=e.value AND {conditions}",
                    dialect.each_key("w.front", "e")
                ));
                around.push(format!(
                    "SELECT r.{from} AS a,r.{to} AS b,{via} AS via,{number} AS sort,r.id FROM x CROSS JOIN {table} r \
                     WHERE r.{near}=x.id AND {conditions}"
                ));
            }
        }
        let relation = dialect.object(
            &[
                ("from", "r.a"),
                ("to", "r.b"),
                ("via", "r.via"),
                ("sort", "r.sort"),
                ("row", "r.id"),
            ]
            .map(|(key, value)| (key.to_owned(), value.to_owned())),
        );
        let short = format!("(w.depth=0 OR {}<={FRONT})", dialect.count_keys("w.front"));
        format!(
            "(WITH RECURSIVE w(depth,front,seen) AS (SELECT 0,s.front,{none} FROM ({start}) s UNION ALL \
             SELECT w.depth+1,(SELECT {keys} FROM ({next} EXCEPT SELECT f.value FROM {seen} \
             EXCEPT SELECT f.value FROM {front}) m),{met} FROM w \
             WHERE w.front<>{none} AND w.depth<{last} AND {short}),\
             x(id) AS MATERIALIZED (SELECT DISTINCT e.value FROM w,{each} WHERE {short}) \
             SELECT {list} FROM ({around} LIMIT {most}) r)",
            none = dialect.no_keys(),
            last = steps - 1,
            keys = dialect.keys("m.id", ""),
            next = next.join(" UNION ALL "),
            seen = dialect.each_key("w.seen", "f"),
            front = dialect.each_key("w.front", "f"),
            met = dialect.joined_keys("w.seen", "w.front"),
            each = dialect.each_key("w.front", "e"),
            list = dialect.list(&relation, "", ""),
            around = around.join(" UNION ALL "),
            most = RELATIONS + 1,
        )
    }

    fn found_paths(&mut self, found: &str, fields: &[&'d Field]) -> Planned<String> {
        let dialect = self.dialect;
        let selected = self.collect("Path", fields);
        let most = u64::try_from(*LIMITS.end()).unwrap_or_default();
        let members = self.within(most, |this| {
            this.members("Path", selected, |this, field, fields| {
                if field.name == "length" {
                    return Ok("json_array_length(p.value)".to_owned());
                }
                let most = u64::try_from(*LENGTHS.end()).unwrap_or_default();
                let step = this.within(most, |this| this.path_step(fields))?;
                let list = dialect.list(&step, "s.key", "");
                let steps = format!("(SELECT {list} FROM {})", dialect.each_json("p.value", "s"));
                Ok(dialect.nested(&steps))
            })
        })?;
        let list = dialect.list(&dialect.object(&members), "p.key", "");
        Ok(format!(
            "(SELECT {list} FROM {})",
            dialect.each_json(&dialect.bound_json(found), "p")
        ))
    }

    fn path_step(&mut self, fields: &[&'d Field]) -> Planned<String> {
        let dialect = self.dialect;
        let number = |name: &str| dialect.number_in("s.value", name);
        let selected = self.collect("PathStep", fields);
        let members = self.members("PathStep", selected, |this, field, fields| {
            let json = match field.name.as_str() {
                "via" => return Ok("(s.value->>'via')".to_owned()),
                "forward" => return Ok(dialect.boolean(&format!("{}=1", number("forward")))),
                name @ ("from" | "to") => this.target(&number(name), Target::Entity, fields)?,
                "date" => this.step_date(&number("sort"), &number("row"), fields)?,
                _ => this.step_claims(&number("sort"), &number("row"), fields)?,
            };
            Ok(dialect.nested(&json))
        })?;
        Ok(dialect.object(&members))
    }

    /// When the relation came about.
    fn step_date(&mut self, sort: &str, row: &str, fields: &[&'d Field]) -> Planned<String> {
        let mut cases = String::new();
        for (number, of) in sorts().iter().enumerate() {
            let json = match of.time {
                When::Never => continue,
                When::Happening(date) | When::Period(date, _) => {
                    let json = self.date("r", date, fields)?;
                    format!("(SELECT {json} FROM {} r WHERE r.id={row})", date.table)
                }
                When::Of(key, date) => {
                    let json = self.date("o", date, fields)?;
                    let (of, to, key) = (key.table, date.table, key.name);
                    format!(
                        "(SELECT {json} FROM {of} r JOIN {to} o ON o.id=r.{key} WHERE r.id={row})"
                    )
                }
                When::Part {
                    start, event, date, ..
                } => {
                    let (of, event) = (start.table, event.name);
                    let own = self.date("r", start, fields)?;
                    let date = self.date("o", date, fields)?;
                    format!(
                        "coalesce((SELECT {own} FROM {of} r WHERE r.id={row}),\
                         (SELECT {date} FROM {of} r JOIN event o ON o.id=r.{event} WHERE r.id={row}))"
                    )
                }
            };
            cases.push_str(&format!(" WHEN {number} THEN {json}"));
        }
        Ok(format!("CASE {sort}{cases} END"))
    }

    /// What sources say of the relation.
    fn step_claims(&mut self, sort: &str, row: &str, fields: &[&'d Field]) -> Planned<String> {
        let mut of_property = String::new();
        for (number, of) in sorts().iter().enumerate() {
            if let Some(property) = of.property {
                of_property.push_str(&format!(" WHEN {number} THEN '{property}'"));
            }
        }
        let condition = format!(
            "c.id IN (SELECT x.id FROM claim x WHERE x.about_id={row} UNION ALL \
             SELECT x.id FROM lineage_link l JOIN claim x ON x.subject_id=l.event_id WHERE l.id={row} \
             AND (x.about_id IS NULL OR x.about_id IN (l.predecessor_participation_id,l.successor_participation_id)) UNION ALL \
             SELECT x.id FROM claim x WHERE x.subject_id={row} AND x.property=CASE {sort}{of_property} END)"
        );
        let thing = self.declarations.thing("Claim");
        let json = self.within_list(|this| this.object(thing, "c", fields))?;
        let list = self
            .dialect
            .list(&json, "c.property,c.rank DESC,c.ordinal,c.id", "");
        Ok(format!("(SELECT {list} FROM claim c WHERE {condition})"))
    }
}
