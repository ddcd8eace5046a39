//! What a party is called in one row, by all columns that tell it.

use entity::kind::NameKind;
use serde_json::{Map, Value};

use super::name::{
    Language, clean, in_languages, in_scripts, is_short_for, successive, without_year,
};
use crate::import::table::Row;
use crate::write::NameDraft;

/// Names by column, taken apart. Of several that a party had one after the other, the last one comes last.
#[derive(Default)]
pub(super) struct Called {
    pub english: Vec<String>,
    pub shorts: Vec<String>,
    /// In Latin letters.
    own: Vec<String>,
    /// In letters of their own.
    native: Vec<(String, Language)>,
    translations: Vec<(String, Language)>,
    /// Whether it names the party by names of several times, which were none of them its name all along.
    pub is_heading: bool,
}

impl Called {
    pub fn read(row: &Row, data: &Map<String, Value>, country: &str) -> Self {
        let columns = ["name_english", "name", "name_nonlatin", "name_short"];
        let mut called = Self::of(columns.map(|column| row.get(column)), country);
        let languages = data.get("name_language").and_then(Value::as_array);
        let languages = languages.into_iter().flatten().filter_map(Value::as_str);
        for text in languages {
            let (language, names) = text.split_once(": ").unwrap_or(("", text));
            let language = match language {
                "French" => Some("fr"),
                "German" => Some("de"),
                _ => None,
            };
            let names = successive(names).into_iter();
            called
                .translations
                .extend(names.map(|name| (name, language)));
        }
        called
    }

    /// The fuller names that `data_json` may have beside those of the columns.
    pub fn in_full(data: &Map<String, Value>, country: &str) -> Option<Self> {
        let full = data.get("name_full")?;
        let text = |key| full.get(key).and_then(Value::as_str).unwrap_or_default();
        Some(match full {
            Value::String(name) => Self::of(["", name, "", ""], country),
            _ => Self::of(
                [text("name_english"), text("name"), "", text("name_short")],
                country,
            ),
        })
    }

    fn of([english, own, native, short]: [&str; 4], country: &str) -> Self {
        let own = successive(own);
        let english = successive(english);
        let is_heading = english.len() > 1 || own.len() > 1;
        let first = english.first().map_or("", String::as_str);
        let own: Vec<_> = own
            .iter()
            .flat_map(|name| in_languages(name, first, country))
            .collect();
        let native = successive(native).into_iter();
        let native = native
            .flat_map(|name| in_scripts(&name, country))
            .filter(|(name, _)| !own.contains(name));
        Self {
            native: native.collect(),
            english: english
                .iter()
                .map(|name| without_year(name).to_owned())
                .collect(),
            shorts: successive(short),
            own,
            translations: Vec::new(),
            is_heading,
        }
    }

    /// The name by which readers of English find it.
    pub fn in_english(&self) -> Option<&String> {
        self.english.last().or(self.own.last())
    }

    /// The full names, English ones first, without dates and claims. A name is a translation where the party's own is
    /// another; beside a name in letters of its own, the same in Latin ones is another way to write it.
    pub fn full(&self) -> Vec<NameDraft> {
        let own_kind = match &self.native[..] {
            [] => NameKind::Official,
            _ => NameKind::Alternative,
        };
        let english = self.english.iter().rev().map(|name| {
            if self.own.contains(name) {
                named(name, own_kind, None)
            } else {
                named(name, NameKind::Translation, Some("en"))
            }
        });
        let own = self.own.iter().filter(|name| !self.english.contains(name));
        let own = own.map(|name| named(name, own_kind, None));
        let native = self.native.iter();
        let native = native.map(|(name, language)| named(name, NameKind::Official, *language));
        let others = self.translations.iter();
        let others = others.map(|(name, language)| named(name, NameKind::Translation, *language));
        english.chain(own).chain(native).chain(others).collect()
    }

    /// The short names.
    pub fn short(&self) -> impl Iterator<Item = NameDraft> {
        let shorts = self.shorts.iter();
        shorts.map(|short| named(short, NameKind::Abbreviation, None))
    }

    /// Whether one of its full names is this one, or has all the words of it.
    pub fn has(&self, name: &str) -> bool {
        let names = self.full();
        names.iter().any(|full| is_short_for(name, &full.text))
    }
}

/// The name as the table has it, where that is not `shown`.
pub(super) fn heading(row: &Row, shown: &str) -> Option<String> {
    let heading = clean(row.get("name_english"));
    (!heading.is_empty() && heading != shown).then_some(heading)
}

fn named(text: &str, kind: NameKind, language: Language) -> NameDraft {
    NameDraft {
        kind: Some(kind),
        language: language.map(str::to_owned),
        ..NameDraft::bare(text.to_owned())
    }
}
