//! What a collector of OpenTelemetry gets of the program: a span for each request, as a part of its caller's trace, and
//! one for each statement under it; and nothing where no collector is named.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// A message of Protocol Buffers: its fields by their numbers, in their order. Enough for what is asked here.
struct Message<'b>(Vec<(u64, Field<'b>)>);

#[derive(Clone, Copy)]
enum Field<'b> {
    Number(u64),
    Bytes(&'b [u8]),
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let (byte, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

impl<'b> Message<'b> {
    fn read(mut bytes: &'b [u8]) -> Self {
        let mut fields = Vec::new();
        while !bytes.is_empty() {
            let key = varint(&mut bytes);
            let length = match key & 7 {
                0 => {
                    fields.push((key >> 3, Field::Number(varint(&mut bytes))));
                    continue;
                }
                1 => 8,
                2 => usize::try_from(varint(&mut bytes)).unwrap(),
                5 => 4,
                other => panic!("{other} is no type of field"),
            };
            let (value, rest) = bytes.split_at(length);
            bytes = rest;
            fields.push((key >> 3, Field::Bytes(value)));
        }
        Self(fields)
    }

    fn all(&self, number: u64) -> impl Iterator<Item = Field<'b>> {
        let fields = self.0.iter().filter(move |(found, _)| *found == number);
        fields.map(|(_, field)| *field)
    }

    fn messages(&self, number: u64) -> impl Iterator<Item = Message<'b>> {
        self.all(number).map(|field| match field {
            Field::Bytes(bytes) => Message::read(bytes),
            Field::Number(_) => panic!("no message"),
        })
    }

    /// A text as it is, a number in digits; empty: it has none.
    fn text(&self, number: u64) -> String {
        match self.all(number).next() {
            Some(Field::Bytes(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
            Some(Field::Number(number)) => number.to_string(),
            None => String::new(),
        }
    }

    fn hexadecimal(&self, number: u64) -> String {
        let Some(Field::Bytes(bytes)) = self.all(number).next() else {
            return String::new();
        };
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        digits.collect::<Vec<_>>().concat()
    }

    /// Attributes, each a key and a value that is a text or a number.
    fn attributes(&self, number: u64) -> BTreeMap<String, String> {
        let attributes = self.messages(number).map(|attribute| {
            let value = attribute.messages(2).next().unwrap();
            (attribute.text(1), value.text(1) + &value.text(3))
        });
        attributes.collect()
    }
}

#[derive(Debug)]
struct Span {
    service: String,
    trace_id: String,
    id: String,
    state: String,
    parent: String,
    name: String,
    attributes: BTreeMap<String, String>,
}

/// The spans of an `ExportTraceServiceRequest`.
fn spans(body: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    for of_service in Message::read(body).messages(1) {
        let resource = of_service.messages(1).next().unwrap();
        let service = resource.attributes(1)["service.name"].clone();
        for scope in of_service.messages(2) {
            spans.extend(scope.messages(2).map(|span| Span {
                service: service.clone(),
                trace_id: span.hexadecimal(1),
                id: span.hexadecimal(2),
                state: span.text(3),
                parent: span.hexadecimal(4),
                name: span.text(5),
                attributes: span.attributes(9),
            }));
        }
    }
    spans
}

/// The head and the body of one message of HTTP.
fn message(stream: &TcpStream) -> Option<(String, Vec<u8>)> {
    let (mut reader, mut head, mut length) = (BufReader::new(stream), String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let start = head.len();
        if reader.read_line(&mut head).unwrap() == 0 {
            return None;
        }
        if let Some(text) = head[start..].to_lowercase().strip_prefix("content-length:") {
            length = text.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Some((head, body))
}

/// The program, serving in a folder of its own, with what the environment says of telemetry.
struct Service {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Service {
    fn start(environment: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_schismograph"));
        for (name, _) in std::env::vars() {
            if name == "DATABASE_URL"
                || name.starts_with("SCHISMOGRAPH_")
                || name.starts_with("OTEL_")
            {
                command.env_remove(name);
            }
        }
        command
            .args([
                "--listen",
                "127.0.0.1:0",
                "--log-format",
                "json",
                "--log-level",
                "debug",
            ])
            .current_dir(folder.path())
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        lines.read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("serving http://").unwrap();
        Self {
            address: address.to_owned(),
            child,
            _folder: folder,
        }
    }

    fn ask(&self, headers: &str) {
        let body = r#"{"query":"query Licence($secret: ID!) { dataset { licence } source(id: $secret) { title } }","variables":{"secret":"hunter2"}}"#;
        let mut connection = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{headers}connection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        connection.write_all((head + body).as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        assert!(answer.contains("licence"), "{answer}");
    }

    /// Stops it, and gives what it has logged.
    fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        let stopped = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(stopped.success());
        let mut log = String::new();
        let mut errors = self.child.stderr.take().unwrap();
        errors.read_to_string(&mut log).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "{log}");
        log
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a collector gets until the service has stopped, and what that logs.
fn sent(environment: &[(&str, &str)], headers: &str) -> (Vec<Span>, String) {
    let collector = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = collector.local_addr().unwrap();
    let receiving = thread::spawn(move || {
        let mut received = Vec::new();
        for stream in collector.incoming() {
            let mut stream = stream.unwrap();
            while let Some((head, body)) = message(&stream) {
                if head.starts_with("GET /end") {
                    return received;
                }
                assert!(head.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{head}");
                assert!(!String::from_utf8_lossy(&body).contains("hunter2"));
                received.extend(spans(&body));
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                    .unwrap();
            }
        }
        received
    });
    let endpoint = format!("http://{address}");
    let mut said = vec![("OTEL_EXPORTER_OTLP_ENDPOINT", &*endpoint)];
    said.extend(environment);
    let service = Service::start(&said);
    service.ask(headers);
    let log = service.stop();
    let mut end = TcpStream::connect(address).unwrap();
    end.write_all(b"GET /end HTTP/1.1\r\n\r\n").unwrap();
    (receiving.join().unwrap(), log)
}

/// What the log says of the trace of the one request.
fn logged(log: &str) -> serde_json::Value {
    let lines = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut answered = lines.filter(|line| line["fields"]["message"] == "answered");
    answered.next().unwrap()["span"]["trace_id"].clone()
}

#[test]
fn a_request_is_a_span_of_its_callers_trace_with_its_statements_under_it() {
    let headers = format!("traceparent: 00-{TRACE}-{CALLER}-01\r\ntracestate: other=1\r\n");
    let (spans, log) = sent(&[("OTEL_SERVICE_NAME", "history")], &headers);
    let request = spans.iter().find(|span| span.parent == CALLER).unwrap();
    assert_eq!(
        (
            &*request.name,
            &*request.service,
            &*request.trace_id,
            &*request.state
        ),
        ("POST /graphql", "history", TRACE, "other=1")
    );
    let attributes: Vec<_> = request.attributes.iter().collect();
    let expected = [
        ("graphql.operation.name", "Licence"),
        ("graphql.operation.type", "query"),
        ("http.request.method", "POST"),
        ("http.response.status_code", "200"),
        ("http.route", "/graphql"),
        ("url.path", "/graphql"),
        ("url.scheme", "http"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(
        attributes,
        expected
            .iter()
            .map(|(name, value)| (name, value))
            .collect::<Vec<_>>()
    );
    let statements: Vec<_> = spans
        .iter()
        .filter(|span| span.parent == request.id)
        .collect();
    assert!(
        !statements.is_empty() && statements.len() == spans.len() - 1,
        "{spans:?}"
    );
    for statement in statements {
        assert_eq!((&*statement.name, &*statement.trace_id), ("SELECT", TRACE));
        assert_eq!(statement.attributes["db.system.name"], "sqlite");
    }
    assert_eq!(logged(&log), TRACE);
}

#[test]
fn without_a_caller_a_trace_begins_here_and_the_log_names_it() {
    let (spans, log) = sent(&[], "traceparent: nonsense\r\n");
    let request = spans.iter().find(|span| span.parent.is_empty()).unwrap();
    assert_eq!(request.service, "schismograph");
    assert_eq!(logged(&log), request.trace_id);
}

#[test]
fn nothing_is_sent_of_what_is_not_sampled_or_where_it_is_switched_off() {
    let unsampled = format!("traceparent: 00-{TRACE}-{CALLER}-00\r\n");
    for (environment, headers) in [
        (&[][..], &*unsampled),
        (&[("OTEL_TRACES_SAMPLER", "always_off")], ""),
        (&[("OTEL_SDK_DISABLED", "true")], ""),
        (&[("OTEL_EXPORTER_OTLP_ENDPOINT", "")], ""),
    ] {
        let (spans, _) = sent(environment, headers);
        assert!(spans.is_empty(), "{environment:?} {spans:?}");
    }
}

#[test]
fn a_collector_that_is_gone_is_told_in_the_log_and_keeps_nobody_waiting() {
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let endpoint = format!("http://{gone}");
    let service = Service::start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    service.ask("");
    let log = service.stop();
    assert!(log.contains("the collector cannot be reached"), "{log}");
}

#[test]
fn a_collector_that_cannot_be_spoken_to_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_schismograph"))
        .args(["migrate", "status"])
        .current_dir(folder.path())
        .env(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "https://collector.example:4318",
        )
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("expected an address of a collector that begins with http://"),
        "{said}"
    );
}
