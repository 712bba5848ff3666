//! Syncing without being asked: the threads around [`pace`](crate::sync::pace), which decides when.
//!
//! One thread waits for what the pace of each relay says and runs the same exchange as `sync_now`,
//! taking turns with it; and one thread a relay holds the wake stream open. All news reach the first
//! thread as [`Note`]s in the order in which they happened. No thread keeps the notebook open or the
//! process alive: they hold it weakly and end with it, and what they were doing then is as if the
//! power had failed. A failure is noted with its relay, as that of any exchange, and shown there.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tungnha_protocol::random_bytes;

use super::exchange::{Photos, SyncReport};
use super::handle::WeakApi;
use super::{Api, checkpoint, exchange, network, office};
use crate::domain::SpaceId;
use crate::error::Result;
use crate::store::relays::{Relay, Way};
use crate::sync::backoff::Backoff;
use crate::sync::http;
use crate::sync::pace::{Happened, Network, Pace};
use crate::sync::wake::{self, Said};

/// Something that the thread which waits has to know.
pub(super) enum Note {
    /// Another notebook is open, a relay was connected, or the network is another one: look again.
    Look,
    /// Something was written here.
    Saved,
    /// Of an exchange with the relay of this row.
    Exchange(i64, Happened),
    /// Of the wake stream of this run.
    Stream(u64, Happened),
    /// The notebook is closed.
    Closed,
}

/// The way of notes to the thread, once it runs.
pub(super) type Notes = Sender<(Instant, Note)>;

/// So long after an exchange, in milliseconds, what nobody waits for may begin.
const QUIET: u64 = 2_000;

/// So long after a failure, in milliseconds, it is tried again, unless an exchange goes through before.
const TEND_AGAIN: u64 = 5 * 60_000;

/// A wake stream that stood for so long was no accident: the next failure is the first again.
const STOOD_WELL: Duration = Duration::from_secs(60);

impl Api {
    /// Syncs by itself from now on, for as long as the notebook is open: after a save, when a relay
    /// says that it has something new, and when the network returns. Once is enough; returns at once.
    pub fn sync_by_itself(&self) {
        let (sender, notes) = channel();
        if !self.sends_notes_to(sender.clone()) {
            return;
        }
        let keeper = Keeper { api: self.downgrade(), notes, sender, start: Instant::now(), lines: Vec::new(), runs: 0 };
        spawn("sync", move || keeper.run());
    }
}

/// What is kept going with one relay, for all notebooks that it keeps.
struct Line {
    way: Way,
    pace: Pace,
    stream: Option<Stream>,
    /// When there is time for what nobody waits for.
    tend_at: Option<u64>,
}

/// The thread that waits.
struct Keeper {
    api: WeakApi,
    notes: Receiver<(Instant, Note)>,
    sender: Notes,
    start: Instant,
    lines: Vec<Line>,
    /// Wake streams opened so far, to tell a stream's news from those of one that was given up.
    runs: u64,
}

impl Keeper {
    fn run(mut self) {
        self.look(0);
        loop {
            self.mind_streams();
            match self.next_note() {
                Ok((_, Note::Closed)) | Err(RecvTimeoutError::Disconnected) => return,
                Ok((at, note)) => self.take(self.moment(at), note),
                Err(RecvTimeoutError::Timeout) => {
                    self.exchange();
                    self.tend();
                }
            }
        }
    }

    /// Milliseconds since the start, by a clock that nobody sets.
    fn moment(&self, at: Instant) -> u64 {
        at.saturating_duration_since(self.start).as_millis() as u64
    }

    fn next_note(&self) -> std::result::Result<(Instant, Note), RecvTimeoutError> {
        match self.lines.iter().flat_map(|line| [line.pace.due(), line.tend_at]).flatten().min() {
            None => self.notes.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => {
                let due = self.start + Duration::from_millis(due);
                self.notes.recv_timeout(due.saturating_duration_since(Instant::now()))
            }
        }
    }

    fn take(&mut self, now: u64, note: Note) {
        match note {
            Note::Look => self.look(now),
            Note::Saved => {
                self.lines.iter_mut().for_each(|line| line.pace.note(now, Happened::Saved, chance()));
            }
            Note::Exchange(relay, what) => {
                if let Some(line) = self.lines.iter_mut().find(|line| line.way.relay.n == relay) {
                    // It answers again, so its stream need not wait any longer to be tried.
                    if what == Happened::WentThrough && line.pace.is_failing() && !line.pace.is_listening() {
                        line.stream = None;
                    }
                    line.pace.note(now, what, chance());
                    line.tend_at = (what == Happened::WentThrough).then_some(now + QUIET);
                }
            }
            Note::Stream(run, what) => {
                let of_run = |line: &&mut Line| line.stream.as_ref().is_some_and(|stream| stream.run == run);
                if let Some(line) = self.lines.iter_mut().find(of_run) {
                    line.pace.note(now, what, chance());
                }
            }
            Note::Closed => {}
        }
    }

