//! What looks wrong in the stored data, rule by rule: each is a function that gives its name, its sentence and the
//! query that finds its issues.
//!
//! Nothing in it is a reason to refuse data. Only what is certain is a contradiction: a date that can be read so that
//! all fits contradicts nothing, and what sources deny does not count as said.
//!
//! A query goes through its tables a fixed number of times, however large they are: what it has put together from
//! rows is joined to nothing but tables by their keys, as databases guess badly how much that is. A test holds it to it.

mod claim;
mod date;
mod gap;
mod piece;
mod record;

use std::sync::LazyLock;

/// A kind of contradiction, likely duplicate or gap.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stays the same for good: people ask for the rule by it.
    pub name: &'static str,
    /// What is wrong, and what to do about it.
    pub sentence: &'static str,
    /// Gives a row for each issue, on both databases alike:
    /// - `id`: the key of what is wrong. With `slug` it tells the issues of the rule apart.
    /// - `subject`: the node of the record in which it is put right.
    /// - `slug`: the slug of that record.
    /// - `message`: what is wrong there, in words that follow the record's kind and slug.
    pub sql: String,
}

/// All rules, in the order of every report: contradictions, then likely duplicates, then gaps.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    vec![
        date::ends_before_it_begins(),
        date::ended_yet_active(),
        date::event_before_founding(),
        date::event_after_end(),
        date::founded_in_another_year(),
        date::name_outside_life(),
        date::membership_outside_life(),
        date::affiliation_outside_life(),
        date::place_outside_life(),
        date::order_against_dates(),
        claim::preferred_claims_disagree(),
        claim::claim_against_majority(),
        claim::claims_undecided(),
        record::unreachable_slug(),
        record::same_name(),
        record::same_abbreviation(),
        record::same_link(),
        gap::link_without_date(),
        gap::link_without_source(),
        gap::event_without_link(),
        gap::succeeded_without_end(),
        gap::dissolved_without_date(),
        gap::organisation_without_founding(),
        gap::record_without_claim(),
    ]
});
