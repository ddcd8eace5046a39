//! What the process takes of the machine, as Linux tells; nothing elsewhere. The names are those that all programs use.

use std::fmt;

use procfs::{WithCurrentSystemInfo, process};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{counter::ConstCounter, gauge::ConstGauge},
};

#[derive(Debug)]
pub struct Process;

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Ok(process) = process::Process::myself() else {
            return Ok(());
        };
        if let Ok(stat) = process.stat() {
            #[expect(
                clippy::cast_precision_loss,
                reason = "exact for the first million years of a hundred ticks a second"
            )]
            let seconds = (stat.utime + stat.stime) as f64 / procfs::ticks_per_second() as f64;
            let memory = i64::try_from(stat.rss_bytes().get()).unwrap_or(i64::MAX);
            tell(
                &mut encoder,
                ("process_cpu_seconds", "Processor time spent."),
                &ConstCounter::new(seconds),
            )?;
            tell(
                &mut encoder,
                ("process_resident_memory_bytes", "Memory in use."),
                &ConstGauge::new(memory),
            )?;
            tell(
                &mut encoder,
                ("process_threads", "Threads."),
                &ConstGauge::new(stat.num_threads),
            )?;
        }
        if let Ok(open) = process.fd_count() {
            let open = i64::try_from(open).unwrap_or(i64::MAX);
            let about = ("process_open_fds", "Open files and connections.");
            tell(&mut encoder, about, &ConstGauge::new(open))?;
        }
        Ok(())
    }
}

fn tell(
    encoder: &mut DescriptorEncoder<'_>,
    (name, help): (&str, &str),
    metric: &impl EncodeMetric,
) -> fmt::Result {
    metric.encode(encoder.encode_descriptor(name, help, None, metric.metric_type())?)
}
