//! Which article of Wikipedia is meant: by its address, or by its title.

use percent_encoding::percent_decode_str;

use crate::format::wikipedia::{ENGLISH, address};
use crate::write::ExternalIdDraft;

pub(super) use crate::format::wikipedia::SCHEME;

/// The id of the article that an address or a title leads to: its title, with underscores in place of spaces. A title
/// may have its language before it (`fr:Parti socialiste`), and is English else. None: an address elsewhere, or of a
/// part of an article, which is not about the record alone.
pub(super) fn article(text: &str) -> Option<ExternalIdDraft> {
    let text = text.trim();
    if is_address(text) {
        return of_address(text);
    }
    match text.split_once(':') {
        Some((language, title)) if is_language(language) => Some(id(language, title)),
        _ => Some(of_title(text)),
    }
    .filter(is_some)
}

/// The id of the article that an address leads to.
pub(super) fn of_address(text: &str) -> Option<ExternalIdDraft> {
    let rest = text.trim().trim_start_matches("https:");
    let rest = rest.trim_start_matches("http:").trim_start_matches("//");
    let (host, rest) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let language = host.strip_suffix(".wikipedia.org")?;
    let language = language.strip_suffix(".m").unwrap_or(language);
    let title = match rest.strip_prefix("wiki/") {
        Some(title) => title.split('?').next().unwrap_or_default(),
        None => rest
            .strip_prefix("w/index.php?")?
            .split('&')
            .find_map(|part| part.strip_prefix("title="))?,
    };
    if rest.contains('#') || !is_language(language) {
        return None;
    }
    let title = percent_decode_str(title).decode_utf8().ok()?;
    Some(id(language, &title)).filter(is_some)
}

/// The id of the article in English that has a title.
pub(super) fn of_title(title: &str) -> ExternalIdDraft {
    id(ENGLISH, title)
}

fn is_some(id: &ExternalIdDraft) -> bool {
    !id.value.is_empty()
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "//", "www."]
        .iter()
        .any(|start| text.starts_with(start))
        || text.contains("wikipedia.org/")
}

/// The code of a language that has a Wikipedia, by its form; `www`, `commons` and the like are none.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_lowercase());
    let is_code = (2..=3).contains(&first.len()) && letters(first) && parts.all(letters);
    text == "simple" || is_code && text != "www"
}

fn id(language: &str, title: &str) -> ExternalIdDraft {
    let title = title.replace('_', " ");
    let title = title.split_whitespace().collect::<Vec<_>>().join("_");
    // The first letter is always a capital there.
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let value: String = first.chain(letters).collect();
    let scheme = match language {
        ENGLISH => SCHEME.to_owned(),
        other => format!("{SCHEME}-{other}"),
    };
    let url = address(&scheme, &value);
    ExternalIdDraft { scheme, value, url }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles() {
        let check = |text: &str, scheme: &str, value: &str| {
            let id = article(text).expect("an article");
            assert_eq!((&*id.scheme, &*id.value), (scheme, value), "{text}");
            let title = crate::format::wikipedia::title(scheme, value).expect("a title");
            assert_eq!(article(&title), Some(id.clone()), "{title}");
            // Its own address leads to it again.
            assert_eq!(article(&id.url.clone().expect("an address")), Some(id));
        };
        let english = "wikipedia";
        check("Labour Party (Ireland)", english, "Labour_Party_(Ireland)");
        check("fianna Fáil", english, "Fianna_Fáil");
        check(
            "Sligo/Leitrim Organisation",
            english,
            "Sligo/Leitrim_Organisation",
        );
        check("fr:Parti socialiste", "wikipedia-fr", "Parti_socialiste");
        check("Labour: a history", english, "Labour:_a_history");
        check(
            "https://en.wikipedia.org/wiki/Lia_F%C3%A1il_(political_party)",
            english,
            "Lia_Fáil_(political_party)",
        );
        check(
            "http://en.m.wikipedia.org/wiki/Natural_Law_Party?x=1",
            english,
            "Natural_Law_Party",
        );
        check(
            "//de.wikipedia.org/wiki/K%C3%A4mpfer%3F",
            "wikipedia-de",
            "Kämpfer?",
        );
        check(
            "zh-min-nan.wikipedia.org/wiki/X",
            "wikipedia-zh-min-nan",
            "X",
        );
        check(
            "https://en.wikipedia.org/w/index.php?title=Fine_Gael&oldid=5",
            english,
            "Fine_Gael",
        );
    }

    #[test]
    fn addresses_in_full() {
        let check = |text: &str, scheme: &str, value: &str, url: &str| {
            let id = of_address(text).expect("an article");
            assert_eq!((&*id.scheme, &*id.value), (scheme, value), "{text}");
            assert_eq!(id.url.as_deref(), Some(url), "{text}");
        };
        check(
            "http://en.wikipedia.org/wiki/People%27s_New_Party",
            "wikipedia",
            "People's_New_Party",
            "https://en.wikipedia.org/wiki/People%27s_New_Party",
        );
        check(
            "https://no.m.wikipedia.org/wiki/Hjemmefronten",
            "wikipedia-no",
            "Hjemmefronten",
            "https://no.wikipedia.org/wiki/Hjemmefronten",
        );
        for text in [
            "http://en.wikipedia.org/wiki/Ratana#Alliance",
            "http://en.wikipedia.org/wiki/",
            "http://en.wikipedia.org/wiki/100%FF",
            "http://www.maltadata.com/abbrev.htm",
            "Ratana",
        ] {
            assert_eq!(of_address(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_elsewhere() {
        for text in [
            "https://www.example.org/wiki/Fine_Gael",
            "https://commons.wikipedia.org/wiki/Category:X",
            "https://www.wikipedia.org/wiki/X",
            "https://en.wikipedia.org/",
            "https://en.wikipedia.org/wiki/Natural_Law_Party#Ireland",
            "www.finegael.ie",
            "",
            "  ",
        ] {
            assert_eq!(article(text), None, "{text}");
        }
    }
}
