//! Traces for a collector of OpenTelemetry, in OTLP over HTTP, as its standard environment variables say:
//! `OTEL_EXPORTER_OTLP_ENDPOINT`, without which nothing is sent, `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER` and so on,
//! <https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/>.
//!
//! Sent are the spans whose target is `telemetry` and nothing else: no log lines, no text of statements, no variables.
//! They wait in memory, which is bounded, until they are sent; what a collector does not take in time is lost.
//! TLS is left to a collector beside this service, which has to be there anyway to keep what others cannot take.

use std::{env, error, time::Duration};

use anyhow::{Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use opentelemetry::{KeyValue, trace::TracerProvider};
use opentelemetry_http::{HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tokio::runtime::Handle;
use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};

/// What the service and its spans are called where nobody has called them otherwise.
const NAME: &str = "schismograph";

/// How long a collector may take for an answer, and how many bytes that may have.
const PATIENCE: Duration = Duration::from_secs(10);
const ANSWER: usize = 1 << 20;

/// What sends the spans of this process.
pub struct Telemetry {
    provider: SdkTracerProvider,
}

impl Telemetry {
    /// None: the environment names no collector. Sending is done by this runtime.
    ///
    /// # Errors
    /// When what the environment says cannot be used.
    pub fn from_environment(runtime: &Handle) -> Result<Option<Self>> {
        let said = |name| env::var(name).ok().filter(|value| !value.is_empty());
        let off = said("OTEL_SDK_DISABLED").is_some_and(|it| it.eq_ignore_ascii_case("true"))
            || said("OTEL_TRACES_EXPORTER").is_some_and(|it| it == "none");
        let endpoint = said(opentelemetry_otlp::OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
            .or_else(|| said(opentelemetry_otlp::OTEL_EXPORTER_OTLP_ENDPOINT));
        let Some(endpoint) = endpoint.filter(|_| !off) else {
            return Ok(None);
        };
        ensure!(
            endpoint.starts_with("http://"),
            "OTEL_EXPORTER_OTLP_ENDPOINT: expected an address of a collector that begins with http://, such as \
            http://localhost:4318; TLS is for that collector to speak"
        );
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_http_client(Sender {
                runtime: runtime.clone(),
                client: Client::builder(TokioExecutor::new()).build_http(),
            })
            .build()?;
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource())
            .build();
        Ok(Some(Self { provider }))
    }

    /// Takes the spans that are to be sent.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'s> LookupSpan<'s>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.provider.tracer(NAME))
            .with_location(false)
            .with_target(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_filter(Targets::new().with_target("telemetry", LevelFilter::INFO))
    }

    /// Sends what still waits. It blocks, so it is not for asynchronous code.
    pub fn flush(self) {
        if let Err(error) = self.provider.shutdown() {
            tracing::warn!(%error, "some traces were not sent");
        }
    }
}

fn resource() -> Resource {
    let name = Resource::builder().build().get(&"service.name".into());
    let unnamed = name.is_none_or(|name| name.as_str().starts_with("unknown_service"));
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let resource = Resource::builder().with_attribute(version);
    let named = if unnamed {
        resource.with_service_name(NAME)
    } else {
        resource
    };
    named.build()
}

/// Sends from the thread that collects spans, which is none of the runtime's.
#[derive(Debug)]
struct Sender {
    runtime: Handle,
    client: Client<HttpConnector, Full<Bytes>>,
}

#[async_trait::async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let exchange = async move {
            let (head, body) = client.request(request.map(Full::new)).await?.into_parts();
            let body = Limited::new(body, ANSWER).collect().await?.to_bytes();
            Ok::<_, HttpError>(Response::from_parts(head, body))
        };
        // The timer has to be made by the runtime, too.
        let in_time = async { tokio::time::timeout(PATIENCE, exchange).await };
        let answer = match self.runtime.spawn(in_time).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(late)) => Err(late.into()),
            Err(stopped) => Err(stopped.into()),
        };
        match &answer {
            Ok(answer) if answer.status().is_success() => {}
            Ok(answer) => tracing::warn!(status = %answer.status(), "the collector refuses traces"),
            Err(error) => {
                tracing::warn!(error = causes(&**error), "the collector cannot be reached");
            }
        }
        answer
    }
}

fn causes(error: &(dyn error::Error + 'static)) -> String {
    let chain = std::iter::successors(Some(error), |error| error.source());
    chain
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
