//! Names as the drawing can hold them: cleaned, escaped, measured and cut.

/// The text in one line, without the characters that XML forbids and without those that would turn the direction of
/// the text after it.
pub fn clean(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !forbidden(character) {
            line.push(character);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn forbidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || u32::from(character) & 0xFFFE == 0xFFFE
}

/// The cleaned text as XML, for content and for attributes.
pub fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in clean(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A width that the text does not exceed in common fonts at 12 pixels, in whole pixels.
pub fn width(text: &str) -> i64 {
    text.chars().map(advance).sum()
}

fn advance(character: char) -> i64 {
    match character {
        // Ligatures of whole phrases.
        '\u{FDFA}'..='\u{FDFD}' => 120,
        '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0,
        'i' | 'j' | 'l' | '\'' | '|' | ' ' | '.' | ',' | ':' | ';' => 4,
        'f' | 't' | 'r' | 'I' | '!' | '(' | ')' | '[' | ']' | '-' | '/' => 6,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' => 12,
        'A'..='Z' | '\u{C0}'..='\u{DE}' | '+' | '<' | '=' | '>' | '#' | '~' | '^' => 10,
        ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{2013}' | '\u{2018}'..='\u{201F}' => 8,
        '\u{250}'..='\u{58F}' => 11,
        _ => 13,
    }
}

/// The text, cut with an ellipsis where it is wider than `limit`.
pub fn cut(text: &str, limit: i64) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut left = limit - advance('…');
    let fits = |character: &char| {
        left -= advance(*character);
        left >= 0
    };
    let start: String = text.chars().take_while(fits).collect();
    format!("{}…", start.trim_end())
}
