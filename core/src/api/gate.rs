//! What every door holds: the machine with its people, and behind it the notebook.
//!
//! [`Api`] is an open notebook and knows nothing of PINs; a gate has one as soon as a PIN has given the
//! database's key, and lets commands through to it while somebody is signed in. So no command can
//! forget to ask. When the screen is locked the notebook stays open behind the gate, and goes on
//! syncing by itself; after a start it is not open before somebody has entered a PIN.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

use serde_json::{Value, json};

use super::handle::{Believes, Listeners, Request, answer, lock};
use super::station::Host;
use super::{Api, Changed, Event, FileExport, FileImported, FileWritten, Kind, profiles};
use crate::clock::Clock;
use crate::domain::MemberId;
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::profiles::Key;
use crate::profiles::book::{Book, Profile};
use crate::profiles::pin::Cost;
use crate::profiles::secret::Places;
use crate::store::Folder;

/// How a data folder is opened.
pub struct Opening {
    /// The time.
    pub clock: Clock,
    /// Where the device's secret may be kept, the best first.
    pub places: Places,
    /// What a new PIN costs to try.
    pub cost: Cost,
}

impl Opening {
    /// On a real device.
    pub fn on_device(places: Places) -> Self {
        Self { clock: Clock::system(), places, cost: Cost::STRONG }
    }
}

/// The machine of one data folder, shared by all doors of one process. Every call blocks; run it on a
/// thread that may.
#[derive(Clone)]
pub struct Gate(Arc<Shared>);

struct Shared {
    folder: Folder,
    opening: Opening,
    state: Mutex<State>,
    /// Commands hold it shared while they run; somebody else signs in when it is free. So what one person's
    /// screen has begun is done under their name.
    turn: RwLock<()>,
    listeners: Listeners,
}

/// What may change about a machine.
pub(super) struct State {
    /// The people and their PINs; none while nobody has one.
    pub(super) book: Option<Book>,
    /// The notebook, once it is open.
    pub(super) open: Option<Opened>,
    /// Who is at the screen; nobody while it is locked.
    pub(super) signed_in: Option<MemberId>,
    /// When they touched it last.
    touched: Moment,
    /// Since when a person's wait runs, by [`Clock::steady_ms`]; those who are not in it wait since the start.
    pub(super) waits: BTreeMap<MemberId, u64>,
    pub(super) started: u64,
    door: Door,
}

/// An open notebook and the key it was opened with, which new PINs wrap.
pub(super) struct Opened {
    pub(super) api: Api,
    pub(super) key: Key,
}

/// What the door has asked for, to be done as soon as the notebook is open.
#[derive(Default)]
struct Door {
    host: Option<Arc<dyn Host>>,
    syncs_by_itself: bool,
    /// What the face last said of the network.
    network: Option<Value>,
}

/// A moment by both clocks: the date may be set back, and a sleeping device stops the other.
#[derive(Clone, Copy)]
struct Moment {
    wall: i64,
    steady: u64,
}

impl Moment {
    fn now(clock: &Clock) -> Self {
        Self { wall: clock.now_ms(), steady: clock.steady_ms() }
    }

    /// Milliseconds since then, by the clock that says more.
    fn elapsed(self, clock: &Clock) -> u64 {
        let wall = clock.now_ms().saturating_sub(self.wall).max(0).unsigned_abs();
        wall.max(clock.steady_ms().saturating_sub(self.steady))
    }
}

/// Commands that wait for others and write nothing under anybody's name: nobody's signing in waits for them.
const SLOW: [&str; 9] = [
    "sync_now",
    "station_visit",
    "station_find",
    "station_open",
    "relay_connect",
    "invite_create",
    "checkpoint_leave",
    "checkpoint_fill",
    "import_cancel",
];

