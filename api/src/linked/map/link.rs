//! Lineage: one step of descent between two organisations.

use entity::kind::LineageKind;
use oxrdf::NamedNode;

use super::item::{Relation, holds};
use super::property::dated;
use crate::export::Link;
use crate::linked::Graph;
use crate::linked::date::Dated;
use crate::write::{DateDraft, QuantityDraft};

const DATE: Dated = dated!("date", "dct:date");

/// The term for a kind of link, and whether it leads from the newer to the older organisation.
const fn term(kind: LineageKind) -> (&'static str, bool) {
    match kind {
        LineageKind::SplitFrom => ("ns:splitFrom", true),
        LineageKind::FormedByDefectorsFrom => ("ns:formedByDefectorsFrom", true),
        LineageKind::DividedInto => ("ns:dividedInto", false),
        LineageKind::MergedInto => ("ns:mergedInto", false),
        LineageKind::AbsorbedBy => ("ns:absorbedBy", false),
        LineageKind::DissolvedInto => ("ns:dissolvedInto", false),
        LineageKind::SucceededBy => ("ns:succeededBy", false),
        LineageKind::RefoundedAs => ("ns:refoundedAs", false),
        LineageKind::LedTo => ("ns:ledTo", false),
        LineageKind::Unspecified => ("ns:successor", false),
    }
}

/// Says a lineage link.
pub(super) fn describe_link(link: &Link, graph: &mut Graph<'_>) {
    let address = graph.addresses.id(&link.public_id);
    let older = graph.addresses.id(&link.predecessor.public_id);
    let newer = graph.addresses.id(&link.successor.public_id);
    let (predicate, from_newer) = term(link.kind);
    let (subject, object) = if from_newer {
        (&newer, &older)
    } else {
        (&older, &newer)
    };
    let relation = Relation {
        class: "ns:LineageLink",
        subject,
        predicate,
        object: NamedNode::new_unchecked(object).into(),
        status: link.status,
    };
    graph.relation(&address, relation);
    if holds(link.status) {
        graph.link(&newer, "ns:predecessor", older);
    }
    let kind = link.kind.as_str();
    graph.concept(&address, "dct:type", LineageKind::NAME, kind);
    let event = graph.addresses.id(&link.event.public_id);
    graph.link(&address, "ns:event", event);
    let date = link.date.as_ref().map(|date| DateDraft {
        edtf: date.edtf.clone(),
        text: date.source_text.clone(),
    });
    graph.date(&address, DATE, date.as_ref());
    let people = QuantityDraft {
        value: link.people_value,
        text: link.people_text.clone(),
    };
    graph.quantity(&address, ("ns:count", "ns:countInWords"), Some(&people));
    graph.text(&address, "ns:reason", link.reason.as_deref());
}
