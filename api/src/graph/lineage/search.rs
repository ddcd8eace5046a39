//! The search for paths: from both ends at once, breadth first, then every simple path of one length after another.
//!
//! What is known after `a` steps from one end and `b` steps from the other holds every path of at most `a + b` steps:
//! each of its relations touches an entity that was looked around, from one side or the other. So the end that has
//! fewer entities to look around goes on until the length under way is covered. Descent, where few are related to
//! many, is looked around from both ends and for several steps at once: fewer questions for a little more work.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use crate::error::Error;

/// The most entities that one search looks at: half of them from each end.
pub const VISITED: usize = 10_000;

/// How many steps are looked at in one go where several are, and how many entities, at most, are gone on from.
pub const STEPS: usize = 3;
pub const FRONT: usize = 100;

/// The most relations that the entities of one step may have.
pub const RELATIONS: usize = 4 * VISITED;

/// The most relations that are followed or passed over on what is known: entities with many ways round each other
/// make many blind alleys, and one with many relations is costly however few of them lead on.
const TRIED: usize = 5_000_000;

/// A relation between two entities, by their keys: it reads from the first to the second.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Relation {
    pub from: i64,
    pub to: i64,
    pub via: String,
    /// Which sort of relation it is, and its row there: what tells relations apart and puts them in order.
    pub sort: i64,
    pub row: i64,
}

/// One step of a path: a relation, and whether it is walked the way it reads.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Step {
    pub from: i64,
    pub to: i64,
    pub via: String,
    pub sort: i64,
    pub row: i64,
    pub forward: i64,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    pub from: i64,
    pub to: i64,
    pub max_length: usize,
    pub limit: usize,
    /// Whether to look around both ends, for several steps at once.
    pub eager: bool,
}

/// One end of the search: the entities of the last step, which have not been looked around.
struct End {
    /// So many were met, or are around these, that it goes on no more; what is left to do, the other end does.
    closed: bool,
    front: Vec<i64>,
    met: HashSet<i64>,
    steps: usize,
}

impl End {
    fn new(start: i64) -> Self {
        Self {
            closed: false,
            front: vec![start],
            met: HashSet::from([start]),
            steps: 0,
        }
    }
}

/// The relations met so far.
#[derive(Default)]
struct Known {
    relations: Vec<Relation>,
    numbers: HashMap<(i64, i64), usize>,
    /// The relations of an entity, by their numbers.
    around: HashMap<i64, Vec<usize>>,
}

impl Known {
    fn add(&mut self, relation: Relation) {
        let number = self.relations.len();
        if let Entry::Vacant(vacant) = self.numbers.entry((relation.sort, relation.row)) {
            vacant.insert(number);
            for end in [relation.from, relation.to] {
                self.around.entry(end).or_default().push(number);
            }
            self.relations.push(relation);
        }
    }

    /// The relations of an entity, with what is at their other ends.
    fn around(&self, entity: i64) -> impl Iterator<Item = (&Relation, i64)> {
        self.around
            .get(&entity)
            .into_iter()
            .flatten()
            .filter_map(|number| self.relations.get(*number))
            .map(move |relation| {
                let forward = relation.from == entity;
                (relation, if forward { relation.to } else { relation.from })
            })
    }

