//! The addresses that things have.

use oxrdf::{NamedNode, NamedNodeRef};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::prefix::Prefixes;
use crate::write::Kind;

/// What cannot stand in an address as it is; a percent sign can, because an address may be encoded already.
const ILLEGAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// All but what never needs encoding.
pub(crate) const ALL_BUT_PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The addresses of one installation.
#[derive(Debug, Clone)]
pub struct Addresses {
    base: String,
    pub(super) prefixes: Prefixes,
}

impl Addresses {
    /// `base_url` is the address that the public reaches the service at.
    pub fn new(base_url: &str) -> Self {
        let base = base_url.trim_end_matches('/').to_owned();
        let prefixes = Prefixes::new(&base);
        Self { base, prefixes }
    }

    /// A term in short form: `org:member`; an address that has none, as it is.
    pub fn short(&self, address: &str) -> String {
        let short = self.prefixes.shorten(address);
        short.unwrap_or_else(|| address.to_owned())
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    /// The permanent address of what has this public id.
    pub fn id(&self, public_id: &str) -> String {
        format!("{}/id/{}", self.base, plain(public_id))
    }

    /// The document about a record.
    pub fn document(&self, kind: Kind, slug: &str) -> String {
        format!("{}/{}/{}", self.base, kind.folder(), plain(slug))
    }

    /// A term of our own vocabulary.
    pub fn term(&self, name: &str) -> String {
        format!("{}/ns#{name}", self.base)
    }

    /// A value of a closed vocabulary of ours.
    pub fn concept(&self, vocabulary: &str, value: &str) -> String {
        self.term(&format!("{vocabulary}-{value}"))
    }

    /// Something that the description of the data set tells of.
    pub fn of_dataset(&self, name: &str) -> String {
        format!("{}/.well-known/void#{name}", self.base)
    }

    /// Somebody who records claims.
    pub fn recorder(&self, name: &str) -> String {
        self.of_dataset(&format!("recorder-{}", plain(name)))
    }

    pub fn is_recorder(&self, address: &str) -> bool {
        address.starts_with(&self.recorder(""))
    }

    /// A file that holds the whole data set.
    pub fn export(&self, format: &str) -> String {
        format!("{}/export/{format}", self.base)
    }
}

/// A text as a part of an address.
pub(super) fn plain(text: &str) -> String {
    utf8_percent_encode(text, ALL_BUT_PLAIN).to_string()
}

/// An address elsewhere, as it was written down; `None`: it is none that can be referred to.
pub(super) fn elsewhere(url: &str) -> Option<NamedNode> {
    let url = utf8_percent_encode(url.trim(), ILLEGAL).to_string();
    NamedNodeRef::new(&url).ok()?;
    Some(NamedNode::new_unchecked(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_stand_in_an_address_is_encoded() {
        let check = |url: &str, expected: Option<&str>| {
            assert_eq!(elsewhere(url).as_ref().map(NamedNode::as_str), expected);
        };
        check(
            "https://a.example/b?c=d#e",
            Some("https://a.example/b?c=d#e"),
        );
        check("https://a.example/%C3%A9", Some("https://a.example/%C3%A9"));
        check(
            "https://a.example/<\"b\nc\">",
            Some("https://a.example/%3C%22b%0Ac%22%3E"),
        );
        check("https://a.example/é", Some("https://a.example/%C3%A9"));
        check("no address", None);
        check("https://a.example/100%", None);
    }

    #[test]
    fn parts_of_addresses_hold_nothing_that_divides_them() {
        let addresses = Addresses::new("https://a.example/");
        assert_eq!(
            addresses.document(Kind::Person, "a/b?c#d é"),
            "https://a.example/people/a%2Fb%3Fc%23d%20%C3%A9"
        );
    }
}
