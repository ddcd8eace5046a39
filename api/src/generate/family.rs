//! Who came out of whom: organisations that are linked, grown event by event from their first ancestor.

use chrono::NaiveDate;
use entity::kind::EventKind;

use super::date::{day_of, earlier, last_day, later};
use super::random::Random;

/// How many generations a large family has at least, and its steps of growth never more.
pub(super) const GENERATIONS: usize = 25;
/// A family of this size or more has an unbroken line of all generations, and one of each oddity.
pub(super) const LARGE: usize = 40;

/// An organisation, as far as its lineage goes.
pub(super) struct Body {
    pub founded: NaiveDate,
    pub ended: Option<NaiveDate>,
    generation: usize,
    /// Stands in the unbroken line: nothing else comes into it, or the line would have a short cut.
    in_line: bool,
}

/// An event of the family; parties are positions among its bodies.
pub(super) struct Happening {
    pub kind: EventKind,
    pub day: NaiveDate,
    pub parties: Vec<(usize, &'static str)>,
}

/// Organisations of which each is linked, over others, to each.
#[derive(Default)]
pub(super) struct Family {
    pub bodies: Vec<Body>,
    pub happenings: Vec<Happening>,
}

/// What happens next.
#[derive(Clone, Copy)]
enum Step {
    Split,
    Division,
    Merger(usize),
    Absorption,
    DissolutionInto,
    Succession(EventKind),
    /// One or two bodies give rise to a new one and go on.
    Origin(EventKind),
    /// A part leaves and comes back: the two are each other's predecessor.
    Return,
    /// The same over two generations.
    LongReturn,
    /// A part leaves, and others follow it later: the two are linked three times.
    Waves,
}

const STEPS: [(u32, Step); 15] = [
    (34, Step::Split),
    (5, Step::Division),
    (11, Step::Merger(2)),
    (3, Step::Merger(3)),
    (2, Step::Merger(4)),
    (9, Step::Absorption),
    (8, Step::DissolutionInto),
    (7, Step::Succession(EventKind::Succession)),
    (5, Step::Succession(EventKind::Refoundation)),
    (7, Step::Origin(EventKind::Defection)),
    (5, Step::Origin(EventKind::Foundation)),
    (3, Step::Origin(EventKind::Other)),
    (3, Step::Return),
    (1, Step::LongReturn),
    (2, Step::Waves),
];

/// What no large family lacks.
const ODDITIES: [Step; 4] = [Step::Merger(4), Step::Return, Step::LongReturn, Step::Waves];

/// Steps of the unbroken line.
const LINE: [(u32, Step); 4] = [
    (4, Step::Split),
    (3, Step::Succession(EventKind::Succession)),
    (2, Step::Succession(EventKind::Refoundation)),
    (1, Step::Origin(EventKind::Foundation)),
];

impl Family {
    /// A family of this many bodies; of one: a body without links.
    pub fn grow(random: &mut Random, size: usize) -> Self {
        let first = if size >= LARGE {
            1872
        } else {
            1890 + random.between(0, 105)
        };
        let start = later(day_of(first), random.below(365));
        let span = u32::try_from((last_day() - start).num_days()).unwrap_or_default();
        let events = u32::try_from(size).unwrap_or(u32::MAX).max(1);
        let mut growth = Growth {
            family: Self::default(),
            alive: Vec::new(),
            day: start,
            pace: (span / events).min(3000),
            size,
            random,
        };
        growth.run();
        growth.family
    }
}

struct Growth<'a> {
    family: Family,
    alive: Vec<usize>,
    day: NaiveDate,
    /// Days between two steps, on average.
    pace: u32,
    size: usize,
    random: &'a mut Random,
}