    /// Looks which notebooks there are, which relays keep them and what the network is like.
    fn look(&mut self, now: u64) {
        let Some(api) = self.api.upgrade() else { return };
        match ways_and_network(&api) {
            Ok((ways, network)) => self.keep_lines(now, ways, network),
            // What was known stays; the notebook will say so where it is used.
            Err(error) => tracing::warn!(%error, "the team's relays cannot be read"),
        }
    }

    fn keep_lines(&mut self, now: u64, ways: Vec<Way>, network: Network) {
        // A relay that keeps one more notebook is exchanged with, and listened to, anew.
        self.lines.retain(|line| ways.contains(&line.way));
        for line in &mut self.lines {
            if network.online && !line.pace.is_online() {
                // The old connection is of the old network, and would be found dead only in minutes.
                line.stream = None;
                line.pace.note(now, Happened::Listening(false), chance());
            }
            line.pace.network(now, network, chance());
        }
        for way in ways {
            if !self.lines.iter().any(|line| line.way == way) {
                self.lines.push(Line { way, pace: Pace::new(now, network), stream: None, tend_at: None });
            }
        }
    }

    /// Opens the wake streams that are wanted, and gives up those that are not.
    fn mind_streams(&mut self) {
        for line in &mut self.lines {
            match (&line.stream, line.pace.wants_stream()) {
                (None, true) => {
                    self.runs += 1;
                    line.stream = Some(Stream::open(self.runs, line.way.relay.clone(), self.sender.clone()));
                }
                (Some(_), false) => {
                    line.stream = None;
                    let now = self.start.elapsed().as_millis() as u64;
                    line.pace.note(now, Happened::Listening(false), chance());
                }
                _ => {}
            }
        }
    }

    /// Exchanges with every relay with which it is due. What comes of it arrives as notes.
    fn exchange(&mut self) {
        let now = self.moment(Instant::now());
        for line in self.lines.iter().filter(|line| line.pace.due().is_some_and(|due| due <= now)) {
            let Some(api) = self.api.upgrade() else { return };
            let way = std::slice::from_ref(&line.way);
            // The next exchange may do better; this thread has to be there for it.
            let photos = if network::is_metered(&api) { Photos::None } else { Photos::Sent };
            let mut report = SyncReport::default();
            let sync = || exchange::sync_with(&api, way, photos, &mut report, &mut || Ok(()));
            match catch_unwind(AssertUnwindSafe(sync)) {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::debug!(code = error.code(), "an exchange failed"),
                Err(_) => api.note(Note::Exchange(line.way.relay.n, Happened::Failed("internal"))),
            }
        }
    }

    /// Does a bit of what nobody waits for, where an exchange has gone through and it costs nothing: takes up
    /// notebooks that an office has listed, fetches a photo, or a page of what is older than the checkpoint that
    /// this device began from, or leaves one for others.
    fn tend(&mut self) {
        let now = self.moment(Instant::now());
        for line in self.lines.iter_mut().filter(|line| line.tend_at.is_some_and(|at| at <= now)) {
            let Some(api) = self.api.upgrade() else { return };
            line.tend_at = None;
            if network::is_metered(&api) {
                continue;
            }
            match catch_unwind(AssertUnwindSafe(|| tend(&api, &line.way))) {
                Ok(Ok(Tended::Photo)) => line.tend_at = Some(now),
                Ok(Ok(Tended::Page)) => line.tend_at = Some(now + QUIET),
                Ok(Ok(Tended::All)) => {}
                Ok(Err(error)) => {
                    tracing::debug!(code = error.code(), "tending waits");
                    line.tend_at = line.pace.wants_stream().then_some(now + TEND_AGAIN);
                }
                Err(_) => tracing::error!("tending panicked"),
            }
        }
    }
}

/// What one bit of tending has fetched.
enum Tended {
    /// A photo. The next one may follow at once: somebody waits for it, if for less long than for a record.
    Photo,
    /// A page of what is older.
    Page,
    /// Nothing, as there is nothing left.
    All,
}

/// One bit of tending.
fn tend(api: &Api, Way { relay, spaces }: &Way) -> Result<Tended> {
    if office::follow(api)? {
        // The new lines begin with an exchange.
        api.note(Note::Look);
        return Ok(Tended::All);
    }
    for space in spaces {
        if fetch_photo(api, *space, relay)? {
            return Ok(Tended::Photo);
        }
        if checkpoint::fill_page(api, *space, relay, &mut checkpoint::Filled::default())? {
            return Ok(Tended::Page);
        }
    }
    for space in spaces {
        if checkpoint::is_due(api, *space, relay)? {
            checkpoint::leave(api, *space, relay)?;
        }
    }
    Ok(Tended::All)
}

