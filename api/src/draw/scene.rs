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
/// Where a connector goes that would lie on another: within the room that its feet have.
const ASIDE: [i64; 5] = [0, 5, -5, 9, -9];
/// Closer lines look like one, and closer marks like a blot.
const LINES_APART: i64 = 3;
const MARKS_APART: i64 = 9;

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

/// The links with their places; those that would lie on another stand a little aside, except where links of one kind
/// branch off one organisation or come together at one.
fn wires<'a>(
    ties: Vec<Tie<'a>>,
    connectors: &[Connector],
    moments: &[Moment],
    lanes: &[i64],
) -> Vec<Wire<'a>> {
    let mut wires: Vec<Wire<'_>> = ties
        .into_iter()
        .zip(connectors)
        .zip(moments)
        .map(|((tie, connector), moment)| Wire {
            tie,
            x: connector.x,
            dated: moment.dated,
        })
        .collect();
    let mut order: Vec<usize> = (0..wires.len()).collect();
    order.sort_by_key(|wire| (wires[*wire].x, *wire));
    let mut placed: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for index in order {
        let own = &wires[index];
        let apart = |x: &i64| {
            let near = placed.range(x - MARKS_APART + 1..x + MARKS_APART);
            let mut others =
                near.flat_map(|(near, others)| others.iter().map(move |other| (near, other)));
            !others.any(|(near, other)| own.collides(&wires[*other], (x - near).abs(), lanes))
        };
        let mut candidates = ASIDE.iter().map(|aside| own.x + aside);
        let x = candidates.find(apart).unwrap_or(own.x);
        placed.entry(x).or_default().push(index);
        wires[index].x = x;
    }
    wires
}

impl Wire<'_> {
    /// Whether this one cannot be told from another at that distance.
    fn collides(&self, other: &Self, distance: i64, lanes: &[i64]) -> bool {
        let ends = |wire: &Wire<'_>| {
            let (from, to) = (lanes[wire.tie.from], lanes[wire.tie.to]);
            // A link of an organisation to itself stands above its bar.
            if from == to {
                (from - 1, to)
            } else {
                (from.min(to), from.max(to))
            }
        };
        let (from, to) = (self.tie.from == other.tie.from, self.tie.to == other.tie.to);
        let (own, theirs) = (ends(self), ends(other));
        let alike = self.tie.link.kind == other.tie.link.kind && self.dated == other.dated;
        if alike && from != to && distance == 0 {
            return false;
        }
        let side = |wire: &Wire<'_>| lanes[wire.tie.from] > lanes[wire.tie.to];
        to && side(self) == side(other)
            || distance < LINES_APART && own.0.max(theirs.0) < own.1.min(theirs.1)
    }
}
