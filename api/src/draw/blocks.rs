//! Blocks: steps 3 and 4 of [`lanes`](mod@super::lanes).

use std::cmp::Reverse;
use std::collections::HashMap;

use super::lanes::{CROSSING, Connector, Item, LOOK, Room, Rows};
use super::tree::Tree;

/// An item with all that descends from it.
#[derive(Default)]
struct Block {
    rows: Rows,
    lanes: HashMap<usize, i64>,
    /// The lane of the item; others count from there.
    origin: i64,
}

/// A connector from a block's own item to a lane that counts from it.
#[derive(Clone, Copy)]
struct Arm {
    x: i64,
    lane: i64,
}

/// The component's items in lanes.
pub fn blocks(items: &[Item], ties: &[Connector], tree: &Tree) -> Rows {
    let mut around: Vec<Vec<Connector>> = vec![Vec::new(); items.len()];
    for tie in ties {
        around[tie.from].push(*tie);
        around[tie.to].push(*tie);
    }
    let mut children = tree.children();
    for list in &mut children {
        list.sort_by_key(|(child, tie)| (Reverse(ties[*tie].x), *child));
    }
    let roots = tree.roots();
    let mut parents_first = roots.clone();
    let mut next = 0;
    while let Some(item) = parents_first.get(next).copied() {
        parents_first.extend(children[item].iter().map(|(child, _)| *child));
        next += 1;
    }
    let mut blocks: Vec<Block> = items.iter().map(|_| Block::default()).collect();
    for item in parents_first.into_iter().rev() {
        let mut block = Block::of(item, &items[item]);
        let mut arms = Vec::new();
        for (child, tie) in &children[item] {
            let own = std::mem::take(&mut blocks[*child]);
            let joining = block.joining(&own, &around);
            let lane = block.nearest(&own, arms.len(), |lane| {
                let theirs = arms
                    .iter()
                    .map(|arm: &Arm| own.crossed(-lane, arm.lane - lane, arm.x));
                block.cost(&own, lane, &joining) + CROSSING * theirs.sum::<i64>()
            });
            block = block.joined(own, lane);
            arms.push(Arm {
                x: ties[*tie].x,
                lane,
            });
        }
        blocks[item] = block;
    }
    let mut all = Block::default();
    for (index, root) in roots.into_iter().enumerate() {
        let own = std::mem::take(&mut blocks[root]);
        if index == 0 {
            all = own;
        } else {
            let joining = all.joining(&own, &around);
            let lane = all.nearest(&own, index - 1, |lane| all.cost(&own, lane, &joining));
            all = all.joined(own, lane);
        }
    }
    all.rows
}

impl Block {
    fn of(place: usize, item: &Item) -> Self {
        let (from, to) = item.room;
        let mut rows = Rows::default();
        rows.insert(
            0,
            Room {
                from,
                to,
                item: place,
            },
        );
        Self {
            rows,
            lanes: HashMap::from([(place, 0)]),
            origin: 0,
        }
    }

    fn crossed(&self, one: i64, other: i64, x: i64) -> i64 {
        self.rows.crossed(self.origin + one, self.origin + other, x)
    }

    /// The ties to a child's block: the lane here, the lane there, each from its origin, and the x.
    fn joining(&self, child: &Self, around: &[Vec<Connector>]) -> Vec<(i64, i64, i64)> {
        let swap = child.lanes.len() > self.lanes.len();
        let (large, small) = if swap { (child, self) } else { (self, child) };
        let mut joining = Vec::new();
        for (item, lane) in &small.lanes {
            for tie in &around[*item] {
                if let Some(other) = large.lanes.get(&(tie.from + tie.to - item)) {
                    let (here, there) = (other - large.origin, lane - small.origin);
                    joining.push(if swap {
                        (there, here, tie.x)
                    } else {
                        (here, there, tie.x)
                    });
                }
            }
        }
        joining
    }

    fn cost(&self, child: &Self, lane: i64, joining: &[(i64, i64, i64)]) -> i64 {
        joining
            .iter()
            .map(|(here, there, x)| {
                let crossed =
                    self.crossed(*here, there + lane, *x) + child.crossed(here - lane, *there, *x);
                CROSSING * crossed + (there + lane - here).abs()
            })
            .sum()
    }

    /// Where a child's block goes, the `index`th of them.
    fn nearest(&self, child: &Self, index: usize, cost: impl Fn(i64) -> i64) -> i64 {
        let turn = if index.is_multiple_of(2) { 1 } else { -1 };
        let mut best: Option<((i64, i64, bool), i64)> = None;
        for side in [1, -1] {
            let lanes = (1..).map(|distance| distance * side);
            for lane in lanes.filter(|lane| self.fits(child, *lane)).take(LOOK) {
                let rank = (cost(lane), lane.abs(), side != turn);
                if best.is_none_or(|(other, _)| rank < other) {
                    best = Some((rank, lane));
                }
            }
        }
        best.map_or(0, |(_, lane)| lane)
    }

    /// Whether all of a block is free where its item would be in that lane.
    fn fits(&self, child: &Self, lane: i64) -> bool {
        if child.lanes.len() > self.lanes.len() {
            return child.fits(self, -lane);
        }
        let shift = self.origin + lane - child.origin;
        child.rows.0.iter().all(|(row, rooms)| {
            let free = |room: &Room| self.rows.free(row + shift, (room.from, room.to));
            rooms.iter().all(free)
        })
    }

    /// The block with a child's block in it; what holds less is moved into what holds more.
    fn joined(self, child: Self, lane: i64) -> Self {
        let (mut large, small, lane, origin) = if child.lanes.len() > self.lanes.len() {
            let origin = child.origin - lane;
            (child, self, -lane, origin)
        } else {
            let origin = self.origin;
            (self, child, lane, origin)
        };
        let shift = large.origin + lane - small.origin;
        for (row, rooms) in small.rows.0 {
            for room in rooms {
                large.lanes.insert(room.item, row + shift);
                large.rows.insert(row + shift, room);
            }
        }
        Self { origin, ..large }
    }
}
