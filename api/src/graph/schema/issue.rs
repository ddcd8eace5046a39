//! The types of the worklist: what looks wrong in the data.

use super::{Definitions, Member, connection_types, forward, member};
use crate::issue::RULES;

/// The arguments of `Dataset.issues`.
pub(super) fn arguments() -> Vec<Member> {
    let rules = member(
        "rules",
        "[IssueRule!]",
        "Only what these rules find. Null: what all of them find.",
    );
    [rules].into_iter().chain(forward()).collect()
}

pub(super) fn types(definitions: &mut Definitions) {
    let rules: Vec<(&str, &str)> = RULES
        .iter()
        .map(|rule| (rule.name, rule.sentence))
        .collect();
    definitions.enumeration(
        "IssueRule",
        "By what something looks wrong: contradictions first, then likely duplicates, then gaps. More can be added.",
        &rules,
    );
    definitions.members(
        "type Issue",
        "Something that looks wrong: it may be right, and keeps nobody from using the data.",
        &[
            member(
                "rule",
                "IssueRule!",
                "By which rule; its description says what is wrong, and what to do about it.",
            ),
            member(
                "subject",
                "Entity",
                "Where it is put right; null: in a place, a topic or a source, which the message names.",
            ),
            member(
                "message",
                "String!",
                "What is wrong there, in words; other records by kind and slug: \"organisation/labour-party\".",
            ),
        ],
    );
    connection_types(definitions, "Issue", "Issue", Vec::new());
}
