//! Families made by chance: what must hold for every one, and how the lanes compare with simpler ones.

use super::{draw, link, member, parts, sound};
use crate::draw::{
    Family,
    lanes::{self, Connector, Item, Room, Rows},
    scene::Scene,
};

/// A linear congruential generator: the same numbers everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[usize::try_from(self.below(i64::try_from(list.len()).unwrap())).unwrap()]
    }

    /// A day, a month, a year, or nothing.
    fn date(&mut self, year: i64) -> String {
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        match self.below(100) {
            ..=52 => format!("{year:04}-{month:02}-{day:02}"),
            53..=60 => format!("{year:04}-{month:02}"),
            61..=90 => format!("{year:04}"),
            91..=92 => format!("{:03}X", year / 10),
            _ => String::new(),
        }
    }
}

const WORDS: [&str; 14] = [
    "Workers",
    "Socialist",
    "Communist",
    "Unity",
    "League",
    "Party",
    "Group",
    "Tendency",
    "Alliance",
    "International",
    "Left",
    "Labour",
    "People's",
    "Front",
];
const BIRTHS: [&str; 8] = [
    "SPLIT_FROM",
    "SPLIT_FROM",
    "SPLIT_FROM",
    "FORMED_BY_DEFECTORS_FROM",
    "LED_TO",
    "UNSPECIFIED",
    "SUCCEEDED_BY",
    "DIVIDED_INTO",
];
const DEATHS: [&str; 3] = ["MERGED_INTO", "ABSORBED_BY", "DISSOLVED_INTO"];

/// One component from 1900 on that grows by splits, a third of it ending in others.
fn history(count: i64, seed: u64) -> Family {
    let mut chance = Chance(seed);
    let mut family = Family::default();
    let mut lives: Vec<(i64, i64)> = Vec::new();
    for key in 1..=count {
        let mut born = 1900;
        if key > 1 {
            let (parent, start, end) = loop {
                let parent = chance.below(key - 1);
                let (start, end) = lives[usize::try_from(parent).unwrap()];
                if start < 2018 {
                    break (parent + 1, start, end.min(2020));
                }
            };
            let kind = chance.of(&BIRTHS);
            let ends = ["SUCCEEDED_BY", "DIVIDED_INTO"].contains(&kind);
            born = if ends {
                end
            } else {
                start + 1 + chance.below(end - start)
            };
            let date = chance.date(born);
            family.links.push(link(kind, parent, key, &date));
        }
        let died = if key == 1 {
            1975
        } else {
            born + 1 + chance.below(16) * (1 + chance.below(4))
        };
        lives.push((born, died));
        let name: Vec<&str> = (0..2 + chance.below(3))
            .map(|_| chance.of(&WORDS))
            .collect();
        let founded = chance.date(born);
        let dissolved = if died > 2020 {
            String::new()
        } else {
            chance.date(died)
        };
        let mut node = member(key, &name.join(" "), (&founded, &dissolved));
        if died > 2020 {
            node.status = chance
                .of(&["ACTIVE", "ACTIVE", "DORMANT", "UNKNOWN"])
                .to_owned();
        }
        family.nodes.push(node);
    }
    for key in 1..=count {
        let (_, died) = lives[usize::try_from(key - 1).unwrap()];
        let other = 1 + chance.below(count);
        let (start, end) = lives[usize::try_from(other - 1).unwrap()];
        if died < 2020 && other != key && start <= died && died <= end {
            let kind = chance.of(&DEATHS);
            let date = chance.date(died);
            family.links.push(link(kind, key, other, &date));
        }
    }
    family
}

