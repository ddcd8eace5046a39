//! Cells of tables.

use serde_json::Value;

/// A cell that no spreadsheet takes for a formula: what begins as one begins with an apostrophe
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
pub(super) fn safe(text: String) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text }
}

/// A value as a cell shows it; nothing where there is none.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts() {
        let check = |text: &str, cell: &str| assert_eq!(safe(text.to_owned()), cell);
        check("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")");
        check("-1+1", "'-1+1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "'\t=1");
        check("League", "League");
        check("1985~", "1985~");
        check("", "");
    }
}
