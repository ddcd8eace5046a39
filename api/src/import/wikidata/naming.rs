//! The names of an item: what it is said to be called, then its labels and aliases.

use entity::kind::NameKind;

use super::index::Record;
use super::item::{Entity, Rank};
use super::language;
use super::telling::{Telling, Told, Values};
use crate::write::NameDraft;

impl Telling<'_> {
    /// The short name (P1813), in the first of the languages.
    pub fn short_name(&mut self, entity: &Entity) -> Values<String> {
        self.worded(entity, "P1813")
    }

    /// What a property says in words, in the first of the languages.
    fn worded(&mut self, entity: &Entity, property: &str) -> Values<String> {
        let order = |(_, order): &(String, u8)| *order;
        let values = self.values(entity, property, order, |_, statement| {
            let (text, code) = statement.mainsnak.monolingual()?;
            Some(Told {
                value: (text.clone(), language::order(code)),
                text,
                notes: Vec::new(),
                status: None,
            })
        });
        Values {
            shown: values.shown.map(|(text, _)| text),
            claims: values.claims,
        }
    }

    /// The subtitle of a work (P1680), in the first of the languages.
    pub fn subtitle(&mut self, entity: &Entity) -> Values<String> {
        self.worded(entity, "P1680")
    }

    /// All names but the one shown: official names (P1448), names in the languages of where it is (P1705), short names
    /// that are not the abbreviation, labels and aliases.
    pub fn names(
        &mut self,
        entity: &Entity,
        record: &Record,
        abbreviation: Option<&str>,
    ) -> Vec<NameDraft> {
        let mut names: Vec<NameDraft> = Vec::new();
        let kinds = [
            ("P1448", NameKind::Official),
            ("P1705", NameKind::Official),
            ("P1813", NameKind::Abbreviation),
        ];
        for (property, kind) in kinds {
            for statement in entity.statements(property) {
                if statement.rank == Rank::Deprecated {
                    if property != "P1813" {
                        self.lose(
                            property,
                            "they are known to be wrong, which a name cannot be",
                        );
                    }
                    continue;
                }
                let Some((text, code)) = statement.mainsnak.monolingual() else {
                    continue;
                };
                let (start, end) = self.period(statement);
                let is_shown = text == record.name || abbreviation == Some(text.as_str());
                let is_known = |name: &NameDraft| name.text == text && name.start == start;
                if is_shown && start.is_none() && end.is_none() || names.iter().any(is_known) {
                    continue;
                }
                let kind = match end {
                    Some(_) if kind == NameKind::Official => NameKind::Former,
                    _ => kind,
                };
                let claim = self.item_claim(property, statement);
                self.report.carry("statements", 1);
                names.push(NameDraft {
                    text,
                    kind: Some(kind),
                    language: language::tag(code),
                    start,
                    end,
                    preferred: false,
                    claims: vec![claim],
                });
            }
        }
        let said = names.len();
        let left = language::names(entity, &record.name, &mut names);
        self.report.carry("labels and aliases", names.len() - said);
        let why = "they are in languages that are not carried over";
        self.report.losses.add("labels and aliases", why, left);
        names
    }
}
