//! What is wrong with seeds, and where.

use std::fmt;

use super::position::Position;

/// One thing that is wrong, or looks so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, from the folder of the seeds.
    pub file: String,
    pub position: Position,
    /// What is wrong; what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            position: Position { line, column },
            message,
        } = self;
        write!(f, "{file}:{line}:{column}: {message}")
    }
}

/// Everything that is wrong with a set of seeds, a line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", list(.0))]
pub struct Refused(pub Vec<Problem>);

fn list(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(Problem::to_string).collect();
    let count = problems.len();
    let things = if count == 1 { "thing is" } else { "things are" };
    format!(
        "{count} {things} wrong with the seeds\n{}",
        lines.join("\n")
    )
}
