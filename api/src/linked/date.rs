//! Dates: always as EDTF, and in the types of XML Schema where nothing is lost or gained by it.

use entity::date::HistoricalDate;
use entity::kind::DatePrecision;

use super::Graph;
use crate::write::DateDraft;

/// How one date of a thing is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    /// As EDTF.
    pub edtf: &'static str,
    /// The source's own wording.
    pub wording: &'static str,
    /// By terms of others, in the types of XML Schema.
    pub exact: &'static [&'static str],
}

/// The type of XML Schema that says just as much as an EDTF text, by its short name; `None`: none does.
pub(super) fn exact_type(edtf: &str) -> Option<&'static str> {
    let shape: String = edtf
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let date = HistoricalDate::parse(edtf).ok()?;
    if date.approximate || date.uncertain {
        return None;
    }
    match (date.precision, shape.as_str()) {
        (DatePrecision::Day, "0000-00-00") => Some("xsd:date"),
        (DatePrecision::Month, "0000-00") => Some("xsd:gYearMonth"),
        (DatePrecision::Year, "0000") => Some("xsd:gYear"),
        _ => None,
    }
}

impl Graph<'_> {
    pub(super) fn date(&mut self, subject: &str, said: Dated, date: Option<&DateDraft>) {
        let Some(date) = date else { return };
        self.typed(subject, said.edtf, &date.edtf, "edtf:EDTF");
        self.text(subject, said.wording, date.text.as_deref());
        if let Some(datatype) = exact_type(&date.edtf) {
            for predicate in said.exact {
                self.typed(subject, predicate, &date.edtf, datatype);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_date_is_more_precise_than_it_is_known() {
        let check = |edtf: &str, expected: Option<&str>| {
            assert_eq!(exact_type(edtf), expected, "{edtf}");
        };
        check("2011-04-11", Some("xsd:date"));
        check("2011-04", Some("xsd:gYearMonth"));
        check("2011", Some("xsd:gYear"));
        for doubtful in [
            "2011~",
            "2011-04?",
            "2011-?04",
            "2011-21",
            "201X",
            "2011-XX",
            "2011-04-XX",
            "[2011]",
            "{2011}",
            "[2011..2012]",
            "2011/2012",
            "2011/..",
            "../2011",
            "XXXX",
            "2011-04-11/2011-04-11",
        ] {
            check(doubtful, None);
        }
    }
}
