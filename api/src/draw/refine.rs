//! Passes that move single items: step 5 of [`lanes`](mod@super::lanes).

use super::lanes::{CROSSING, Connector, Item, LOOK, Room, Rows};

const PASSES: usize = 6;
/// Items times ties, above which the passes would take too long.
const WORK_MAX: usize = 20_000_000;

struct Picture<'a> {
    items: &'a [Item],
    ties: &'a [Connector],
    by_x: Vec<Connector>,
    /// The ties of each item.
    around: Vec<Vec<usize>>,
    lanes: Vec<i64>,
}

pub fn refine(items: &[Item], ties: &[Connector], rows: &mut Rows) {
    if items.len() * ties.len() > WORK_MAX {
        return;
    }
    let mut picture = Picture {
        items,
        ties,
        by_x: ties.to_vec(),
        around: vec![Vec::new(); items.len()],
        lanes: vec![0; items.len()],
    };
    picture.by_x.sort_by_key(|tie| tie.x);
    for (index, tie) in ties.iter().enumerate() {
        picture.around[tie.from].push(index);
        picture.around[tie.to].push(index);
    }
    for (lane, row) in &rows.0 {
        for room in row {
            picture.lanes[room.item] = *lane;
        }
    }
    for _ in 0..PASSES {
        let mut moved = false;
        for item in 0..items.len() {
            moved |= picture.improve(item, rows);
        }
        if !moved {
            return;
        }
    }
}

impl Picture<'_> {
    /// Moves an item to a better lane near its neighbours, and says whether there was one.
    fn improve(&mut self, item: usize, rows: &mut Rows) -> bool {
        let around = &self.around[item];
        let Ok(count @ 1..) = i64::try_from(around.len()) else {
            return false;
        };
        let sum: i64 = around
            .iter()
            .map(|tie| self.lanes[self.other(*tie, item)])
            .sum();
        let middle = sum.div_euclid(count);
        let (top, bottom) = rows.bounds();
        let (from, to) = self.items[item].room;
        let old = self.lanes[item];
        let now = self.cost(item, old, rows);
        let near = (0..=bottom - top + 2).flat_map(|distance| {
            let above = middle - distance;
            [Some(above), (distance > 0).then_some(middle + distance)]
        });
        let free = near.flatten().filter(|lane| {
            *lane != old && (top - 1..=bottom + 1).contains(lane) && rows.free(*lane, (from, to))
        });
        let best = free
            .take(LOOK)
            .map(|lane| (self.cost(item, lane, rows), lane))
            .reduce(|best, next| if next.0 < best.0 { next } else { best });
        match best {
            Some((cost, lane)) if cost < now => {
                rows.remove(old, item);
                rows.insert(lane, Room { from, to, item });
                self.lanes[item] = lane;
                true
            }
            _ => false,
        }
    }

    fn other(&self, tie: usize, item: usize) -> usize {
        self.ties[tie].from + self.ties[tie].to - item
    }

    /// The part of the cost that depends on the item's lane, were it in `lane`.
    fn cost(&self, item: usize, lane: i64, rows: &Rows) -> i64 {
        let own = self.around[item].iter().map(|tie| {
            let end = self.lanes[self.other(*tie, item)];
            let x = self.ties[*tie].x;
            // Its own room, still in the old lane, holds the x of all its ties.
            let old = self.lanes[item];
            let itself = i64::from((end.min(lane) + 1..end.max(lane)).contains(&old));
            CROSSING * (rows.crossed(end, lane, x) - itself) + (end - lane).abs()
        });
        let (from, to) = self.items[item].room;
        let first = self.by_x.partition_point(|tie| tie.x < from);
        let last = self.by_x.partition_point(|tie| tie.x <= to);
        let through = self.by_x[first..last].iter().filter(|tie| {
            let (one, other) = (self.lanes[tie.from], self.lanes[tie.to]);
            (one.min(other) + 1..one.max(other)).contains(&lane)
                && tie.from != item
                && tie.to != item
        });
        let through = i64::try_from(through.count()).unwrap_or(i64::MAX / 8);
        own.sum::<i64>() + CROSSING * through
    }
}
