//! How far long work has come: a bar on a terminal, plain lines elsewhere. The library only tells; `main.rs` chooses
//! who listens.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

/// Listens to how far some work has come.
pub trait Progress: Send + Sync {
    /// The work begins: so much of `what` is to be done.
    fn start(&self, what: &'static str, total: u64);
    /// So much is done by now.
    fn reach(&self, done: u64);
    /// All is done.
    fn finish(&self);
}

/// Nobody listens.
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: &'static str, _: u64) {}
    fn reach(&self, _: u64) {}
    fn finish(&self) {}
}

/// Shows progress on standard error, as it suits whatever that is.
pub fn on_stderr() -> Box<dyn Progress> {
    if io::stderr().is_terminal() {
        Box::new(Bar(ProgressBar::hidden()))
    } else {
        Box::new(Lines::default())
    }
}

struct Bar(ProgressBar);

impl Progress for Bar {
    fn start(&self, what: &'static str, total: u64) {
        let style = ProgressStyle::with_template(
            "{bar:30} {human_pos} of {human_len} {msg}, {elapsed}, {eta} to go",
        );
        if let Ok(style) = style {
            self.0.set_style(style);
        }
        self.0.set_length(total);
        self.0.set_message(what);
        self.0
            .set_draw_target(indicatif::ProgressDrawTarget::stderr());
    }

    fn reach(&self, done: u64) {
        self.0.set_position(done);
    }

    fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// A line for every tenth.
#[derive(Default)]
struct Lines(Mutex<Stretch>);

#[derive(Default)]
struct Stretch {
    what: &'static str,
    total: u64,
    tenths: u64,
}

impl Progress for Lines {
    fn start(&self, what: &'static str, total: u64) {
        if let Ok(mut stretch) = self.0.lock() {
            *stretch = Stretch {
                what,
                total,
                tenths: 0,
            };
        }
    }

    fn reach(&self, done: u64) {
        let Ok(mut stretch) = self.0.lock() else {
            return;
        };
        let Stretch {
            what,
            total,
            tenths,
        } = *stretch;
        let reached = done * 10 / total.max(1);
        if reached > tenths {
            stretch.tenths = reached;
            // A reader that went away is no reason to stop.
            let _ = writeln!(io::stderr(), "{done} of {total} {what}");
        }
    }

    fn finish(&self) {}
}
