//! Cells of tables that spreadsheets open.

use std::borrow::Cow;

/// A cell that no spreadsheet takes for a formula: what begins as one begins with an apostrophe
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
pub fn safe(text: &str) -> Cow<'_, str> {
    if is_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that such a cell was made of.
pub fn plain(cell: &str) -> &str {
    let text = cell.strip_prefix('\'').filter(|text| is_formula(text));
    text.unwrap_or(cell)
}

/// An apostrophe that was there before gets another one, so that it is not taken for the one of this rule.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_texts() {
        let check = |text: &str, cell: &str| {
            assert_eq!(safe(text), cell);
            assert_eq!(plain(cell), text);
        };
        check("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")");
        check("-1+1", "'-1+1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "'\t=1");
        check("'=1", "''=1");
        check("'Right' Group", "'Right' Group");
        check("League", "League");
        check("1985~", "1985~");
        check("", "");
    }
}
