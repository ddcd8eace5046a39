//! Which lane each organisation is drawn in: the algorithm "subtree blocks".
//!
//! # The algorithm
//!
//! All numbers are integers: pixels along the axis, lanes down the page. Two implementations that follow this text
//! give the same lanes.
//!
//! **Given:** items, each with a `key`, a `start` (left end of its bar), an `end` (right end of its bar) and a `room`
//! (first and last pixel of all that may hold nothing else: bar, label, feet of connectors); and ties between two
//! different items, `from` the older `to` the newer, each with the `x` of its vertical connector, which lies in the
//! rooms of both. `scale`, `life` and `bar` say how these come about. *In order* means: by `start`, then by `key`, then by place in the list.
//!
//! **Free:** an item fits into a lane if at least `GAP` (8) pixels lie between its room and each room there.
//! **Crossed:** a tie crosses each room that holds its `x`, ends included, in a lane strictly between its two ends.
//! **Cost** of a tie: 4 for each room that it crosses, and 1 for each lane that it is long.
//!
//! 1. **Components.** Items that ties join, whatever the direction, form a component. Components stand one under
//!    another in the order of their first items. The rest is done for each alone.
//! 2. **Main parents** (`tree`), by which the component becomes trees. A parent that would close a circle is passed
//!    over.
//!    1. In order, each item gets the best of the ties that founded it: those to it with `x <= start + 12`; best is
//!       the smallest `|x - start|`, then the longest parent bar, then the parent first in order, then the first tie.
//!    2. In order, each item that still has none gets the best of all its ties, either direction, the other end
//!       being the parent: best is the smallest `x`, then the other first in order, then the first tie.
//! 3. **Blocks** (`blocks`). From the leaves to the roots, each item becomes a block: itself in lane 0, and its
//!    children's blocks around it, one after another by descending `x` of the tie to the parent, then in order: the
//!    latest is nearest. A child's block goes, whole, to one of six places: on each side (below, above) the three
//!    smallest distances between child and parent, from 1, at which all of its rooms are free. Of these, the place
//!    with the least cost of all ties between the block and the child's block, rooms of both counted, plus 4 for each
//!    room of the child's block in a lane strictly between the parent and a child placed before that holds the `x` of
//!    that child's tie to the parent; then the smallest distance; then the side whose turn it is: below for the first
//!    child, above for the second, and so on.
//! 4. **Several trees** in a component: the blocks of the roots, in order, are put together in the same way around
//!    the first root, the second root being the first "child"; only ties between the blocks count.
//! 5. **Passes** (`refine`), at most 6, and none where items times ties exceeds 20,000,000. In order, each item that
//!    has ties looks at the mean of the lanes of their other ends, rounded towards the top, and at the three lanes
//!    nearest to it in which it fits and is not already, from one above the topmost used lane to one below the lowest; at
//!    equal distance the upper one is nearer. What counts is the cost of its own ties, its own room left out, plus 4
//!    for each other tie that crosses its room. It moves to the first lane with the least of that, if it is less
//!    than where it is. A pass in which nothing moves is the last.
//! 6. Lanes without an item are closed; the topmost is 0.

use std::collections::BTreeMap;

use super::{blocks, refine, tree};

/// The least distance between two rooms in a lane.
const GAP: i64 = 8;
/// What a crossing costs, in lanes of length.
pub const CROSSING: i64 = 4;
/// How many free lanes are looked at.
pub const LOOK: usize = 3;

/// What needs a lane.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub key: i64,
    pub start: i64,
    pub end: i64,
    pub room: (i64, i64),
}

/// What joins two lanes.
#[derive(Clone, Copy, Debug)]
pub struct Connector {
    pub from: usize,
    pub to: usize,
    pub x: i64,
}

pub struct Layout {
    /// For each item.
    pub lanes: Vec<i64>,
    /// The first lane of each component.
    pub tops: Vec<i64>,
}

/// Items in lanes; a lane may be negative until all are placed.
#[derive(Clone, Default)]
pub struct Rows(pub BTreeMap<i64, Vec<Room>>);

