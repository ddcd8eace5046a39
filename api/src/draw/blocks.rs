//! Blocks: steps 3 and 4 of [`lanes`](super::lanes).

use std::cmp::Reverse;

use super::lanes::{CROSSING, Connector, Item, LOOK, Room, Rows};
use super::tree::Tree;

/// A connector from lane 0 of a block.
#[derive(Clone, Copy)]
struct Arm {
    x: i64,
    lane: i64,
}

/// The component's items in lanes.
pub fn blocks(items: &[Item], ties: &[Connector], tree: &Tree) -> Rows {
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
    let mut blocks: Vec<Rows> = vec![Rows::default(); items.len()];
    for item in parents_first.into_iter().rev() {
        let mut block = Rows::default();
        let (from, to) = items[item].room;
        block.insert(0, Room { from, to, item });
        let mut arms = Vec::new();
        for (child, tie) in &children[item] {
            let own = std::mem::take(&mut blocks[*child]);
            let x = ties[*tie].x;
            let lane = join(&mut block, own, Some(x), &arms);
            arms.push(Arm { x, lane });
        }
        blocks[item] = block;
    }
    let mut all = Rows::default();
    for (index, root) in roots.into_iter().enumerate() {
        let own = std::mem::take(&mut blocks[root]);
        if index == 0 {
            all = own;
        } else {
            join(
                &mut all,
                own,
                None,
                &vec![
                    Arm {
                        x: i64::MIN,
                        lane: 0
                    };
                    index - 1
                ],
            );
        }
    }
    all
}

/// Puts a block beside what is there and says in which lane its root is now.
fn join(block: &mut Rows, child: Rows, x: Option<i64>, arms: &[Arm]) -> i64 {
    let turn = if arms.len().is_multiple_of(2) { 1 } else { -1 };
    let mut best: Option<((i64, i64, bool), i64)> = None;
    for side in [1, -1] {
        let free = (1..)
            .map(|distance| distance * side)
            .filter(|lane| fits(block, &child, *lane));
        for lane in free.take(LOOK) {
            let cost = x.map_or(lane.abs(), |x| {
                let own = block.crossed(0, lane, x) + child.crossed(-lane, 0, x);
                let theirs: i64 = arms
                    .iter()
                    .map(|arm| child.crossed(-lane, arm.lane - lane, arm.x))
                    .sum();
                CROSSING * (own + theirs) + lane.abs()
            });
            let rank = (cost, lane.abs(), side != turn);
            if best.is_none_or(|(other, _)| rank < other) {
                best = Some((rank, lane));
            }
        }
    }
    let lane = best.map_or(0, |(_, lane)| lane);
    for (row, rooms) in child.0 {
        for room in rooms {
            block.insert(row + lane, room);
        }
    }
    lane
}

/// Whether all of a block is free at that distance.
fn fits(block: &Rows, child: &Rows, lane: i64) -> bool {
    child.0.iter().all(|(row, rooms)| {
        rooms
            .iter()
            .all(|room| block.free(row + lane, (room.from, room.to)))
    })
}
