//! How every entity is known, whatever its kind: names, ids elsewhere, where it is cited from.

use anyhow::Result;
use entity::kind::{NameKind, NodeKind};
use oxrdf::Literal;

use super::{Map, Said};
use crate::linked::address::{elsewhere, plain};
use crate::write::{Common, ExternalIdDraft, Kind};

impl<'m> Map<'m, '_> {
    /// Names, ids elsewhere, the source. To be called first.
    pub(super) fn entity(&mut self, common: Common<'m>) -> Result<()> {
        self.document();
        self.names(common)?;
        self.value("summary", common.summary);
        if let Some(source) = common.source {
            let source = self.address(Kind::Source, source)?;
            self.link("dct:source", source);
        }
        for item in common.external_ids {
            self.external_id(item);
        }
        Ok(())
    }

    /// Statements, and the claims on plain fields. To be called last.
    pub(super) fn rest(&mut self, common: Common<'m>) -> Result<()> {
        self.statements(common.statements)?;
        for (property, claims) in common.claims {
            self.claims_on_field(property, claims);
        }
        Ok(())
    }

    fn names(&mut self, common: Common<'m>) -> Result<()> {
        let listed = common.names.iter().find(|name| name.text == common.name);
        let language = listed.and_then(|name| name.language.as_deref());
        let name = in_language(common.name, language);
        self.graph.say(&self.me, "rdfs:label", name.clone());
        self.field("name", name.into(), false);
        let shown = common.unlisted_name();
        for (index, item) in shown.iter().chain(common.names).enumerate() {
            let (public_id, address) = self.item(NodeKind::Name, index)?;
            let text = in_language(&item.text, item.language.as_deref());
            let predicate = if item.text == common.name {
                "schema:name"
            } else {
                "schema:alternateName"
            };
            self.graph.say(&self.me, predicate, text.clone());
            let node = &address;
            self.graph.class(node, "ns:Name");
            self.graph.link(node, "rdf:subject", self.me.clone());
            let term = self.graph.term(predicate);
            self.graph.say(node, "rdf:predicate", term);
            self.graph.say(node, "rdf:object", text.clone());
            let kind = item.kind.unwrap_or(NameKind::Official).as_str();
            self.graph.concept(node, "dct:type", NameKind::NAME, kind);
            self.graph
                .period(node, item.start.as_ref(), item.end.as_ref());
            let preferred = item.preferred || item.text == common.name;
            let preferred = preferred.to_string();
            self.graph
                .typed(node, "ns:preferred", preferred, "xsd:boolean");
            let said = Said {
                object: text.into(),
                entity: false,
            };
            self.claims_on_item("names", (public_id, node), predicate, &said, &item.claims);
        }
        Ok(())
    }

    /// Of Wikidata the thing itself is known; of other collections, what they call it and a page about it.
    fn external_id(&mut self, item: &ExternalIdDraft) {
        let ExternalIdDraft { scheme, value, url } = item;
        let item = value.strip_prefix('Q').filter(|number| {
            scheme == "wikidata" && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        if let Some(number) = item {
            let same = format!("http://www.wikidata.org/entity/Q{number}");
            self.link("owl:sameAs", same);
        }
        let address = format!("{}#{}-{}", self.me, plain(scheme), plain(value));
        self.link("schema:identifier", address.clone());
        self.graph.class(&address, "schema:PropertyValue");
        self.graph.text(&address, "schema:propertyID", Some(scheme));
        self.graph.text(&address, "schema:value", Some(value));
        if let Some(url) = url.as_deref().and_then(elsewhere) {
            self.graph.say(&self.me, "schema:sameAs", url.clone());
            self.graph.say(&address, "schema:url", url);
        }
    }
}

/// A text with its language, where that is known and is one.
pub(super) fn in_language(text: &str, language: Option<&str>) -> Literal {
    language
        .and_then(|language| Literal::new_language_tagged_literal(text, language).ok())
        .unwrap_or_else(|| Literal::new_simple_literal(text))
}
