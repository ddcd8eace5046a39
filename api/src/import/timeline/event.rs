//! What happened between entries, as their columns say it.

use std::collections::HashMap;

use entity::date::HistoricalDate;
use entity::kind::{ClaimStatus, EventKind};

use super::entry::Entry;
use crate::format::timeline::{ABSORB, BECOME, END, FORK, MERGE, SPLIT, START, Tie};
use crate::write::DateDraft;

/// When something was, and where that stands in the table.
#[derive(Clone)]
pub(super) struct When {
    pub date: DateDraft,
    /// It follows from the start of others.
    pub is_derived: bool,
    /// The entry and the column that it stands in.
    pub at: (usize, &'static str),
}

/// One event.
pub(super) struct Happening {
    pub tie: &'static Tie,
    /// Those in whose rows it stands.
    pub own: Vec<usize>,
    /// Those whom their columns name.
    pub theirs: Vec<usize>,
    pub when: Option<When>,
}

/// When an entry ended: as it is stated, else when those began that it became or that it divided into.
pub(super) fn end(entries: &[Entry], position: usize) -> Option<When> {
    let entry = entries.get(position)?;
    if let Some(date) = &entry.end {
        return Some(When {
            date: date.clone(),
            is_derived: false,
            at: (position, END),
        });
    }
    [&BECOME, &FORK]
        .iter()
        .find_map(|tie| start(entries, entry.tied(tie)))
}

/// When all of these began, if at the same time.
fn start(entries: &[Entry], positions: &[usize]) -> Option<When> {
    let first = *positions.first()?;
    let date = entries.get(first)?.start.as_ref()?;
    let mut others = positions.iter().filter_map(|it| entries.get(*it));
    let same = others.all(|it| {
        it.start
            .as_ref()
            .is_some_and(|start| start.edtf == date.edtf)
    });
    same.then(|| When {
        date: DateDraft {
            edtf: date.edtf.clone(),
            text: None,
        },
        is_derived: true,
        at: (first, START),
    })
}

/// All events, in the order of the rows that tell them first. Entries that merge into the same one at the same time
/// do so in one event.
pub(super) fn happenings(entries: &[Entry]) -> Vec<Happening> {
    let mut happenings: Vec<Happening> = Vec::new();
    let mut mergers: HashMap<(usize, String), usize> = HashMap::new();
    for (position, entry) in entries.iter().enumerate() {
        for (tie, others) in &entry.ties {
            let when = match tie.event {
                EventKind::Split => entry.start.clone().map(|date| When {
                    date,
                    is_derived: false,
                    at: (position, START),
                }),
                EventKind::Succession => became(entries, position, others),
                _ => end(entries, position),
            };
            if tie.event != EventKind::Merger {
                happenings.push(Happening {
                    tie,
                    own: vec![position],
                    theirs: others.clone(),
                    when,
                });
                continue;
            }
            for other in others {
                let key = when.as_ref().map(|when| (*other, when.date.edtf.clone()));
                let known = key.as_ref().and_then(|key| mergers.get(key));
                if let Some(happening) = known.and_then(|index| happenings.get_mut(*index)) {
                    happening.own.push(position);
                    continue;
                }
                if let Some(key) = key {
                    mergers.insert(key, happenings.len());
                }
                happenings.push(Happening {
                    tie: &MERGE,
                    own: vec![position],
                    theirs: vec![*other],
                    when: when.clone(),
                });
            }
        }
    }
    for happening in &mut happenings {
        if happening.tie == &MERGE && happening.was_there_before(entries) {
            happening.tie = &ABSORB;
        }
    }
    happenings
}

/// When an entry became others: when they began, which is stated to have been its own end or not.
fn became(entries: &[Entry], position: usize, others: &[usize]) -> Option<When> {
    let stated = entries.get(position).and_then(|entry| entry.end.as_ref());
    let Some(began) = start(entries, others) else {
        return end(entries, position);
    };
    let confirmed = stated.is_some_and(|end| !apart(&end.edtf, &began.date.edtf));
    Some(When {
        is_derived: !confirmed,
        ..began
    })
}

impl Happening {
    /// The one in whose row it stands first.
    pub fn first(&self) -> usize {
        self.own.first().copied().unwrap_or_default()
    }

    /// Whether the one that others merge into began before they did.
    fn was_there_before(&self, entries: &[Entry]) -> bool {
        let theirs = self.theirs.first().and_then(|it| entries.get(*it));
        let began = theirs.and_then(|it| it.start.as_ref());
        match (began, &self.when) {
            (Some(began), Some(when)) => before(&began.edtf, &when.date.edtf),
            // Where no time tells, one alone does not make a merger.
            _ => self.own.len() == 1,
        }
    }

    pub fn name(&self, entries: &[Entry]) -> String {
        let own = names(entries, &self.own);
        let theirs = names(entries, &self.theirs);
        let what = if self.tie == &BECOME {
            format!("Succession of {own} by {theirs}")
        } else if self.tie == &SPLIT {
            format!("Split of {own} from {theirs}")
        } else if self.tie == &ABSORB {
            format!("Absorption of {own} by {theirs}")
        } else if self.tie == &MERGE {
            format!("Merger of {own} into {theirs}")
        } else {
            format!("Division of {own} into {theirs}")
        };
        let date = self.when.as_ref();
        let date = date.and_then(|when| HistoricalDate::parse(&when.date.edtf).ok());
        match date.filter(|date| date.earliest.is_some()) {
            Some(date) => format!("{what}, {}", date.display("en")),
            None => what,
        }
    }

    /// The kind of a merger follows from when the one began that others merged into.
    pub fn kind_status(&self) -> Option<ClaimStatus> {
        (self.tie.column == MERGE.column).then_some(ClaimStatus::Derived)
    }

    /// Who is said to have taken part at a time when they were not there, in words.
    pub fn out_of_time(&self, entries: &[Entry]) -> Vec<String> {
        let Some(when) = &self.when else {
            return Vec::new();
        };
        let date = &when.date.edtf;
        let mut told = Vec::new();
        let both = self.own.iter().chain(&self.theirs);
        for (position, entry) in both.filter_map(|it| Some((*it, entries.get(*it)?))) {
            let Entry { id, start, .. } = entry;
            if let Some(start) = start.as_ref().filter(|start| before(date, &start.edtf)) {
                told.push(format!("`{id}` began in {}, after {date}", start.edtf));
            } else if let Some(end) =
                end(entries, position).filter(|it| before(&it.date.edtf, date))
            {
                told.push(format!("`{id}` ended in {}, before {date}", end.date.edtf));
            }
        }
        told
    }
}

fn names(entries: &[Entry], positions: &[usize]) -> String {
    let names: Vec<&str> = positions
        .iter()
        .filter_map(|it| Some(entries.get(*it)?.name.as_str()))
        .collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Whether all that one date can mean comes before all that the other can.
pub(super) fn before(one: &str, other: &str) -> bool {
    let latest = HistoricalDate::parse(one).ok().and_then(|date| date.latest);
    let earliest = HistoricalDate::parse(other)
        .ok()
        .and_then(|date| date.earliest);
    matches!((latest, earliest), (Some(latest), Some(earliest)) if latest < earliest)
}

/// Whether two dates cannot be the same.
fn apart(one: &str, other: &str) -> bool {
    before(one, other) || before(other, one)
}
