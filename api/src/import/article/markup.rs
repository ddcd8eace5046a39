//! Wikitext as what it shows: texts, links to articles and to pages elsewhere, in items that stand below each other.
//! Only what infoboxes are made of is understood; a template that is not known shows nothing, and is told of.

use super::Part;
use super::template;

/// The items of a value, those that show nothing left out. Names of templates that are not known are added to `unknown`.
pub(super) fn items(value: &str, unknown: &mut Vec<String>) -> Vec<Vec<Part>> {
    let mut items: Vec<Vec<Part>> = vec![Vec::new()];
    for part in parts(value, unknown) {
        match (part, items.last_mut()) {
            (Part::Break, _) => items.push(Vec::new()),
            (Part::Text(text), Some(item)) => match item.last_mut() {
                Some(Part::Text(before)) => before.push_str(&text),
                _ => item.push(Part::Text(text)),
            },
            (part, Some(item)) => item.push(part),
            (_, None) => {}
        }
    }
    items
        .into_iter()
        .filter(|item| {
            item.iter()
                .any(|part| !matches!(part, Part::Text(text) if text.trim().is_empty()))
        })
        .collect()
}

/// Everything that a text shows, in its order.
pub(super) fn parts(text: &str, unknown: &mut Vec<String>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut shown = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (taken, found) = piece(text, at, rest, unknown);
        at += taken;
        match found {
            Shown::Text(text) => shown.push_str(&text),
            Shown::Parts(found) => {
                if !shown.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut shown)));
                }
                parts.extend(found);
            }
        }
    }
    if !shown.is_empty() {
        parts.push(Part::Text(shown));
    }
    parts
}

enum Shown {
    Text(String),
    Parts(Vec<Part>),
}

