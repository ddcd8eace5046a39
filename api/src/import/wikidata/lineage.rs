//! Statements of succession between organisations become events: who came out of whom. A fact that is told from both
//! of its ends is one event, and the merger that founds a body is one, however many join in it.
//!
//! The date is the statement's own (P585, else P580). Where there is none, a split and a merger are dated by the
//! founding of what came out of them, an absorption by the end of who was absorbed, and a succession by the one as far
//! as the other does not contradict it; such a date is marked as derived.

use std::collections::HashMap;

use entity::date::HistoricalDate;
use entity::kind::{ClaimStatus, EventKind};

use super::index::{Index, Record};
use super::item::{Entity, Item, Statement};
use super::telling::Telling;
use crate::write::{ClaimDraft, DateDraft, Kind};

/// A property by which an organisation names another that came before or after it.
pub(super) struct Tie {
    pub property: &'static str,
    way: Way,
    /// The one that states it is the older of the two.
    from_older: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    /// The newer one left the older one.
    Split,
    /// The newer one took the older one's place.
    Succession,
    /// The older one went into the newer one, which by the property's definition was there before.
    Joining,
    /// The one came after the other; nothing says how.
    Order,
}

const fn tie(property: &'static str, way: Way, from_older: bool) -> Tie {
    Tie {
        property,
        way,
        from_older,
    }
}

pub(super) const TIES: [Tie; 6] = [
    tie("P807", Way::Split, false),
    tie("P7888", Way::Joining, true),
    tie("P1365", Way::Succession, false),
    tie("P1366", Way::Succession, true),
    tie("P155", Way::Order, false),
    tie("P156", Way::Order, true),
];

/// What one statement says.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    way: Way,
    pub older: Item,
    newer: Item,
    told_by: Item,
    pub id: String,
    pub claim: ClaimDraft,
    pub date: Option<DateDraft>,
}

/// What happened to an organisation, by all that is said of it.
pub(super) struct Happening {
    pub kind: EventKind,
    pub older: Vec<Item>,
    pub newer: Item,
    pub facts: Vec<Fact>,
    /// Who founded it, as "kind/slug", if the event is its foundation.
    pub founders: Vec<(String, ClaimDraft)>,
}

/// All statements of succession in the file.
#[derive(Default)]
pub(super) struct Lineage {
    facts: Vec<Fact>,
    foundations: Vec<Happening>,
}

impl Telling<'_> {
    /// Takes down what an organisation says of those before and after it, and of its founders.
    pub fn tie(&mut self, entity: &Entity, record: &Record) {
        for tie in &TIES {
            let named = self.named(entity, tie.property, &[Kind::Organisation]);
            for (statement, other, body) in named {
                if body.slug == record.slug {
                    self.lose(tie.property, "nothing comes out of itself");
                    continue;
                }
                let (older, newer) = if tie.from_older {
                    (self.item, other)
                } else {
                    (other, self.item)
                };
                let fact = Fact {
                    way: tie.way,
                    older: self.index.current(older),
                    newer: self.index.current(newer),
                    told_by: self.item,
                    id: self.statement_id(tie.property, statement, other),
                    claim: self.item_claim(tie.property, statement),
                    date: ["P585", "P580"]
                        .into_iter()
                        .find_map(|property| self.qualifier(statement, property)),
                };
                self.lineage.facts.push(fact);
            }
        }
        let kinds = [Kind::Person, Kind::Organisation];
        let founders = self.named(entity, "P112", &kinds).into_iter();
        let founders: Vec<_> = founders
            .filter(|(_, _, it)| it.slug != record.slug)
            .collect();
        if founders.is_empty() {
            return;
        }
        let mut foundation = Happening {
            kind: EventKind::Foundation,
            older: Vec::new(),
            newer: self.item,
            facts: Vec::new(),
            founders: Vec::new(),
        };
        for (statement, founder, who) in founders {
            let claim = self.item_claim("P112", statement);
            foundation.facts.push(Fact {
                way: Way::Order,
                older: founder,
                newer: self.item,
                told_by: self.item,
                id: self.statement_id("P112", statement, founder),
                claim: claim.clone(),
                date: None,
            });
            foundation.founders.push((who.reference(), claim));
        }
        self.lineage.foundations.push(foundation);
    }

    fn statement_id(&self, property: &str, statement: &Statement, other: Item) -> String {
        let own = || format!("Q{}-{property}-Q{other}", self.item);
        statement.id().map_or_else(own, str::to_owned)
    }
}

