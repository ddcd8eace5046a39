//! Topics, by SKOS.

use anyhow::Result;
use entity::kind::TopicKind;

use super::Map;
use crate::write::{Kind, TopicDraft};

impl<'m> Map<'m, '_> {
    pub(super) fn topic(&mut self, draft: &'m TopicDraft) -> Result<()> {
        self.class("skos:Concept");
        self.document();
        self.text("rdfs:label", Some(&draft.name));
        self.text("skos:prefLabel", Some(&draft.name));
        let kind = draft.kind.unwrap_or(TopicKind::Subject);
        self.concept("dct:type", TopicKind::NAME, kind.as_str());
        let scheme = self.graph.addresses.of_dataset("topics");
        self.link("skos:inScheme", scheme.clone());
        match &draft.parent {
            Some(parent) => {
                let parent = self.address(Kind::Topic, parent)?;
                self.link("skos:broader", parent);
            }
            None => self.link("skos:topConceptOf", scheme),
        }
        Ok(())
    }
}