impl Growth<'_> {
    fn run(&mut self) {
        let large = self.size >= LARGE;
        let first = self.body(self.day, 0);
        let mut tip = large.then_some(first);
        self.family.bodies[first].in_line = large;
        let mut oddities = if large { ODDITIES.as_slice() } else { &[] };
        let mut line = 0;
        let mut burst = 0;
        while self.room() > 0 {
            let grown = self.family.bodies.len();
            self.pass(if burst > 0 { 60 } else { 2 * self.pace });
            if let Some(end) = tip
                && grown * GENERATIONS >= line * (self.size - LARGE / 3)
            {
                line += 1;
                let end = self.lengthen(end);
                tip = (line < GENERATIONS).then_some(end);
            } else if burst > 0 {
                burst -= 1;
                self.step(Step::Split, tip);
            } else if let Some((oddity, rest)) = oddities.split_first()
                && grown * 6 > self.size * (5 - oddities.len())
                && self.step(*oddity, tip)
            {
                oddities = rest;
            } else {
                burst = if self.random.percent(4) {
                    self.random.below(6)
                } else {
                    0
                };
                let step = self.random.weighted(&STEPS);
                self.step(step, tip);
            }
        }
    }

    fn room(&self) -> usize {
        self.size - self.family.bodies.len()
    }

    fn pass(&mut self, days: u32) {
        self.day = later(self.day, self.random.below(days + 1));
    }

    fn body(&mut self, founded: NaiveDate, generation: usize) -> usize {
        let index = self.family.bodies.len();
        self.family.bodies.push(Body {
            founded,
            ended: None,
            generation,
            in_line: false,
        });
        self.alive.push(index);
        index
    }

    fn end(&mut self, body: usize) {
        self.family.bodies[body].ended = Some(self.day);
        self.alive.retain(|other| *other != body);
    }

    fn happen(&mut self, kind: EventKind, parties: Vec<(usize, &'static str)>) {
        self.family.happenings.push(Happening {
            kind,
            day: self.day,
            parties,
        });
    }

    /// A living body, an older one rather than a younger one, but none of `but`.
    fn living(&mut self, but: &[usize], fits: impl Fn(&Body) -> bool) -> Option<usize> {
        let bodies = &self.family.bodies;
        let fitting: Vec<usize> = self
            .alive
            .iter()
            .copied()
            .filter(|body| !but.contains(body) && fits(&bodies[*body]))
            .collect();
        let picked = self.random.index(fitting.len());
        let other = self.random.index(fitting.len());
        fitting.get(picked.min(other)).copied()
    }

    /// A living body that is to have children.
    fn parent(&mut self, but: &[usize]) -> Option<usize> {
        self.living(but, |body| body.generation < GENERATIONS)
            .or_else(|| self.living(but, |_| true))
    }

    /// A body that comes into the family by what happens next.
    fn stranger(&mut self) -> usize {
        let age = 30 + self.random.below(5000);
        self.body(earlier(self.day, age), 0)
    }

    fn child(&mut self, parents: &[usize]) -> usize {
        let generations = parents
            .iter()
            .map(|parent| self.family.bodies[*parent].generation);
        let generation = generations.max().unwrap_or_default() + 1;
        self.body(self.day, generation)
    }

    /// Adds a generation to the unbroken line, and gives its new end.
    fn lengthen(&mut self, end: usize) -> usize {
        let child = self.child(&[end]);
        self.family.bodies[child].in_line = true;
        match self.random.weighted(&LINE) {
            Step::Succession(kind) => {
                self.happen(kind, vec![(end, "ceased"), (child, "resulting")]);
                self.end(end);
            }
            Step::Origin(kind) => self.happen(kind, vec![(end, "origin"), (child, "resulting")]),
            _ => self.happen(
                EventKind::Split,
                vec![(end, "origin"), (child, "resulting")],
            ),
        }
        child
    }

    /// Does what the step says, or nothing where the family has not what it takes; tells which. `tip` must not end.
    fn step(&mut self, step: Step, tip: Option<usize>) -> bool {
        let before = self.family.happenings.len();
        let kept: Vec<usize> = tip.into_iter().collect();
        match step {
            Step::Split => self.split(),
            Step::Division => self.division(&kept),
            Step::Merger(parties) => self.merger(parties, &kept),
            Step::Absorption => self.entry(EventKind::Absorption, "absorbed", &kept),
            Step::DissolutionInto => self.entry(EventKind::Dissolution, "ceased", &kept),
            Step::Succession(kind) => self.succession(kind, &kept),
            Step::Origin(kind) => self.origin(kind),
            Step::Return => self.comes_back(1),
            Step::LongReturn => self.comes_back(2),
            Step::Waves => self.waves(),
        }
        self.family.happenings.len() > before
    }

    fn split(&mut self) {
        let Some(origin) = self.parent(&[]) else {
            return;
        };
        let mut parties = vec![(origin, "origin")];
        if self.random.percent(40) {
            parties.push((origin, "continuing"));
        }
        let children = if self.random.percent(12) { 2 } else { 1 };
        for _ in 0..children.min(self.room()) {
            parties.push((self.child(&[origin]), "resulting"));
        }
        self.happen(EventKind::Split, parties);
    }

    fn division(&mut self, kept: &[usize]) {
        let children = 2 + self.random.index(3);
        if children > self.room() {
            return;
        }
        let Some(origin) = self.living(kept, |body| body.generation < GENERATIONS) else {
            return;
        };
        let mut parties = vec![(origin, "ceased")];
        parties.extend((0..children).map(|_| (self.child(&[origin]), "resulting")));
        self.end(origin);
        self.happen(EventKind::Division, parties);
    }

    fn merger(&mut self, parties: usize, kept: &[usize]) {
        if parties > self.room() {
            return;
        }
        let fits = |body: &Body| body.generation < GENERATIONS;
        let Some(first) = self.living(kept, fits) else {
            return;
        };
        let mut merging = vec![first];
        while merging.len() < parties {
            let but: Vec<usize> = kept.iter().chain(&merging).copied().collect();
            let outside = self.random.percent(50);
            let inside = self.living(&but, fits).filter(|_| !outside);
            merging.push(inside.unwrap_or_else(|| self.stranger()));
        }
        let mut taking_part: Vec<_> = merging.iter().map(|body| (*body, "ceased")).collect();
        taking_part.push((self.child(&merging), "resulting"));
        for body in merging {
            self.end(body);
        }
        self.happen(EventKind::Merger, taking_part);
    }

    /// A body ends and goes into one that exists: one from outside, or one of the family.
    fn entry(&mut self, kind: EventKind, role: &'static str, kept: &[usize]) {
        let Some(host) = self.living(&[], |body| !body.in_line) else {
            return;
        };
        let mut but = kept.to_vec();
        but.push(host);
        let from_outside = self.room() > 0 && self.random.percent(60);
        let entering = if from_outside {
            Some(self.stranger())
        } else {
            self.living(&but, |_| true)
        };
        if let Some(entering) = entering {
            self.end(entering);
            self.happen(kind, vec![(entering, role), (host, "continuing")]);
        }
    }

    fn succession(&mut self, kind: EventKind, kept: &[usize]) {
        if let Some(older) = self.living(kept, |body| body.generation < GENERATIONS) {
            let newer = self.child(&[older]);
            self.end(older);
            self.happen(kind, vec![(older, "ceased"), (newer, "resulting")]);
        }
    }

    fn origin(&mut self, kind: EventKind) {
        let Some(first) = self.parent(&[]) else {
            return;
        };
        let mut origins = vec![first];
        if self.random.percent(20) && self.room() > 1 {
            origins.extend(self.parent(&[first]));
        }
        let mut parties: Vec<_> = origins.iter().map(|body| (*body, "origin")).collect();
        parties.push((self.child(&origins), "resulting"));
        self.happen(kind, parties);
    }

    /// Splits from a body, each from the one before, until the last goes back into the first.
    fn comes_back(&mut self, generations: usize) {
        let first = self.living(&[], |body| {
            !body.in_line && body.generation + generations <= GENERATIONS
        });
        let Some(first) = first.filter(|_| self.room() >= generations) else {
            return;
        };
        let mut last = first;
        for _ in 0..generations {
            let child = self.child(&[last]);
            self.happen(
                EventKind::Split,
                vec![(last, "origin"), (child, "resulting")],
            );
            last = child;
            self.pass(1500);
        }
        self.end(last);
        self.happen(
            EventKind::Absorption,
            vec![(last, "absorbed"), (first, "continuing")],
        );
    }

    fn waves(&mut self) {
        let Some(origin) = self.parent(&[]) else {
            return;
        };
        let child = self.child(&[origin]);
        for kind in [EventKind::Split, EventKind::Defection, EventKind::Other] {
            self.happen(kind, vec![(origin, "origin"), (child, "resulting")]);
            self.pass(900);
        }
    }
}
