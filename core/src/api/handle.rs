//! The handle that every door holds.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::import::OpenList;
use super::{Changed, Event, Kind, Progress, dispatch, station};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook, Touched};

/// The open notebook, shared by all doors of one process. Every call blocks; run it on a
/// thread that may.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

/// A handle that does not keep the notebook open.
pub(super) struct Weak(std::sync::Weak<Inner>);

impl Weak {
    /// The handle, while a door still has it.
    pub fn upgrade(&self) -> Option<Api> {
        self.0.upgrade().map(Api)
    }
}

struct Inner {
    notebook: Mutex<Notebook>,
    listeners: Mutex<Vec<Sender<Event>>>,
    /// The list that is being looked at.
    list: Mutex<Option<OpenList>>,
    cancel_import: AtomicBool,
    /// One exchange with relays at a time.
    exchange: Mutex<()>,
    stations: station::State,
}

/// Past so many households an event names none of them: the face asks for all it shows.
const NAMED_HOUSEHOLDS: usize = 50;

impl Api {
    /// Opens a data folder; `folder_in_use` when another process has it.
    pub fn open(folder: &Path) -> Result<Self> {
        Self::open_at(folder, Clock::system())
    }

    /// Opens a data folder under a clock that somebody else decides.
    pub fn open_at(folder: &Path, clock: Clock) -> Result<Self> {
        let notebook = Notebook::open(folder, clock)?;
        Ok(Self(Arc::new(Inner {
            notebook: Mutex::new(notebook),
            listeners: Mutex::default(),
            list: Mutex::default(),
            cancel_import: AtomicBool::new(false),
            exchange: Mutex::default(),
            stations: station::State::default(),
        })))
    }

    /// Runs one command: `{"command": …, "args": …}` to `{"ok": …}` or `{"error": …}`.
    pub fn execute_json(&self, request: &str) -> String {
        let answer = match self.parse_and_run(request) {
            Ok(value) => json!({ "ok": value }),
            Err(error) => json!({ "error": error }),
        };
        answer.to_string()
    }

    fn parse_and_run(&self, request: &str) -> Result<Value> {
        let mut request: Value = serde_json::from_str(request).map_err(super::bad_arguments)?;
        let args = request.get_mut("args").map_or_else(|| json!({}), Value::take);
        let command = request.get("command").and_then(Value::as_str);
        let command = command.ok_or_else(|| Error::new("bad_arguments", "there is no \"command\""))?;
        self.execute(command, args)
    }

    /// Runs one command by name.
    pub fn execute(&self, command: &str, args: Value) -> Result<Value> {
        let result = dispatch(self, command, args);
        if let Err(error) = &result {
            tracing::debug!(command, code = error.code, "command failed");
        }
        result
    }

    /// Hears what changes from now on.
    pub fn subscribe(&self) -> Receiver<Event> {
        let (sender, receiver) = channel();
        lock(&self.0.listeners).push(sender);
        receiver
    }

    pub(super) fn notebook(&self) -> MutexGuard<'_, Notebook> {
        lock(&self.0.notebook)
    }

    pub(super) fn open_list(&self) -> MutexGuard<'_, Option<OpenList>> {
        lock(&self.0.list)
    }

    pub(super) fn exchange_turn(&self) -> MutexGuard<'_, ()> {
        lock(&self.0.exchange)
    }

    pub(super) fn stations(&self) -> &station::State {
        &self.0.stations
    }

    pub(super) fn downgrade(&self) -> Weak {
        Weak(Arc::downgrade(&self.0))
    }

    pub(super) fn cancel_import(&self) -> &AtomicBool {
        &self.0.cancel_import
    }

    /// Runs one write as one transaction and tells the doors what changed by it.
    pub(super) fn write<T>(&self, work: impl FnOnce(&mut Batch<'_>) -> Result<T>) -> Result<T> {
        let (result, touched) = self.notebook().write(work)?;
        self.tell_touched(&touched, &[]);
        Ok(result)
    }

    /// Tells the doors which documents changed, and of what else.
    pub(super) fn tell_touched(&self, touched: &Touched, more: &[Kind]) {
        let mut kinds = vec![Kind::Sync];
        kinds.extend_from_slice(more);
        if touched.space {
            kinds.push(Kind::Space);
        }
        if !touched.households.is_empty() {
            kinds.push(Kind::Household);
        }
        let few = touched.households.len() <= NAMED_HOUSEHOLDS;
        let households = if few { touched.households.iter().map(ToString::to_string).collect() } else { Vec::new() };
        self.emit(&Event::Changed(Changed { kinds, households }));
    }

    pub(super) fn tell(&self, kinds: &[Kind]) {
        self.emit(&Event::Changed(Changed { kinds: kinds.to_vec(), households: Vec::new() }));
    }

    pub(super) fn tell_progress(&self, task: &str, done: usize, total: usize) {
        self.emit(&Event::Progress(Progress { task: task.to_owned(), done: done as u32, total: total as u32 }));
    }

    fn emit(&self, event: &Event) {
        lock(&self.0.listeners).retain(|listener| listener.send(event.clone()).is_ok());
    }
}

/// A panic in another command has not harmed the notebook: what it wrote was rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
