//! The vocabularies that are used, and the short forms of their terms: `org:member`.

/// Vocabularies of others: their short names, and what their terms begin with.
pub(super) const VOCABULARIES: [(&str, &str); 15] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
];

/// All that addresses are shortened by.
#[derive(Debug, Clone)]
pub(super) struct Prefixes(Vec<(&'static str, String)>);

impl Prefixes {
    /// Our own vocabulary and the permanent addresses come first.
    pub fn new(base: &str) -> Self {
        let own = [("ns", format!("{base}/ns#")), ("id", format!("{base}/id/"))];
        let others = VOCABULARIES.map(|(name, start)| (name, start.to_owned()));
        Self(own.into_iter().chain(others).collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, start)| (*name, start.as_str()))
    }

    /// `org:member` in full. What begins with no short name is taken as it is.
    pub fn expand(&self, term: &str) -> String {
        let full = term.split_once(':').and_then(|(name, rest)| {
            let (_, start) = self.iter().find(|(known, _)| *known == name)?;
            Some(format!("{start}{rest}"))
        });
        full.unwrap_or_else(|| term.to_owned())
    }

    /// An address with the part in short form that it begins with.
    pub fn shorten(&self, address: &str) -> Option<String> {
        self.iter().find_map(|(name, start)| {
            let rest = address.strip_prefix(start)?;
            // What follows a short name must not look like a host.
            (!rest.is_empty() && !rest.starts_with("//")).then(|| format!("{name}:{rest}"))
        })
    }
}