impl Shown {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// What the text shows first from `at` on, and how many bytes that takes.
fn piece(text: &str, at: usize, rest: &str, unknown: &mut Vec<String>) -> (usize, Shown) {
    let nothing = || Shown::text("");
    if rest.starts_with("<!--") {
        return (after(rest, "-->"), nothing());
    }
    if rest.starts_with("{{") {
        if let Some(end) = closing(text, at + 2, "{{", "}}") {
            let inner = text.get(at + 2..end).unwrap_or_default();
            let parts = template::parts_of(inner, unknown);
            return (end + 2 - at, Shown::Parts(parts));
        }
    } else if rest.starts_with("[[") {
        if let Some(end) = closing(text, at + 2, "[[", "]]") {
            let inner = text.get(at + 2..end).unwrap_or_default();
            return (end + 2 - at, Shown::Parts(link(inner, unknown)));
        }
    } else if ["[http://", "[https://"]
        .iter()
        .any(|start| rest.starts_with(start))
    {
        if let Some(end) = rest.find(']') {
            let inner = rest.get(1..end).unwrap_or_default();
            let (url, text) = inner
                .split_once(char::is_whitespace)
                .unwrap_or((inner, inner));
            let part = Part::Address {
                url: url.to_owned(),
                text: text.trim().to_owned(),
            };
            return (end + 1, Shown::Parts(vec![part]));
        }
    } else if rest.starts_with("''") {
        let marks = rest.len() - rest.trim_start_matches('\'').len();
        return (marks, nothing());
    } else if let Some(line) = rest.strip_prefix('\n') {
        // Signs of a list at the start of a line.
        let signs = line.len() - line.trim_start_matches(['*', '#', ':', ';', ' ']).len();
        return (1 + signs, Shown::Parts(vec![Part::Break]));
    } else if rest.starts_with('<') {
        if let Some(found) = tag(rest) {
            return found;
        }
    } else if rest.starts_with('&') {
        let entities = [
            ("&nbsp;", " "),
            ("&#160;", " "),
            ("&thinsp;", " "),
            ("&ndash;", "–"),
            ("&mdash;", "—"),
            ("&amp;", "&"),
            ("&quot;", "\""),
            ("&lt;", "<"),
            ("&gt;", ">"),
        ];
        let entity = entities.iter().find(|(entity, _)| rest.starts_with(entity));
        if let Some((entity, text)) = entity {
            return (entity.len(), Shown::text(*text));
        }
    }
    let first = rest.chars().next().unwrap_or_default();
    (first.len_utf8(), Shown::text(first))
}

/// A tag of HTML. What stands in a reference is not shown.
fn tag(rest: &str) -> Option<(usize, Shown)> {
    let end = rest.find('>')?;
    let inner = rest.get(1..end)?.trim().to_ascii_lowercase();
    let name: String = inner
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    if name.is_empty() {
        return None;
    }
    Some(match name.as_str() {
        "ref" if !inner.ends_with('/') && !inner.starts_with('/') => {
            (after(rest, "</ref>"), Shown::text(""))
        }
        "br" | "li" | "ul" | "ol" | "p" | "div" => (end + 1, Shown::Parts(vec![Part::Break])),
        _ => (end + 1, Shown::text("")),
    })
}

/// A link to an article; images and categories show nothing.
fn link(inner: &str, unknown: &mut Vec<String>) -> Vec<Part> {
    let (target, shown) = inner.split_once('|').unwrap_or((inner, inner));
    let target = target.split('#').next().unwrap_or_default().trim();
    let is_file = ["file:", "image:", "category:", "media:"]
        .iter()
        .any(|space| target.to_lowercase().starts_with(space));
    let text = shown_text(&parts(shown, unknown));
    if is_file {
        Vec::new()
    } else if target.is_empty() || target.contains(':') && target.starts_with(':') {
        vec![Part::Text(text)]
    } else {
        vec![Part::Link {
            target: target.replace('_', " "),
            text,
        }]
    }
}

/// The parts as one text.
pub(super) fn shown_text(parts: &[Part]) -> String {
    let texts = parts.iter().map(|part| match part {
        Part::Text(text) | Part::Link { text, .. } | Part::Address { text, .. } => text.as_str(),
        Part::Break => " ",
    });
    let text: String = texts.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bytes up to and with `end`; all, where it is missing.
fn after(rest: &str, end: &str) -> usize {
    rest.find(end).map_or(rest.len(), |at| at + end.len())
}

/// Where what was opened just before `from` is closed again.
pub(super) fn closing(text: &str, from: usize, open: &str, close: &str) -> Option<usize> {
    let mut depth = 1;
    let mut at = from;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("<!--") {
            at += after(rest, "-->");
        } else if rest.starts_with(open) {
            depth += 1;
            at += open.len();
        } else if rest.starts_with(close) {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
            at += close.len();
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    None
}

/// The pieces between a sign, as far as it does not stand in a template, a link, a comment or a reference; each with
/// where it begins.
pub(super) fn split(text: &str, sign: char) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let nested = [("{{", "}}"), ("[[", "]]")]
            .into_iter()
            .filter(|(open, _)| rest.starts_with(open))
            .find_map(|(open, close)| closing(text, at + open.len(), open, close));
        if let Some(end) = nested {
            at = end + 2;
        } else if rest.starts_with("<!--") {
            at += after(rest, "-->");
        } else if rest.starts_with("<ref") {
            at += tag(rest).map_or(1, |(length, _)| length);
        } else if rest.starts_with(sign) {
            pieces.push((start, text.get(start..at).unwrap_or_default()));
            at += sign.len_utf8();
            start = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    pieces.push((start, text.get(start..).unwrap_or_default()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown() {
        let check = |value: &str, expected: &[&str]| {
            let mut unknown = Vec::new();
            let items = items(value, &mut unknown);
            let texts: Vec<String> = items.iter().map(|item| shown_text(item)).collect();
            assert_eq!(texts, expected, "{value}");
            assert_eq!(unknown, [] as [&str; 0]);
        };
        check("", &[]);
        check(
            "'''Far-left'''<!-- not -- far --> politics",
            &["Far-left politics"],
        );
        check(
            "[[Marxism]]<br />[[Trotskyism|Trotskyist]]<ref>A | b</ref>",
            &["Marxism", "Trotskyist"],
        );
        check("A<ref name=\"x\" /> and B&nbsp;C", &["A and B C"]);
        check("{{ubl|[[A]]|[[B|b]] {{small|(2011)}}}}", &["A", "b (2011)"]);
        check("{{plainlist|\n* [[A]]\n* B\n}}", &["A", "B"]);
        check("{{flatlist}}\n* A\n* B\n{{endflatlist}}", &["A", "B"]);
        check("{{start date and age|2011|4|05|df=y}}", &["2011-04-05"]);
        check("{{Start date|April 2011}}", &["April 2011"]);
        check("{{circa|1964}}", &["c. 1964"]);
        check("{{URL|example.org|Our site}}", &["Our site"]);
        check("[https://example.org Our site]", &["Our site"]);
        check("{{flagicon|Scotland}} {{flag|Scotland}}", &["Scotland"]);
        check(
            "{{lang|fr|Parti {{nowrap|du peuple}}}}",
            &["Parti du peuple"],
        );
        check("[[File:Logo.svg|100px]]", &[]);
        check("A {{unclosed", &["A {{unclosed"]);
    }

    #[test]
    fn links_and_addresses() {
        let mut unknown = Vec::new();
        let found = items(
            "[[Socialist_Workers_Party_(UK)#History|SWP]] {{url|https://a.example}}{{colour box|red}}",
            &mut unknown,
        );
        let expected = vec![
            Part::Link {
                target: "Socialist Workers Party (UK)".to_owned(),
                text: "SWP".to_owned(),
            },
            Part::Text(" ".to_owned()),
            Part::Address {
                url: "https://a.example".to_owned(),
                text: "https://a.example".to_owned(),
            },
        ];
        assert_eq!(found, [expected]);
        assert_eq!(unknown, ["colour box"]);
    }
}
