//! The handle that every door holds.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError, Weak};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungnha_protocol::frames::PAGE;

use super::by_itself::{Note, Notes};
use super::import::OpenList;
use super::network::NetworkReport;
use super::{Changed, Event, Kind, Progress, dispatch, station};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook, Touched};

/// The open notebook, shared by all doors of one process. Every call blocks; run it on a
/// thread that may.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

struct Inner {
    notebook: Mutex<Notebook>,
    listeners: Listeners,
    /// The list that is being looked at.
    list: Mutex<Option<OpenList>>,
    cancel_import: AtomicBool,
    /// One exchange with relays at a time.
    exchange: Mutex<()>,
    /// How much one request to a relay may carry by now, in bytes; see [`Api::note_page`].
    pages: Mutex<BTreeMap<i64, usize>>,
    /// What the face last said of the network.
    network: Mutex<NetworkReport>,
    /// To the thread that syncs by itself, if one does.
    notes: OnceLock<Notes>,
    stations: station::State,
}

/// Who hears what changes. A [`Gate`](super::Gate) has them before a notebook is open.
#[derive(Clone, Default)]
pub(super) struct Listeners(Arc<Mutex<Vec<Sender<Event>>>>);

impl Listeners {
    pub(super) fn subscribe(&self) -> Receiver<Event> {
        let (sender, receiver) = channel();
        lock(&self.0).push(sender);
        receiver
    }

    pub(super) fn tell(&self, event: &Event) {
        lock(&self.0).retain(|listener| listener.send(event.clone()).is_ok());
    }
}

/// The notebook as its own threads hold it: it closes when the last door lets go of it.
pub(super) struct WeakApi(Weak<Inner>);

impl WeakApi {
    /// The notebook, while it is open.
    pub(super) fn upgrade(&self) -> Option<Api> {
        self.0.upgrade().map(Api)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        note(&self.notes, Note::Closed);
        self.stations.shut();
    }
}

/// Smaller pages would be mostly headers.
const SMALLEST_PAGE: usize = 4 * 1024;

/// Past so many households an event names none of them: the face asks for all it shows.
const NAMED_HOUSEHOLDS: usize = 50;

impl Api {
    /// Closes the notebook before the process ends: a thread that is still at the database while the system
    /// tears the process down would bring it down. Waits for what has begun elsewhere, but not for ever.
    pub fn close(&self) {
        const PATIENCE: Duration = Duration::from_secs(10);
        note(&self.0.notes, Note::Closed);
        self.0.stations.shut();
        let begun = Instant::now();
        while Arc::strong_count(&self.0) > 1 && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Opens a data folder in which nobody has a PIN; `folder_in_use` when another process has it. Doors open
    /// a [`Gate`](super::Gate) instead.
    pub fn open(folder: &Path) -> Result<Self> {
        Self::open_at(folder, Clock::system())
    }

    /// Opens a data folder under a clock that somebody else decides.
    pub fn open_at(folder: &Path, clock: Clock) -> Result<Self> {
        Ok(Self::with(Notebook::open(folder, clock)?, Listeners::default()))
    }

    /// The handle of a notebook that is open already.
    pub(super) fn with(notebook: Notebook, listeners: Listeners) -> Self {
        Self(Arc::new(Inner {
            notebook: Mutex::new(notebook),
            listeners,
            list: Mutex::default(),
            cancel_import: AtomicBool::new(false),
            exchange: Mutex::default(),
            pages: Mutex::default(),
            network: Mutex::default(),
            notes: OnceLock::new(),
            stations: station::State::default(),
        }))
    }

    /// Runs one command: `{"command": …, "args": …}` to `{"ok": …}` or `{"error": …}`.
    pub fn execute_json(&self, request: &str) -> String {
        answer(Request::parse(request).and_then(|request| self.execute(&request.command, request.args)))
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
        self.0.listeners.subscribe()
    }

    pub(super) fn notebook(&self) -> MutexGuard<'_, Notebook> {
        lock(&self.0.notebook)
    }

    /// The notebook, unless another command has it just now.
    pub(super) fn notebook_if_free(&self) -> Option<MutexGuard<'_, Notebook>> {
        match self.0.notebook.try_lock() {
            Ok(notebook) => Some(notebook),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    pub(super) fn open_list(&self) -> MutexGuard<'_, Option<OpenList>> {
        lock(&self.0.list)
    }

