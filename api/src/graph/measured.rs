//! What the graph tells of its work as numbers: documents kept and found, statements, fields asked for.

use std::{fmt, sync::Arc, time::Instant};

use apollo_compiler::Schema;
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric, MetricEncoder},
    metrics::{
        MetricType,
        counter::{ConstCounter, Counter},
        gauge::Gauge,
        histogram::Histogram,
    },
    registry::Registry,
};

use super::usage::{Element, Usage};

/// Seconds up to which times are told apart.
pub const SECONDS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// The numbers of one graph.
pub struct Measured {
    pub usage: Arc<Usage>,
    /// Documents that were found among those that are kept, and those that had to be parsed.
    pub found: Counter,
    pub parsed: Counter,
    statement_seconds: Histogram,
    statements_under_way: Gauge,
}

/// A statement under way; it is over when this is dropped, also where nobody waits for it any more.
pub struct UnderWay<'m> {
    measured: &'m Measured,
    since: Instant,
}

impl Measured {
    pub fn new(schema: &Schema) -> Self {
        Self {
            usage: Arc::new(Usage::new(schema)),
            found: Counter::default(),
            parsed: Counter::default(),
            statement_seconds: Histogram::new(SECONDS),
            statements_under_way: Gauge::default(),
        }
    }

    pub fn statement(&self) -> UnderWay<'_> {
        self.statements_under_way.inc();
        UnderWay {
            measured: self,
            since: Instant::now(),
        }
    }

    /// Shows the numbers. Which fields there are is told only where the schema is no secret.
    pub fn register(&self, registry: &mut Registry, schema_is_public: bool) {
        registry.register(
            "statement_seconds",
            "Time that a statement of a question took, with the wait for a connection",
            self.statement_seconds.clone(),
        );
        registry.register(
            "statements_under_way",
            "Statements of questions that are sent or wait for a connection; what is more than reader connections in use waits",
            self.statements_under_way.clone(),
        );
        registry.register(
            "documents_found",
            "Documents that were found among those that are kept",
            self.found.clone(),
        );
        registry.register(
            "documents_parsed",
            "Documents that were not, so that they were parsed and validated",
            self.parsed.clone(),
        );
        if schema_is_public {
            registry.register_collector(Box::new(Asked(Arc::clone(&self.usage))));
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let Measured {
            statement_seconds,
            statements_under_way,
            ..
        } = self.measured;
        statement_seconds.observe(self.since.elapsed().as_secs_f64());
        statements_under_way.dec();
    }
}

/// The counters of fields and arguments, those above zero.
struct Asked(Arc<Usage>);

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked").finish_non_exhaustive()
    }
}

impl Collector for Asked {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let help = "Operations run that asked for the field.";
        let fields =
            encoder.encode_descriptor("field_requests", help, None, MetricType::Counter)?;
        self.tell(fields, |of| of.argument.is_none())?;
        let help = "Operations run that gave the argument.";
        let arguments =
            encoder.encode_descriptor("argument_requests", help, None, MetricType::Counter)?;
        self.tell(arguments, |of| of.argument.is_some())
    }
}

impl Asked {
    fn tell(
        &self,
        mut encoder: MetricEncoder<'_>,
        concerned: impl Fn(&Element) -> bool,
    ) -> fmt::Result {
        for (of, times) in self.0.counted().filter(|(of, _)| concerned(of)) {
            let argument = of.argument.as_deref();
            let mut labels = vec![("type", of.parent.as_str()), ("field", of.field.as_str())];
            labels.extend(argument.map(|argument| ("argument", argument)));
            labels.push(("deprecated", if of.deprecated { "true" } else { "false" }));
            ConstCounter::new(times).encode(encoder.encode_family(&labels)?)?;
        }
        Ok(())
    }
}
