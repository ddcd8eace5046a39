//! The Model Context Protocol over streamable HTTP: one handler for POST, each answer plain JSON.
//!
//! No request depends on one before it, so there are no sessions to keep, and any process can answer. The SDK reads
//! messages, agrees on a revision of the protocol and judges the headers that go with it; here stands who is answered.
//!
//! | outcome | status |
//! |---|---|
//! | a message that is answered, with a result, an error of JSON-RPC or an error of a tool | 200 |
//! | a notification | 202 |
//! | not a message, or one of a revision that is not spoken | 400 |
//! | a method that there is not, in the revision of July 2026 | 404 |
//! | an `Origin` that is neither this service nor this machine | 403 |
//! | another method than POST: there is no stream to open, and no session to end | 405 |
//! | the client does not take both JSON and streams of events | 406 |
//! | the body does not arrive in time; is too large; is not JSON | 408; 413; 415 |
//! | the client has spent what it may in a minute; too many requests are being answered | 429; 503 |
//! | the answer takes too long | 504 |
//!
//! What a tool's question costs is taken from what its client may spend; where too little is left, the tool says when
//! to try again.

use std::{
    future::Future,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json,
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Request as HttpRequest, State},
    http::{
        HeaderValue, Method, StatusCode, Uri,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response as HttpResponse},
};
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, JsonRpcError, ListResourceTemplatesResult,
        ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams,
        ReadResourceResponse, ReadResourceResult, ServerConfig,
    },
    service::RequestContext,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
    },
};
use serde_json::Value;
use tracing::{Instrument, Span};

use super::{
    accept::is_json,
    admit::Budget,
    graphql::{self, Refusal, check_content_type, in_time, unread},
};
use crate::{
    App,
    error::Error,
    graph::{Graph, Outcome, Request},
    mcp::{Ask, Offer},
};

/// The most bytes of an answer that are looked at, to be made short.
const READABLE: usize = 4 << 20;

pub async fn answer(State(app): State<Arc<App>>, request: HttpRequest) -> HttpResponse {
    let client = app
        .admission
        .client(request.headers(), request.extensions());
    let caller = Caller {
        app,
        client,
        budget: Arc::default(),
        span: Span::current(),
    };
    let answer = pass(&caller, request).await;
    let mut response = answer.unwrap_or_else(|(status, error)| refused(status, error));
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    caller.spend(std::mem::take).write(headers);
    response
}

async fn pass(caller: &Caller, request: HttpRequest) -> Result<HttpResponse, Refusal> {
    let app = &caller.app;
    if request.method() != Method::POST {
        let error = Error::bad_request(
            "this address is for programs that speak the Model Context Protocol; they use POST",
        );
        return Err((StatusCode::METHOD_NOT_ALLOWED, error));
    }
    check_content_type(request.headers())?;
    let (parts, body) = request.into_parts();
    let whole = HttpRequest::from_parts(parts.clone(), body);
    let body = Bytes::from_request(whole, &());
    let body = in_time(app, StatusCode::REQUEST_TIMEOUT, body).await?;
    let body = body.map_err(|rejection| unread(app, &rejection))?;
    let _place = caller.spend(|budget| app.admission.enter(budget))?;
    caller.spend(|budget| app.admission.charge(caller.client, 1, budget))?;
    let message = HttpRequest::from_parts(parts, Body::from(body));
    let service = service(caller.clone());
    let response = in_time(app, StatusCode::GATEWAY_TIMEOUT, service.handle(message)).await?;
    let (parts, body) = response.map(Body::new).into_parts();
    let in_json = parts.headers.get(CONTENT_TYPE).is_some_and(is_json);
    if parts.status.is_success() || in_json {
        return Ok(HttpResponse::from_parts(parts, body));
    }
    let text = to_bytes(body, READABLE).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    Err(match parts.status {
        // The type of the content has been looked at: it is not what is said to be.
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            let message = format!("expected one message of JSON-RPC 2.0, a JSON object: {text}");
            (StatusCode::BAD_REQUEST, Error::parse(message))
        }
        status if status.is_server_error() => (status, Error::internal(anyhow::anyhow!(text))),
        status => (status, Error::bad_request(text)),
    })
}

