//! Everything of a drawing in its place, before it is written down.

use std::collections::BTreeMap;

use super::{
    Family, Tie,
    bar::Bar,
    lanes::{self, Connector, Item, Layout},
    life::{Moment, Times},
    scale::Scale,
};

/// From the middle of one lane to that of the next.
const PITCH: i64 = 30;
/// Half the height of a bar.
pub const HALF: i64 = 8;
/// The ruler above the lanes.
const HEAD: i64 = 40;
/// Between two components.
const APART: i64 = 16;
/// Where a connector goes that would lie on another: within the room its feet have.
const ASIDE: [i64; 5] = [0, 4, -4, 7, -7];
/// Closer connectors look like one.
const DISTINCT: i64 = 3;

pub struct Scene<'a> {
    pub family: &'a Family,
    pub scale: Scale,
    pub bars: Vec<Bar>,
    pub wires: Vec<Wire<'a>>,
    pub layout: Layout,
}

/// A link with its place.
pub struct Wire<'a> {
    pub tie: Tie<'a>,
    pub x: i64,
    pub dated: bool,
}

impl<'a> Scene<'a> {
    pub fn new(family: &'a Family, width: Option<u32>) -> Self {
        let ties = family.ties();
        let chronicle = Times::new(family, &ties);
        let scale = Scale::new(chronicle.range, family.nodes.len(), width);
        let connectors: Vec<Connector> = ties
            .iter()
            .zip(&chronicle.moments)
            .map(|(tie, moment)| Connector {
                from: tie.from,
                to: tie.to,
                x: scale.x(moment.day),
            })
            .collect();
        let bars = bars(family, &chronicle, &connectors, &scale);
        let items: Vec<Item> = family
            .nodes
            .iter()
            .zip(&bars)
            .map(|(member, bar)| Item {
                key: member.key,
                start: bar.left(),
                end: bar.right(),
                room: bar.room,
            })
            .collect();
        let layout = lanes::assign(&items, &connectors);
        let wires = wires(ties, &connectors, &chronicle.moments, &layout.lanes);
        Self {
            family,
            scale,
            bars,
            wires,
            layout,
        }
    }

    /// The middle of the lane that an organisation is in.
    pub fn y(&self, node: usize) -> i64 {
        let lane = self.layout.lanes[node];
        let above = self.layout.tops.partition_point(|top| *top <= lane);
        let gaps = i64::try_from(above).unwrap_or(0).max(1) - 1;
        HEAD + PITCH / 2 + lane * PITCH + gaps * APART
    }

    /// Where the lanes end.
    pub fn bottom(&self) -> i64 {
        let lowest = (0..self.bars.len()).map(|node| self.y(node)).max();
        lowest.map_or(HEAD + PITCH, |y| y + PITCH / 2)
    }
}

fn bars(family: &Family, times: &Times, connectors: &[Connector], scale: &Scale) -> Vec<Bar> {
    let mut feet = vec![Vec::new(); family.nodes.len()];
    for connector in connectors {
        feet[connector.from].push(connector.x);
        feet[connector.to].push(connector.x);
    }
    family
        .nodes
        .iter()
        .zip(&times.lives)
        .zip(&feet)
        .map(|((member, life), feet)| Bar::new(member, *life, feet, scale))
        .collect()
}

/// The links with their places; those that would lie on another stand a little aside, except where they branch off
/// one organisation or come together at one.
fn wires<'a>(
    ties: Vec<Tie<'a>>,
    connectors: &[Connector],
    moments: &[Moment],
    lanes: &[i64],
) -> Vec<Wire<'a>> {
    let mut order: Vec<usize> = (0..ties.len()).collect();
    order.sort_by_key(|tie| (connectors[*tie].x, *tie));
    let mut placed: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut xs = vec![0; ties.len()];
    for tie in order {
        let own = connectors[tie];
        let apart = |x: i64| {
            let near = placed.range(x - DISTINCT + 1..x + DISTINCT);
            !near
                .flat_map(|(_, others)| others)
                .any(|other| collide(own, connectors[*other], lanes))
        };
        let x = ASIDE
            .map(|aside| own.x + aside)
            .into_iter()
            .find(|x| apart(*x))
            .unwrap_or(own.x);
        placed.entry(x).or_default().push(tie);
        xs[tie] = x;
    }
    let parts = ties.into_iter().zip(xs).zip(moments);
    parts
        .map(|((tie, x), moment)| Wire {
            tie,
            x,
            dated: moment.dated,
        })
        .collect()
}

fn collide(one: Connector, other: Connector, lanes: &[i64]) -> bool {
    let branch = (one.from == other.from) != (one.to == other.to);
    let ends = |tie: Connector| {
        let (from, to) = (lanes[tie.from], lanes[tie.to]);
        (
            from.min(to),
            from.max(to).max(from.min(to) + i64::from(from == to)),
        )
    };
    let (a, b) = (ends(one), ends(other));
    !branch && a.0.max(b.0) < a.1.min(b.1)
}
