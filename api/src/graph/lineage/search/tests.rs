//! The search against one that tries everything.

use super::*;

/// A fixed stream of numbers, so that a failure comes again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn relation((row, (from, to, sort)): (usize, (i64, i64, i64))) -> Relation {
    Relation {
        from,
        to,
        via: "R".to_owned(),
        sort,
        row: i64::try_from(row).unwrap(),
    }
}

/// The relations around entities and around those so many steps from them.
fn around(relations: &[Relation], front: &[i64], steps: usize) -> Vec<Relation> {
    let (mut met, mut last) = (front.to_vec(), front.to_vec());
    let mut around: Vec<Relation> = Vec::new();
    for step in 0..steps {
        // Where the statement stops.
        if step > 0 && last.len() > FRONT {
            break;
        }
        let touches = |it: &&Relation| last.contains(&it.from) || last.contains(&it.to);
        let found: Vec<Relation> = relations.iter().filter(touches).cloned().collect();
        let ends: HashSet<i64> = found.iter().flat_map(|it| [it.from, it.to]).collect();
        last = ends.into_iter().filter(|it| !met.contains(it)).collect();
        met.extend(&last);
        around.extend(found);
    }
    around
}

/// The relations that each path found is made of.
fn found(relations: &[Relation], question: Question) -> Result<Vec<Vec<(i64, i64)>>, Error> {
    let mut search = Search::new(question);
    let steps = if question.eager { STEPS } else { 1 };
    loop {
        match search.next()? {
            Next::LookAround(fronts) => {
                let fronts = fronts.iter();
                let known = fronts.flat_map(|front| around(relations, front, steps));
                search.learn(known.collect());
            }
            Next::Found(paths) => {
                let rows = |path: &Vec<Step>| path.iter().map(|it| (it.sort, it.row)).collect();
                return Ok(paths.iter().map(rows).collect());
            }
        }
    }
}

/// Every simple path, whatever its length.
fn every(
    relations: &[Relation],
    here: i64,
    to: i64,
    passed: &mut Vec<i64>,
    path: &mut Vec<(i64, i64)>,
    paths: &mut Vec<Vec<(i64, i64)>>,
) {
    if here == to {
        paths.push(path.clone());
        return;
    }
    passed.push(here);
    for it in relations {
        for (from, there) in [(it.from, it.to), (it.to, it.from)] {
            if from == here && !passed.contains(&there) {
                path.push((it.sort, it.row));
                every(relations, there, to, passed, path, paths);
                path.pop();
            }
        }
    }
    passed.pop();
}

#[test]
fn all_simple_paths_are_found_in_order() {
    let mut chance = Chance(7);
    for case in 0..3_000 {
        let entities = 2 + chance.below(6);
        let many = chance.below(13);
        let relations: Vec<Relation> = (0..many)
            .map(|_| {
                (
                    chance.below(entities),
                    chance.below(entities),
                    chance.below(2),
                )
            })
            .filter(|(from, to, _)| from != to)
            .enumerate()
            .map(relation)
            .collect();
        let question = Question {
            from: chance.below(entities),
            to: chance.below(entities),
            max_length: usize::try_from(1 + chance.below(8)).unwrap(),
            limit: usize::try_from(1 + chance.below(50)).unwrap(),
            eager: chance.below(2) == 0,
        };
        let mut expected = Vec::new();
        let (mut passed, mut path) = (Vec::new(), Vec::new());
        every(
            &relations,
            question.from,
            question.to,
            &mut passed,
            &mut path,
            &mut expected,
        );
        expected.retain(|path| path.len() <= question.max_length);
        expected.sort_by_key(|path| (path.len(), path.clone()));
        expected.truncate(question.limit);
        let found = found(&relations, question).unwrap();
        assert_eq!(
            found, expected,
            "case {case}: {question:?} in {relations:?}"
        );
    }
}

#[test]
fn what_costs_too_much_is_refused_by_the_bound_it_meets() {
    // From 0 over 1 to 2; beside 1, a dense group all of which know an entity with many others around it.
    let mut pairs = vec![(0, 1, 0), (1, 2, 0), (1, 20, 0)];
    for one in 3..15 {
        pairs.extend([(1, one, 0), (one, 20, 0)]);
        pairs.extend((one + 1..15).map(|other| (one, other, 0)));
    }
    pairs.extend((100..4_900).map(|leaf| (20, leaf, 0)));
    let relations: Vec<Relation> = pairs.into_iter().enumerate().map(relation).collect();
    let question = Question {
        from: 0,
        to: 2,
        max_length: 12,
        limit: 50,
        eager: false,
    };
    let error = found(&relations, question).unwrap_err().to_string();
    assert_eq!(
        error,
        "the search for paths would have to try more than 5000000 relations; 1 path was found, ask for limit: 1 or for a smaller maxLength"
    );
}

#[test]
fn what_a_statement_stops_at_is_looked_around_by_the_next() {
    // Layers that are short, though two neighbouring ones together are not.
    let widths = [1, 1, 80, 60, 60, 60, 60, 60, 60, 60, 60, 80, 1, 1];
    let mut triples = Vec::new();
    for (layer, pair) in (0_i64..).zip(widths.windows(2)) {
        for place in 0..pair[0].max(pair[1]) {
            let (from, to) = (place % pair[0], place % pair[1]);
            triples.push((layer * 100 + from, (layer + 1) * 100 + to, 0));
        }
    }
    let relations: Vec<Relation> = triples.into_iter().enumerate().map(relation).collect();
    for eager in [false, true] {
        let question = Question {
            from: 0,
            to: 1_300,
            max_length: 13,
            limit: 5,
            eager,
        };
        let lengths = found(&relations, question).unwrap();
        let lengths: Vec<usize> = lengths.iter().map(Vec::len).collect();
        assert_eq!(lengths, [13; 5], "eager: {eager}");
    }
}
