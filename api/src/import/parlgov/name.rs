//! Names as ParlGov writes them, taken apart.
//!
//! - ` | ` stands between names that one party had one after the other, often in short: `Alignment | Labor`. They are
//!   names of their own.
//! - `--` is how tables without accents write a dash. A dash parts a name from its subtitle and stays; where a country
//!   has names in two languages, and the English one has no dash, it parts the two.
//! - A year after a dash tells namesakes apart and is no part of the name: `Green Party -- 1992`.
//! - ` / ` is part of the names of alliances, and stays.

/// Countries whose parties are given in two languages, with a dash between: German and French, Dutch and French,
/// Finnish and Swedish, in no order that one could rely on.
const BILINGUAL: [&str; 3] = ["CH", "BE", "FI"];

/// A language's tag; none: nothing leaves no doubt which it is.
pub(super) type Language = Option<&'static str>;

/// White space as single spaces, dashes as dashes, and no marks that turn the direction of writing.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace(
        ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}'],
        "",
    );
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").replace("--", "–")
}

/// The names that a party had one after the other.
pub(super) fn successive(text: &str) -> Vec<String> {
    let names = text.split('|').map(clean);
    names.filter(|name| !name.is_empty()).collect()
}

/// The name without the year that tells it apart.
pub(super) fn without_year(name: &str) -> &str {
    match name.rsplit_once(" – ") {
        Some((name, year)) if year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => name,
    }
}

/// A name of the party's own, in each of the languages that it stands in.
pub(super) fn in_languages(name: &str, english: &str, country: &str) -> Vec<String> {
    let name = without_year(name);
    if !BILINGUAL.contains(&country) || english.contains('–') {
        return vec![name.to_owned()];
    }
    let spaced = name.replace("– ", " – ").replace(" –", " – ");
    let names = spaced.split(" – ").map(|name| clean(name.trim()));
    names.filter(|name| !name.is_empty()).collect()
}

/// A name in a script of its own, with the language that the script and the country leave no doubt of; apart where it
/// stands in two scripts.
pub(super) fn in_scripts(name: &str, country: &str) -> Vec<(String, Language)> {
    let name = without_year(name);
    let halves: Vec<_> = name
        .split('–')
        .map(|half| half.trim_matches(|it: char| it.is_whitespace() || it == ','))
        .filter(|half| !half.is_empty())
        .map(|half| (half.to_owned(), language(half, country)))
        .collect();
    match &halves[..] {
        [] => halves,
        [(_, Some(one)), (_, Some(other))] if one != other => halves,
        _ => vec![(name.to_owned(), language(name, country))],
    }
}

fn language(name: &str, country: &str) -> Language {
    let mut letters = name.chars().filter(|letter| letter.is_alphabetic());
    let first = letters.find(|letter| !letter.is_ascii())?;
    match (first, country) {
        ('\u{590}'..='\u{5ff}', "IL") => Some("he"),
        ('\u{600}'..='\u{6ff}', "IL") => Some("ar"),
        ('\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}', "GR" | "CY") => Some("el"),
        ('\u{400}'..='\u{4ff}', "BG") => Some("bg"),
        ('\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}', "JP") => Some("ja"),
        _ => None,
    }
}

/// Whether all words of a name stand in another, so that it is the other in short.
pub(super) fn is_short_for(name: &str, full: &str) -> bool {
    let words = |text: &str| crate::write::text::tokens(text);
    let full = words(full);
    let full: Vec<_> = full.split(' ').collect();
    words(name).split(' ').all(|word| full.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_taken_apart() {
        assert_eq!(successive(" Moked  |Sheli | "), ["Moked", "Sheli"]);
        assert_eq!(
            clean("Herut -- The\nMovement\u{200e} "),
            "Herut – The Movement"
        );
        assert_eq!(clean("Union--Tkuma"), "Union–Tkuma");
        assert_eq!(without_year("Green Party – 1992"), "Green Party");
        assert_eq!(without_year("List – 192"), "List – 192");
        assert_eq!(without_year("Forum 2000"), "Forum 2000");
    }

    #[test]
    fn languages() {
        let check = |name, english, country, names: &[&str]| {
            assert_eq!(in_languages(name, english, country), names);
        };
        check("Rot – Rouge", "Red", "CH", &["Rot", "Rouge"]);
        check("Puna– Röd", "Red", "FI", &["Puna", "Röd"]);
        check(
            "Rot – Die Liste",
            "Red – The List",
            "CH",
            &["Rot – Die Liste"],
        );
        check("Rød – Listen", "Red List", "DK", &["Rød – Listen"]);
        check("Rot-Grün", "Red-Green", "CH", &["Rot-Grün"]);
    }

    #[test]
    fn scripts() {
        let check = |name, country, names: &[(&str, Option<&str>)]| {
            let found = in_scripts(name, country);
            let found: Vec<_> = found
                .iter()
                .map(|(name, it)| (name.as_str(), *it))
                .collect();
            assert_eq!(found, names);
        };
        check("אור – שלום", "IL", &[("אור – שלום", Some("he"))]);
        check(
            "نور, – אור",
            "IL",
            &[("نور", Some("ar")), ("אור", Some("he"))],
        );
        check("НДСВ II", "BG", &[("НДСВ II", Some("bg"))]);
        check("НДСВ", "LT", &[("НДСВ", None)]);
        check("NHK党", "JP", &[("NHK党", Some("ja"))]);
        check("İyi", "TR", &[("İyi", None)]);
        check("", "TR", &[]);
    }

    #[test]
    fn in_short() {
        let check = |name, full, is| assert_eq!(is_short_for(name, full), is, "{name}, {full}");
        check("Labor", "Israel Labor Party", true);
        check("Democratic Front", "The Democratic Front for Peace", true);
        check("Sheli", "Left Camp of Israel – Peace in Israel", false);
    }
}
