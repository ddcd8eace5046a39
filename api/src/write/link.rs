//! Lineage links: which organisation came out of which, as it follows from events and the roles in them.
//!
//! A link is never written by hand. [`RULES`] is all there is to it, so links can be dropped and derived again
//! from the events at any time with the same result.

use std::collections::HashSet;

use entity::kind::LineageKind::{
    self, AbsorbedBy, DissolvedInto, DividedInto, FormedByDefectorsFrom, LedTo, MergedInto,
    RefoundedAs, SplitFrom, SucceededBy, Unspecified,
};
use entity::kind::{ClaimStatus, EventKind};

/// In an event of this kind, whoever has one of the `from` roles is linked to whoever has one of the `to` roles.
pub struct Rule {
    pub event: EventKind,
    pub from: &'static [&'static str],
    pub to: &'static [&'static str],
    pub link: LineageKind,
}

const fn rule(
    event: EventKind,
    from: &'static [&'static str],
    to: &'static [&'static str],
    link: LineageKind,
) -> Rule {
    Rule {
        event,
        from,
        to,
        link,
    }
}

#[rustfmt::skip]
pub const RULES: [Rule; 10] = [
    rule(EventKind::Split,        &["origin", "continuing"],           &["resulting"],               SplitFrom),
    rule(EventKind::Division,     &["origin", "ceased"],               &["resulting"],               DividedInto),
    rule(EventKind::Merger,       &["ceased", "origin", "continuing"], &["resulting"],               MergedInto),
    rule(EventKind::Absorption,   &["absorbed", "ceased"],             &["continuing"],              AbsorbedBy),
    rule(EventKind::Dissolution,  &["ceased"],                         &["resulting", "continuing"], DissolvedInto),
    rule(EventKind::Succession,   &["ceased", "origin"],               &["resulting"],               SucceededBy),
    rule(EventKind::Refoundation, &["ceased", "origin"],               &["resulting"],               RefoundedAs),
    rule(EventKind::Defection,    &["origin", "continuing"],           &["resulting"],               FormedByDefectorsFrom),
    rule(EventKind::Foundation,   &["origin"],                         &["resulting"],               LedTo),
    rule(EventKind::Other,        &["origin"],                         &["resulting"],               Unspecified),
];

/// Roles of those who left: how many they were is how many people a link stands for.
pub const LEAVING_ROLES: [&str; 3] = ["resigned", "defected", "left"];

/// An organisation's part in an event.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    /// What tells organisations apart; equal for the same organisation.
    pub organisation: &'a str,
    pub role: &'a str,
    pub status: ClaimStatus,
}

/// A link between two of an event's parties, given by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub kind: LineageKind,
    pub predecessor: usize,
    pub successor: usize,
    pub status: ClaimStatus,
}

/// The event makes an organisation its own predecessor. Holds its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelfLink(pub usize);

