//! The types of settings: how each is written, and what is said of what is not written so.

use std::{
    net::{Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
    time::Duration,
};

use tracing::level_filters::LevelFilter;

use crate::database::DatabaseUrl;

/// A type of setting: how it is written, and what to say when it is not written so.
pub trait Setting: Sized {
    const SHAPE: &'static str;
    const EXPECTED: &'static str;
    /// The value stays out of every message.
    const SECRET: bool = false;
    /// It can be written as a list, too, where there are lists; that stands for its parts with commas between them.
    const LIST: bool = false;

    fn parse(text: &str) -> Option<Self>;
}

impl Setting for SocketAddr {
    const SHAPE: &'static str = "ADDRESS:PORT";
    const EXPECTED: &'static str = "an address and port such as 127.0.0.1:8000 or [::1]:8000";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for DatabaseUrl {
    const SHAPE: &'static str = "URL";
    const EXPECTED: &'static str = "sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/NAME, \
        with special characters percent-encoded and only known parameters after the question mark";
    const SECRET: bool = true;

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Setting for Option<NonZeroU32> {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number of at least 1, or auto";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(None),
            number => number.parse().ok().map(Some),
        }
    }
}

impl Setting for NonZeroU32 {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number of at least 1";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for usize {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number of at least 0";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for u64 {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number of at least 0";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for u32 {
    const SHAPE: &'static str = "NUMBER";
    const EXPECTED: &'static str = "a whole number from 0 to 4294967295";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// A file that is read when the service starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File(pub PathBuf);

impl Setting for Option<File> {
    const SHAPE: &'static str = "FILE";
    const EXPECTED: &'static str = "the path of a file, or none";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "" => None,
            "none" => Some(None),
            path => Some(Some(File(path.into()))),
        }
    }
}

/// The name of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderName(pub String);

impl Setting for Option<HeaderName> {
    const SHAPE: &'static str = "HEADER";
    const EXPECTED: &'static str = "the name of a header such as X-Forwarded-For, or none";

    fn parse(text: &str) -> Option<Self> {
        if text == "none" {
            return Some(None);
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (!text.is_empty() && text.chars().all(fits)).then(|| Some(HeaderName(text.to_owned())))
    }
}

impl Setting for bool {
    const SHAPE: &'static str = "BOOLEAN";
    const EXPECTED: &'static str = "true or false";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for LevelFilter {
    const SHAPE: &'static str = "LEVEL";
    const EXPECTED: &'static str = "off, error, warn, info, debug or trace";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for Duration {
    const SHAPE: &'static str = "TIME";
    const EXPECTED: &'static str =
        "a time of at least 1 ms with its unit, such as 500 ms, 10 s or 2 min";

    fn parse(text: &str) -> Option<Self> {
        let milliseconds = quantity(text, &[("ms", 1), ("min", 60_000), ("s", 1000)])?;
        (milliseconds > 0).then(|| Self::from_millis(milliseconds))
    }
}

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes(pub usize);

impl Setting for Bytes {
    const SHAPE: &'static str = "SIZE";
    const EXPECTED: &'static str = "a size with its unit, such as 64 KiB, 1 MiB or 100000 B";

    fn parse(text: &str) -> Option<Self> {
        let bytes = quantity(text, &[("KiB", 1 << 10), ("MiB", 1 << 20), ("B", 1)])?;
        usize::try_from(bytes).ok().map(Self)
    }
}

/// A whole number and its unit; of units that end alike, the longer stands first.
fn quantity(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    number.trim().parse::<u64>().ok()?.checked_mul(*factor)
}

/// An http or https address without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(pub String);

impl Setting for Option<BaseUrl> {
    const SHAPE: &'static str = "URL";
    const EXPECTED: &'static str = "an address such as https://history.example.org, or auto";

    fn parse(text: &str) -> Option<Self> {
        if text == "auto" {
            return Some(None);
        }
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme))?;
        let plain = |c: char| c.is_ascii_graphic() && !"\"<>?#\\^`{|}@".contains(c);
        (!rest.is_empty() && !rest.starts_with('/') && rest.chars().all(plain))
            .then(|| Some(BaseUrl(text.trim_end_matches('/').to_owned())))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Setting for LogFormat {
    const SHAPE: &'static str = "FORMAT";
    const EXPECTED: &'static str = "text or json";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Whose scripts may read answers, beside those that the service has sent itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cors {
    /// Every origin's, without credentials; with them those that are listed.
    Reads,
    Listed,
    Off,
}

impl Setting for Cors {
    const SHAPE: &'static str = "WHO";
    const EXPECTED: &'static str = "reads, listed or off";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "reads" => Some(Self::Reads),
            "listed" => Some(Self::Listed),
            "off" => Some(Self::Off),
            _ => None,
        }
    }
}

/// Origins as browsers write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origins(pub Vec<String>);

impl Setting for Origins {
    const SHAPE: &'static str = "ORIGINS";
    const EXPECTED: &'static str = "origins as browsers send them, a scheme, a host and, where it is not the usual one, a port, \
        such as https://app.example.org,http://localhost:3000, or none; * is not one, as credentials are for pages that are known";
    const LIST: bool = true;

    fn parse(text: &str) -> Option<Self> {
        if matches!(text, "none" | "") {
            return Some(Self(Vec::new()));
        }
        let origins = text.split(',').map(|part| origin(part.trim()));
        origins.collect::<Option<_>>().map(Self)
    }
}

/// What no browser would write so would never be met.
fn origin(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port.parse::<u16>().ok()?)),
        _ => (rest, None),
    };
    let usual = matches!((scheme, port), ("https", Some(443)) | ("http", Some(80)));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
    let address = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let fits = match address {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.chars().all(plain),
    };
    let named = !scheme.is_empty() && scheme.chars().all(|c| plain(c) || c == '+');
    (fits && named && !usual).then(|| text.to_owned())
}
