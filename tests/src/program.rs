//! The real program, as a user runs it.
#![expect(
    clippy::unwrap_used,
    reason = "part of the tests, which fail by panicking"
)]

use std::{
    io::{BufRead, BufReader},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::LazyLock,
};

/// The program, built as a user builds it: cargo does not build it for the tests of another package.
/// With the whole workspace, so that what the tests are built from serves here too.
pub static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--workspace", "--bin", "schismograph"]);
    build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    // What describes the package under test would have build scripts run again.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_PKG_") {
            build.env_remove(name);
        }
    }
    assert!(build.status().unwrap().success());
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap();
    folder
        .join("schismograph")
        .with_extension(std::env::consts::EXE_EXTENSION)
});

/// A call in an empty folder of its own and without settings from outside.
pub fn call(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.args(arguments).current_dir(folder);
    for (name, _) in std::env::vars() {
        if name == "DATABASE_URL" || name.starts_with("SCHISMOGRAPH_") {
            command.env_remove(name);
        }
    }
    command
}

/// Its exit status, and what it wrote: errors first.
pub fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = call(folder, arguments).output().unwrap();
    let text = String::from_utf8(stderr).unwrap() + &String::from_utf8(stdout).unwrap();
    (status.code().unwrap(), text)
}

/// A running service; it is ended even when the test fails.
pub struct Service {
    pub child: Child,
    /// Host and port.
    pub address: String,
}

impl Service {
    /// Serves a database in the folder, at any free port.
    pub fn start(folder: &Path) -> Self {
        let mut command = call(folder, &["--listen", "127.0.0.1:0"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        lines.read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("serving http://").unwrap();
        Self {
            address: address.to_owned(),
            child,
        }
    }

    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).unwrap()
    }

    /// Tells it to stop, and does not wait.
    pub fn stop(&self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
