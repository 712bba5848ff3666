//! The app as somebody has it open all day: `tungnha serve`, with a page that asks it things.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Device, programs};

/// What is waited for longer than this does not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A device's folder behind the browser door, and the cookie of a page that came in.
pub struct Served {
    name: String,
    host: String,
    cookie: String,
    process: Child,
}

impl Served {
    /// Opens the app on this device's folder.
    pub fn open(device: &Device) -> Self {
        device.close();
        let log = File::options().create(true).append(true).open(device.folder().with_extension("log")).unwrap();
        let mut command = Command::new(programs::tungnha());
        command.arg("serve").arg("--data").arg(device.folder()).env("RUST_LOG", "debug");
        device.keep_apart(&mut command);
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut link = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut link).unwrap();
        let (address, token) = link.trim().split_once("/open#t=").unwrap_or_else(|| panic!("{}", device.log()));
        let host = address.strip_prefix("http://").unwrap().to_owned();
        let mut served = Self { name: device.name().to_owned(), host, cookie: String::new(), process };
        let (head, _) = served.post("/session", token);
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        served.cookie = cookie.split(';').next().unwrap().to_owned();
        served
    }

    /// Runs a command that has to be done.
    #[track_caller]
    pub fn ok(&self, command: &str, args: Value) -> Value {
        let (head, body) = self.post("/execute", &json!({"command": command, "args": args}).to_string());
        let mut answer: Value = serde_json::from_str(&body).unwrap_or_else(|_| panic!("{}: {head}", self.name));
        assert!(answer.get("error").is_none(), "{}: {command}: {answer}", self.name);
        answer["ok"].take()
    }

    /// Logs that nobody was home. Returns the visit's id.
    #[track_caller]
    pub fn finds_nobody_at(&self, household: &str, note: &str) -> String {
        let form = json!({"outcome": "absent", "note": note});
        let saved = self.ok("visit_save", json!({"household": household, "form": form}));
        saved["visit"].as_str().unwrap().to_owned()
    }

    /// Whether the notebook shows this visit.
    #[track_caller]
    pub fn shows(&self, household: &str, visit: &str) -> bool {
        let detail = self.ok("household_get", json!({"household": household}));
        detail["visits"].as_array().unwrap().iter().any(|shown| shown["id"] == visit)
    }

    /// Waits until this holds; how long that took.
    #[track_caller]
    pub fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) -> Duration {
        let start = Instant::now();
        while !holds(self) {
            assert!(start.elapsed() < PATIENCE, "{}: still not: {what}", self.name);
            std::thread::sleep(Duration::from_millis(10));
        }
        start.elapsed()
    }

    /// Closes the app as the system does (SIGTERM); how long that took.
    pub fn close(mut self) -> Duration {
        let start = Instant::now();
        assert!(Command::new("kill").arg(self.process.id().to_string()).status().unwrap().success());
        assert!(self.process.wait().unwrap().success(), "{} ends in good order", self.name);
        start.elapsed()
    }

    fn post(&self, path: &str, body: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let Self { host, cookie, .. } = self;
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: {cookie}\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 20"), "{}: {path}: {head}", self.name);
        (head.to_owned(), body.to_owned())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
