//! Words of classifications, roles and notes, and what each means here.

use entity::kind::{AffiliationKind, EventKind, NameKind, OrganisationKind, PlaceKind};

/// What sorts of organisation classifications mean; the first of a sort is the one to write.
pub const CLASSIFICATIONS: [(&str, OrganisationKind); 30] = [
    ("party", OrganisationKind::Party),
    ("political party", OrganisationKind::Party),
    ("group", OrganisationKind::Group),
    ("political group", OrganisationKind::Group),
    ("alliance", OrganisationKind::Alliance),
    ("coalition", OrganisationKind::Alliance),
    ("electoral alliance", OrganisationKind::Alliance),
    ("political alliance", OrganisationKind::Alliance),
    ("faction", OrganisationKind::Faction),
    ("parliamentary group", OrganisationKind::Faction),
    ("caucus", OrganisationKind::Faction),
    ("trade union", OrganisationKind::TradeUnion),
    ("union", OrganisationKind::TradeUnion),
    ("international", OrganisationKind::International),
    ("youth wing", OrganisationKind::YouthWing),
    ("youth organization", OrganisationKind::YouthWing),
    ("committee", OrganisationKind::Organ),
    ("subcommittee", OrganisationKind::Organ),
    ("board", OrganisationKind::Organ),
    ("legislature", OrganisationKind::Legislature),
    ("parliament", OrganisationKind::Legislature),
    ("chamber", OrganisationKind::Legislature),
    ("upper chamber", OrganisationKind::Legislature),
    ("lower chamber", OrganisationKind::Legislature),
    ("upper house", OrganisationKind::Legislature),
    ("lower house", OrganisationKind::Legislature),
    ("assembly", OrganisationKind::Legislature),
    ("council", OrganisationKind::Legislature),
    ("process", OrganisationKind::Process),
    ("other", OrganisationKind::Other),
];

/// What sorts of name notes on other names mean; the first of a sort is the one to write.
pub const NAME_NOTES: [(&str, NameKind); 14] = [
    ("official", NameKind::Official),
    ("official name", NameKind::Official),
    ("legal name", NameKind::Official),
    ("alternative", NameKind::Alternative),
    ("former", NameKind::Former),
    ("former name", NameKind::Former),
    ("birth name", NameKind::Former),
    ("maiden name", NameKind::Former),
    ("abbreviation", NameKind::Abbreviation),
    ("acronym", NameKind::Abbreviation),
    ("initials", NameKind::Abbreviation),
    ("short", NameKind::Abbreviation),
    ("translation", NameKind::Translation),
    // everypolitician.org: the name in each language.
    ("multilingual", NameKind::Translation),
];

/// What sorts of place classifications of areas mean; the first of a sort is the one to write.
pub const AREAS: [(&str, PlaceKind); 16] = [
    ("country", PlaceKind::State),
    ("nation", PlaceKind::Nation),
    ("region", PlaceKind::Region),
    ("state", PlaceKind::Region),
    ("county", PlaceKind::Region),
    ("province", PlaceKind::Region),
    ("constituency", PlaceKind::Region),
    ("electoral district", PlaceKind::Region),
    ("city", PlaceKind::City),
    ("town", PlaceKind::City),
    ("village", PlaceKind::City),
    ("municipality", PlaceKind::City),
    ("district", PlaceKind::District),
    ("ward", PlaceKind::District),
    ("neighbourhood", PlaceKind::District),
    ("address", PlaceKind::Address),
];

/// What sorts of affiliation roles of organisations in others mean. Who stands beside a body is no member of it.
pub const AFFILIATIONS: [(&str, AffiliationKind); 5] = [
    ("member", AffiliationKind::Member),
    ("organ", AffiliationKind::Organ),
    ("section", AffiliationKind::Section),
    ("faction", AffiliationKind::Faction),
    ("part", AffiliationKind::Parent),
];

