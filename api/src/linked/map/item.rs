//! Items of lists: the relation of two things, at an address of its own.

use anyhow::{Result, anyhow};
use entity::kind::{ClaimStatus, NodeKind, StatementKind};
use oxrdf::Term;

use super::{Map, Said, property::dated};
use crate::linked::Graph;
use crate::linked::date::Dated;
use crate::write::{
    ClaimDraft, ClassificationDraft, DateDraft, Kind, QuantityDraft, StatementDraft,
};

pub(super) const START: Dated = dated!("start", "schema:startDate");
pub(super) const END: Dated = dated!("end", "schema:endDate");
const SAID: Dated = dated!("date", "dct:date");
const FULFILLED: Dated = dated!("fulfilled");

/// A relation of two things, as it is said.
pub(super) struct Relation<'r> {
    /// The class of its address.
    pub class: &'static str,
    pub subject: &'r str,
    pub predicate: &'static str,
    pub object: Term,
    pub status: ClaimStatus,
}

/// An item of a list of a record.
pub(super) struct Item<'i, 'm> {
    /// The list, by its name in the public schema.
    pub property: &'m str,
    /// The public id of the item, and its address.
    pub id: (&'m str, &'i str),
    pub class: &'static str,
    pub predicate: &'static str,
    pub said: Said,
    pub status: Option<ClaimStatus>,
    pub claims: &'i [ClaimDraft],
}

/// Whether something stands as a plain triple too.
pub(super) const fn holds(status: ClaimStatus) -> bool {
    matches!(status, ClaimStatus::Stated | ClaimStatus::Derived)
}

impl Graph<'_> {
    /// Says a relation: at its own address, and plainly where it holds.
    pub(super) fn relation(&mut self, address: &str, relation: Relation<'_>) {
        let Relation {
            class,
            subject,
            predicate,
            object,
            status,
        } = relation;
        // Who is not named has no address that a plain triple could lead to.
        if holds(status) && (predicate != "ns:participant" || !object.is_literal()) {
            self.say(subject, predicate, object.clone());
        }
        self.class(address, class);
        if status == ClaimStatus::Denied {
            self.class(address, "ns:Denial");
        }
        self.link(address, "rdf:subject", subject.to_owned());
        let predicate = self.term(predicate);
        self.say(address, "rdf:predicate", predicate);
        self.say(address, "rdf:object", object);
        let status = status.as_str();
        self.concept(address, "ns:claimStatus", ClaimStatus::NAME, status);
    }

    pub(super) fn period(
        &mut self,
        address: &str,
        start: Option<&DateDraft>,
        end: Option<&DateDraft>,
    ) {
        self.date(address, START, start);
        self.date(address, END, end);
    }

    /// A number, or words in place of one.
    pub(super) fn quantity(
        &mut self,
        address: &str,
        (number, words): (&'static str, &'static str),
        quantity: Option<&QuantityDraft>,
    ) {
        let Some(quantity) = quantity else { return };
        if let Some(value) = quantity.value {
            self.typed(address, number, value.to_string(), "xsd:integer");
        }
        self.text(address, words, quantity.text.as_deref());
    }
}

impl<'m> Map<'m, '_> {
    /// The public id of an item, and its address.
    pub(super) fn item(&self, kind: NodeKind, index: usize) -> Result<(&'m str, String)> {
        let rows: &'m [String] = self.whole.owned.rows(kind);
        let public_id = rows.get(index).ok_or_else(|| {
            let draft = self.draft;
            anyhow!("{}/{} has no {kind} {index}", draft.kind(), draft.slug)
        })?;
        Ok((public_id, self.graph.addresses.id(public_id)))
    }

    /// Something that is said of this record, and the claims on it.
    pub(super) fn relate(&mut self, item: &Item<'_, 'm>) {
        let relation = Relation {
            class: item.class,
            subject: &self.me,
            predicate: item.predicate,
            object: item.said.object.clone(),
            status: item.status.unwrap_or(ClaimStatus::Stated),
        };
        self.graph.relation(item.id.1, relation);
        self.claims_on_item(
            item.property,
            item.id,
            item.predicate,
            &item.said,
            item.claims,
        );
    }

    /// Ideologies or topics.
    pub(super) fn classifications(
        &mut self,
        property: &'static str,
        items: &'m [ClassificationDraft],
    ) -> Result<()> {
        let predicate = match property {
            "ideologies" => "ns:ideology",
            _ => "dct:subject",
        };
        for (index, item) in items.iter().enumerate() {
            let (public_id, address) = self.item(NodeKind::Classification, index)?;
            let said = self.said(Kind::Topic, &item.topic)?;
            self.relate(&Item {
                property,
                id: (public_id, &address),
                class: "ns:Classification",
                predicate,
                said,
                status: item.status,
                claims: &item.claims,
            });
        }
        Ok(())
    }

    pub(super) fn statements(&mut self, items: &'m [StatementDraft]) -> Result<()> {
        for (index, item) in items.iter().enumerate() {
            let property = item.property(self.draft.kind());
            let (public_id, address) = self.item(NodeKind::Statement, index)?;
            let predicate = super::property(self.draft.kind(), property)
                .map_or("ns:statement", |property| property.predicate);
            let said = Said {
                object: self.typed(property, &item.text),
                entity: false,
            };
            self.relate(&Item {
                property,
                id: (public_id, &address),
                class: "ns:Statement",
                predicate,
                said,
                status: item.status,
                claims: &item.claims,
            });
            let kind = item.kind.as_str();
            self.graph
                .concept(&address, "dct:type", StatementKind::NAME, kind);
            self.graph
                .text(&address, "ns:attitude", item.attitude.as_deref());
            if let Some(topic) = &item.topic {
                let topic = self.address(Kind::Topic, topic)?;
                self.graph.link(&address, "dct:subject", topic);
            }
            self.graph
                .text(&address, "ns:holder", item.holder.as_deref());
            self.graph.date(&address, SAID, item.date.as_ref());
            self.graph
                .date(&address, FULFILLED, item.fulfilled.as_ref());
        }
        Ok(())
    }

    /// What an item says that refers to something.
    pub(super) fn said(&self, kind: Kind, slug: &str) -> Result<Said> {
        let address = self.address(kind, slug)?;
        Ok(Said {
            object: oxrdf::NamedNode::new_unchecked(address).into(),
            entity: kind.is_entity(),
        })
    }
}