    pub(super) fn exchange_turn(&self) -> MutexGuard<'_, ()> {
        lock(&self.0.exchange)
    }

    /// How much the next request to a relay carries and asks for, in bytes of chunks.
    pub(super) fn page(&self, relay: i64) -> usize {
        lock(&self.0.pages).get(&relay).copied().unwrap_or(PAGE)
    }

    /// Half as much after a request that failed, twice as much after one that came through: what a bad
    /// line loses is a page.
    pub(super) fn note_page(&self, relay: i64, through: bool) {
        let page = self.page(relay);
        let page = if through { (page * 2).min(PAGE) } else { (page / 2).max(SMALLEST_PAGE) };
        lock(&self.0.pages).insert(relay, page);
    }

    pub(super) fn network(&self) -> MutexGuard<'_, NetworkReport> {
        lock(&self.0.network)
    }

    pub(super) fn downgrade(&self) -> WeakApi {
        WeakApi(Arc::downgrade(&self.0))
    }

    /// Tells the thread that syncs by itself, if one does.
    pub(super) fn note(&self, what: Note) {
        note(&self.0.notes, what);
    }

    /// From now on, notes go there; false when they go somewhere already.
    pub(super) fn sends_notes_to(&self, notes: Notes) -> bool {
        self.0.notes.set(notes).is_ok()
    }

    pub(super) fn stations(&self) -> &station::State {
        &self.0.stations
    }

    pub(super) fn cancel_import(&self) -> &AtomicBool {
        &self.0.cancel_import
    }

    /// Runs one write as one transaction and tells the doors what changed by it.
    pub(super) fn write<T>(&self, work: impl FnOnce(&mut Batch<'_>) -> Result<T>) -> Result<T> {
        let (result, touched) = self.notebook().write(work)?;
        self.tell_written(&touched, &[]);
        Ok(result)
    }

    /// Tells the doors what a write on this device has changed, and that there is something to send.
    pub(super) fn tell_written(&self, touched: &Touched, more: &[Kind]) {
        self.tell_touched(touched, more);
        if *touched != Touched::default() {
            self.note(Note::Saved);
        }
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
        if kinds.contains(&Kind::Status) {
            self.note(Note::Look);
        }
        self.emit(&Event::Changed(Changed { kinds: kinds.to_vec(), households: Vec::new() }));
    }

    pub(super) fn tell_progress(&self, task: &str, done: usize, total: usize) {
        self.emit(&Event::Progress(Progress { task: task.to_owned(), done: done as u32, total: total as u32 }));
    }

    fn emit(&self, event: &Event) {
        self.0.listeners.tell(event);
    }
}

/// A command as it comes in at a door.
pub(super) struct Request {
    pub(super) command: String,
    pub(super) args: Value,
    /// What the face believes.
    pub(super) believes: Believes,
}

/// What a face that asks believes of this device, as far as it says so: a page that has not heard yet of somebody else
/// signing in, or of another notebook being opened, must not write into theirs.
#[derive(Default)]
pub(super) struct Believes {
    /// Who is signed in.
    pub(super) by: Option<String>,
    /// Which notebook is open.
    pub(super) notebook: Option<String>,
}

impl Request {
    pub(super) fn parse(request: &str) -> Result<Self> {
        let mut request: Value = serde_json::from_str(request).map_err(super::bad_arguments)?;
        let args = request.get_mut("args").map_or_else(|| json!({}), Value::take);
        let text = |name: &str| request.get(name).and_then(Value::as_str).map(str::to_owned);
        let command = text("command").ok_or_else(|| Error::new("bad_arguments", "there is no \"command\""))?;
        let believes = Believes { by: text("by"), notebook: text("notebook") };
        Ok(Self { command, args, believes })
    }
}

/// A command's result as it goes out at a door.
pub(super) fn answer(result: Result<Value>) -> String {
    let answer = match result {
        Ok(value) => json!({ "ok": value }),
        Err(error) => json!({ "error": error }),
    };
    answer.to_string()
}

fn note(notes: &OnceLock<Notes>, note: Note) {
    if let Some(notes) = notes.get() {
        // Nobody reads any more when the thread could not be started.
        let _ = notes.send((Instant::now(), note));
    }
}

/// A panic in another command has not harmed the notebook: what it wrote was rolled back.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
