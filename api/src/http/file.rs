//! Answers that are files: an unchanged one is not sent twice.

use axum::{
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse, Response},
};

use crate::digest;

pub fn file(headers: &HeaderMap, content_type: &'static str, text: &str) -> Response {
    let tag = tag(text);
    let unchanged = is_known(headers, &tag) || is_any_known(headers);
    let headers = [
        (ETAG, tag),
        (CACHE_CONTROL, "no-cache".to_owned()),
        (CONTENT_TYPE, content_type.to_owned()),
    ];
    if unchanged {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, text.to_owned()).into_response()
    }
}

/// The entity tag of whatever `of` says all about. Weak, since the same tag goes with the compressed answer.
pub fn tag(of: &str) -> String {
    format!("W/\"{}\"", digest::hex(of))
}

/// Whether the client has what this tag stands for.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    known(headers).any(|known| known.trim_start_matches("W/") == tag.trim_start_matches("W/"))
}

/// Whether the client wants nothing of what there is, whatever it is.
pub fn is_any_known(headers: &HeaderMap) -> bool {
    known(headers).any(|known| known == "*")
}

fn known(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(IF_NONE_MATCH).iter();
    let lines = lines.filter_map(|value| value.to_str().ok());
    lines.flat_map(|value| value.split(',')).map(str::trim)
}
