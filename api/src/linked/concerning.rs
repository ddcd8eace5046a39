//! What the graph of one record says of another record.

use std::collections::HashSet;

use oxrdf::Term;

use super::Graph;

impl Graph<'_> {
    /// Adds from the graph of the record at `owner` what it says of `of`: the plain triples, the relations that lead
    /// there with all that belongs to them, and the claims on them.
    pub fn add_concerning(&mut self, other: &Graph<'_>, owner: &str, of: &str) {
        let leads_to = |object: &Term, address: &str| match object {
            Term::NamedNode(node) => node.as_str() == address,
            _ => false,
        };
        let mut kept: HashSet<&str> = HashSet::from([of]);
        for (subject, node) in other.nodes().filter(|(subject, _)| *subject != owner) {
            if node.values().flatten().any(|object| leads_to(object, of)) {
                kept.insert(subject);
            }
        }
        for (subject, node) in other.nodes().filter(|(subject, _)| *subject != owner) {
            let part_of = subject.split_once('#').map(|(whole, _)| whole);
            let concerned = node.get("ns:concerns").into_iter().flatten();
            let concerns = |object: &Term| match object {
                Term::NamedNode(node) => kept.contains(node.as_str()),
                _ => false,
            };
            if part_of.is_some_and(|whole| kept.contains(whole))
                || concerned.into_iter().any(concerns)
            {
                kept.insert(subject);
            }
        }
        for (subject, node) in other.nodes() {
            let whole = kept.contains(subject);
            for (predicate, objects) in node {
                let said = objects
                    .iter()
                    .filter(|object| whole || subject == owner && leads_to(object, of));
                for object in said {
                    self.say(subject, predicate, object.clone());
                }
            }
        }
    }

    /// Says of a document that it does not hold all that refers to what it is about.
    pub fn is_cut(&mut self, document: &str) {
        let text = "Of the records that refer to this one, only the first of each sort are told of here; the files of the data set have all.";
        self.text(document, "rdfs:comment", Some(text));
        let dataset = self.addresses.of_dataset("dataset");
        self.link(document, "rdfs:seeAlso", dataset);
    }
}
