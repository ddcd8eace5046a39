//! The data set as files: `/export/{format}`, and `/export/{format}/losses`, which tells what the format has no
//! place for.
//!
//! A file is sent as it is written and never stands whole in memory. One that cannot be finished breaks the
//! connection off, so that nobody takes a part of it for the whole.

mod sent;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::Body,
    extract::{Path, State},
    http::{
        HeaderMap, HeaderName, Method, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, LINK, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use serde_json::{Map, json};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use self::sent::{Broken, Sent};
use super::{
    file,
    graphql::{self, Refusal, in_time},
    page,
};
use crate::{
    App,
    config::Config,
    error::Error,
    export::{self, Format},
    loss::Losses,
    progress::Silent,
};

/// Seconds after which it is worth to come again. A large data set takes about so long.
const COME_AGAIN: &str = "30";

/// Where somebody looks for a format under the name that its column has in a table of formats.
const ALIASES: [(&str, &str); 1] = [("timeline", "timeline-csv")];

/// The exports under way, and what is known of those that came to their end.
pub struct Exports {
    free: Arc<Semaphore>,
    stop: CancellationToken,
    /// What was lost in each format, with the tag of the file.
    losses: Mutex<HashMap<&'static str, (String, Losses)>>,
}

impl Exports {
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let most = usize::try_from(config.exports.get()).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            free: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))),
            stop: CancellationToken::new(),
            losses: Mutex::default(),
        }
    }

    /// Breaks off what is under way; nothing new begins.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    fn begin(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.free).try_acquire_owned().map_err(|_| {
            let message = "as many exports are under way as the service allows at once; try again";
            (StatusCode::SERVICE_UNAVAILABLE, Error::limit(message))
        })
    }

    fn keep(&self, format: Format, tag: String, losses: Losses) {
        let mut kept = self.losses.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(format.name(), (tag, losses));
    }

    fn kept(&self, format: Format, tag: &str) -> Option<Losses> {
        let kept = self.losses.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, losses) = kept.get(format.name())?;
        (of == tag).then(|| losses.clone())
    }
}

/// Which file an export gives: another revision of the data set, or another program, gives another.
struct Edition {
    format: Format,
    revision: i64,
    tag: String,
}

impl Edition {
    async fn of(app: &App, name: &str) -> Result<Self, Refusal> {
        let format = named(name).ok_or_else(|| {
            let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
            let message = format!(
                "there is no format `{name}`; the formats are {}",
                names.join(", ")
            );
            (StatusCode::NOT_FOUND, Error::not_found(message))
        })?;
        let query = "{ dataset { revision changedAt } }";
        let answer = graphql::ask(app, query, Map::new()).await;
        let answer = answer.unwrap_or_default();
        let dataset = &answer["dataset"];
        let Some(revision) = dataset["revision"].as_i64() else {
            return Err(failed(anyhow::anyhow!("the data set has no revision")));
        };
        let program = env!("CARGO_PKG_VERSION");
        let tag = file::tag(&format!(
            "{format:?} {revision} {} {program} {}",
            dataset["changedAt"], app.base_url
        ));
        Ok(Self {
            format,
            revision,
            tag,
        })
    }
}

fn named(name: &str) -> Option<Format> {
    let alias = ALIASES.into_iter().find(|(alias, _)| *alias == name);
    let name = alias.map_or(name, |(_, name)| name);
    let mut formats = Format::ALL.iter().copied();
    formats.find(|format| format.name() == name)
}

fn failed(cause: anyhow::Error) -> Refusal {
    (StatusCode::INTERNAL_SERVER_ERROR, Error::internal(cause))
}

pub async fn whole(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let answer = send(&app, &name, &method, &headers).await;
    answer.unwrap_or_else(|refusal| refused(&headers, refusal))
}

async fn send(
    app: &Arc<App>,
    name: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let edition = Edition::of(app, name).await?;
    let Edition {
        format,
        revision,
        ref tag,
    } = edition;
    let head: [(HeaderName, String); 5] = [
        (ETAG, tag.clone()),
        (CACHE_CONTROL, "no-cache".to_owned()),
        (CONTENT_TYPE, format.media_type().to_owned()),
        (
            CONTENT_DISPOSITION,
            format!(
                "attachment; filename=\"schismograph-{revision}-{}.{}\"",
                format.name(),
                format.extension()
            ),
        ),
        (LINK, format!("<{name}/losses>; rel=\"describedby\"")),
    ];
    if file::is_known(headers, tag) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    if method == Method::HEAD {
        return Ok((head, Body::empty()).into_response());
    }
    let permit = app.exports.begin()?;
    let mut sent = Sent::begin(app, edition, permit);
    // A file that fails before it begins has a status that says so.
    let first = in_time(app, StatusCode::GATEWAY_TIMEOUT, sent.next()).await?;
    match first {
        Some(Err(Broken::Failed(error))) => Err((StatusCode::INTERNAL_SERVER_ERROR, error)),
        first => {
            let whole = futures_util::stream::iter(first).chain(sent);
            Ok((head, Body::from_stream(whole.map(sent::logged))).into_response())
        }
    }
}

pub async fn losses(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let answer = tell(&app, &name, &method, &headers).await;
    answer.unwrap_or_else(|refusal| refused(&headers, refusal))
}

/// Only writing the file tells what it has no place for; it is not written again while the data stay the same.
async fn tell(
    app: &App,
    name: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let edition = Edition::of(app, name).await?;
    let format = edition.format;
    let tag = file::tag(&format!("losses of {}", edition.tag));
    let head = [
        (ETAG, tag.as_str()),
        (CACHE_CONTROL, "no-cache"),
        (CONTENT_TYPE, "application/json; charset=utf-8"),
    ];
    if file::is_known(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    if method == Method::HEAD {
        return Ok((head, Body::empty()).into_response());
    }
    let losses = match app.exports.kept(format, &edition.tag) {
        Some(losses) => losses,
        None => count(app, edition.format, edition.tag).await?,
    };
    let report = json!({
        "format": format.name(),
        "revision": edition.revision,
        "losses": losses,
    });
    Ok((head, format!("{report:#}\n")).into_response())
}

async fn count(app: &App, format: Format, tag: String) -> Result<Losses, Refusal> {
    let _permit = app.exports.begin()?;
    let mut nowhere = tokio::io::sink();
    let written = export::export(&app.database, format, &app.base_url, &mut nowhere, &Silent);
    let losses = tokio::select! {
        losses = written => losses.map_err(failed)?,
        () = app.exports.stop.cancelled() => {
            let error = Error::limit("the service is stopping; ask again when it runs again");
            return Err((StatusCode::SERVICE_UNAVAILABLE, error));
        }
    };
    app.exports.keep(format, tag, losses.clone());
    Ok(losses)
}

fn refused(headers: &HeaderMap, (status, error): Refusal) -> Response {
    let mut response = page::refused(headers, status, error);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let seconds = axum::http::HeaderValue::from_static(COME_AGAIN);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}
