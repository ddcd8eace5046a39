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
use serde_json::{Value, json};

use super::{
    accept, file,
    graphql::{self, in_time},
    page,
};
use crate::{
    App,
    error::Error,
    export,
    html::{self, Part},
    linked::Syntax,
    locate::{self, Located},
    write::Kind,
};

/// Why there is no document: the status, and the error as GraphQL shows it.
type Refused = (StatusCode, Value);

/// A form that a record is shown in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// What stands behind the slug, without the point.
    suffix: &'static str,
    media_type: &'static str,
    pub content_type: &'static str,
    /// `None`: a page to read.
    pub syntax: Option<Syntax>,
}

/// Our favourite first. JSON-LD is also for those who know JSON alone.
#[rustfmt::skip]
const FORMS: [Form; 5] = [
    Form { suffix: "html", media_type: "text/html", content_type: "text/html; charset=utf-8", syntax: None },
    Form { suffix: "ttl", media_type: "text/turtle", content_type: "text/turtle; charset=utf-8", syntax: Some(Syntax::Turtle) },
    Form { suffix: "nt", media_type: "application/n-triples", content_type: "application/n-triples", syntax: Some(Syntax::NTriples) },
    Form { suffix: "jsonld", media_type: "application/ld+json", content_type: "application/ld+json", syntax: Some(Syntax::JsonLd) },
    Form { suffix: "jsonld", media_type: "application/json", content_type: "application/json", syntax: Some(Syntax::JsonLd) },
];

impl Form {
    /// The one that a client likes best; if all are the same to it, the page.
    pub fn preferred(headers: &HeaderMap) -> Result<Self, Refused> {
        Self::best(headers, FORMS.map(|form| form.media_type))
    }

    /// The one that a client likes best; if all are the same to it, Turtle.
    pub fn preferred_as_data(headers: &HeaderMap) -> Result<Self, Refused> {
        let mut offers = FORMS.map(|form| form.media_type);
        offers.rotate_left(1);
        Self::best(headers, offers)
    }

