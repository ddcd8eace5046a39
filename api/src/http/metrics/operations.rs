//! Operations that clients run, by their names, of which only so many are told apart.

use std::{collections::HashSet, sync::Mutex, time::Instant};

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};

use crate::graph::{Outcome, Prepared, Response};

/// Names that are told apart; each takes some twenty lines.
const NAMES: usize = 100;
/// Bytes of the longest name that is.
const LENGTH: usize = 100;

/// No name of an operation has brackets.
const ANONYMOUS: &str = "(anonymous)";
const OTHER: &str = "(other)";

pub struct Operations {
    names: Mutex<HashSet<String>>,
    ended: Family<Ended, Counter>,
    seconds: Family<Operation, Histogram, fn() -> Histogram>,
    cost_asked: Family<Operation, Counter>,
    cost_spent: Family<Operation, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operation {
    name: String,
    r#type: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    name: String,
    r#type: &'static str,
    outcome: &'static str,
}

/// An operation under way. Dropped before it has ended, it was abandoned: its time was over, or its client went away.
pub struct Running<'m> {
    operations: &'m Operations,
    operation: Operation,
    since: Instant,
    outcome: &'static str,
}

impl Operations {
    pub fn new() -> Self {
        Self {
            names: Mutex::default(),
            ended: Family::default(),
            seconds: Family::new_with_constructor(super::seconds),
            cost_asked: Family::default(),
            cost_spent: Family::default(),
        }
    }

    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "operations",
            "Operations run, by what came of them: all that was asked for (whole), a part with errors beside it (partial), \
            errors alone (refused), or nothing as nobody waited any more (abandoned)",
            self.ended.clone(),
        );
        registry.register(
            "operation_seconds",
            "Time that an operation took, with the parsing of its document",
            self.seconds.clone(),
        );
        registry.register(
            "operation_cost_asked",
            "Values that answers could hold, by the sizes of their pages",
            self.cost_asked.clone(),
        );
        registry.register(
            "operation_cost_spent",
            "Values that answers held",
            self.cost_spent.clone(),
        );
    }

    pub fn begin(&self, prepared: &Prepared, since: Instant) -> Running<'_> {
        let (name, r#type) = prepared.operation();
        let name = name.map_or(ANONYMOUS, |name| self.name(name)).to_owned();
        let operation = Operation { name, r#type };
        let asked = self.cost_asked.get_or_create(&operation);
        asked.inc_by(prepared.cost());
        drop(asked);
        Running {
            operations: self,
            operation,
            since,
            outcome: "abandoned",
        }
    }

    /// The name, as long as there is room for it: who comes first is told apart.
    fn name<'n>(&self, name: &'n str) -> &'n str {
        let Ok(mut names) = self.names.lock() else {
            return OTHER;
        };
        let room = names.len() < NAMES && name.len() <= LENGTH;
        if names.contains(name) || (room && names.insert(name.to_owned())) {
            name
        } else {
            OTHER
        }
    }
}

impl Running<'_> {
    pub fn end(mut self, response: &Response) {
        self.outcome = match response.outcome {
            Outcome::Whole => "whole",
            Outcome::Partial => "partial",
            Outcome::Refused | Outcome::KindRefused => "refused",
        };
        let spent = self.operations.cost_spent.get_or_create(&self.operation);
        spent.inc_by(response.cost.spent);
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let seconds = self.operations.seconds.get_or_create(&self.operation);
        seconds.observe(self.since.elapsed().as_secs_f64());
        let Operation { name, r#type } = &self.operation;
        let ended = Ended {
            name: name.clone(),
            r#type,
            outcome: self.outcome,
        };
        self.operations.ended.get_or_create(&ended).inc();
    }
}
