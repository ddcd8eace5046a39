//! How the program starts and stops, seen from a shell: what it prints and with which status it ends.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
};

use tests::program::{Service, call, run};

#[test]
fn what_cannot_start_says_why_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| fs::write(folder.path().join(name), content).unwrap();
    file("damaged.db", &[7; 5000]);
    file("unknown.toml", b"lisen = \"127.0.0.1:1\"");
    file("broken.toml", b"database_url = \"postgres://u:hunter2@h/x");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let unreachable = format!("postgres://reader:hunter2@{free}/history");

    for (arguments, status, message) in [
        (
            vec!["--listen", &*taken],
            1,
            "cannot listen: the port is taken; choose another with --listen",
        ),
        (
            vec!["--listen", "8000"],
            2,
            "listen: expected an address and port such as 127.0.0.1:8000 or [::1]:8000, not \"8000\" (from the command line)",
        ),
        (
            vec!["--database-url", "sqlite:none/x.db", "migrate"],
            1,
            "sqlite:none/x.db: there is no folder none; create it first",
        ),
        (
            vec!["--database-url", "sqlite:.", "migrate"],
            1,
            "sqlite:.: this is a folder; name a file in it",
        ),
        (
            vec!["--database-url", "sqlite:damaged.db", "migrate"],
            1,
            "sqlite:damaged.db: the file is not a SQLite database, or it is damaged",
        ),
        (
            vec!["--database-url", "mysql://u:hunter2@h/x", "migrate"],
            2,
            "database_url: expected sqlite:FILE or postgres://",
        ),
        (
            vec![
                "--database-url",
                "postgres://u@h/x?pasword=hunter2",
                "migrate",
            ],
            2,
            "database_url: expected sqlite:FILE or postgres://",
        ),
        (
            vec!["--database-url", &*unreachable, "migrate"],
            1,
            "the server cannot be reached",
        ),
        (
            vec!["--config", "none.toml", "migrate"],
            2,
            "--config: there is no file none.toml",
        ),
        (
            vec!["--config", "unknown.toml", "migrate"],
            2,
            "unknown.toml: there is no setting \"lisen\"; the settings are listen, ",
        ),
        (
            vec!["--config", "broken.toml", "migrate"],
            2,
            "broken.toml: TOML parse error at line 1, column",
        ),
        (
            vec!["--body-limit", "1", "migrate"],
            2,
            "body_limit: expected a size with its unit, such as 64 KiB, 1 MiB or 100000 B, not \"1\"",
        ),
        (
            vec!["--request-timeout", "0 s", "migrate"],
            2,
            "request_timeout: expected a time of at least 1 ms",
        ),
    ] {
        let (found, text) = run(folder.path(), &arguments);
        assert_eq!(found, status, "{arguments:?}: {text}");
        assert!(
            text.starts_with("error: ") && text.contains(message),
            "{arguments:?}: {text}"
        );
        assert_eq!(text.lines().count(), 1, "{arguments:?}: {text}");
        assert!(!text.contains("hunter2"), "{arguments:?}: {text}");
    }
    assert!(!folder.path().join("schismograph.db").exists());
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [["--nope"], ["nope"]] {
        assert_eq!(run(folder.path(), &arguments).0, 2, "{arguments:?}");
    }
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schismograph.toml"), "listen = 'file'").unwrap();
    let source = |flag: &[&str], variable: Option<&str>| {
        let mut command = call(folder.path(), flag);
        command.arg("migrate");
        command.envs(variable.map(|value| ("SCHISMOGRAPH_LISTEN", value)));
        let text = String::from_utf8(command.output().unwrap().stderr).unwrap();
        text.rsplit_once("not ").unwrap().1.trim().to_owned()
    };
    assert_eq!(source(&[], None), "\"file\" (from ./schismograph.toml)");
    assert_eq!(
        source(&[], Some("environment")),
        "\"environment\" (from the environment)"
    );
    assert_eq!(
        source(&["--listen", "flag"], Some("environment")),
        "\"flag\" (from the command line)"
    );
}

#[test]
fn migrations_go_up_and_down() {
    let folder = tempfile::tempdir().unwrap();
    let (_, before) = run(folder.path(), &["migrate", "status"]);
    assert!(
        before.lines().all(|line| line.starts_with("pending  m")),
        "{before}"
    );
    for (arguments, start) in [
        (["migrate", "up"], "applied  m"),
        (["migrate", "up"], "nothing to do"),
        (["migrate", "status"], "applied  m"),
        (["migrate", "down"], "taken back  m"),
    ] {
        let (status, text) = run(folder.path(), &arguments);
        assert_eq!(status, 0, "{arguments:?}: {text}");
        assert!(text.starts_with(start), "{arguments:?}: {text}");
    }
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["migrate"]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        use sea_orm::ConnectionTrait;
        let url = format!("sqlite:{}", folder.path().join("schismograph.db").display());
        let database = sea_orm::Database::connect(url).await.unwrap();
        let newer = "INSERT INTO seaql_migrations VALUES ('m29990101_000001_newer', 0)";
        database.execute_unprepared(newer).await.unwrap();
    });
    for arguments in [
        &["migrate"][..],
        &["migrate", "down"],
        &["--listen", "127.0.0.1:0"],
    ] {
        let (status, text) = run(folder.path(), arguments);
        assert_eq!(status, 1, "{text}");
        assert!(
            text.contains(
                "written by a newer version (it has the migration m29990101_000001_newer"
            ),
            "{text}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_request_in_flight_is_answered_when_the_service_is_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = Service::start(folder.path());
    let body = r#"{"query":"{ __typename }"}"#;
    let mut connection = service.connect();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).unwrap();
    // A whole answer on another connection shows that the head above has been read.
    let mut other = service.connect();
    other
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    other.read_to_string(&mut String::new()).unwrap();

    service.stop();
    // It takes no new connections once it has heard; the body is sent only then.
    while TcpStream::connect(&service.address).is_ok() {
        std::thread::yield_now();
    }
    connection.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(
        answer.contains(r#"{"data":{"__typename":"Query"}"#),
        "{answer}"
    );

    assert_eq!(service.child.wait().unwrap().code(), Some(0));
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "the log of the database is folded into its file");
    let mut log = String::new();
    service
        .child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    let unexpected = log.lines().filter(|line| !line.contains(" INFO "));
    assert_eq!(unexpected.collect::<Vec<_>>(), Vec::<&str>::new());
}
