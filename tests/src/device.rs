//! Somebody's tablet: a data folder, and the app as a process that stays open.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use data_encoding::BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::programs;

/// Nothing that a test asks for takes so long; what does is broken, and is told from slow here.
const PATIENCE: Duration = Duration::from_secs(120);

/// A device of the person whose name it bears.
pub struct Device {
    name: String,
    folder: PathBuf,
    /// The network namespace that it lives in, when it is not this one.
    namespace: RefCell<Option<String>>,
    /// The app, while it is open.
    app: RefCell<Option<App>>,
    // Dropped after the app.
    _kept: Option<TempDir>,
}

/// A running `tungnha exec`.
struct App {
    process: Child,
    input: Option<ChildStdin>,
    /// Its answers, line by line; ends when the process has.
    answers: Receiver<String>,
}

impl Device {
    /// A new device with an empty folder.
    pub fn new(name: &str) -> Self {
        let kept = tempfile::tempdir().unwrap();
        let mut device = Self::at(name, &kept.path().join("notebook"));
        device._kept = Some(kept);
        device
    }

    /// A device whose folder somebody else looks after.
    pub fn at(name: &str, folder: &Path) -> Self {
        Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            namespace: RefCell::default(),
            app: RefCell::new(None),
            _kept: None,
        }
    }

    /// A new device that starts a team of its own.
    pub fn with_team(name: &str) -> Self {
        let device = Self::new(name);
        device.starts_team();
        device
    }

    /// Starts a team on this device. It asks for consent when it sees fit: that is no story of sync.
    pub fn starts_team(&self) {
        let (team, place) = ("Tổ CNSCĐ Hang Trùng", "Thôn Hang Trùng");
        self.ok("team_start", json!({"team_name": team, "place_name": place, "member_name": self.name}));
        self.ok("consent_setting_set", json!({"first": false}));
    }

    /// A new device that joins this one's team.
    pub fn joined_by(&self, name: &str) -> Self {
        let device = Self::new(name);
        device.join(self.invite(1)["link"].as_str().unwrap());
        device
    }

    /// Takes the device into another network namespace; the app is closed on the way.
    pub fn move_to(&self, namespace: &str) {
        self.close();
        *self.namespace.borrow_mut() = Some(namespace.to_owned());
    }

    /// An invite to the team for so many devices.
    pub fn invite(&self, uses: u32) -> Value {
        self.ok("invite_create", json!({"uses": uses, "days": 7}))
    }

    /// Joins a team under this device's name.
    pub fn join(&self, invite: &str) -> Value {
        self.ok("team_join", json!({"invite": invite, "member_name": self.name}))
    }

    /// Runs a command that has to be done.
    #[track_caller]
    pub fn ok(&self, command: &str, args: Value) -> Value {
        self.begin(command, args);
        let answer = self.said();
        assert!(answer.get("error").is_none(), "{}: {command}: {answer}", self.name);
        answer["ok"].clone()
    }

    /// Runs a command that has to be refused; the refusal's code.
    #[track_caller]
    pub fn error(&self, command: &str, args: Value) -> String {
        self.begin(command, args);
        let answer = self.said();
        let code = answer["error"]["code"].as_str();
        code.unwrap_or_else(|| panic!("{}: {command} was not refused: {answer}", self.name)).to_owned()
    }

    /// Begins a command and does not wait for its answer. Opens the app if it is closed.
    pub fn begin(&self, command: &str, args: Value) {
        let mut app = self.app.borrow_mut();
        let app = app.get_or_insert_with(|| self.open());
        let line = json!({"command": command, "args": args}).to_string();
        // An app that died is noticed when its answer stays away.
        let _ = writeln!(app.input.as_mut().unwrap(), "{line}");
    }

    /// The answer to what was begun; none when the app died without one.
    pub fn answer(&self) -> Option<Value> {
        let app = self.app.borrow();
        match app.as_ref().expect("the app is open").answers.recv_timeout(PATIENCE) {
            Ok(line) => Some(serde_json::from_str(&line).unwrap()),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("{}'s app does not answer: {}", self.name, self.log()),
        }
    }

    /// The same, of an app that has to live.
    #[track_caller]
    pub fn said(&self) -> Value {
        self.answer().unwrap_or_else(|| {
            let ended = self.app.borrow_mut().take().map(|mut app| app.process.wait());
            panic!("{}'s app died ({ended:?}): {}", self.name, self.log())
        })
    }

    /// The answer to what was begun, if it comes within this time.
    pub fn answer_within(&self, time: Duration) -> Option<Value> {
        let app = self.app.borrow();
        let line = app.as_ref().expect("the app is open").answers.recv_timeout(time).ok()?;
        Some(serde_json::from_str(&line).unwrap())
    }

    /// Cuts the app's power (SIGKILL). What it had answered by then and nobody had read is returned.
    pub fn kill(&self) -> Option<Value> {
        let mut app = self.app.borrow_mut().take().expect("the app is open");
        app.process.kill().unwrap();
        app.process.wait().unwrap();
        app.answers.iter().last().map(|line| serde_json::from_str(&line).unwrap())
    }

    /// Closes the app as a person would.
    pub fn close(&self) {
        if let Some(mut app) = self.app.borrow_mut().take() {
            app.input = None;
            let ended = app.process.wait().unwrap();
            assert!(ended.success(), "{} ended with {ended}: {}", self.name, self.log());
        }
    }

    /// Closes the app and runs `tungnha` once on the folder.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.close();
        self.program(arguments).output().unwrap()
    }

    /// `tungnha export --json`.
    #[track_caller]
    pub fn export(&self) -> Value {
        let output = self.run(&["export", "--json"]);
        assert!(output.status.success(), "{}: {output:?}", self.name);
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// `tungnha verify`, which must find nothing.
    #[track_caller]
    pub fn verify_clean(&self) {
        let output = self.run(&["verify"]);
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}: {report}", self.name);
        let report: Value = serde_json::from_str(&report).unwrap();
        assert_eq!((&report["clean"], &report["problems"]), (&json!(true), &json!([])), "{}", self.name);
    }

    /// Imports a household list with its columns as guessed.
    #[track_caller]
    pub fn import(&self, list: &Path) -> Value {
        let (name, content) = (list.file_name().unwrap().to_str().unwrap(), std::fs::read(list).unwrap());
        let opened = self.ok("import_open", json!({"name": name, "content": BASE64.encode(&content)}));
        self.ok("import_run", json!({"list": opened["list"]}))
    }

    /// Sends and receives.
    #[track_caller]
    pub fn sync(&self) -> Value {
        self.ok("sync_now", json!({}))
    }

    /// Serves the room; the address that others type.
    #[track_caller]
    pub fn serves_the_room(&self) -> String {
        let status = self.ok("station_open", json!({}));
        status["open"]["addresses"][0].as_str().unwrap().to_owned()
    }

    /// Goes to a device that serves the room.
    #[track_caller]
    pub fn visits(&self, station: &str) -> Value {
        self.ok("station_visit", json!({"address": station}))
    }

    /// The rows of *Hộ dân*, all of them, in a stable order.
    pub fn households(&self) -> Vec<Value> {
        let page = self.ok("household_list", json!({"limit": 500}));
        let mut rows = page["rows"].as_array().unwrap().clone();
        assert_eq!(page["total"], rows.len(), "more households than one page");
        rows.sort_by(|a, b| a["id"].as_str().cmp(&b["id"].as_str()));
        rows
    }

    /// Logs that the head of this household was met today. Returns the visit's id.
    #[track_caller]
    pub fn meets_head_of(&self, household: &str, note: &str) -> String {
        let detail = self.ok("household_get", json!({"household": household}));
        let head = &detail["people"][0]["id"];
        let form = json!({"outcome": "met", "met": [head], "note": note,
            "assessments": [{"resident": head, "skill": "payment", "level": "guided"}]});
        let saved = self.ok("visit_save", json!({"household": household, "form": form}));
        saved["visit"].as_str().unwrap().to_owned()
    }

    /// Whose it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its notebook lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the app has said to its log, at level debug.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// Lets a program keep what belongs outside of the folder in a place that is this device's own, too, and
    /// not in the keystore of whoever runs the tests.
    pub fn keep_apart(&self, command: &mut Command) {
        command.env("XDG_CONFIG_HOME", self.secrets()).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    }

    /// Where it keeps its secret.
    pub fn secrets(&self) -> PathBuf {
        self.folder.with_extension("config")
    }

    fn log_file(&self) -> PathBuf {
        self.folder.with_extension("log")
    }

    fn open(&self) -> App {
        let log = File::options().create(true).append(true).open(self.log_file()).unwrap();
        let mut command = self.program(&["exec"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let (sender, answers) = channel();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || {
            let mut line = String::new();
            // A line that was cut is no answer.
            while output.read_line(&mut line).is_ok() && line.ends_with('\n') {
                if sender.send(std::mem::take(&mut line)).is_err() {
                    break;
                }
            }
        });
        App { input: process.stdin.take(), process, answers }
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = programs::in_namespace(programs::tungnha(), self.namespace.borrow().as_deref());
        command.args(arguments).arg("--data").arg(&self.folder).env("RUST_LOG", "debug");
        command.env("TUNGNHA_STATION_LISTEN", "127.0.0.1:0");
        self.keep_apart(&mut command);
        command
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        if let Some(mut app) = self.app.borrow_mut().take() {
            let _ = app.process.kill();
            let _ = app.process.wait();
        }
    }
}
