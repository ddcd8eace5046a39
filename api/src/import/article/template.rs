//! What the templates show that infoboxes are filled with.

use super::Part;
use super::markup::{parts, shown_text, split};

/// What a template shows, from what stands between its braces.
pub(super) fn parts_of(inner: &str, unknown: &mut Vec<String>) -> Vec<Part> {
    let pieces = split(inner, '|');
    let mut pieces = pieces.into_iter().map(|(_, piece)| piece);
    let name = pieces.next().unwrap_or_default().trim();
    let name = name.to_lowercase().replace('_', " ");
    let mut values: Vec<&str> = Vec::new();
    for piece in pieces {
        // A value with a name is one of a setting, but for those that are numbered.
        match piece.split_once('=') {
            Some((key, value)) if key.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
                values.push(value.trim());
            }
            Some((key, _)) if is_name(key.trim()) => {}
            _ => values.push(piece.trim()),
        }
    }
    let text = |text: &str| vec![Part::Text(text.to_owned())];
    match name.as_str() {
        "ubl" | "ublist" | "ubli" | "unbulleted list" | "plainlist" | "plain list" | "flatlist"
        | "flat list" | "hlist" | "bulleted list" | "blist" | "cslist" | "collapsible list"
        | "tree list" => {
            let mut items = vec![Part::Break];
            for value in values {
                // Signs of a list count at the start of a line.
                items.extend(parts(&format!("\n{value}"), unknown));
                items.push(Part::Break);
            }
            items
        }
        "nowrap" | "nobr" | "nobreak" | "small" | "smaller" | "big" | "large" | "larger"
        | "nobold" | "normal" | "center" | "abbr" | "longitem" | "nq" | "noitalic" | "tooltip" => {
            values
                .first()
                .map_or_else(Vec::new, |value| parts(value, unknown))
        }
        "lang" | "native name" | "native phrase" | "transliteration" | "transl" | "font color"
        | "resize" => values
            .last()
            .map_or_else(Vec::new, |value| parts(value, unknown)),
        name if name.starts_with("lang-") => values
            .first()
            .map_or_else(Vec::new, |value| parts(value, unknown)),
        "ill" | "interlanguage link" | "illm" => {
            values.first().map_or_else(Vec::new, |value| text(value))
        }
        "url" | "official website" | "official url" => {
            values.first().map_or_else(Vec::new, |url| {
                let url = shown_text(&parts(url, unknown));
                let shown = values
                    .get(1)
                    .map(|value| shown_text(&parts(value, unknown)));
                vec![Part::Address {
                    text: shown.unwrap_or_else(|| url.clone()),
                    url,
                }]
            })
        }
        "start date"
        | "start date and age"
        | "end date"
        | "end date and age"
        | "date"
        | "dts"
        | "film date"
        | "start-date"
        | "end-date"
        | "dissolved date and age" => text(&date(&values)),
        "circa" | "c." | "ca." | "c" => text(&format!("c. {}", values.first().unwrap_or(&""))),
        "flag" | "flagu" | "flagcountry" | "flaglist" => {
            values.first().map_or_else(Vec::new, |value| text(value))
        }
        "snd" | "spnd" | "spaced ndash" | "ndash" | "dash" | "spaced en dash" => text(" – "),
        "nbsp" | "spaces" | "space" | "thinsp" => text(" "),
        "·" | "•" | "dot" | "middot" | "bullet" | "pb" | "br" | "break" | "clear" | "-" => {
            vec![Part::Break]
        }
        "!" => text("|"),
        "flagicon"
        | "flag icon"
        | "flagdeco"
        | "flag decoration"
        | "efn"
        | "efn-la"
        | "efn-ua"
        | "refn"
        | "sfn"
        | "sfnp"
        | "r"
        | "rp"
        | "cn"
        | "citation needed"
        | "fact"
        | "dubious"
        | "better source needed"
        | "clarify"
        | "when"
        | "who"
        | "failed verification"
        | "verify source"
        | "notetag"
        | "note"
        | "ref"
        | "citation"
        | "endplainlist"
        | "endflatlist"
        | "end plainlist"
        | "end flatlist"
        | "webarchive"
        | "dead link" => Vec::new(),
        name if name.starts_with("cite ") => Vec::new(),
        _ => {
            if !unknown.contains(&name) {
                unknown.push(name);
            }
            Vec::new()
        }
    }
}

fn is_name(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '-'))
}

/// Year, month and day in figures, or whatever else the first value says.
fn date(values: &[&str]) -> String {
    let figures: Vec<u32> = values
        .iter()
        .map_while(|value| value.parse().ok())
        .collect();
    match figures.as_slice() {
        [year, month, day, ..] => format!("{year:04}-{month:02}-{day:02}"),
        [year, month] => format!("{year:04}-{month:02}"),
        [year] => year.to_string(),
        [] => values
            .first()
            .map_or_else(String::new, |text| (*text).to_owned()),
    }
}