#[derive(Clone, Copy)]
pub struct Room {
    pub from: i64,
    pub to: i64,
    pub item: usize,
}

impl Rows {
    pub fn free(&self, lane: i64, room: (i64, i64)) -> bool {
        let Some(row) = self.0.get(&lane) else {
            return true;
        };
        let after = row.partition_point(|other| other.to + GAP < room.0);
        row.get(after).is_none_or(|other| other.from > room.1 + GAP)
    }

    pub fn insert(&mut self, lane: i64, room: Room) {
        let row = self.0.entry(lane).or_default();
        let place = row.partition_point(|other| other.from < room.from);
        row.insert(place, room);
    }

    pub fn remove(&mut self, lane: i64, item: usize) {
        if let Some(row) = self.0.get_mut(&lane) {
            row.retain(|room| room.item != item);
            if row.is_empty() {
                self.0.remove(&lane);
            }
        }
    }

    /// How many rooms between two lanes hold `x`.
    pub fn crossed(&self, one: i64, other: i64, x: i64) -> i64 {
        let (above, below) = (one.min(other), one.max(other));
        if below - above < 2 {
            return 0;
        }
        let between = self.0.range(above + 1..below);
        between.map(|(_, row)| i64::from(holds(row, x))).sum()
    }

    /// The topmost and the lowest lane.
    pub fn bounds(&self) -> (i64, i64) {
        let lane = |row: Option<(&i64, _)>| row.map_or(0, |(lane, _)| *lane);
        (
            lane(self.0.first_key_value()),
            lane(self.0.last_key_value()),
        )
    }
}

fn holds(row: &[Room], x: i64) -> bool {
    let after = row.partition_point(|room| room.to < x);
    row.get(after).is_some_and(|room| room.from <= x)
}

/// The order of the items that every step goes by.
pub fn order(items: &[Item]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|item| (items[*item].start, items[*item].key, *item));
    order
}

/// The lanes of all items.
pub fn assign(items: &[Item], connectors: &[Connector]) -> Layout {
    let mut lanes = vec![0; items.len()];
    let mut tops = Vec::new();
    let mut top = 0;
    for (members, ties) in components(items, connectors) {
        let own: Vec<Item> = members.iter().map(|item| items[*item]).collect();
        let tree = tree::Tree::new(&own, &ties);
        let mut rows = blocks::blocks(&own, &ties, &tree);
        refine::refine(&own, &ties, &mut rows);
        tops.push(top);
        for row in rows.0.values() {
            for room in row {
                lanes[members[room.item]] = top;
            }
            top += 1;
        }
    }
    Layout { lanes, tops }
}

/// The items of each component in order, and its ties between places in that list.
fn components(items: &[Item], connectors: &[Connector]) -> Vec<(Vec<usize>, Vec<Connector>)> {
    let mut neighbours = vec![Vec::new(); items.len()];
    for tie in connectors {
        neighbours[tie.from].push(tie.to);
        neighbours[tie.to].push(tie.from);
    }
    let order = order(items);
    let mut component = vec![usize::MAX; items.len()];
    let mut count = 0;
    for first in &order {
        if component[*first] != usize::MAX {
            continue;
        }
        component[*first] = count;
        let mut waiting = vec![*first];
        while let Some(item) = waiting.pop() {
            for other in &neighbours[item] {
                if component[*other] == usize::MAX {
                    component[*other] = count;
                    waiting.push(*other);
                }
            }
        }
        count += 1;
    }
    let mut parts = vec![(Vec::new(), Vec::new()); count];
    let mut place = vec![0; items.len()];
    for item in order {
        let members: &mut Vec<usize> = &mut parts[component[item]].0;
        place[item] = members.len();
        members.push(item);
    }
    for tie in connectors.iter().filter(|tie| tie.from != tie.to) {
        parts[component[tie.from]].1.push(Connector {
            from: place[tie.from],
            to: place[tie.to],
            x: tie.x,
        });
    }
    parts
}
