//! Every declared type in one place, and the questions that the schema and the planner ask of them together.

use std::collections::HashMap;

use super::{
    campaign, claim, event, federation, lineage, organisation, person, place, publication,
    relation, source, statement,
    thing::{Connection, NodeOf, Source, Target, Thing},
    topic,
};

/// All declared types, in the order of the documentation.
pub struct Declarations {
    things: Vec<Thing>,
    by_name: HashMap<&'static str, usize>,
}

/// The tables of the node registry, by which an interface's implementation is told.
const UNREGISTERED: [&str; 1] = ["claim"];

impl Declarations {
    pub fn new() -> Self {
        let things = vec![
            organisation::organisation(),
            person::person(),
            campaign::campaign(),
            publication::publication(),
            event::event(),
            lineage::link(),
            relation::membership(),
            relation::participation(),
            relation::affiliation(),
            relation::authorship(),
            relation::publishing(),
            relation::classification(),
            relation::name(),
            relation::external_id(),
            place::place(),
            place::country(),
            place::place_period(),
            topic::topic(),
            statement::statement(),
            claim::claim(),
            claim::revision(),
            source::source(),
        ];
        let by_name = things
            .iter()
            .enumerate()
            .map(|(index, thing)| (thing.name, index))
            .collect();
        Self { things, by_name }
    }

    pub fn things(&self) -> impl Iterator<Item = &Thing> {
        self.things.iter()
    }

    /// Those whose objects can be told by keys.
    pub fn keyed(&self) -> impl Iterator<Item = &Thing> {
        self.things()
            .filter(|thing| !federation::keys(thing).is_empty())
    }

    /// A declared type by its name.
    ///
    /// # Panics
    ///
    /// Never for names that stand in declarations: the first test of the schema looks each of them up.
    pub fn thing(&self, name: &str) -> &Thing {
        &self.things[self.by_name.get(name).copied().unwrap_or_default()]
    }

    pub fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Whether an object of type `ty` meets a type condition.
    pub fn is_a(&self, ty: &str, condition: &str) -> bool {
        ty == condition
            || self.contains(ty) && {
                let thing = self.thing(ty);
                thing.interfaces.contains(&condition)
                    || condition == federation::UNION && !federation::keys(thing).is_empty()
            }
    }

    /// The implementations of an interface that the node registry tells apart.
    pub fn registered(&self, interface: &str) -> impl Iterator<Item = &Thing> {
        self.implementing(interface, true)
    }

    /// The implementations that have ids of their own outside the registry.
    pub fn unregistered(&self, interface: &str) -> impl Iterator<Item = &Thing> {
        self.implementing(interface, false)
    }

    fn implementing(&self, interface: &str, registered: bool) -> impl Iterator<Item = &Thing> {
        let interface = interface.to_owned();
        self.things.iter().filter(move |thing| {
            thing.interfaces.iter().any(|name| *name == interface)
                && is_registered(thing) == registered
        })
    }

    /// Every connection that a declared field or a root field gives.
    pub fn connections(&self) -> impl Iterator<Item = &Connection> {
        self.things
            .iter()
            .flat_map(|thing| &thing.fields)
            .filter_map(|field| match &field.source {
                Source::Connection(connection) => Some(&**connection),
                _ => None,
            })
    }
}

/// Whether the node registry knows the type's ids; else its own table does alone.
pub fn is_registered(thing: &Thing) -> bool {
    !UNREGISTERED.contains(&thing.table)
}

/// The type name of a connection's nodes.
pub fn node_type(node: NodeOf) -> &'static str {
    match node {
        NodeOf::Row(name) | NodeOf::Key(_, Target::Thing(name)) => name,
        NodeOf::Key(_, target @ Target::Entity) => target.type_name(),
        NodeOf::Issue => "Issue",
    }
}
