//! When each organisation lived and each link happened, in days, with guesses where no source says.
//!
//! Days are counted from the start of year 1. What is guessed is marked, so that it can be drawn as a guess.
//!
//! 1. A date has a first and a last day; one that is open on one side counts as the day on the other, and as unknown.
//!    Its middle is halfway, rounded down. Where the middle of an organisation's end is before that of its start, the
//!    two are exchanged.
//! 2. A link is at the middle of its date. Without a date it is where the newer side starts, else where the older
//!    ends; the other way round if it leaves an end ([`Leaves::End`]); each the middle.
//! 3. An unknown start is the first day of the end or of any link (2), whichever is first; an unknown end is the last
//!    day of the start or of any link, whichever is last.
//! 4. Who has neither dates nor such links gets the day of a neighbour: 1/40 of the whole time (at least 365 days)
//!    after the first day of the neighbour's start if it is the newer side of the link, as much before if the older,
//!    but not outside the whole time. Neighbours are taken breadth first, from those of 3 in the order of the
//!    nodes, each one's links in their order; where that reaches nobody more, the first node left gets the first day of all.
//! 5. A link that 2 has left without a day is at the middle of the newer side's start.

use std::collections::VecDeque;

use chrono::{Datelike, NaiveDate};

use super::{Family, Span, Tie, kind::Kind, kind::Leaves};

/// First and last day that an end of a life can be.
#[derive(Clone, Copy)]
pub struct Days {
    pub first: i64,
    pub last: i64,
}

/// What is known of the end of an organisation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Dated,
    Active,
    Dormant,
    Unknown,
}

#[derive(Clone, Copy)]
pub struct Life {
    pub start: Days,
    pub start_known: bool,
    pub end: Days,
    pub ending: Ending,
}

/// When a link is drawn.
#[derive(Clone, Copy)]
pub struct Moment {
    pub day: i64,
    /// Whether a source gives the date.
    pub dated: bool,
}

pub struct Times {
    pub lives: Vec<Life>,
    pub moments: Vec<Moment>,
    /// The first and the last day of all; none where nothing has a date.
    pub range: Option<Days>,
}

impl Days {
    fn at(day: i64) -> Self {
        Self {
            first: day,
            last: day,
        }
    }

    pub fn middle(self) -> i64 {
        self.first + (self.last - self.first) / 2
    }
}

/// A date in days, and whether it is bounded on both sides.
fn days(span: Option<&Span>) -> Option<(Days, bool)> {
    let span = span?;
    let day = |date: NaiveDate| i64::from(date.num_days_from_ce());
    match (span.earliest.map(day), span.latest.map(day)) {
        (Some(one), Some(other)) => Some((
            Days {
                first: one.min(other),
                last: one.max(other),
            },
            true,
        )),
        (Some(only), None) | (None, Some(only)) => Some((Days::at(only), false)),
        (None, None) => None,
    }
}

/// What the family itself says of an organisation.
#[derive(Clone, Copy)]
struct Told {
    start: Option<(Days, bool)>,
    end: Option<(Days, bool)>,
}

