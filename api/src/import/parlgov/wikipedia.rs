//! Addresses of articles in Wikipedia, and the ids that they make.

use percent_encoding::percent_decode_str;

use crate::write::ExternalIdDraft;

/// Where the column `wikipedia` leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Address {
    /// An article as a whole, under its title.
    Article(ExternalIdDraft),
    /// A part of an article, or another site: it tells of the record, and is not about it alone.
    Elsewhere,
}

impl Address {
    pub fn read(url: &str) -> Self {
        article(url).map_or(Self::Elsewhere, Self::Article)
    }
}

/// `https://en.wikipedia.org/wiki/People%27s_Party` is `wikipedia` `People's_Party`; the scheme for articles in other
/// languages has the language's code at its end, as in `wikipedia-no`.
fn article(url: &str) -> Option<ExternalIdDraft> {
    let rest = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"))?;
    let (host, path) = rest.split_once('/')?;
    let language = host.strip_suffix(".wikipedia.org")?;
    let language = language.strip_suffix(".m").unwrap_or(language);
    let path = path.strip_prefix("wiki/")?;
    if path.is_empty() || path.contains(['#', '?']) || language.contains('.') {
        return None;
    }
    let path = path.replace(' ', "_");
    let title = percent_decode_str(&path).decode_utf8().ok()?;
    Some(ExternalIdDraft {
        scheme: match language {
            "en" => "wikipedia".to_owned(),
            _ => format!("wikipedia-{language}"),
        },
        value: title.replace(' ', "_"),
        url: Some(format!("https://{language}.wikipedia.org/wiki/{path}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |url: &str, id: Option<(&str, &str, &str)>| {
            let found = article(url).map(|it| (it.scheme, it.value, it.url.unwrap()));
            let id = id.map(|(scheme, value, url)| (scheme.into(), value.into(), url.into()));
            assert_eq!(found, id, "{url}");
        };
        check(
            "http://en.wikipedia.org/wiki/People%27s_New_Party",
            Some((
                "wikipedia",
                "People's_New_Party",
                "https://en.wikipedia.org/wiki/People%27s_New_Party",
            )),
        );
        check(
            "https://no.m.wikipedia.org/wiki/Hjemmefronten",
            Some((
                "wikipedia-no",
                "Hjemmefronten",
                "https://no.wikipedia.org/wiki/Hjemmefronten",
            )),
        );
        check("http://en.wikipedia.org/wiki/Ratana#Alliance", None);
        check("http://en.wikipedia.org/wiki/", None);
        check("http://en.wikipedia.org/wiki/100%FF", None);
        check("http://www.maltadata.com/abbrev.htm", None);
        check("Ratana", None);
    }
}