/// Those who may be answered in a browser: pages of this service, of this machine, and of the origins that are listed.
/// The transport's specification has every other refused, for services that hold more than what everyone may read.
fn origins(app: &App) -> Vec<String> {
    let mut origins: Vec<String> = ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .flat_map(|host| ["http", "https"].map(|scheme| format!("{scheme}://{host}:*")))
        .collect();
    let listed = app.config.cors_origins.0.iter();
    let known = listed.chain([&app.base_url]).filter_map(|address| {
        let url: Uri = address.parse().ok()?;
        let (scheme, host) = (url.scheme_str()?, url.host()?);
        let usual = if scheme == "https" { 443 } else { 80 };
        Some(format!(
            "{scheme}://{host}:{}",
            url.port_u16().unwrap_or(usual)
        ))
    });
    origins.extend(known);
    origins
}

fn service(caller: Caller) -> StreamableHttpService<Caller, NeverSessionManager> {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(caller.app.config.body_limit.0)
        // A page that rebinds a name is told by its origin; proxies may call this service what they like.
        .disable_allowed_hosts()
        .with_allowed_origins(origins(&caller.app));
    StreamableHttpService::new(move || Ok(caller.clone()), Arc::default(), config)
}

/// What never became an answer of the protocol, as an error of JSON-RPC that belongs to no request.
fn refused(status: StatusCode, error: Error) -> HttpResponse {
    let unread = matches!(error, Error::Parse { .. });
    let message = error.report().message;
    let error = if unread {
        ErrorData::parse_error(message, None)
    } else if status.is_server_error() {
        ErrorData::internal_error(message, None)
    } else {
        ErrorData::invalid_request(message, None)
    };
    let mut response = (status, Json(JsonRpcError::new(None, error))).into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let headers = response.headers_mut();
        headers.insert(ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

/// One request, and whose it is.
#[derive(Clone)]
struct Caller {
    app: Arc<App>,
    client: IpAddr,
    budget: Arc<Mutex<Budget>>,
    /// The SDK works in a task of its own; what is logged there belongs to the request too.
    span: Span,
}

impl Caller {
    fn spend<T>(&self, act: impl FnOnce(&mut Budget) -> T) -> T {
        act(&mut self.budget.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is offered.
    ///
    /// # Errors
    /// When nothing is, which the router has seen to.
    fn offer(&self) -> Result<&Offer, ErrorData> {
        let offer = self.app.mcp.as_ref();
        offer.ok_or_else(|| ErrorData::internal_error("nothing is offered here", None))
    }

    /// Works for the request until its client has gone, or its time is over.
    async fn work<T>(
        &self,
        context: &RequestContext<RoleServer>,
        work: impl Future<Output = Result<T, ErrorData>>,
    ) -> Result<T, ErrorData> {
        let work = work.instrument(self.span.clone());
        tokio::select! {
            done = work => done,
            () = context.ct.cancelled() => Err(ErrorData::internal_error("the request was given up", None)),
        }
    }
}

impl Ask for Caller {
    async fn ask(&self, request: Request) -> Result<Value, Error> {
        let mut budget = Budget::default();
        let response =
            graphql::charged(&self.app, request, self.client, &mut budget, Graph::prepare).await;
        // The last word on what is left is the latest.
        self.spend(|told| *told = budget);
        let response = response.map_err(|(_, error)| error)?;
        if response.outcome == Outcome::KindRefused {
            return Err(Error::bad_request(
                "only queries are answered here, nothing is changed",
            ));
        }
        let size = response.body.len();
        if size > READABLE {
            let message = format!(
                "the answer has {size} bytes, and at most {READABLE} are looked at; ask for less at once"
            );
            return Err(Error::limit(message));
        }
        serde_json::from_slice(&response.body).map_err(Error::internal)
    }
}

impl ServerHandler for Caller {
    fn get_info(&self) -> ServerConfig {
        self.offer().map(Offer::server).unwrap_or_default()
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = self.offer()?.tools().cloned().collect();
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let call = self.offer()?.call(&request.name, arguments, self);
        Ok(self.work(&context, call).await?.into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let resources = self.offer()?.resources(&self.app.graph);
        Ok(ListResourcesResult::with_all_items(resources))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let templates = self.offer()?.templates();
        Ok(ListResourceTemplatesResult::with_all_items(templates))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = self.offer()?.read(&request.uri, &self.app.graph, self);
        let contents = self.work(&context, read).await?;
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}
