//! Days to pixels, and the years of the ruler.
//!
//! The time drawn begins with the first day of all and is `SPAN_MIN` days long at least. A picture without a given
//! width has 10 pixels for each 365 days, or 8 for each organisation if that is more, but 700 to 1,800 in all. A day
//! is at `MARGIN + PAD + (day - first) * (width - 2 * (MARGIN + PAD)) / length`, rounded down.

use chrono::{Datelike, NaiveDate};

use super::life::Days;

/// Between the edge of the picture and everything in it.
pub const MARGIN: i64 = 16;
/// Room before the first and after the last day, for dashes and arrowheads.
const PAD: i64 = 36;
/// The least distance between two years of the ruler.
const TICK: i64 = 44;
const STEPS: [i32; 10] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];
/// Less time than two years is drawn as two years.
const SPAN_MIN: i64 = 731;

/// The horizontal axis, in whole pixels.
pub struct Scale {
    pub width: i64,
    first: i64,
    span: i64,
    dated: bool,
}

impl Scale {
    /// `width`: that of the picture; none: one at which `count` organisations are easy to read.
    pub fn new(range: Option<Days>, count: usize, width: Option<u32>) -> Self {
        let days = range.unwrap_or(Days { first: 0, last: 0 });
        let span = (days.last - days.first).max(SPAN_MIN);
        let natural = || {
            let count = i64::try_from(count).unwrap_or(i64::MAX).min(1_000);
            (span / 365 * 10).max(count * 8).clamp(700, 1_800)
        };
        let width = width.map_or_else(natural, |width| {
            i64::from(width.clamp(*super::WIDTHS.start(), *super::WIDTHS.end()))
        });
        Self {
            width,
            first: days.first,
            span,
            dated: range.is_some(),
        }
    }

    pub fn right(&self) -> i64 {
        self.width - MARGIN
    }

    pub fn x(&self, day: i64) -> i64 {
        let plot = self.width - 2 * (MARGIN + PAD);
        MARGIN + PAD + ((day - self.first) * plot).div_euclid(self.span)
    }

    /// The years of the ruler with their places.
    pub fn ticks(&self) -> Vec<(i32, i64)> {
        if !self.dated {
            return Vec::new();
        }
        let plot = self.width - 2 * (MARGIN + PAD);
        let wide = |step: &i32| i64::from(*step) * 365 * plot / self.span >= TICK;
        let step = STEPS.into_iter().find(wide).unwrap_or(1000);
        let start = |year| {
            NaiveDate::from_ymd_opt(year, 1, 1)
                .map(|date| self.x(i64::from(date.num_days_from_ce())))
        };
        (0..=9999 / step)
            .map(|index| index * step)
            .filter(|year| *year > 0)
            .filter_map(|year| Some((year, start(year)?)))
            .filter(|(_, x)| (MARGIN + TICK / 2..=self.right() - TICK / 2).contains(x))
            .collect()
    }
}