impl Gate {
    /// Opens a data folder: its notebook, too, unless people have PINs. Errors: `folder_in_use` when another
    /// process has it, `keystore_secret_missing` when the device's secret is not here.
    pub fn open(folder: &Path, opening: Opening) -> Result<Self> {
        let folder = Folder::open(folder)?;
        folder.settle()?;
        let book = Book::load(&folder, &opening.places, opening.cost)?;
        let listeners = Listeners::default();
        let open = match &book {
            Some(_) => None,
            None => Some(open_notebook(&folder, folder.key()?, &opening.clock, &listeners)?),
        };
        let (touched, started) = (Moment::now(&opening.clock), opening.clock.steady_ms());
        let door = Door::default();
        let state = State { book, open, signed_in: None, touched, waits: BTreeMap::new(), started, door };
        let turn = RwLock::default();
        Ok(Self(Arc::new(Shared { folder, opening, state: Mutex::new(state), turn, listeners })))
    }

    /// Runs one command: `{"command": …, "args": …}` to `{"ok": …}` or `{"error": …}`.
    pub fn execute_json(&self, request: &str) -> String {
        let run = |request: Request| self.execute_for(&request.command, request.args, &request.believes);
        answer(Request::parse(request).and_then(run))
    }

    /// Runs one command by name.
    pub fn execute(&self, command: &str, args: Value) -> Result<Value> {
        self.execute_for(command, args, &Believes::default())
    }

    fn execute_for(&self, command: &str, args: Value, believes: &Believes) -> Result<Value> {
        self.lock_when_left();
        if command.starts_with("profile_") {
            return profiles::dispatch(self, command, args).map_err(without_echo);
        }
        if command == "network_report" {
            return self.report_network(args);
        }
        if command == "notebook_open" {
            return self.open_another(args, believes);
        }
        let _turn = (!SLOW.contains(&command)).then(|| self.0.turn.read().unwrap_or_else(PoisonError::into_inner));
        self.let_in(command, believes)?.execute(command, args)
    }

    /// Opens another notebook, when what the screen has begun in this one is done.
    fn open_another(&self, args: Value, believes: &Believes) -> Result<Value> {
        let _free = self.until_free();
        let api = self.let_in("notebook_open", believes)?;
        if let Some(member) = args.get("member").and_then(Value::as_str) {
            let state = self.state();
            let other =
                |profile: &Profile| profile.member.to_string() == member && state.signed_in != Some(profile.member);
            if state.book.as_ref().is_some_and(|book| book.people().iter().any(other)) {
                return Err(Error::new("pin_needed", "whoever takes over this machine enters their PIN"));
            }
        }
        api.execute("notebook_open", args)
    }

    /// The notebook, when whoever asks may have it.
    fn let_in(&self, command: &str, believes: &Believes) -> Result<Api> {
        let state = self.state();
        let Some(opened) = &state.open else { return Err(needs_pin()) };
        if state.book.is_some() {
            let Some(member) = state.signed_in else { return Err(locked()) };
            if believes.by.as_ref().is_some_and(|by| *by != member.to_string()) {
                return Err(locked());
            }
            if command == "member_sign_in" {
                return Err(Error::new("pin_needed", "whoever takes over this machine enters their PIN"));
            }
        }
        let api = opened.api.clone();
        drop(state);
        // What opens another one, or asks which is open, is never about the wrong one.
        if let (Some(believed), false) = (&believes.notebook, matches!(command, "notebook_open" | "status")) {
            let open = api.notebook().space();
            if open.is_ok_and(|open| open.id.to_string() != *believed) {
                return Err(Error::new("other_notebook", "another notebook has been opened meanwhile"));
            }
        }
        Ok(api)
    }

    /// The notebook for a deed of the door itself, while somebody is signed in.
    fn signed_in_api(&self) -> Result<Api> {
        self.lock_when_left();
        self.let_in("", &Believes::default())
    }

    /// Writes the notebook's file, see [`Api::export_file`].
    pub fn export_file(&self, target: &Path, args: FileExport) -> Result<FileWritten> {
        self.signed_in_api()?.export_file(target, args)
    }

    /// Takes in a file that lies on this device.
    pub fn import_file(&self, file: &Path) -> Result<FileImported> {
        self.signed_in_api()?.import_file(file)
    }

    /// Hears what changes from now on, whoever is signed in.
    pub fn subscribe(&self) -> Receiver<Event> {
        self.0.listeners.subscribe()
    }

