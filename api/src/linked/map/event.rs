//! Events; those that changed organisations by the terms of W3C ORG.

use anyhow::{Result, anyhow};
use entity::kind::EventKind;

use super::Map;
use super::item::Item;
use super::link::describe_link;
use super::property::{Says, property};
use crate::write::{EventDraft, FollowsDraft, Kind, QuantityDraft, RULES};

/// What goes on was there before, whatever else it is in the event.
const CONTINUING: &str = "continuing";
/// What a foundation founds came out of it, though of nothing that was there before.
const FOUNDED: &str = "founded";

/// Whether who has a role was there before the event; whether they came out of it.
fn before_and_after(kind: EventKind, role: &str) -> (bool, bool) {
    let rules = || RULES.iter().filter(|rule| rule.event == kind);
    let before = rules().any(|rule| rule.from.contains(&role));
    let after = rules().any(|rule| rule.to.contains(&role));
    let goes_on = role == CONTINUING && rules().next().is_some();
    let founded = role == FOUNDED && kind == EventKind::Foundation;
    (before || goes_on, after || founded)
}

impl<'m> Map<'m, '_> {
    pub(super) fn event(&mut self, draft: &'m EventDraft) -> Result<()> {
        let kind = draft.kind.unwrap_or(EventKind::Other);
        self.class("schema:Event");
        let changes = kind != EventKind::Other && RULES.iter().any(|rule| rule.event == kind);
        if changes || !self.whole.owned.links.is_empty() {
            self.class("org:ChangeEvent");
        }
        self.entity(draft.common())?;
        self.value("kind", Some(kind.as_str()));
        self.date("date", draft.date.as_ref());
        self.reference("place", Kind::Place, draft.place.as_deref())?;
        self.value("outcome", draft.outcome.as_deref());
        self.value("reason", draft.reason.as_deref());
        self.number("attendance", draft.attendance.as_ref());
        self.number("occurrences", draft.occurrences.as_ref());
        for (index, item) in draft.participants.iter().enumerate() {
            let Some(organisation) = self.participant(index, item)? else {
                continue;
            };
            let me = self.me.clone();
            let (before, after) = before_and_after(kind, &item.role);
            if before {
                self.link("org:originalOrganization", organisation.clone());
                self.graph.link(&organisation, "org:changedBy", me.clone());
            }
            if after {
                self.link("org:resultingOrganization", organisation.clone());
                self.graph.link(&organisation, "org:resultedFrom", me);
            }
        }
        for item in &draft.follows {
            self.follows(item)?;
        }
        for link in &self.whole.owned.links {
            describe_link(link, self.graph);
        }
        self.rest(draft.common())
    }

    fn number(&mut self, name: &'static str, quantity: Option<&QuantityDraft>) {
        let Some(quantity) = quantity else { return };
        let number = quantity.value.map(|value| value.to_string());
        self.value(name, number.as_deref());
        let property = property(Kind::Event, name);
        if let Some(Says::Number(words)) = property.map(|property| property.says) {
            self.text(words, quantity.text.as_deref());
        }
    }

    fn follows(&mut self, item: &'m FollowsDraft) -> Result<()> {
        let earlier = self.target(Kind::Event, &item.event)?;
        let public_id = self.whole.owned.order_after(earlier.id);
        let public_id = public_id.ok_or_else(|| {
            let (later, earlier) = (&self.draft.slug, &earlier.slug);
            anyhow!("event/{later} has no order after event/{earlier}")
        })?;
        let address = self.graph.addresses.id(public_id);
        let said = self.said(Kind::Event, &item.event)?;
        self.relate(&Item {
            property: "before",
            id: (public_id, &address),
            class: "ns:EventOrder",
            predicate: "ns:follows",
            said,
            status: item.status,
            claims: &item.claims,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_there_before_and_who_came_out() {
        let check = |kind, role, expected| assert_eq!(before_and_after(kind, role), expected);
        check(EventKind::Split, "origin", (true, false));
        check(EventKind::Split, "resulting", (false, true));
        check(EventKind::Absorption, "absorbed", (true, false));
        check(EventKind::Absorption, "continuing", (true, true));
        check(EventKind::Merger, "resulting", (false, true));
        check(EventKind::Foundation, "founded", (false, true));
        check(EventKind::Foundation, "founder", (false, false));
        check(EventKind::Conference, "continuing", (false, false));
    }
}
