//! Dates of formats that know years, months and days alone, and nothing that is in doubt.

use chrono::{Datelike, NaiveDate};
use entity::date::HistoricalDate;

use crate::loss::Losses;
use crate::write::DateDraft;

const KNOWN: &str = "the format knows years, months and days";

/// What such a format can say of a date and is true: a date within one year, month or day is that one. An estimate is
/// left out, since it would stand there as certain.
pub(super) fn plain(date: Option<&DateDraft>, losses: &mut Losses) -> Option<String> {
    let date = date?;
    let parsed = HistoricalDate::parse(&date.edtf).ok()?;
    wording(date, losses);
    if parsed.approximate || parsed.uncertain {
        let why = "the format knows only dates that are certain";
        losses.add("dates that are estimates or in doubt", why, 1);
        return None;
    }
    let said = within(parsed.earliest, parsed.latest);
    match &said {
        None => losses.add("dates that do not tell one year", KNOWN, 1),
        Some(said) if *said != date.edtf => losses.add("dates told less finely", KNOWN, 1),
        Some(_) => {}
    }
    said
}

/// Counts the words of a date, which stand nowhere.
pub(super) fn wording(date: &DateDraft, losses: &mut Losses) {
    let words = usize::from(date.text.is_some());
    let why = "a date stands without the words of its source";
    losses.add("wordings of dates", why, words);
}

/// The day, month or year that both lie in.
fn within(earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> Option<String> {
    let (earliest, latest) = (earliest?, latest?);
    if earliest == latest {
        return Some(earliest.to_string());
    }
    let same_year = earliest.year() == latest.year();
    let same_month = same_year && earliest.month() == latest.month();
    let form = if same_month { "%Y-%m" } else { "%Y" };
    same_year.then(|| earliest.format(form).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_true_is_said() {
        let check = |edtf: &str, said: Option<&str>, lost: &str| {
            let mut losses = Losses::default();
            let (edtf, text) = (edtf.to_owned(), None);
            let date = DateDraft { edtf, text };
            assert_eq!(plain(Some(&date), &mut losses).as_deref(), said, "{date:?}");
            let told: Vec<_> = losses.iter().map(|loss| loss.what).collect();
            assert_eq!(told.join(", "), lost, "{date:?}");
        };
        let coarser = "dates told less finely";
        let doubted = "dates that are estimates or in doubt";
        let wide = "dates that do not tell one year";
        check("1905", Some("1905"), "");
        check("2011-04", Some("2011-04"), "");
        check("2011-04-21", Some("2011-04-21"), "");
        check("1974-21", Some("1974"), coarser);
        check("[2011-04-03..2011-04-08]", Some("2011-04"), coarser);
        check("1985~", None, doubted);
        check("1931?", None, doubted);
        check("1936-05%", None, doubted);
        check("198X", None, wide);
        check("1996/1997", None, wide);
        check("1996/..", None, wide);
        check("XXXX", None, wide);
    }

    #[test]
    fn words_are_told() {
        let mut losses = Losses::default();
        let date = DateDraft {
            edtf: "1905".to_owned(),
            text: Some("in 1905".to_owned()),
        };
        assert_eq!(plain(Some(&date), &mut losses).as_deref(), Some("1905"));
        assert!(!losses.is_empty());
        assert_eq!(plain(None, &mut losses), None);
    }
}
