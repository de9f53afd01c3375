//! `fangbi demo` as a program of its own, on a free port.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

pub(crate) struct Demo {
    child: Child,
    /// Somebody has to hold the other end of what it prints.
    _stdout: BufReader<ChildStdout>,
    pub(crate) url: String,
}

impl Demo {
    pub(crate) async fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fangbi"))
            .args(["demo", "--port", "0"])
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).await.unwrap();
        let url = line.split(' ').find(|word| word.starts_with("http://"));
        let url = url.unwrap_or_else(|| panic!("the demo does not say where it is: {line:?}"));
        Self { url: url.to_owned(), _stdout: stdout, child }
    }

    /// Ctrl-C, and it goes in peace.
    pub(crate) async fn end(mut self) {
        let pid = self.child.id().unwrap().to_string();
        Command::new("kill").args(["-INT", &pid]).status().await.unwrap();
        let status = self.child.wait().await.unwrap();
        assert!(status.success(), "the demo left with {status}");
    }
}