impl Times {
    pub fn new(family: &Family, ties: &[Tie<'_>]) -> Self {
        let told: Vec<Told> = family
            .nodes
            .iter()
            .map(|member| {
                let start = days(member.founded.as_ref());
                let end = days(member.dissolved.as_ref());
                match (start, end) {
                    // Dates that contradict each other: the life lies between them all the same.
                    (Some((s, _)), Some((e, _))) if e.middle() < s.middle() => Told {
                        start: end,
                        end: start,
                    },
                    _ => Told { start, end },
                }
            })
            .collect();
        let dates: Vec<Option<i64>> = ties
            .iter()
            .map(|tie| days(tie.link.date.as_ref()).map(|(days, _)| days.middle()))
            .collect();
        let guesses: Vec<Option<i64>> = ties
            .iter()
            .zip(&dates)
            .map(|(tie, date)| date.or_else(|| guess(told[tie.from].end, told[tie.to].start, tie)))
            .collect();
        let range = range(&told, &dates);
        let lives = lives(family, ties, &told, &guesses, range);
        let moments = ties
            .iter()
            .zip(dates.iter().zip(guesses))
            .map(|(tie, (date, guess))| Moment {
                day: guess.unwrap_or_else(|| lives[tie.to].start.middle()),
                dated: date.is_some(),
            })
            .collect();
        Self {
            lives,
            moments,
            range,
        }
    }
}

/// Where a link without a date goes.
fn guess(end: Option<(Days, bool)>, start: Option<(Days, bool)>, tie: &Tie<'_>) -> Option<i64> {
    let (better, worse) = match Kind::of(&tie.link.kind).leaves {
        Leaves::Bar => (start, end),
        Leaves::End => (end, start),
    };
    better.or(worse).map(|(days, _)| days.middle())
}

fn range(told: &[Told], dates: &[Option<i64>]) -> Option<Days> {
    let ends = told
        .iter()
        .flat_map(|told| [told.start, told.end])
        .flatten();
    let bounds = ends.flat_map(|(days, _)| [days.first, days.last]);
    let all: Vec<i64> = bounds.chain(dates.iter().copied().flatten()).collect();
    Some(Days {
        first: *all.iter().min()?,
        last: *all.iter().max()?,
    })
}

/// A life for each organisation. One of which nothing is known, not even through its links, is put a little before
/// or after a neighbour, neighbours of known ones first.
fn lives(
    family: &Family,
    ties: &[Tie<'_>],
    told: &[Told],
    guesses: &[Option<i64>],
    range: Option<Days>,
) -> Vec<Life> {
    let mut touched: Vec<Option<Days>> = vec![None; told.len()];
    let mut neighbours: Vec<Vec<(usize, i64)>> = vec![Vec::new(); told.len()];
    for (tie, guess) in ties.iter().zip(guesses) {
        neighbours[tie.from].push((tie.to, 1));
        neighbours[tie.to].push((tie.from, -1));
        for node in [tie.from, tie.to] {
            if let Some(day) = *guess {
                touched[node] = Some(touched[node].map_or(Days::at(day), |days| Days {
                    first: days.first.min(day),
                    last: days.last.max(day),
                }));
            }
        }
    }
    let range = range.unwrap_or(Days { first: 0, last: 0 });
    let step = ((range.last - range.first) / 40).max(365);
    let mut lives: Vec<Option<Life>> = (0..told.len())
        .map(|node| life(told[node], touched[node], &family.nodes[node].status))
        .collect();
    let mut queue: VecDeque<usize> = (0..told.len())
        .filter(|node| lives[*node].is_some())
        .collect();
    let mut next = 0;
    loop {
        while let Some(node) = queue.pop_front() {
            let day = lives[node].map_or(range.first, |life| life.start.first);
            for (other, way) in &neighbours[node] {
                if lives[*other].is_none() {
                    let near =
                        (day + way * step).clamp(range.first, range.last.max(range.first + step));
                    lives[*other] = life(
                        told[*other],
                        Some(Days::at(near)),
                        &family.nodes[*other].status,
                    );
                    queue.push_back(*other);
                }
            }
        }
        while next < lives.len() && lives[next].is_some() {
            next += 1;
        }
        if next == lives.len() {
            return lives.into_iter().flatten().collect();
        }
        lives[next] = life(
            told[next],
            Some(Days::at(range.first)),
            &family.nodes[next].status,
        );
        queue.push_back(next);
    }
}

/// The life that dates and links give together; none where they say nothing.
fn life(told: Told, touched: Option<Days>, status: &str) -> Option<Life> {
    let first = match (touched, told.end) {
        (Some(touched), Some((end, _))) => Some(touched.first.min(end.first)),
        (Some(touched), None) => Some(touched.first),
        (None, end) => end.map(|(end, _)| end.first),
    };
    let (start, start_known) = told.start.or(first.map(|day| (Days::at(day), false)))?;
    let last = touched.map_or(start.last, |touched| touched.last.max(start.last));
    let (end, ending) = match (told.end, status) {
        (Some((end, true)), _) => (end, Ending::Dated),
        (Some((end, false)), _) => (end, Ending::Unknown),
        (None, "ACTIVE") => (Days::at(last), Ending::Active),
        (None, "DORMANT") => (Days::at(last), Ending::Dormant),
        (None, _) => (Days::at(last), Ending::Unknown),
    };
    Some(Life {
        start,
        start_known,
        end,
        ending,
    })
}
