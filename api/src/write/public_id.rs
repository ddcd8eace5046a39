//! Permanent public ids: a prefix for the type and 100 bits of a hash over what makes the record what it is.
//!
//! The same seed file has the same ids on every installation, and a record keeps its id when it is renamed:
//! an entity's key is its kind and its *first* slug. A row that an entity owns is keyed by its owner and what it says.
//! When records are merged, what was keyed by the one that goes is keyed by the other; its old id leads to it.

use entity::kind::NodeKind;
use sha2::{Digest, Sha256};

/// Crockford's base 32: no letter that can be read as another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 20;
/// Stands between the parts of a key; no slug, name or date contains it.
const SEPARATOR: [u8; 1] = [0x1f];

/// The id of a record that has a slug.
#[must_use]
pub fn of_record(kind: NodeKind, word: &str, first_slug: &str) -> String {
    encode(prefix(kind), [format!("{word}:{first_slug}").as_str()])
}

/// The id of a row that a record owns.
#[must_use]
pub fn of_owned<'a>(
    kind: NodeKind,
    owner: &'a str,
    content: impl IntoIterator<Item = &'a str>,
) -> String {
    encode(prefix(kind), std::iter::once(owner).chain(content))
}

/// The id of a claim.
#[must_use]
pub fn of_claim<'a>(subject: &'a str, content: impl IntoIterator<Item = &'a str>) -> String {
    encode("clm", std::iter::once(subject).chain(content))
}

fn encode<'a>(prefix: &str, parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            hasher.update(SEPARATOR);
        }
        hasher.update(part);
    }
    let digest = hasher.finalize();

    let mut id = String::with_capacity(prefix.len() + 1 + LENGTH);
    id.push_str(prefix);
    id.push('_');
    let mut bits = 0_u32;
    let mut width = 0;
    let mut bytes = digest.iter();
    for _ in 0..LENGTH {
        while width < 5 {
            bits = (bits << 8) | u32::from(bytes.next().copied().unwrap_or_default());
            width += 8;
        }
        width -= 5;
        id.push(char::from(ALPHABET[(bits >> width) as usize & 31]));
    }
    id
}

/// What the public ids of a kind of node start with.
#[must_use]
pub const fn prefix(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Organisation => "org",
        NodeKind::Person => "per",
        NodeKind::Campaign => "cam",
        NodeKind::Publication => "pub",
        NodeKind::Event => "evt",
        NodeKind::Source => "src",
        NodeKind::Place => "plc",
        NodeKind::Topic => "top",
        NodeKind::Membership => "mem",
        NodeKind::Participation => "par",
        NodeKind::Affiliation => "aff",
        NodeKind::Authorship => "aut",
        NodeKind::Publishing => "pbl",
        NodeKind::Classification => "cls",
        NodeKind::Name => "nam",
        NodeKind::PlacePeriod => "ppd",
        NodeKind::Statement => "sta",
        NodeKind::LineageLink => "lnk",
        NodeKind::EventOrder => "ord",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_never_change() {
        // A change here breaks every link that anyone has kept.
        assert_eq!(
            of_record(NodeKind::Organisation, "organisation", "swp"),
            "org_jcdxc63fhvvtmttgyd6w"
        );
        assert_eq!(
            of_owned(
                NodeKind::Membership,
                "per_0",
                ["org_0", "member", "2011-04", "0"]
            ),
            "mem_j6yvpjty9mdabnjf0den"
        );
        assert_eq!(of_claim("org_0", ["founded"]), "clm_hfcqd3qaq0z5zfrdzyz8");
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(of_claim("a", ["bc"]), of_claim("a", ["b", "c"]));
    }
}