/// Anything linked with anything, at any time.
fn tangle(count: i64, ties: i64, seed: u64) -> Family {
    let mut chance = Chance(seed);
    let mut family = history(count, seed);
    for _ in 0..ties {
        let kind = if chance.below(2) == 0 {
            chance.of(&BIRTHS)
        } else {
            chance.of(&DEATHS)
        };
        let year = 1 + chance.below(9999);
        let any = chance.below(4) == 0;
        let date = chance.date(if any { year } else { 1900 + year % 120 });
        let (from, to) = (1 + chance.below(count), 1 + chance.below(count));
        family.links.push(link(kind, from, to, &date));
    }
    family
}

#[test]
fn nothing_overlaps_in_families_made_by_chance() {
    for seed in 0..12 {
        let count = 1 + i64::try_from(seed).unwrap() * 6;
        draw(&history(count, seed));
        draw(&tangle(count, count * 2, seed + 100));
    }
}

#[test]
fn large_and_dense_families_end() {
    for family in [history(2000, 1), tangle(60, 2000, 2)] {
        sound(&Scene::new(&family, None));
    }
    let mut star = Family::default();
    let mut chain = Family::default();
    for key in 1..=500 {
        star.nodes.push(member(key, "Ray", ("1990", "1991")));
        star.links.push(link("SPLIT_FROM", 1, key, "1990"));
        chain.nodes.push(member(key, "Ring", ("", "")));
        chain
            .links
            .push(link("SUCCEEDED_BY", key, key % 500 + 1, ""));
    }
    for family in [star, chain] {
        sound(&Scene::new(&family, None));
    }
}

/// Bars that connectors run through.
fn crossings(items: &[Item], connectors: &[Connector], lanes: &[i64]) -> i64 {
    let mut rows = Rows::default();
    for (item, lane) in lanes.iter().enumerate() {
        let Item {
            start: from,
            end: to,
            ..
        } = items[item];
        rows.insert(*lane, Room { from, to, item });
    }
    connectors
        .iter()
        .map(|tie| rows.crossed(lanes[tie.from], lanes[tie.to], tie.x))
        .sum()
}

/// Each in the free lane nearest to its first parent's.
fn nearest_free(items: &[Item], connectors: &[Connector]) -> Vec<i64> {
    let mut rows = Rows::default();
    let mut lanes: Vec<Option<i64>> = vec![None; items.len()];
    for item in lanes::order(items) {
        let mut parents = connectors.iter().filter(|tie| tie.to == item);
        let near = parents.find_map(|tie| lanes[tie.from]).unwrap_or(0);
        let (from, to) = items[item].room;
        let mut free = (0..).flat_map(|distance| [near + distance, near - distance]);
        let lane = free.find(|lane| rows.free(*lane, (from, to))).unwrap();
        rows.insert(lane, Room { from, to, item });
        lanes[item] = Some(lane);
    }
    lanes.into_iter().map(Option::unwrap).collect()
}

/// Bars crossed, lanes and connectors: by subtree blocks, then by nearest free lane.
fn compare(count: i64, seeds: u64) -> [[i64; 3]; 2] {
    let mut sums = [[0; 3]; 2];
    for seed in 1..=seeds {
        let family = history(count, seed);
        let scene = Scene::new(&family, None);
        let (items, connectors) = parts(&scene);
        let simple = nearest_free(&items, &connectors);
        for (sum, lanes) in sums.iter_mut().zip([&scene.layout.lanes, &simple]) {
            sum[0] += crossings(&items, &connectors, lanes);
            sum[1] += lanes.iter().max().unwrap() - lanes.iter().min().unwrap() + 1;
            sum[2] += i64::try_from(connectors.len()).unwrap();
        }
    }
    sums
}

#[test]
fn far_fewer_bars_are_crossed_than_in_the_nearest_free_lanes() {
    for (count, seeds) in [(40, 20), (200, 5), (1000, 1)] {
        let [[blocks, lanes, ties], [simple, others, _]] = compare(count, seeds);
        println!(
            "{count}: crossed {blocks} against {simple} by {ties} connectors, lanes {lanes} against {others}"
        );
        assert!(blocks * 3 < simple, "{count}: {blocks} against {simple}");
    }
}