fn fetch_photo(api: &Api, space: SpaceId, relay: &Relay) -> Result<bool> {
    let _turn = api.exchange_turn();
    let post = |request| http::post(&relay.url, "/v1/sync", Some(&relay.token), request);
    exchange::fetch_photo(api, space, relay.n, &post, &mut SyncReport::default())
}

/// The relays of this device's notebooks, practice apart; and what may be done on the network.
fn ways_and_network(api: &Api) -> Result<(Vec<Way>, Network)> {
    let waits_for_wifi = network::waits_for_wifi(api)?;
    let network = Network { online: api.network().online, allowed: !waits_for_wifi };
    Ok((exchange::ways(api)?, network))
}

/// A relay's wake stream on a thread of its own, which ends after this is dropped: at once while it
/// waits to connect again, else with the next that it hears.
struct Stream {
    run: u64,
    over: Arc<Over>,
}

#[derive(Default)]
struct Over {
    is_over: Mutex<bool>,
    changed: Condvar,
}

impl Stream {
    fn open(run: u64, relay: Relay, notes: Notes) -> Self {
        let over = Arc::new(Over::default());
        let mind = Arc::clone(&over);
        spawn("wake", move || {
            hold_open(&relay, &mind, |what| _ = notes.send((Instant::now(), Note::Stream(run, what))))
        });
        Self { run, over }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        *self.over.is_over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.over.changed.notify_all();
    }
}

impl Over {
    /// Waits for so long, or until it is over; whether it is.
    fn wait(&self, time: Duration) -> bool {
        let is_over = self.is_over.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(is_over, time, |is_over| !*is_over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

fn hold_open(relay: &Relay, over: &Over, tell: impl Fn(Happened)) {
    let mut backoff = Backoff::default();
    loop {
        let mut stood = None;
        let end = wake::listen(relay, |said| {
            match said {
                Said::Stands => {
                    stood = Some(Instant::now());
                    tell(Happened::Listening(true));
                }
                // It tells of this device's notebooks only, and one exchange is about all of them.
                Said::Changed(_) => tell(Happened::Woken),
                Said::Alive => {}
            }
            !over.wait(Duration::ZERO)
        });
        let error = end.err().map(|error| error.code());
        tracing::debug!(error, "the wake stream is closed");
        if let Some(since) = stood {
            tell(Happened::Listening(false));
            if since.elapsed() >= STOOD_WELL {
                backoff = Backoff::default();
            }
        }
        if over.wait(Duration::from_millis(backoff.failed(chance()))) {
            return;
        }
    }
}

/// A thread that cannot be had leaves the notebook as it would be without: sent when somebody asks.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(work) {
        tracing::error!(%error, name, "no thread to sync by itself");
    }
}

/// From 0 to below 1.
fn chance() -> f64 {
    f64::from(u32::from_be_bytes(random_bytes())) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::store::relays;

    fn open(folder: &tempfile::TempDir) -> Api {
        // Another thread may be on the point of letting go of the notebook.
        for _ in 0..500 {
            match Api::open(folder.path()) {
                Ok(api) => return api,
                Err(error) => assert_eq!(error.code(), "folder_in_use"),
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the threads keep the notebook open");
    }

    fn has_a_relay(api: &Api) {
        let mut notebook = api.notebook();
        let space = notebook.space().expect("a notebook").id;
        let kept = notebook.write_aside(|db| {
            let relay = relays::insert(db, "http://127.0.0.1:1", &[7; 32])?;
            relays::set_cursor(db, relay, space, tungnha_protocol::log::RollingHash::NONE)
        });
        kept.expect("kept");
    }

    #[test]
    fn a_notebook_that_syncs_by_itself_closes_like_any_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = json!({"team_name": "Tổ bản Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Giàng A Páo"});
        let api = open(&folder);
        api.execute("team_start", names).expect("starts");
        has_a_relay(&api);
        drop(api);
        for _ in 0..3 {
            let api = open(&folder);
            api.sync_by_itself();
            api.sync_by_itself();
        }
    }

    #[test]
    fn practice_has_nobody_to_sync_with_whatever_is_connected() {
        let folder = tempfile::tempdir().expect("a folder");
        let api = open(&folder);
        let of = |api: &Api| ways_and_network(api).map(|(ways, _)| ways.len());
        assert_eq!(of(&api), Ok(0));
        api.execute("practice_start", json!({})).expect("starts");
        has_a_relay(&api);
        assert_eq!(of(&api), Ok(0));
    }
}
