//! Media types: which one a client likes best, and what a request says of its body.

use axum::http::{HeaderMap, HeaderValue, header::ACCEPT};

/// The best of `offers` (lower-case `type/subtype`, our favourite first), or none when the client takes none
/// of them. The highest quality wins, then the client's order, then ours; a client that says nothing, or
/// `*/*`, gets our favourite.
pub fn preferred<'a>(headers: &HeaderMap, offers: &[&'a str]) -> Option<&'a str> {
    let text = headers
        .get_all(ACCEPT)
        .iter()
        .map(|value| value.to_str().unwrap_or_default())
        .collect::<Vec<_>>()
        .join(",");
    if text.trim().is_empty() {
        return offers.first().copied();
    }
    let ranges: Vec<MediaType> = text.split(',').filter_map(MediaType::parse).collect();
    offers
        .iter()
        .filter_map(|offer| {
            let (position, range) = ranges
                .iter()
                .enumerate()
                .filter(|(_, range)| range.covers(offer))
                .max_by_key(|(position, range)| (range.precision(), usize::MAX - position))?;
            let quality = range.quality();
            (quality > 0).then_some((offer, position, quality))
        })
        // Of equals the first stays, which is ours.
        .min_by_key(|&(_, position, quality)| (u16::MAX - quality, position))
        .map(|(offer, ..)| *offer)
}

/// Whether a body is JSON in UTF-8, the one encoding that is understood.
pub fn is_json(content_type: &HeaderValue) -> bool {
    content_type
        .to_str()
        .ok()
        .and_then(MediaType::parse)
        .is_some_and(|media| media.name == "application/json" && media.is_utf8())
}

struct MediaType {
    name: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';');
        let name = parts.next()?.trim().to_ascii_lowercase();
        let parameters = parts
            .filter_map(|part| part.split_once('='))
            .map(|(name, value)| {
                let value = value.trim().trim_matches('"').to_ascii_lowercase();
                (name.trim().to_ascii_lowercase(), value)
            })
            .collect();
        (!name.is_empty()).then_some(Self { name, parameters })
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.parameters.iter().find(|(given, _)| given == name)?;
        Some(value)
    }

    fn is_utf8(&self) -> bool {
        self.parameter("charset").is_none_or(|it| it == "utf-8")
    }

    fn covers(&self, offer: &str) -> bool {
        let covers = match self.name.strip_suffix('*') {
            Some("*/") => true,
            Some(prefix) => prefix.ends_with('/') && offer.starts_with(prefix),
            None => self.name == offer,
        };
        covers && self.is_utf8()
    }

    /// An exact type says more than `application/*`, and that more than `*/*`.
    fn precision(&self) -> u8 {
        match self.name.strip_suffix('*') {
            None => 2,
            Some("*/") => 0,
            Some(_) => 1,
        }
    }

    /// In thousandths; what cannot be read counts as nothing said.
    fn quality(&self) -> u16 {
        let Some(text) = self.parameter("q") else {
            return 1000;
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction = format!("{fraction:0<3}");
        match (whole, fraction.parse::<u16>()) {
            ("0" | "", Ok(thousandths)) if fraction.len() == 3 => thousandths,
            _ => 1000,
        }
    }
}
