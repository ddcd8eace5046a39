//! People and what they were in organisations.

use anyhow::Result;
use entity::kind::{ClaimStatus, NodeKind};

use super::Map;
use super::item::Item;
use crate::linked::Graph;
use crate::linked::date::exact_type;
use crate::write::{DateDraft, Kind, MembershipDraft, PersonDraft};

/// The role of whom ORG calls a member. Who has another one may be none: a notable figure, a supporter.
const MEMBER: &str = "member";

impl<'m> Map<'m, '_> {
    pub(super) fn person(&mut self, draft: &'m PersonDraft) -> Result<()> {
        self.class("foaf:Person");
        self.class("schema:Person");
        self.entity(draft.common())?;
        self.date("born", draft.born.as_ref());
        self.date("died", draft.died.as_ref());
        for (index, item) in draft.memberships.iter().enumerate() {
            self.membership(index, item)?;
        }
        self.rest(draft.common())
    }

    fn membership(&mut self, index: usize, item: &'m MembershipDraft) -> Result<()> {
        let (public_id, address) = self.item(NodeKind::Membership, index)?;
        let said = self.said(Kind::Organisation, &item.organisation)?;
        let predicate = match item.role.as_str() {
            MEMBER => "org:memberOf",
            _ => "schema:affiliation",
        };
        let organisation = said.object.clone();
        self.relate(&Item {
            property: "organisations",
            id: (public_id, &address),
            class: "ns:Membership",
            predicate,
            said,
            status: item.status,
            claims: &item.claims,
        });
        self.graph.text(&address, "ns:role", Some(&item.role));
        self.graph.text(&address, "ns:post", item.post.as_deref());
        self.graph
            .period(&address, item.start.as_ref(), item.end.as_ref());
        if item.status != Some(ClaimStatus::Denied) {
            self.graph.class(&address, "org:Membership");
            self.graph.link(&address, "org:member", self.me.clone());
            self.graph.say(&address, "org:organization", organisation);
            let role = format!("{address}#role");
            self.graph.link(&address, "org:role", role.clone());
            self.graph.class(&role, "org:Role");
            self.graph.text(&role, "skos:prefLabel", Some(&item.role));
            self.graph.during(&address, item);
        }
        Ok(())
    }
}

impl Graph<'_> {
    /// When a membership was, as an interval of OWL-Time.
    fn during(&mut self, address: &str, item: &MembershipDraft) {
        if item.start.is_none() && item.end.is_none() {
            return;
        }
        let during = format!("{address}#during");
        self.link(address, "org:memberDuring", during.clone());
        self.class(&during, "time:Interval");
        self.instant(&during, "time:hasBeginning", "start", item.start.as_ref());
        self.instant(&during, "time:hasEnd", "end", item.end.as_ref());
    }

    fn instant(
        &mut self,
        during: &str,
        predicate: &'static str,
        name: &str,
        date: Option<&DateDraft>,
    ) {
        let Some(date) = date else { return };
        let instant = format!("{during}-{name}");
        self.link(during, predicate, instant.clone());
        self.class(&instant, "time:Instant");
        self.typed(&instant, "ns:date", &date.edtf, "edtf:EDTF");
        let datatype = exact_type(&date.edtf);
        let exact = match datatype {
            Some("xsd:date") => "time:inXSDDate",
            Some("xsd:gYearMonth") => "time:inXSDgYearMonth",
            Some("xsd:gYear") => "time:inXSDgYear",
            _ => return,
        };
        self.typed(&instant, exact, &date.edtf, datatype.unwrap_or_default());
    }
}
