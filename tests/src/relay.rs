//! A relay as its operator runs it: a process, a file, an address that stays.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::programs;

/// A relay with its file. It may be stopped, killed and started again; the address stays.
pub struct Relay {
    folder: TempDir,
    address: SocketAddr,
    process: Option<Child>,
    /// The network namespace that it lives in, when it is not this one.
    namespace: Option<String>,
    /// Whether a load is measured on it.
    is_loaded: bool,
    /// Where it keeps everything, when that is not the file.
    elsewhere: Option<String>,
}

impl Relay {
    /// Starts a relay with an empty file on a free port.
    pub fn start() -> Self {
        Self::new().started()
    }

    /// The same as a load meets it: its log does not tell of each exchange, and one address may ask as often
    /// as it likes, because here it is everybody's.
    pub fn in_service() -> Self {
        let mut relay = Self::new();
        relay.is_loaded = true;
        relay.started()
    }

    /// The same on a database that is no file.
    pub fn in_service_on(database: &str) -> Self {
        let mut relay = Self::new();
        (relay.is_loaded, relay.elsewhere) = (true, Some(database.to_owned()));
        relay.started()
    }

    /// Starts a relay with an empty file in another network namespace.
    pub fn start_in(namespace: &str, address: SocketAddr) -> Self {
        let mut relay = Self::new();
        (relay.namespace, relay.address) = (Some(namespace.to_owned()), address);
        relay.started()
    }

    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            process: None,
            namespace: None,
            is_loaded: false,
            elsewhere: None,
        }
    }

    fn started(mut self) -> Self {
        self.start_again();
        self
    }

    /// Starts it again on its file, at its address.
    pub fn start_again(&mut self) {
        assert!(self.process.is_none(), "the relay runs already");
        let log = File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let listen = self.address.to_string();
        let mut command = self.program(&["serve", "--listen", &listen]);
        command.env("RUST_LOG", if self.is_loaded { "info" } else { "debug" });
        if self.is_loaded {
            command.env("TUNGNHA_RELAY_REQUESTS_A_MINUTE_PER_ADDRESS", "0");
            command.env("TUNGNHA_RELAY_REQUESTS_A_MINUTE_PER_DEVICE", "0");
        }
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://");
        self.address = address.unwrap_or_else(|| panic!("the relay did not start: {}", self.log())).parse().unwrap();
        self.process = Some(process);
    }

    /// Stops it as its operator would (SIGTERM), and waits until it is gone.
    pub fn stop(&mut self) {
        let mut process = self.process.take().expect("the relay runs");
        assert!(Command::new("kill").arg(process.id().to_string()).status().unwrap().success());
        assert!(process.wait().unwrap().success(), "SIGTERM ends the relay in good order");
    }

    /// Cuts its power (SIGKILL).
    pub fn kill(&mut self) {
        let mut process = self.process.take().expect("the relay runs");
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// A relay pass, freshly made.
    pub fn pass(&self) -> String {
        self.pass_for(&self.url())
    }

    /// A relay pass for devices that reach the relay at another address.
    pub fn pass_for(&self, url: &str) -> String {
        self.pass_to_open(1, url)
    }

    /// The same, for so many spaces.
    pub fn pass_to_open(&self, spaces: usize, url: &str) -> String {
        let made = self.program(&["pass", "--url", url, "--uses", &spaces.to_string()]).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }

    /// Where devices reach it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.process.as_ref().expect("the relay runs").id()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The file in which everything is kept.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("relay.sqlite")
    }

    /// All bytes that it keeps: the database, its write-ahead log and whatever lies beside them.
    pub fn kept_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| !file.ends_with("log")).flat_map(|file| std::fs::read(file).unwrap()).collect()
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = programs::in_namespace(programs::relay(), self.namespace.as_deref());
        let file = || format!("sqlite://{}", self.database().display());
        command.args(arguments).arg("--database").arg(self.elsewhere.clone().unwrap_or_else(file));
        command
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        if self.process.is_some() {
            self.kill();
        }
    }
}
