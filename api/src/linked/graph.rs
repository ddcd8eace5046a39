//! Triples in the order in which they are to be read: by subject, by predicate.

use indexmap::{IndexMap, IndexSet};
use oxrdf::{Literal, NamedNode, Term, Triple};

use super::Addresses;

/// What is said of one subject: a predicate in short form (`org:member`), and its objects.
pub(super) type Node = IndexMap<&'static str, IndexSet<Term>>;

/// A set of triples. Each stands in it once, in the order of what was said first.
pub struct Graph<'a> {
    pub addresses: &'a Addresses,
    nodes: IndexMap<String, Node>,
}

impl<'a> Graph<'a> {
    pub fn new(addresses: &'a Addresses) -> Self {
        Self {
            addresses,
            nodes: IndexMap::new(),
        }
    }

    /// All triples, those with the same subject and predicate one after the other.
    pub fn triples(&self) -> impl Iterator<Item = Triple> {
        self.nodes().flat_map(move |(subject, node)| {
            node.iter().flat_map(move |(predicate, objects)| {
                let subject = NamedNode::new_unchecked(subject);
                let predicate = NamedNode::new_unchecked(self.addresses.prefixes.expand(predicate));
                objects.iter().map(move |object| {
                    Triple::new(subject.clone(), predicate.clone(), object.clone())
                })
            })
        })
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.nodes
            .iter()
            .map(|(subject, node)| (subject.as_str(), node))
    }

    /// Whether anything is said of a subject by a predicate in short form.
    pub(super) fn says(&self, subject: &str, predicate: &str) -> bool {
        let node = self.nodes.get(subject);
        node.is_some_and(|node| node.contains_key(predicate))
    }

    /// Keeps what is said of some subjects.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.nodes.retain(|subject, _| keep(subject));
    }

    /// Says something. The predicate is in short form.
    pub(super) fn say(&mut self, subject: &str, predicate: &'static str, object: impl Into<Term>) {
        let object = object.into();
        if let Some(node) = self.nodes.get_mut(subject) {
            node.entry(predicate).or_default().insert(object);
        } else {
            let node = Node::from_iter([(predicate, IndexSet::from_iter([object]))]);
            self.nodes.insert(subject.to_owned(), node);
        }
    }

    /// Says that something is of a class, given in short form.
    pub(super) fn class(&mut self, subject: &str, class: &str) {
        let class = self.term(class);
        self.say(subject, "rdf:type", class);
    }

    /// Says a text, if there is one.
    pub(super) fn text(&mut self, subject: &str, predicate: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.say(subject, predicate, Literal::new_simple_literal(text));
        }
    }

    /// Says something of which the address is known.
    pub(super) fn link(&mut self, subject: &str, predicate: &'static str, address: String) {
        self.say(subject, predicate, NamedNode::new_unchecked(address));
    }

    /// Says a value of a closed vocabulary.
    pub(super) fn concept(
        &mut self,
        subject: &str,
        predicate: &'static str,
        vocabulary: &str,
        value: &str,
    ) {
        let concept = self.addresses.concept(vocabulary, value);
        self.link(subject, predicate, concept);
    }

    /// Says a value with a type, given in short form.
    pub(super) fn typed(
        &mut self,
        subject: &str,
        predicate: &'static str,
        value: impl Into<String>,
        datatype: &str,
    ) {
        let datatype = self.term(datatype);
        let value = Literal::new_typed_literal(value, datatype);
        self.say(subject, predicate, value);
    }

    /// A term in short form, in full.
    pub(super) fn term(&self, short: &str) -> NamedNode {
        NamedNode::new_unchecked(self.addresses.prefixes.expand(short))
    }
}
