//! Which languages come over, and the names that an item has in them.

use std::collections::HashSet;

use entity::kind::NameKind;
use indexmap::IndexMap;

use super::item::{Entity, Text, clean};
use crate::write::NameDraft;

/// Languages by Wikidata's codes, the one that names are shown in first; `mul` is for names that are the same in most
/// languages. They are those of the United Nations and of the countries that parties are mostly compared in, and the
/// smaller ones that movements of those countries speak.
const LANGUAGES: [&str; 64] = [
    "en", "mul", "en-gb", "en-ca", "en-us", "de", "fr", "es", "it", "pt", "pt-br", "nl", "sv",
    "da", "nb", "nn", "fi", "is", "pl", "cs", "sk", "hu", "sl", "hr", "sr", "bs", "mk", "sq", "bg",
    "ro", "el", "tr", "mt", "et", "lv", "lt", "ru", "uk", "be", "ka", "hy", "az", "he", "ar", "fa",
    "ku", "hi", "bn", "ur", "ta", "id", "vi", "ko", "ja", "zh", "ca", "eu", "gl", "ga", "gd", "cy",
    "br", "lb", "eo",
];

fn rank(code: &str) -> Option<usize> {
    LANGUAGES.iter().position(|language| *language == code)
}

/// Where a language comes among the others.
pub(super) fn order(code: &str) -> u8 {
    let rank = rank(code).unwrap_or(LANGUAGES.len());
    u8::try_from(rank).unwrap_or(u8::MAX)
}

/// The text to show: in the first of the languages, else in the first of the others by code.
pub(super) fn shown(texts: &IndexMap<String, Text>) -> Option<String> {
    let texts = texts
        .iter()
        .filter_map(|(code, text)| Some((code, clean(&text.value)?)));
    let best = texts.min_by_key(|(code, _)| (rank(code).unwrap_or(LANGUAGES.len()), code.as_str()));
    best.map(|(_, text)| text)
}

/// A code as a language tag by BCP 47; none: it is no language, or has no tag.
pub(super) fn tag(code: &str) -> Option<String> {
    let mut parts = code.split('-');
    let language = parts.next().filter(|language| {
        (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_lowercase())
            && !["mul", "mis", "und", "zxx"].contains(language)
    })?;
    let mut tag = language.to_owned();
    for part in parts {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 => {
                tag.push_str(&part.get(..1).unwrap_or_default().to_ascii_uppercase());
                tag.push_str(part.get(1..).unwrap_or_default());
            }
            _ => tag.push_str(part),
        }
    }
    Some(tag)
}

/// Adds the labels and aliases of an item that say a name nobody has said before, in the order of the languages. Of a
/// name that several languages share, the first one has it. How many are left in other languages is returned.
pub(super) fn names(entity: &Entity, shown: &str, names: &mut Vec<NameDraft>) -> usize {
    let mut seen: HashSet<String> = names.iter().map(|name| name.text.clone()).collect();
    seen.insert(shown.to_owned());
    let mut add = |text: &Text, kind, code: &str| {
        if let Some(text) = clean(&text.value).filter(|text| seen.insert(text.clone())) {
            names.push(NameDraft {
                kind: Some(kind),
                language: tag(code),
                ..NameDraft::bare(text)
            });
        }
    };
    for code in LANGUAGES {
        if let Some(label) = entity.labels.get(code) {
            let kind = match code {
                "mul" => NameKind::Alternative,
                code if code.starts_with("en") => NameKind::Alternative,
                _ => NameKind::Translation,
            };
            add(label, kind, code);
        }
    }
    for code in LANGUAGES {
        for alias in entity.aliases.get(code).into_iter().flatten() {
            add(alias, NameKind::Alternative, code);
        }
    }
    let labels = entity.labels.iter();
    let labels =
        labels.filter(|(code, label)| rank(code).is_none() && !seen.contains(&label.value));
    let aliases = entity
        .aliases
        .iter()
        .filter(|(code, _)| rank(code).is_none());
    let aliases = aliases
        .flat_map(|(_, aliases)| aliases)
        .filter(|alias| !seen.contains(&alias.value));
    labels.count() + aliases.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        let check = |code, expected: Option<&str>| assert_eq!(tag(code).as_deref(), expected);
        check("en", Some("en"));
        check("pt-br", Some("pt-BR"));
        check("zh-hans", Some("zh-Hans"));
        check("be-tarask", Some("be-tarask"));
        check("mul", None);
        check("simple", None);
        check("zh-classical", None);
    }

    #[test]
    fn each_language_stands_once() {
        let languages: HashSet<&str> = LANGUAGES.into_iter().collect();
        assert_eq!(languages.len(), LANGUAGES.len());
    }
}