/// The links that an event gives rise to. The same two organisations are linked once by one event, however many
/// roles they have in it.
///
/// # Errors
/// When an organisation would be linked to itself.
pub fn links(event: EventKind, parties: &[Party<'_>]) -> Result<Vec<Link>, SelfLink> {
    let mut links = Vec::new();
    let mut seen = HashSet::new();
    for rule in RULES.iter().filter(|rule| rule.event == event) {
        let having = |roles: &'static [&'static str]| {
            parties
                .iter()
                .enumerate()
                .filter(move |(_, party)| roles.contains(&party.role))
        };
        for (predecessor, from) in having(rule.from) {
            for (successor, to) in having(rule.to) {
                if from.organisation == to.organisation {
                    return Err(SelfLink(successor));
                }
                if seen.insert((from.organisation, to.organisation)) {
                    links.push(Link {
                        kind: rule.link,
                        predecessor,
                        successor,
                        // What rests on both is no more certain than either; statuses are declared from certain
                        // to denied.
                        status: from.status.max(to.status),
                    });
                }
            }
        }
    }
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party<'a>(organisation: &'a str, role: &'a str) -> Party<'a> {
        Party {
            organisation,
            role,
            status: ClaimStatus::Stated,
        }
    }

    fn check(event: EventKind, parties: &[(&str, &str)], expected: &[(LineageKind, &str, &str)]) {
        let parties: Vec<_> = parties
            .iter()
            .map(|(organisation, role)| party(organisation, role))
            .collect();
        let links = links(event, &parties).expect("no self-link");
        let links: Vec<_> = links
            .iter()
            .map(|link| {
                (
                    link.kind,
                    parties[link.predecessor].organisation,
                    parties[link.successor].organisation,
                )
            })
            .collect();
        assert_eq!(links, expected);
    }

    #[test]
    fn each_kind_of_event() {
        check(
            EventKind::Split,
            &[("swp", "origin"), ("isg", "resulting"), ("x", "organiser")],
            &[(SplitFrom, "swp", "isg")],
        );
        check(
            EventKind::Division,
            &[("a", "ceased"), ("b", "resulting"), ("c", "resulting")],
            &[(DividedInto, "a", "b"), (DividedInto, "a", "c")],
        );
        check(
            EventKind::Merger,
            &[("a", "ceased"), ("b", "continuing"), ("c", "resulting")],
            &[(MergedInto, "a", "c"), (MergedInto, "b", "c")],
        );
        check(
            EventKind::Absorption,
            &[("a", "absorbed"), ("b", "continuing")],
            &[(AbsorbedBy, "a", "b")],
        );
        check(
            EventKind::Dissolution,
            &[("a", "ceased"), ("b", "resulting"), ("c", "continuing")],
            &[(DissolvedInto, "a", "b"), (DissolvedInto, "a", "c")],
        );
        check(
            EventKind::Succession,
            &[("a", "ceased"), ("b", "resulting")],
            &[(SucceededBy, "a", "b")],
        );
        check(
            EventKind::Refoundation,
            &[("a", "origin"), ("b", "resulting")],
            &[(RefoundedAs, "a", "b")],
        );
        check(
            EventKind::Defection,
            &[("a", "continuing"), ("b", "resulting")],
            &[(FormedByDefectorsFrom, "a", "b")],
        );
        check(
            EventKind::Foundation,
            &[("a", "origin"), ("b", "resulting")],
            &[(LedTo, "a", "b")],
        );
        check(
            EventKind::Other,
            &[("a", "origin"), ("b", "resulting")],
            &[(Unspecified, "a", "b")],
        );
        check(
            EventKind::Conference,
            &[("a", "origin"), ("b", "resulting")],
            &[],
        );
    }

    #[test]
    fn two_roles_make_one_link() {
        check(
            EventKind::Split,
            &[("a", "origin"), ("a", "continuing"), ("b", "resulting")],
            &[(SplitFrom, "a", "b")],
        );
    }

    #[test]
    fn an_organisation_is_never_its_own_predecessor() {
        let parties = [party("a", "origin"), party("a", "resulting")];
        assert_eq!(links(EventKind::Split, &parties), Err(SelfLink(1)));
    }

    #[test]
    fn a_link_is_as_doubtful_as_its_parties() {
        let mut parties = [party("a", "origin"), party("b", "resulting")];
        let mut check = |first, second, expected| {
            parties[0].status = first;
            parties[1].status = second;
            let links = links(EventKind::Split, &parties).expect("no self-link");
            assert_eq!(links[0].status, expected);
        };
        check(
            ClaimStatus::Stated,
            ClaimStatus::Stated,
            ClaimStatus::Stated,
        );
        check(
            ClaimStatus::Stated,
            ClaimStatus::Derived,
            ClaimStatus::Derived,
        );
        check(
            ClaimStatus::Disputed,
            ClaimStatus::Derived,
            ClaimStatus::Disputed,
        );
        check(
            ClaimStatus::Disputed,
            ClaimStatus::Denied,
            ClaimStatus::Denied,
        );
    }
}