/// What sorts of event words in a classification mean; the first of a sort is the one to write. Words that have another
/// one in them stand before it.
pub const EVENTS: [(&str, EventKind); 20] = [
    ("election", EventKind::Election),
    ("referendum", EventKind::Referendum),
    ("conference", EventKind::Conference),
    ("congress", EventKind::Conference),
    ("demonstration", EventKind::Demonstration),
    ("strike", EventKind::Strike),
    ("occupation", EventKind::Occupation),
    ("opening", EventKind::Opening),
    ("refoundation", EventKind::Refoundation),
    ("foundation", EventKind::Foundation),
    ("split", EventKind::Split),
    ("division", EventKind::Division),
    ("merger", EventKind::Merger),
    ("absorption", EventKind::Absorption),
    ("dissolution", EventKind::Dissolution),
    ("succession", EventKind::Succession),
    ("defection", EventKind::Defection),
    ("resignation", EventKind::Resignation),
    ("publication", EventKind::Publication),
    ("other", EventKind::Other),
];

/// What a word means by one of these tables, without regard to case.
pub fn meaning<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let found = table
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    found.map(|(_, kind)| *kind)
}

/// What sort of event a classification tells of.
pub fn event(classification: &str) -> EventKind {
    let lower = classification.to_lowercase();
    let found = EVENTS.iter().find(|(word, _)| lower.contains(word));
    found.map_or(EventKind::Other, |(_, kind)| *kind)
}

/// The word for a sort of thing by one of these tables; `None`: there is none.
pub fn word<T: Copy + PartialEq>(table: &[(&'static str, T)], kind: T) -> Option<&'static str> {
    let found = table.iter().find(|(_, it)| *it == kind);
    found.map(|(word, _)| *word)
}

const COUNTRY: &str = "ocd-division/country:";

/// The identifier of an area that has an ISO 3166 code.
pub fn identifier(code: &str) -> String {
    if is_country(code) {
        format!("{COUNTRY}{}", code.to_ascii_lowercase())
    } else {
        code.to_owned()
    }
}

/// The ISO 3166 code of an area: in an Open Civic Data id of a country itself, or alone where the area is said to be a
/// country or a nation.
pub fn code(identifier: &str, kind: Option<PlaceKind>) -> Option<String> {
    let alone = matches!(kind, Some(PlaceKind::State | PlaceKind::Nation));
    let code = match identifier.strip_prefix(COUNTRY) {
        Some(code) => Some(code).filter(|code| is_country(code)),
        None => Some(identifier).filter(|code| alone && is_code(code)),
    };
    code.map(str::to_ascii_uppercase)
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|it| it.is_ascii_alphabetic())
}

/// A country's, or one of its parts'.
fn is_code(code: &str) -> bool {
    let Some((country, part)) = code.split_once('-') else {
        return is_country(code);
    };
    let is_part = (1..=3).contains(&part.len());
    is_country(country) && is_part && part.bytes().all(|it| it.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let mut kinds = std::collections::HashSet::new();
        for (_, kind) in EVENTS {
            assert_eq!(event(word(&EVENTS, kind).expect("a word")), kind);
            kinds.insert(kind);
        }
        assert_eq!(kinds.len(), EventKind::VALUES.len());
        for (_, kind) in AREAS {
            assert_eq!(
                meaning(&AREAS, word(&AREAS, kind).expect("a word")),
                Some(kind)
            );
        }
        for (text, kind) in [("GB", PlaceKind::State), ("GB-SCT", PlaceKind::Nation)] {
            assert_eq!(code(&identifier(text), Some(kind)).as_deref(), Some(text));
        }
        assert_eq!(code("GB", Some(PlaceKind::City)), None);
        assert_eq!(code("ocd-division/country:gb/county:x", None), None);
    }

    #[test]
    fn words_within_words() {
        assert_eq!(event("General election"), EventKind::Election);
        assert_eq!(event("Party congress"), EventKind::Conference);
        assert_eq!(event("legislative period"), EventKind::Other);
    }
}