    fn best(headers: &HeaderMap, offers: [&'static str; 5]) -> Result<Self, Refused> {
        let best = accept::preferred(headers, &offers);
        let form = FORMS.into_iter().find(|form| Some(form.media_type) == best);
        form.ok_or_else(|| {
            let message = format!("this is there as {}; accept one of them", offers.join(", "));
            refusal(StatusCode::NOT_ACCEPTABLE, Error::bad_request(message))
        })
    }

    fn of_suffix(suffix: &str) -> Option<Self> {
        FORMS.into_iter().find(|form| form.suffix == suffix)
    }
}

pub(super) fn refusal(status: StatusCode, error: Error) -> Refused {
    (status, json!(error.report()))
}

fn failed(cause: impl Into<anyhow::Error>) -> Refused {
    refusal(StatusCode::INTERNAL_SERVER_ERROR, Error::internal(cause))
}

/// The document of a record of that kind.
pub async fn document(
    kind: Kind,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    parameters: Result<Query<Vec<(String, String)>>, QueryRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let answer = if let Ok(Query(parameters)) = parameters {
        answer(&app, kind, &name, &parameters, &uri, &headers).await
    } else {
        let error = Error::bad_request("the parameters in the address cannot be read");
        Err(refusal(StatusCode::BAD_REQUEST, error))
    };
    answer.unwrap_or_else(|(status, error)| varied(page::told(&headers, status, &error)))
}

async fn answer(
    app: &App,
    kind: Kind,
    name: &str,
    parameters: &[(String, String)],
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Refused> {
    let (slug, suffix) = match name.split_once('.') {
        Some((slug, suffix)) => (slug, Some(suffix)),
        None => (name, None),
    };
    let form = match suffix {
        Some(suffix) => Form::of_suffix(suffix).ok_or_else(|| {
            let message = format!(
                "there is nothing with the ending .{suffix}; there is .html, .ttl, .nt and .jsonld"
            );
            refusal(StatusCode::NOT_FOUND, Error::not_found(message))
        })?,
        None => Form::preferred(headers)?,
    };
    let located = read(app, locate::by_slug(&app.database, kind, slug)).await?;
    let located = located.ok_or_else(|| {
        let message = format!("there is no {kind} `{slug}`");
        refusal(StatusCode::NOT_FOUND, Error::not_found(message))
    })?;
    if located.slug != slug {
        let ending = suffix.map(|suffix| format!(".{suffix}"));
        let to = format!("{}{}", located.slug, ending.unwrap_or_default());
        return Ok(moved(StatusCode::PERMANENT_REDIRECT, &to, "", uri));
    }
    let part = part(kind, parameters)?;
    let text = match form.syntax {
        None => readable(app, &located, &part).await?,
        Some(syntax) => data(app, &located, syntax).await?,
    };
    let mut response = file::file(headers, form.content_type, &text);
    let links = links(app, &located, form);
    let set = response.headers_mut();
    put(set, LINK, &links);
    if form.syntax.is_none() {
        put(set, CONTENT_SECURITY_POLICY, &html::POLICY);
    }
    if suffix.is_none() {
        put(set, CONTENT_LOCATION, &format!("{slug}.{}", form.suffix));
        response = varied(response);
    }
    Ok(response)
}

/// What is read from the database, in time.
pub(super) async fn read<T>(
    app: &App,
    found: impl Future<Output = anyhow::Result<T>>,
) -> Result<T, Refused> {
    let found = in_time(app, StatusCode::GATEWAY_TIMEOUT, found).await;
    let found = found.map_err(|(status, error)| refusal(status, error))?;
    found.map_err(failed)
}

/// Which part of the record the parameters of the address ask for.
fn part(kind: Kind, parameters: &[(String, String)]) -> Result<Part<'_>, Refused> {
    let parameter = |wanted: &str| {
        let found = parameters.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    match (parameter("list"), parameter("after")) {
        (Some(name), after) if html::lists(kind).any(|list| list == name) => {
            Ok(Part::List { name, after })
        }
        (None, None) => Ok(Part::Whole),
        _ => {
            let lists: Vec<_> = html::lists(kind).collect();
            let message = format!("expected one of {}", lists.join(", "));
            let error = Error::bad_argument("list", message);
            Err(refusal(StatusCode::BAD_REQUEST, error))
        }
    }
}

async fn readable(app: &App, located: &Located, part: &Part<'_>) -> Result<String, Refused> {
    let Located {
        kind, public_id, ..
    } = located;
    let variables = html::variables(*kind, public_id, part);
    let answer = graphql::ask(app, &html::query(*kind), variables).await?;
    html::record(*kind, &answer, part, &app.base_url).ok_or_else(|| gone(located))
}

async fn data(app: &App, located: &Located, syntax: Syntax) -> Result<String, Refused> {
    let written = export::document(&app.database, located, syntax, &app.base_url);
    let written = read(app, written).await?;
    let written = written.ok_or_else(|| gone(located))?;
    String::from_utf8(written).map_err(failed)
}

/// It was there when it was looked up, and is not any more.
fn gone(Located { kind, slug, .. }: &Located) -> Refused {
    let message = format!("there is no {kind} `{slug}` any more");
    refusal(StatusCode::NOT_FOUND, Error::not_found(message))
}

/// The other forms, the address to keep, what the document is about, and what describes the data set it belongs to.
fn links(app: &App, located: &Located, form: Form) -> String {
    let (base, slug) = (&app.base_url, &located.slug);
    let document = format!("{base}/{}", located.path());
    let id = format!("{base}/id/{}", located.public_id);
    let mut links = vec![
        format!("<{document}>; rel=\"canonical\""),
        format!("<{id}>; rel=\"describes\""),
        format!("<{base}/.well-known/void>; rel=\"describedby\""),
    ];
    for other in FORMS
        .iter()
        .filter(|other| other.media_type != "application/json")
    {
        if other.suffix != form.suffix {
            let Form {
                suffix, media_type, ..
            } = other;
            links.push(format!(
                "<{slug}.{suffix}>; rel=\"alternate\"; type=\"{media_type}\""
            ));
        }
    }
    links.join(", ")
}

/// `/id/{public id}`: on to the document, with the suffix that was asked for.
pub async fn by_id(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let (id, ending) = match name.find('.') {
        Some(point) => name.split_at(point),
        None => (name.as_str(), ""),
    };
    let found = read(&app, locate::by_id(&app.database, id)).await;
    varied(match found {
        Ok(Some((located, part))) => {
            let part = part.map(|part| format!("#{part}")).unwrap_or_default();
            let to = format!("../{}{ending}", located.path());
            let mut response = moved(StatusCode::SEE_OTHER, &to, &part, &uri);
            put(
                response.headers_mut(),
                LINK,
                &format!("<{to}>; rel=\"describedby\""),
            );
            response
        }
        Ok(None) => {
            let error = Error::not_found(format!("there is nothing with the id `{id}`"));
            page::refused(&headers, StatusCode::NOT_FOUND, error)
        }
        Err((status, error)) => page::told(&headers, status, &error),
    })
}

/// To another place, which is told relative to this one: it holds under whatever name the service is reached. The
/// fragment has its `#`, if there is one.
fn moved(status: StatusCode, to: &str, fragment: &str, uri: &Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}"));
    let to = format!("{to}{}{fragment}", query.unwrap_or_default());
    (status, [(LOCATION, to)]).into_response()
}

/// Says that `Accept` had a say in it.
pub(super) fn varied(mut response: Response) -> Response {
    let accept = HeaderValue::from_static("accept");
    response.headers_mut().insert(VARY, accept);
    response
}

/// Sets a header whose value is made of characters that headers take.
pub(super) fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
