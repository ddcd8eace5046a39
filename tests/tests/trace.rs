//! Whose trace a request belongs to, as the log of the program tells it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    io::{Read, Write},
};

use serde_json::Value;
use tests::program::Service;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// What a service with this format of log lines writes when it is asked once with a place in a trace, once with one
/// that is none, and once without.
fn log(format: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let settings = format!("log_level = 'debug'\nlog_format = '{format}'\n");
    fs::write(folder.path().join("schismograph.toml"), settings).unwrap();
    let mut service = Service::start(folder.path());
    for (id, place) in [
        (
            "with",
            format!("traceparent: 00-{TRACE}-00f067aa0ba902b7-01\r\n"),
        ),
        ("broken", format!("traceparent: 00-{TRACE}-0-01\r\n")),
        ("without", String::new()),
    ] {
        let request = format!(
            "GET /healthz HTTP/1.1\r\nhost: x\r\nx-request-id: {id}\r\nauthorization: Bearer hunter2\r\n{place}connection: close\r\n\r\n"
        );
        let mut connection = service.connect();
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        assert!(answer.contains(&format!("x-request-id: {id}")), "{answer}");
    }
    service.stop();
    let mut log = String::new();
    let mut errors = service.child.stderr.take().unwrap();
    errors.read_to_string(&mut log).unwrap();
    assert!(!log.contains("hunter2"), "{log}");
    let answered = log.lines().filter(|line| line.contains("answered"));
    answered.map(str::to_owned).collect()
}

#[test]
fn json_lines_name_the_trace_and_the_span_of_the_caller() {
    let lines: Vec<Value> = log("json")
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let members = ["id", "trace_id", "parent_id"];
    let told = |line: &Value| members.map(|name| line["span"][name].clone());
    let null = Value::Null;
    assert_eq!(
        lines.iter().map(told).collect::<Vec<_>>(),
        [
            ["with".into(), TRACE.into(), "00f067aa0ba902b7".into()],
            ["broken".into(), null.clone(), null.clone()],
            ["without".into(), null.clone(), null],
        ]
    );
}

#[test]
fn lines_of_text_name_them_too() {
    let lines = log("text");
    assert!(
        lines[0].contains(&format!(
            "trace_id=\"{TRACE}\" parent_id=\"00f067aa0ba902b7\""
        )),
        "{lines:?}"
    );
    assert!(
        lines.len() == 3 && !lines[1..].concat().contains("trace_id"),
        "{lines:?}"
    );
}