    /// How many steps each entity is away from `to`, as far as is known.
    fn distances(&self, to: i64) -> HashMap<i64, usize> {
        let mut distances = HashMap::from([(to, 0)]);
        let mut front = vec![to];
        for distance in 1.. {
            let mut next = Vec::new();
            for entity in front {
                for (_, other) in self.around(entity) {
                    if let Entry::Vacant(vacant) = distances.entry(other) {
                        vacant.insert(distance);
                        next.push(other);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            front = next;
        }
        distances
    }

    /// Relations in one order, whichever end they were met from.
    fn sort(&mut self) {
        let relations = &self.relations;
        for around in self.around.values_mut() {
            around.sort_by_key(|number| {
                let relation = &relations[*number];
                (relation.sort, relation.row)
            });
        }
    }
}

/// A search under way. It sends nothing: it says which entities to look around, and is told what is there.
pub struct Search {
    question: Question,
    ends: [End; 2],
    known: Known,
    paths: Vec<Vec<Step>>,
    /// The length of the paths that are looked for now.
    length: usize,
    tried: usize,
}

/// What a search needs next, or what it came to.
pub enum Next {
    /// To look around these entities of one end or of both.
    LookAround(Vec<Vec<i64>>),
    Found(Vec<Vec<Step>>),
}

impl Search {
    pub fn new(question: Question) -> Self {
        Self {
            question,
            ends: [End::new(question.from), End::new(question.to)],
            known: Known::default(),
            paths: Vec::new(),
            length: 1,
            tried: 0,
        }
    }

    /// Goes on as far as what is known allows.
    ///
    /// # Errors
    /// [`Error::Limit`] when more would have to be tried than one search may.
    pub fn next(&mut self) -> Result<Next, Error> {
        if self.question.from == self.question.to {
            return Ok(Next::Found(vec![Vec::new()]));
        }
        while self.length <= self.question.max_length {
            let covered = self.ends[0].steps + self.ends[1].steps >= self.length;
            if !covered && !self.exhausted() {
                let ends = self.going_on();
                if ends.is_empty() {
                    return Err(self.too_far(&format!("look at more than {VISITED} entities")));
                }
                let fronts = ends.into_iter();
                let fronts = fronts.map(|end| self.ends[end].front.clone());
                return Ok(Next::LookAround(fronts.collect()));
            }
            if !self.collect()? {
                break;
            }
            self.length += 1;
        }
        Ok(Next::Found(std::mem::take(&mut self.paths)))
    }

    /// Takes in the relations around the entities that were to be looked around.
    pub fn learn(&mut self, relations: Vec<Relation>) {
        let ends = self.going_on();
        if relations.len() > RELATIONS {
            // Not all of them, so that nothing follows.
            for end in ends {
                self.ends[end].closed = true;
            }
            return;
        }
        for relation in relations {
            self.known.add(relation);
        }
        let steps = if self.question.eager { STEPS } else { 1 };
        for end in ends {
            let end = &mut self.ends[end];
            // A statement knows only what it met itself: what it goes on from holds entities that were met earlier.
            let mut ahead = end.front.clone();
            let mut seen: HashSet<i64> = ahead.iter().copied().collect();
            for step in 0..steps {
                // As far as the statement has gone.
                if end.front.is_empty() || step > 0 && ahead.len() > FRONT {
                    break;
                }
                end.front.clear();
                for here in std::mem::take(&mut ahead) {
                    for (_, there) in self.known.around(here) {
                        if seen.insert(there) {
                            ahead.push(there);
                            if end.met.insert(there) {
                                end.front.push(there);
                            }
                        }
                    }
                }
                end.steps += 1;
            }
            end.closed = end.met.len() > VISITED / 2;
        }
        self.known.sort();
    }

    /// Everything that one of the ends is connected with is known.
    fn exhausted(&self) -> bool {
        self.ends.iter().any(|end| end.front.is_empty())
    }

    /// The ends to look around next: both as long as that is little, else the one that has less to look around; none
    /// if there is too much around either.
    fn going_on(&self) -> Vec<usize> {
        let mut ends: Vec<usize> = (0..self.ends.len())
            .filter(|end| !self.ends[*end].closed)
            .collect();
        ends.sort_by_key(|end| self.ends[*end].front.len());
        let little = ends.iter().all(|end| self.ends[*end].front.len() <= FRONT);
        if !(self.question.eager && little) {
            ends.truncate(1);
        }
        ends
    }

    /// Collects the paths of the length under way. False: there are enough, or there can be no longer ones.
    fn collect(&mut self) -> Result<bool, Error> {
        let distances = self.known.distances(self.question.to);
        let limit = self.question.limit;
        if distances.contains_key(&self.question.from) {
            let mut trail = Trail {
                known: &self.known,
                distances: &distances,
                to: self.question.to,
                steps: Vec::with_capacity(self.length),
                passed: HashSet::from([self.question.from]),
                tried: &mut self.tried,
            };
            if !trail.go_on(self.question.from, self.length, limit, &mut self.paths) {
                return Err(self.too_far(&format!("try more than {TRIED} relations")));
            }
        } else if self.exhausted() {
            return Ok(false);
        }
        // No simple path is longer than the number of entities that it can pass.
        let longest = self.exhausted() && self.length >= distances.len();
        Ok(self.paths.len() < limit && !longest)
    }

    fn too_far(&self, bound: &str) -> Error {
        let advice = match (self.paths.len(), self.length) {
            (0, 1) => String::new(),
            (0, length) => format!(
                "; no path of fewer than {length} steps was found, ask for a smaller maxLength"
            ),
            (1, _) => "; 1 path was found, ask for limit: 1 or for a smaller maxLength".to_owned(),
            (found, _) => format!(
                "; {found} paths were found, ask for limit: {found} or for a smaller maxLength"
            ),
        };
        Error::limit(format!(
            "the search for paths would have to {bound}{advice}"
        ))
    }
}

/// A path under way.
struct Trail<'k> {
    known: &'k Known,
    distances: &'k HashMap<i64, usize>,
    to: i64,
    steps: Vec<Step>,
    passed: HashSet<i64>,
    tried: &'k mut usize,
}

impl Trail<'_> {
    /// Adds every way on of exactly `left` steps, until there are `limit` paths. False: too many were tried.
    fn go_on(&mut self, here: i64, left: usize, limit: usize, paths: &mut Vec<Vec<Step>>) -> bool {
        if left == 0 {
            paths.push(self.steps.clone());
            return true;
        }
        let known = self.known;
        for (relation, there) in known.around(here) {
            if paths.len() >= limit {
                break;
            }
            *self.tried += 1;
            if *self.tried > TRIED {
                return false;
            }
            let near = self
                .distances
                .get(&there)
                .is_some_and(|distance| *distance < left);
            // What reaches the end too early does not go on through it.
            if !near || there == self.to && left > 1 || !self.passed.insert(there) {
                continue;
            }
            self.steps.push(Step {
                from: here,
                to: there,
                via: relation.via.clone(),
                sort: relation.sort,
                row: relation.row,
                forward: i64::from(relation.from == here),
            });
            let done = self.go_on(there, left - 1, limit, paths);
            self.steps.pop();
            self.passed.remove(&there);
            if !done {
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests;
