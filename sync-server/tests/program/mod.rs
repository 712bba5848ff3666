//! The program in a folder of its own: started, stopped, asked.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use tungnha_protocol::Pass;

/// A relay that runs; it is killed when this is dropped.
pub struct Running {
    pub child: Child,
    pub address: SocketAddr,
}

/// The program with the folder's database.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let database = format!("sqlite://{}", folder.join("relay.db").display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_tungnha-relay"));
    command.args(arguments).args(["--database", &database]).env("RUST_LOG", "debug");
    // These stories ask as fast as they can, all from one address; how often one may ask is told in serving.rs.
    command.env("TUNGNHA_RELAY_REQUESTS_A_MINUTE_PER_ADDRESS", "0");
    command.env("TUNGNHA_RELAY_REQUESTS_A_MINUTE_PER_DEVICE", "0");
    command
}

impl Running {
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    pub fn start_with(folder: &Path, more: &[&str]) -> Self {
        Self::start_at(folder, "127.0.0.1:0", more)
    }

    pub fn start_at(folder: &Path, listen: &str, more: &[&str]) -> Self {
        let log = std::fs::File::options().create(true).append(true).open(folder.join("log")).unwrap();
        let arguments = [&["serve", "--listen", listen], more].concat();
        let mut child = program(folder, &arguments).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (_, address) = line.trim().split_once("://").expect(&line);
        Self { address: address.parse().unwrap(), child }
    }

    /// Stops it as its operator would.
    pub fn stop(&mut self) {
        let stopped = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(stopped.success() && self.child.wait().unwrap().success(), "SIGTERM ends it in good order");
    }

    /// Cuts its power.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command prints; that it succeeds is part of the story.
#[track_caller]
pub fn ok(folder: &Path, arguments: &[&str]) -> String {
    let output = program(folder, arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

pub fn make_pass(folder: &Path) -> Pass {
    Pass::parse(&ok(folder, &["pass", "--url", "http://localhost:7443", "--uses", "2"])).unwrap()
}
