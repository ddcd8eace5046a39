//! The root fields: what a query can start from.

use apollo_compiler::executable::Field;
use entity::{campaign, event, organisation, person, place, publication, source, topic};

use super::{
    convert::Convert,
    document::Ask,
    federation,
    plan::{Planned, Planner},
    search,
    thing::{Argument, Connection, Narrows, Time, by, column, page},
};

pub struct RootField {
    pub name: &'static str,
    pub description: &'static str,
    pub kind: Root,
}

pub enum Root {
    /// One entity by `by`.
    By(&'static str),
    /// One record by `id`.
    Id(&'static str),
    List(Box<Connection>),
    Node,
    Nodes,
    Search,
    Lineage,
    CommonAncestors,
    Paths,
    Dataset,
}

/// The most ids that `nodes` takes.
pub const NODES_MAX: usize = 100;

pub fn roots() -> Vec<RootField> {
    let root = |name, kind, description| RootField {
        name,
        description,
        kind,
    };
    let list = |name, connection: Connection, description| {
        root(name, Root::List(Box::new(connection)), description)
    };
    vec![
        root(
            "organisation",
            Root::By("Organisation"),
            "One organisation; null: none of this id, slug or external id.",
        ),
        list(
            "organisations",
            page("Organisation", organisation::Entity)
                .filtered_by("Organisation")
                .ordered_by("Organisation")
                .time(Time::period(
                    organisation::Column::Founded,
                    organisation::Column::Dissolved,
                ))
                .order(by(organisation::Column::NameFolded))
                .both_ways(),
            "Organisations, by name unless ordered otherwise.",
        ),
        root(
            "person",
            Root::By("Person"),
            "One person; null: none of this id, slug or external id.",
        ),
        list(
            "people",
            page("Person", person::Entity)
                .filtered_by("Person")
                .ordered_by("Person")
                .time(Time::period(person::Column::Born, person::Column::Died))
                .order(by(person::Column::NameFolded))
                .both_ways(),
            "People, by name unless ordered otherwise.",
        ),
        root(
            "campaign",
            Root::By("Campaign"),
            "One campaign; null: none of this id, slug or external id.",
        ),
        list(
            "campaigns",
            page("Campaign", campaign::Entity)
                .filtered_by("Campaign")
                .ordered_by("Campaign")
                .time(super::campaign::time())
                .order(by(campaign::Column::NameFolded))
                .both_ways(),
            "Campaigns, by name unless ordered otherwise.",
        ),
        root(
            "publication",
            Root::By("Publication"),
            "One publication; null: none of this id, slug or external id.",
        ),
        list(
            "publications",
            page("Publication", publication::Entity)
                .filtered_by("Publication")
                .ordered_by("Publication")
                .time(super::publication::time())
                .order(by(publication::Column::NameFolded))
                .both_ways(),
            "Publications, by title unless ordered otherwise.",
        ),
        root(
            "event",
            Root::By("Event"),
            "One event; null: none of this id, slug or external id.",
        ),
        list(
            "events",
            page("Event", event::Entity)
                .filtered_by("Event")
                .ordered_by("Event")
                .time(super::event::time())
                .order(by(event::Column::DateOrder))
                .both_ways(),
            "Events, by date unless ordered otherwise.",
        ),
        root(
            "source",
            Root::Id("Source"),
            "One source; null: none of this id.",
        ),
        list(
            "sources",
            page("Source", source::Entity)
                .order(by(source::Column::Title))
                .both_ways(),
            "Sources, by title.",
        ),
        list(
            "places",
            page("Place", place::Entity)
                .filtered_by("Place")
                .order(by(place::Column::NameFolded))
                .both_ways(),
            "Places, by name.",
        ),
        list(
            "topics",
            page("Topic", topic::Entity)
                .filtered_by("Topic")
                .argument(Argument {
                    name: "kind",
                    ty: "TopicKind".to_owned(),
                    description: "Only topics of this kind. Null: ideologies and subjects.",
                    narrows: Narrows::Equals(column(topic::Column::Kind)),
                })
                .order(by(topic::Column::NameFolded))
                .both_ways(),
            "Ideologies and subjects, by name.",
        ),
        root(
            "node",
            Root::Node,
            "Whatever has this id; null: nothing has.",
        ),
        root(
            "nodes",
            Root::Nodes,
            "What has these ids, at most 100, in the order asked; null where nothing has the id.",
        ),
        root(
            "search",
            Root::Search,
            "Entities of all kinds by words of their names, titles and summaries, the best match first.",
        ),
        root(
            "lineage",
            Root::Lineage,
            "The family tree around organisations, 1 to 100 of them: ancestors and descendants with all links among them, as data and as a picture. Unknown ids are an error.",
        ),
        root(
            "paths",
            Root::Paths,
            "How two entities are connected: the shortest paths first, then the next; at equal length, descent before other relations. No entity is passed twice. An empty list: they are not connected, or not by so few steps. Unknown ids are an error, and so is a search that would look at more than 10,000 entities, or try too many ways between them.",
        ),
        root(
            "commonAncestors",
            Root::CommonAncestors,
            "What organisations, 2 to 100 of them, all came from: the nearest first, at most 100. An organisation counts as its own ancestor, so that it is found where one of them came from another. Unknown ids are an error.",
        ),
        root("dataset", Root::Dataset, "The data set as a whole."),
    ]
}

impl<'d> Planner<'d, '_> {
    /// What one root field asks of the database; none for introspection. `service` is what `_service` tells.
    pub fn ask(
        &mut self,
        roots: &'d [RootField],
        service: &str,
        key: &str,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<Option<Ask>> {
        let name = field.name.as_str();
        let root = roots.iter().find(|root| root.name == name);
        let ask = match (name, root) {
            (federation::SERVICE, _) => Ask::Service(self.service(fields, service)),
            (federation::ENTITIES, _) => {
                Ask::One(self.root(key, field, |this| this.entities(field, fields))?)
            }
            (_, None) => return Ok(None),
            (_, Some(root)) => match root.kind {
                Root::Paths => Ask::Paths(Box::new(self.paths(key, field, fields)?)),
                _ => Ask::One(self.root(key, field, |this| {
                    this.scoped(field, |this| this.root_field(root, field, fields))
                })?),
            },
        };
        Ok(Some(ask))
    }

    /// The JSON of one root field.
    fn root_field(
        &mut self,
        root: &'d RootField,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        match &root.kind {
            Root::By(thing) | Root::Id(thing) => self.lookup(thing, field, fields),
            Root::List(connection) => self.page(connection, None, field, fields),
            Root::Node => {
                let id = self
                    .argument(field, "id")
                    .unwrap_or(super::argument::Argument::Absent);
                let id = self.bind_argument(&id, Convert::Id(None), "id")?;
                self.by_id(&id, fields)
            }
            Root::Nodes => self.nodes(field, fields),
            Root::Search => search::plan(self, field, fields),
            Root::Lineage => self.family_of(field, fields),
            Root::CommonAncestors => self.common_ancestors(field, fields),
            // Planned by itself: it is more than one statement.
            Root::Paths => Ok(self.dialect.null().to_owned()),
            Root::Dataset => self.dataset(fields),
        }
    }

    fn nodes(&mut self, field: &'d Field, fields: &[&'d Field]) -> Planned<String> {
        let Some(ids) = self.argument(field, "ids") else {
            return Ok(self.dialect.array(&[]));
        };
        let ids = self.few(&ids, NODES_MAX, "ids")?;
        let ids = ids
            .iter()
            .map(|id| self.bind_argument(id, Convert::Id(None), "ids"))
            .collect::<Planned<Vec<_>>>()?;
        let asked = self.alias();
        let node = self.within(ids.len() as u64, |this| {
            this.by_id(&format!("{asked}.value"), fields)
        })?;
        let node = self.dialect.nested(&node);
        let list = self.dialect.list(&node, &format!("{asked}.key"), "");
        let each = self.dialect.each(&ids, &asked);
        Ok(format!("(SELECT {list} FROM {each})"))
    }