    /// Lets this door serve rooms, as soon as the notebook is open.
    pub fn serve_rooms_with(&self, host: Arc<dyn Host>) {
        let mut state = self.state();
        state.door.host = Some(host);
        state.start_what_waits();
    }

    /// Syncs by itself from now on, as soon as the notebook is open.
    pub fn sync_by_itself(&self) {
        let mut state = self.state();
        state.door.syncs_by_itself = true;
        state.start_what_waits();
    }

    /// Closes the notebook before the process ends, see [`Api::close`].
    pub fn close(&self) {
        let opened = self.state().open.take();
        if let Some(opened) = opened {
            opened.api.close();
        }
    }

    /// The face tells it before anybody has entered a PIN, and it matters as soon as there is a notebook.
    fn report_network(&self, args: Value) -> Result<Value> {
        let mut state = self.state();
        state.door.network = Some(args.clone());
        match &state.open {
            Some(opened) => opened.api.clone().execute("network_report", args),
            None => Ok(json!({})),
        }
    }

    /// Locks the screen when nobody has touched it for as long as was set.
    fn lock_when_left(&self) {
        let mut state = self.state();
        let after = state.book.as_ref().and_then(Book::lock_after_min);
        let left = after.is_some_and(|minutes| {
            let after = Duration::from_secs(u64::from(minutes) * 60);
            u128::from(state.touched.elapsed(self.clock())) >= after.as_millis()
        });
        if left && state.signed_in.take().is_some() {
            drop(state);
            self.tell_status();
        }
    }

    /// Somebody touches the screen.
    pub(super) fn touch(&self, state: &mut State) {
        state.touched = Moment::now(self.clock());
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.0.opening.clock
    }

    pub(super) fn folder(&self) -> &Folder {
        &self.0.folder
    }

    pub(super) fn opening(&self) -> &Opening {
        &self.0.opening
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }

    /// Opens the notebook under the key that a PIN has given, unless it is open.
    pub(super) fn open_behind(&self, state: &mut State, key: Key) -> Result<()> {
        if state.open.is_none() {
            state.open = Some(open_notebook(self.folder(), key, self.clock(), &self.0.listeners)?);
            state.start_what_waits();
        }
        Ok(())
    }

    /// Waits until what the one before has begun is done, so that nothing of it goes under another name.
    pub(super) fn until_free(&self) -> RwLockWriteGuard<'_, ()> {
        self.0.turn.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the doors that somebody else is signed in, or nobody.
    pub(super) fn tell_status(&self) {
        let kinds = vec![Kind::Status, Kind::Draft, Kind::Household, Kind::Sync];
        self.0.listeners.tell(&Event::Changed(Changed { kinds, households: Vec::new() }));
    }
}

impl State {
    /// Does what the door has asked for, if the notebook is open.
    fn start_what_waits(&mut self) {
        let Some(opened) = &self.open else { return };
        if let Some(host) = self.door.host.take() {
            opened.api.serve_rooms_with(host);
        }
        if let Some(report) = self.door.network.take()
            && let Err(error) = opened.api.execute("network_report", report)
        {
            tracing::warn!(%error, "what the face says of the network makes no sense");
        }
        if self.door.syncs_by_itself {
            opened.api.sync_by_itself();
        }
    }
}

fn open_notebook(folder: &Folder, key: Key, clock: &Clock, listeners: &Listeners) -> Result<Opened> {
    let notebook = Notebook::open_with(folder.clone(), &key, clock.clone())?;
    Ok(Opened { api: Api::with(notebook, listeners.clone()), key })
}

/// What is wrong with arguments that hold a PIN is told without repeating them.
fn without_echo(error: Error) -> Error {
    match error.code() {
        "bad_arguments" => Error::new("bad_arguments", "these are not the arguments of this command"),
        _ => error,
    }
}

/// After a start nobody has entered a PIN yet.
fn needs_pin() -> Error {
    Error::new("needs_pin", "this notebook opens only with the PIN of one of its people")
}

pub(super) fn locked() -> Error {
    Error::new("locked", "the screen is locked, or another person has signed in")
}
