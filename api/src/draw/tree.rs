//! Main parents: step 2 of [`lanes`](mod@super::lanes).

use std::cmp::Reverse;

use super::lanes::{Connector, Item};

/// How far after the start of a bar a tie can still have founded it.
const FOUNDING: i64 = 12;

/// Items are named by their place in order.
pub struct Tree {
    /// The parent of each item, and the tie to it.
    parents: Vec<Option<(usize, usize)>>,
}

impl Tree {
    /// `items` are in order.
    pub fn new(items: &[Item], ties: &[Connector]) -> Self {
        let mut tree = Self {
            parents: vec![None; items.len()],
        };
        let mut around: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        for (index, tie) in ties.iter().enumerate() {
            around[tie.from].push(index);
            around[tie.to].push(index);
        }
        for (item, own) in around.iter().enumerate() {
            let start = items[item].start;
            let founding =
                |tie: &&usize| ties[**tie].to == item && ties[**tie].x <= start + FOUNDING;
            let mut choice: Vec<(usize, usize)> = own
                .iter()
                .filter(founding)
                .map(|tie| (ties[*tie].from, *tie))
                .collect();
            choice.sort_by_key(|(parent, tie)| {
                let length = items[*parent].end - items[*parent].start;
                ((ties[*tie].x - start).abs(), Reverse(length), *parent, *tie)
            });
            tree.adopt(item, &choice);
        }
        for (item, own) in around.iter().enumerate() {
            if tree.parents[item].is_none() {
                let other = |tie: usize| ties[tie].from + ties[tie].to - item;
                let mut choice: Vec<(usize, usize)> =
                    own.iter().map(|tie| (other(*tie), *tie)).collect();
                choice.sort_by_key(|(parent, tie)| (ties[*tie].x, *parent, *tie));
                tree.adopt(item, &choice);
            }
        }
        tree
    }

    /// Takes the first choice that closes no circle.
    fn adopt(&mut self, item: usize, choice: &[(usize, usize)]) {
        let open = |choice: &&(usize, usize)| !self.descends(choice.0, item);
        let found = choice.iter().find(open).copied();
        self.parents[item] = found;
    }

    fn descends(&self, item: usize, from: usize) -> bool {
        let mut item = item;
        while item != from {
            match self.parents[item] {
                Some((parent, _)) => item = parent,
                None => return false,
            }
        }
        true
    }

    /// Each item's children, each with the tie to it, in order.
    pub fn children(&self) -> Vec<Vec<(usize, usize)>> {
        let mut children = vec![Vec::new(); self.parents.len()];
        for (item, parent) in self.parents.iter().enumerate() {
            if let Some((parent, tie)) = parent {
                children[*parent].push((item, *tie));
            }
        }
        children
    }

    /// The items without a parent, in order.
    pub fn roots(&self) -> Vec<usize> {
        let root = |item: &usize| self.parents[*item].is_none();
        (0..self.parents.len()).filter(root).collect()
    }
}