    fn dataset(&mut self, fields: &[&'d Field]) -> Planned<String> {
        let row = self.alias();
        let selected = self.collect("Dataset", fields);
        let members = self.members("Dataset", selected, |this, field, fields| {
            Ok(match field.name.as_str() {
                "counts" => this.counts(fields)?,
                "issues" => {
                    let json = this.issues(field, fields)?;
                    this.dialect.nested(&json)
                }
                "changedAt" => this.dialect.instant(&format!("{row}.changed_at")),
                name => format!("{row}.{name}"),
            })
        })?;
        let json = self.dialect.object(&members);
        Ok(format!(
            "(SELECT {json} FROM dataset {row} WHERE {row}.id=1)"
        ))
    }

    fn counts(&mut self, fields: &[&'d Field]) -> Planned<String> {
        let declarations = self.declarations;
        let mut counts = Vec::new();
        for thing in declarations.registered("Entity") {
            let selected = self.collect("EntityCount", fields);
            let members = self.members("EntityCount", selected, |_, field, _| {
                Ok(if field.name == "kind" {
                    format!("'{}'", thing.table.to_uppercase())
                } else {
                    format!("(SELECT count(*) FROM {})", thing.table)
                })
            })?;
            counts.push(self.dialect.object(&members));
        }
        Ok(self.dialect.array(&counts))
    }
}
