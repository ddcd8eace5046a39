//! Paths between two entities. What a path is made of is found step by step ([`super::search`]); one statement then
//! fetches what is selected of the paths found.

use std::ops::RangeInclusive;

use apollo_compiler::executable::Field;
use entity::{
    affiliation, authorship, campaign, event, event_order, lineage_link, membership, organisation,
    participation, publication, publishing,
};

use crate::{
    error::Error,
    graph::{
        Graph,
        argument::Argument,
        convert::Convert,
        document::{Statement, Values},
        plan::{LIST, Planned, Planner, where_all},
        thing::{Column, Target, column},
    },
};

use super::search::{Next, Question, RELATIONS, Search};

/// How long a path may be asked to be, and how many paths may be asked for.
const LENGTHS: RangeInclusive<i64> = 1..=50;
const LIMITS: RangeInclusive<i64> = 1..=50;

/// A table that relates entities.
struct Sort {
    /// What the relation is called; none: the link's own kind.
    via: Option<&'static str>,
    from: Column,
    to: Column,
    time: When,
    /// The property whose claims say of a relation that is a column of the entity; none: it has a row of its own.
    property: Option<&'static str>,
}

/// The time of a relation.
enum When {
    Never,
    Happening(Column),
    Period(Column, Column),
    /// That of what one of its columns refers to.
    Of(Column, Column),
    /// A part: in an event, the event's date tells; in anything else, its own period.
    Part {
        start: Column,
        end: Column,
        event: Column,
        date: Column,
    },
}

/// Every sort of relation, descent first: a path of descent comes before others of its length.
fn sorts() -> [Sort; 10] {
    let row = |via, from, to, time| Sort {
        via: Some(via),
        from,
        to,
        time,
        property: None,
    };
    let own = |via, from, to, property| Sort {
        property: Some(property),
        ..row(via, from, to, When::Never)
    };
    [
        Sort {
            via: None,
            ..row(
                "",
                column(lineage_link::Column::PredecessorId),
                column(lineage_link::Column::SuccessorId),
                When::Happening(column(lineage_link::Column::Date)),
            )
        },
        row(
            "AFFILIATION",
            column(affiliation::Column::MemberId),
            column(affiliation::Column::BodyId),
            When::Period(
                column(affiliation::Column::Start),
                column(affiliation::Column::End),
            ),
        ),
        row(
            "MEMBERSHIP",
            column(membership::Column::PersonId),
            column(membership::Column::OrganisationId),
            When::Period(
                column(membership::Column::Start),
                column(membership::Column::End),
            ),
        ),
        row(
            "PARTICIPATION",
            column(participation::Column::ParticipantId),
            column(participation::Column::ContextId),
            When::Part {
                start: column(participation::Column::Start),
                end: column(participation::Column::End),
                event: column(participation::Column::ContextId),
                date: column(event::Column::Date),
            },
        ),
        row(
            "AUTHORSHIP",
            column(authorship::Column::PersonId),
            column(authorship::Column::PublicationId),
            When::Of(
                column(authorship::Column::PublicationId),
                column(publication::Column::Published),
            ),
        ),
        row(
            "PUBLISHING",
            column(publishing::Column::OrganisationId),
            column(publishing::Column::PublicationId),
            When::Of(
                column(publishing::Column::PublicationId),
                column(publication::Column::Published),
            ),
        ),
        own(
            "NEWSPAPER",
            column(organisation::Column::Id),
            column(organisation::Column::NewspaperId),
            "newspaper",
        ),
        own(
            "PARENT",
            column(campaign::Column::Id),
            column(campaign::Column::ParentId),
            "parent",
        ),
        own(
            "ORGANISATION",
            column(campaign::Column::Id),
            column(campaign::Column::OrganisationId),
            "organisation",
        ),
        row(
            "BEFORE",
            column(event_order::Column::EarlierId),
            column(event_order::Column::LaterId),
            When::Never,
        ),
    ]
}

