//! Claims: who says what of what, where, in which words, and who recorded it.

use entity::kind::{ClaimRank, ClaimStatus};
use oxrdf::vocab::xsd;
use oxrdf::{NamedNode, Term};

use super::property::{Says, property};
use super::{Map, Said};
use crate::export::Claim;
use crate::linked::dataset::moment;
use crate::write::ClaimDraft;

impl<'m> Map<'m, '_> {
    /// Claims on a plain field.
    pub(super) fn claims_on_field(&mut self, name: &'m str, drafts: &[ClaimDraft]) {
        let said = self.said.get(name).cloned();
        let property = property(self.draft.kind(), name);
        for claim in self.claims.remove(&(name, None)).unwrap_or_default() {
            let (object, mentions) = self.object(claim, drafts, said.as_ref());
            let object = object.or_else(|| Some(self.typed(name, claim.value.as_deref()?)));
            let address = self.claim(claim);
            let predicate = property.map(|property| match (property.says, &object) {
                (Says::Number(words), Some(Term::Literal(text)))
                    if text.datatype() == xsd::STRING =>
                {
                    words
                }
                _ => property.predicate,
            });
            self.says(&address, predicate, object);
            self.rest_of_claim(&address, claim, mentions);
        }
    }

    /// Claims on an item of a list, which has an address of its own.
    pub(super) fn claims_on_item(
        &mut self,
        name: &'m str,
        (public_id, item): (&'m str, &str),
        predicate: &'static str,
        said: &Said,
        drafts: &[ClaimDraft],
    ) {
        let claims = self.claims.remove(&(name, Some(public_id)));
        for claim in claims.unwrap_or_default() {
            let (object, mentions) = self.object(claim, drafts, Some(said));
            let address = self.claim(claim);
            match object {
                Some(object) => self.says(&address, Some(predicate), Some(object)),
                // A value of the claim's own is about something of the item: its end, its number.
                None => self
                    .graph
                    .text(&address, "ns:value", claim.value.as_deref()),
            }
            self.graph.link(&address, "ns:concerns", item.to_owned());
            self.rest_of_claim(&address, claim, mentions);
        }
    }

    /// The value that a claim speaks for, if it is not a text of the claim's own, and the entity it is about.
    fn object(
        &self,
        claim: &Claim,
        drafts: &[ClaimDraft],
        said: Option<&Said>,
    ) -> (Option<Term>, Option<String>) {
        let node = claim.node.as_ref().map(|id| self.graph.addresses.id(id));
        let draft = drafts.get(claim.ordinal);
        if draft.is_some_and(|draft| draft.value.is_some()) {
            return (None, node);
        }
        let names_one = draft.is_some_and(|draft| draft.node.is_some());
        match said {
            Some(said) if !(names_one && said.entity) => {
                (Some(said.object.clone()), node.filter(|_| !said.entity))
            }
            _ => (node.map(|node| NamedNode::new_unchecked(node).into()), None),
        }
    }

    /// Begins with a claim.
    fn claim(&mut self, claim: &Claim) -> String {
        let address = self.graph.addresses.id(&claim.public_id);
        self.graph.class(&address, "ns:Claim");
        self.graph.class(&address, "prov:Entity");
        self.graph.link(&address, "rdf:subject", self.me.clone());
        address
    }

    fn says(&mut self, address: &str, predicate: Option<&str>, object: Option<Term>) {
        if let Some(predicate) = predicate {
            let predicate = self.graph.term(predicate);
            self.graph.say(address, "rdf:predicate", predicate);
        }
        if let Some(object) = object {
            self.graph.say(address, "rdf:object", object);
        }
    }

    fn rest_of_claim(&mut self, address: &str, claim: &Claim, mentions: Option<String>) {
        let graph = &mut *self.graph;
        if let Some(entity) = mentions {
            graph.link(address, "schema:mentions", entity);
        }
        graph.concept(
            address,
            "ns:claimRank",
            ClaimRank::NAME,
            claim.rank.as_str(),
        );
        graph.concept(
            address,
            "ns:claimStatus",
            ClaimStatus::NAME,
            claim.status.as_str(),
        );
        let source = graph.addresses.id(&claim.source);
        graph.link(address, "prov:hadPrimarySource", source.clone());
        graph.link(address, "dct:source", source);
        graph.text(address, "ns:locator", claim.locator.as_deref());
        graph.text(address, "ns:quote", claim.quote.as_deref());
        graph.text(address, "skos:note", claim.note.as_deref());
        let recorder = graph.recorder(&claim.recorded_by);
        graph.link(address, "prov:wasAttributedTo", recorder);
        let moment = moment(claim.recorded_at);
        graph.typed(address, "prov:generatedAtTime", moment, "xsd:dateTime");
    }
}
