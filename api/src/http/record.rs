//! Records at their addresses: `/organisations/{slug}` and the like by `Accept`, the same with a suffix in one form,
//! and `/id/{public id}`, which leads there.
//!
//! A client that prefers nothing in particular gets the page: it is what everybody can read, and it names the
//! other forms, as does the header `Link`. Whoever wants data says so.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode, Uri,
        header::{CONTENT_LOCATION, CONTENT_SECURITY_POLICY, LINK, LOCATION, VARY},
    },
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{
    accept, file,
    graphql::{self, Refusal, in_time},
    page,
};
use crate::{
    App,
    error::Error,
    html::{self, Part},
    linked::{self, Syntax},
    locate::{self, Located},
    write::Kind,
};

/// A form that a record is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Form {
    /// What stands behind the slug, without the point.
    suffix: &'static str,
    media_type: &'static str,
    content_type: &'static str,
    /// `None`: a page to read.
    syntax: Option<Syntax>,
}

/// Our favourite first.
const FORMS: [Form; 5] = [
    Form {
        suffix: "html",
        media_type: "text/html",
        content_type: "text/html; charset=utf-8",
        syntax: None,
    },
    Form {
        suffix: "ttl",
        media_type: "text/turtle",
        content_type: "text/turtle; charset=utf-8",
        syntax: Some(Syntax::Turtle),
    },
    Form {
        suffix: "nt",
        media_type: "application/n-triples",
        content_type: "application/n-triples",
        syntax: Some(Syntax::NTriples),
    },
    Form {
        suffix: "jsonld",
        media_type: "application/ld+json",
        content_type: "application/ld+json",
        syntax: Some(Syntax::JsonLd),
    },
    // For those who know JSON alone, which this is.
    Form {
        suffix: "jsonld",
        media_type: "application/json",
        content_type: "application/json",
        syntax: Some(Syntax::JsonLd),
    },
];