/// What answers `paths`: three statements, of which the second is sent once for each step of the search.
#[derive(Clone, Debug)]
pub struct Paths {
    /// The keys of both ends, and the bounds.
    pub ends: Statement,
    /// The relations around the entities of a list, which is its first parameter.
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
        let bounds = graph.run(&self.ends, ends).await?;
        let (from, to, max_length, limit): (End, End, usize, usize) = read(&bounds)?;
        let mut search = Search::new(Question {
            from: from.key("from")?,
            to: to.key("to")?,
            max_length,
            limit,
        });
        loop {
            match search.next()? {
                Next::LookAround(front) => {
                    let values = found(around.clone(), &front)?;
                    let relations = graph.run(&self.around, values).await?;
                    search.learn(read(&relations)?)?;
                }
                Next::Found(paths) => return graph.run(&self.answer, found(answer, &paths)?).await,
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
        let ends = self.root(key, |this| this.ends(field))?;
        let via = self.argument(field, "via").unwrap_or(Argument::Absent);
        let via = via.decided(&mut self.variables);
        let sorts = sorts();
        let sorts = match via.as_str() {
            Some("ANY") => &sorts[..],
            Some(_) => &sorts[..1],
            None => return Err(self.absent("via")),
        };
        let around = self.root(key, |this| {
            let front = this.found();
            this.scoped(field, |this| Ok(this.around(&front, sorts)))
        })?;
        let answer = self.root(key, |this| {
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

    fn ends(&mut self, field: &'d Field) -> Planned<String> {
        let mut parts = Vec::new();
        for name in ["from", "to"] {
            let id = self.argument(field, name).unwrap_or(Argument::Absent);
            let id = self.bind_argument(&id, Convert::Id(None), name)?;
            let kinds: Vec<String> = self
                .declarations
                .registered("Entity")
                .map(|thing| format!("'{}'", thing.table.to_uppercase()))
                .collect();
            let key = format!(
                "(SELECT n.id FROM node n WHERE n.public_id={id} AND n.kind IN ({}))",
                kinds.join(",")
            );
            parts.push(self.dialect.array(&[format!("CAST({id} AS text)"), key]));
        }
        for (name, range) in [("maxLength", LENGTHS), ("limit", LIMITS)] {
            let Some((parameter, _)) = self.whole(field, name, range)? else {
                return Err(self.absent(name));
            };
            parts.push(format!("CAST({parameter} AS bigint)"));
        }
        Ok(self.dialect.array(&parts))
    }

    /// The relations around the entities of a list, each as an object.
    fn around(&self, front: &str, sorts: &[Sort]) -> String {
        let dialect = self.dialect;
        let front = dialect.each_key(&dialect.bound_keys(front), "e");
        let mut around = Vec::new();
        for (number, sort) in sorts.iter().enumerate() {
            let via = sort
                .via
                .map_or_else(|| "r.kind".to_owned(), |via| format!("'{via}'"));
            let (table, from, to) = (sort.from.table, sort.from.name, sort.to.name);
            for side in [from, to] {
                let mut conditions = vec![
                    format!("r.{side}=e.value"),
                    // A part that nobody named relates nothing.
                    format!("r.{from} IS NOT NULL AND r.{to} IS NOT NULL"),
                ];
                conditions.extend(self.during(sort));
                around.push(format!(
                    "SELECT r.{from} AS a,r.{to} AS b,{via} AS via,{number} AS sort,r.id FROM {front} CROSS JOIN {table} r{}",
                    where_all(&conditions)
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
        format!(
            "(SELECT {} FROM ({} LIMIT {}) r)",
            dialect.list(&relation, "", ""),
            around.join(" UNION ALL "),
            RELATIONS + 1
        )
    }

    /// The condition that a relation holds in the scope, if there is one.
    fn during(&self, sort: &Sort) -> Option<String> {
        match sort.time {
            When::Never => None,
            When::Happening(date) => self.happened("r", date),
            When::Period(start, end) => self.holds("r", start, end),
            When::Of(key, date) => {
                let happened = self.happened("o", date)?;
                Some(format!(
                    "EXISTS (SELECT 1 FROM {} o WHERE o.id=r.{} AND {happened})",
                    date.table, key.name
                ))
            }
            When::Part {
                start,
                end,
                event,
                date,
            } => {
                let (holds, happened) = (self.holds("r", start, end)?, self.happened("o", date)?);
                Some(format!(
                    "coalesce((SELECT {happened} FROM event o WHERE o.id=r.{}),{holds})",
                    event.name
                ))
            }
        }
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
        let json = self.within(LIST, |this| this.object(thing, "c", fields))?;
        let list = self
            .dialect
            .list(&json, "c.property,c.rank DESC,c.ordinal,c.id", "");
        Ok(format!("(SELECT {list} FROM claim c WHERE {condition})"))
    }
}
