//! The same graph as text for Mermaid.

use super::{Family, kind::Kind, text, words};

/// The family as a Mermaid flow chart.
pub fn mermaid(family: &Family) -> String {
    let mut out = "flowchart LR\n".to_owned();
    for (index, member) in family.nodes.iter().enumerate() {
        let label = quoted(&words::short(member));
        out += &format!("  n{}[{label}]\n", index + 1);
    }
    for tie in family.ties() {
        let label = quoted(&words::step(
            Kind::of(&tie.link.kind),
            tie.link.date.as_ref(),
        ));
        out += &format!("  n{} -->|{label}| n{}\n", tie.from + 1, tie.to + 1);
    }
    out
}

/// Text in quotation marks. All that is not a letter, a digit or a harmless sign is written as a number, so that
/// neither Mermaid nor Markdown nor HTML finds anything to do in it.
fn quoted(label: &str) -> String {
    let mut out = "\"".to_owned();
    for character in text::clean(label).chars() {
        if character.is_alphanumeric() || !character.is_ascii() || " ,".contains(character) {
            out.push(character);
        } else {
            out += &format!("#{};", u32::from(character));
        }
    }
    out + "\""
}
