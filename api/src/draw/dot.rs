//! The same graph as text for Graphviz.

use super::{Family, kind::Kind, text, words};

/// The family in the DOT language.
pub fn dot(family: &Family) -> String {
    let mut out = "digraph lineage {\n  rankdir=LR;\n  node [shape=box];\n".to_owned();
    for (index, member) in family.nodes.iter().enumerate() {
        let label = quoted(&words::short(member));
        out += &format!("  \"n{}\" [label={label}];\n", index + 1);
    }
    for tie in family.ties() {
        let label = quoted(&words::step(
            Kind::of(&tie.link.kind),
            tie.link.date.as_ref(),
        ));
        out += &format!(
            "  \"n{}\" -> \"n{}\" [label={label}];\n",
            tie.from + 1,
            tie.to + 1
        );
    }
    out + "}\n"
}

/// Text in quotation marks. A backslash would start an escape, and an ampersand an HTML entity.
fn quoted(label: &str) -> String {
    let label = text::clean(label)
        .replace('&', "&amp;")
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    format!("\"{label}\"")
}