impl Lineage {
    /// The events that all statements together come to.
    pub fn happenings(self, index: &Index) -> Vec<Happening> {
        let mut told: HashMap<(Way, Item, Item, Item), usize> = HashMap::new();
        for fact in &self.facts {
            *told.entry(fact.key()).or_default() += 1;
        }
        let is_single = |fact: &Fact| told.get(&fact.key()) == Some(&1);
        let mut happenings: Vec<Happening> = Vec::new();
        let mut by_newer: HashMap<Item, Vec<usize>> = HashMap::new();
        for way in [Way::Split, Way::Joining, Way::Succession, Way::Order] {
            for fact in self.facts.iter().filter(|fact| fact.way == way) {
                let kind = match way {
                    Way::Split => EventKind::Split,
                    Way::Joining if is_founding(fact, index) => EventKind::Merger,
                    Way::Joining => EventKind::Absorption,
                    Way::Succession => EventKind::Succession,
                    Way::Order => EventKind::Other,
                };
                let known = by_newer.entry(fact.newer).or_default();
                let open = known.iter().copied().find(|index| {
                    happenings.get(*index).is_some_and(|happening| {
                        happening.kind == EventKind::Merger && kind == EventKind::Merger
                            || happening.takes(fact, kind, is_single)
                    })
                });
                if let Some(happening) = open.and_then(|index| happenings.get_mut(index)) {
                    if !happening.older.contains(&fact.older) {
                        happening.older.push(fact.older);
                    }
                    happening.facts.push(fact.clone());
                } else {
                    known.push(happenings.len());
                    happenings.push(Happening {
                        kind,
                        older: vec![fact.older],
                        newer: fact.newer,
                        facts: vec![fact.clone()],
                        founders: Vec::new(),
                    });
                }
            }
        }
        happenings.extend(self.foundations);
        happenings
    }
}

impl Fact {
    /// What is told by whom.
    fn key(&self) -> (Way, Item, Item, Item) {
        (self.way, self.older, self.newer, self.told_by)
    }
}

impl Happening {
    /// Whether a fact that would be an event of this kind tells of this one.
    fn takes(&self, fact: &Fact, kind: EventKind, is_single: impl Fn(&Fact) -> bool) -> bool {
        let says_less = match kind {
            // Who goes into another is often said to be replaced by it too.
            EventKind::Succession => {
                matches!(self.kind, EventKind::Merger | EventKind::Absorption)
            }
            EventKind::Other => true,
            _ => false,
        };
        let mut same = self
            .facts
            .iter()
            .filter(|it| it.older == fact.older)
            .peekable();
        (self.kind == kind || says_less)
            && same.peek().is_some()
            && same.all(|it| {
                let from_both_ends = it.told_by != fact.told_by && is_single(it) && is_single(fact);
                from_both_ends || agree(it.date.as_ref(), fact.date.as_ref())
            })
    }

    /// The event's date with the claims on it.
    pub fn date(&self, index: &Index) -> (Option<DateDraft>, Vec<ClaimDraft>) {
        let dated = self
            .facts
            .iter()
            .filter_map(|it| Some((it.date.clone()?, &it.claim)));
        let dated: Vec<_> = dated.collect();
        if let Some((shown, _)) = dated.first() {
            let claims = dated.iter().map(|(date, claim)| ClaimDraft {
                value: (date.edtf != shown.edtf).then(|| date.edtf.clone()),
                ..(*claim).clone()
            });
            return (Some(shown.clone()), claims.collect());
        }
        let Some((item, property, edtf)) = self.derived(index) else {
            return (None, Vec::new());
        };
        let name = index.name(item).unwrap_or_default();
        let (status, note) = match (self.kind, property) {
            (EventKind::Foundation, _) => (None, None),
            (_, "P571") => (
                Some(ClaimStatus::Derived),
                Some(format!("The date of the founding of {name}.")),
            ),
            _ => (
                Some(ClaimStatus::Derived),
                Some(format!("The date of the end of {name}.")),
            ),
        };
        let claim = ClaimDraft {
            status,
            locator: Some(format!("Q{item}, {property}")),
            note,
            ..ClaimDraft::bare()
        };
        let date = DateDraft {
            edtf: edtf.to_owned(),
            text: None,
        };
        (Some(date), vec![claim])
    }

    /// Whose date it has where it has none of its own.
    fn derived<'i>(&self, index: &'i Index) -> Option<(Item, &'static str, &'i str)> {
        let founding = index
            .founded(self.newer)
            .map(|date| (self.newer, "P571", date));
        let older = *self.older.first().unwrap_or(&self.newer);
        let end = index.dissolved(older).map(|date| (older, "P576", date));
        match self.kind {
            EventKind::Split | EventKind::Merger | EventKind::Foundation => founding,
            EventKind::Absorption => end,
            EventKind::Succession => match (founding, end) {
                (Some((.., from)), Some((.., until))) if !overlap(from, until) => None,
                (founding, end) => founding.or(end),
            },
            _ => None,
        }
    }
}

/// Whether what an organisation goes into is founded by that: it was not there before, as far as is known.
fn is_founding(fact: &Fact, index: &Index) -> bool {
    let own = fact.date.as_ref().map(|date| date.edtf.as_str());
    let joined = own.or_else(|| index.dissolved(fact.older)).and_then(parse);
    let founded = index.founded(fact.newer).and_then(parse);
    match (
        joined.and_then(|it| it.earliest),
        founded.and_then(|it| it.latest),
    ) {
        (Some(joined), Some(founded)) => founded >= joined,
        _ => false,
    }
}

fn agree(one: Option<&DateDraft>, other: Option<&DateDraft>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => overlap(&one.edtf, &other.edtf),
        _ => true,
    }
}

/// Whether two dates can be the same day.
fn overlap(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (parse(one), parse(other)) else {
        return true;
    };
    let before = |first: &HistoricalDate, second: &HistoricalDate| {
        let both = first.latest.zip(second.earliest);
        both.is_some_and(|(latest, earliest)| latest < earliest)
    };
    !before(&one, &other) && !before(&other, &one)
}

fn parse(edtf: &str) -> Option<HistoricalDate> {
    HistoricalDate::parse(edtf).ok()
}
