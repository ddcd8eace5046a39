//! Text as search and ordering see it, and as it was probably meant.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Lower case, without accents and compatibility forms: "Communiqué" and "ＣＯＭＭＵＮＩＱＵＥ" fold alike.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text
        .nfkd()
        .filter(|character| !is_combining_mark(*character) || is_vowel_sign(*character))
        .flat_map(char::to_lowercase)
    {
        match plain(character) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(character),
        }
    }
    folded
}

/// A mark that is a letter of its word, as the vowel signs of Indic scripts, Thai and Lao are. The points of Hebrew and
/// Arabic and the small iota under a Greek letter count as letters too, but are mostly left out; other classes are theirs.
fn is_vowel_sign(mark: char) -> bool {
    mark.is_alphabetic() && matches!(canonical_combining_class(mark), 0 | 84..=132)
}

/// Letters that Unicode takes no mark from, although people who lack the key type them without; and forms that
/// letters take by their place in a word.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ı' => "i",
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// The words of a folded text, joined by one space. Everything that is neither letter nor digit parts words.
#[must_use]
pub fn tokens(text: &str) -> String {
    let folded = fold(text);
    let mut words = String::with_capacity(folded.len());
    for word in folded
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Every run of white space as one space: how a quote is compared with the text it is taken from.
#[must_use]
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest text, in bytes, that may be another one mistyped: likeness takes time that grows with its length.
const MISTYPED: usize = 64;

/// What was probably meant.
#[must_use]
pub fn nearest<'a>(text: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > MISTYPED {
        return None;
    }
    let mut words: Vec<_> = words
        .into_iter()
        .map(|word| (strsim::jaro_winkler(text, word), word))
        .filter(|(likeness, _)| *likeness > 0.87)
        .collect();
    words.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    words.first().map(|(_, word)| *word)
}

/// Whether a text can be a slug: lower-case letters, digits, and single hyphens between them.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// Whether a text is the address of something on the web, written out.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty() && !text.contains(|character: char| character.is_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        let check = |text, folded| assert_eq!(fold(text), folded);
        check("Communiqué", "communique");
        check("ＣＯＭＭＵＮＩＱＵＥ", "communique");
        check("Ελλάδα", "ελλαδα");
        check("Straße STRASSE", "strasse strasse");
        check("İstanbul Işık", "istanbul isik");
        check("ΓΙΏΡΓΟΣ Γιώργος", "γιωργοσ γιωργοσ");
        check("Wałęsa Høeg Ægir Œuvre", "walesa hoeg aegir oeuvre");
        check("Партия й", "партия и");
        check("ᾳ ᾧ", "α ω");
        check("हिन्दी", "हिनदी");
        check("தமிழ் ไทยสู้", "தமிழ ไทยสู");
        check("שָׁלוֹם مُحَمَّد", "שלום محمد");
        check("", "");
    }

    #[test]
    fn words() {
        let check = |text, words| assert_eq!(tokens(text), words);
        check(
            "RISE - Scotland's Left Alliance",
            "rise scotland s left alliance",
        );
        check("  Ś.Ś. (1985) ", "s s 1985");
        check("日本共産党", "日本共産党");
        check("हिन्दी सभा", "हिनदी सभा");
        check("—", "");
    }
}
