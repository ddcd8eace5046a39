//! Under which circumstances Wikidata says something: about when, perhaps, or against others.

use entity::kind::ClaimStatus;

use super::item::{Item, Snak, Statement};

/// Circumstances that make a date approximate.
const APPROXIMATE: [(Item, &str); 4] = [
    (5_727_902, "circa"),
    (21_818_619, "near"),
    (60_070_514, "approximately"),
    (37_113_960, "an estimate"),
];
/// Circumstances that make anything doubtful.
const DOUBTFUL: [(Item, &str); 5] = [
    (18_122_778, "presumably"),
    (30_230_067, "possibly"),
    (56_644_435, "probably"),
    (18_603_603, "hypothetically"),
    (32_188_232, "allegedly"),
];
const DISPUTED: Item = 18_912_752;

/// Under which circumstances (P1480, P5102) a statement is made.
#[derive(Debug, Default)]
pub(super) struct Circumstances {
    approximate: bool,
    doubtful: bool,
    disputed: bool,
    pub notes: Vec<String>,
}

impl Circumstances {
    pub fn of(statement: &Statement) -> Self {
        let mut found = Self::default();
        let snaks = ["P1480", "P5102"].map(|property| statement.qualifiers(property));
        for item in snaks.into_iter().flatten().filter_map(Snak::item) {
            let among = |list: &[(Item, &'static str)]| {
                let found = list.iter().find(|(other, _)| *other == item);
                found.map(|(_, word)| *word)
            };
            if let Some(word) = among(&APPROXIMATE) {
                found.approximate = true;
                found.notes.push(format!("Wikidata: {word}."));
            } else if let Some(word) = among(&DOUBTFUL) {
                found.doubtful = true;
                found.notes.push(format!("Wikidata: {word}."));
            } else if item == DISPUTED {
                found.disputed = true;
                found.notes.push("Wikidata: disputed.".to_owned());
            } else {
                let note = format!("Wikidata names circumstances: Q{item}.");
                found.notes.push(note);
            }
        }
        found
    }

    /// The status of what is no date.
    pub fn status(&self) -> Option<ClaimStatus> {
        (self.doubtful || self.disputed).then_some(ClaimStatus::Disputed)
    }

    /// The status of a date, which tells by itself that it is doubtful.
    pub fn status_of_date(&self) -> Option<ClaimStatus> {
        self.disputed.then_some(ClaimStatus::Disputed)
    }

    /// As EDTF marks a date.
    pub fn mark(&self) -> &'static str {
        match (self.approximate, self.doubtful) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        }
    }
}
