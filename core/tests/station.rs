//! A station of this device: who may open one, and when it stops.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_core::api::station::{Heard, Host, Opening, Room};
use tungnha_core::clock::Clock;
use tungnha_core::error::Result;
use tungnha_protocol::Chunk;
use tungnha_protocol::frames::{Ack, Request, Response, SpaceAnswer};
use tungnha_protocol::ids::DeviceId;

const MONDAY: i64 = 1_795_000_000_000;
const MINUTE: i64 = 60_000;

/// A room in which the test says who comes. Its relay takes everything and has nothing.
#[derive(Clone)]
struct QuietRoom {
    comes: Arc<Mutex<Receiver<Heard>>>,
    closed: Arc<AtomicBool>,
}

impl Room for QuietRoom {
    fn addresses(&self) -> Vec<String> {
        vec!["192.168.1.12:47474".into(), "10.0.0.7:47474".into()]
    }

    fn certificate(&self) -> [u8; 32] {
        [1; 32]
    }

    fn post(&self, _: &str, _: &[u8; 32], request: Vec<u8>) -> Result<Vec<u8>> {
        let request = Request::decode(&request).unwrap();
        let acks = (1..).zip(&request.pushes).map(|(seq, push)| Ack { id: Chunk::id_of(&push.bytes), seq });
        Ok(Response { spaces: vec![SpaceAnswer { acks: acks.collect(), ..SpaceAnswer::default() }] }.encode())
    }

    fn wait(&self, _: Duration) -> Vec<Heard> {
        self.comes.lock().unwrap().recv_timeout(Duration::from_millis(5)).into_iter().collect()
    }

    fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }
}

struct Door(QuietRoom);

impl Host for Door {
    fn open(&self, opening: Opening) -> Result<Box<dyn Room>> {
        assert_eq!(opening.name, "Sồng Thị Dợ");
        self.0.closed.store(false, Ordering::SeqCst);
        Ok(Box::new(self.0.clone()))
    }

    fn find(&self) -> Vec<String> {
        vec!["192.168.1.12".into(), "192.168.1.40".into()]
    }
}

/// Dợ's device with a clock that the test turns, and the way in for whoever comes.
struct World {
    _folder: tempfile::TempDir,
    api: Api,
    time: Arc<AtomicI64>,
    closed: Arc<AtomicBool>,
    comes: Sender<Heard>,
}

fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let time = Arc::new(AtomicI64::new(MONDAY));
    let clock = time.clone();
    let api = Api::open_at(folder.path(), Clock::from_fn(move || clock.load(Ordering::SeqCst))).unwrap();
    let (comes, heard) = channel();
    let room = QuietRoom { comes: Arc::new(Mutex::new(heard)), closed: Arc::default() };
    let closed = room.closed.clone();
    api.serve_rooms_with(Arc::new(Door(room)));
    World { _folder: folder, api, time, closed, comes }
}

impl World {
    fn ok(&self, command: &str) -> Value {
        self.api.execute(command, json!({})).unwrap()
    }

    fn code(&self, command: &str) -> &'static str {
        self.api.execute(command, json!({})).unwrap_err().code()
    }

    fn starts_a_team(&self) {
        let names = json!({"team_name": "Tổ", "place_name": "Bản", "member_name": "Sồng Thị Dợ"});
        self.api.execute("team_start", names).unwrap();
    }

    /// Waits until the station's own thread has seen what the test has done.
    fn soon(&self, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..2000 {
            let status = self.ok("station_status");
            if is(&status) {
                return status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("{what}: {}", self.ok("station_status"));
    }
}

#[test]
fn it_stops_by_itself_a_quarter_of_an_hour_after_the_last_visitor() {
    let world = world();
    world.starts_a_team();
    let status = world.ok("station_open");
    assert_eq!(status["open"]["addresses"], json!(["192.168.1.12", "10.0.0.7"]));
    assert_eq!(status["open"]["stops_at_ms"], MONDAY + 15 * MINUTE);

    // Nam comes after ten minutes: from then on it is a quarter of an hour again.
    world.time.store(MONDAY + 10 * MINUTE, Ordering::SeqCst);
    world.comes.send(Heard::Came { device: DeviceId([1; 32]), name: "Vì Văn Nam".into() }).unwrap();
    let status = world.soon("Nam is seen", |status| status["open"]["guests"][0]["name"] == "Vì Văn Nam");
    assert_eq!(status["open"]["stops_at_ms"], MONDAY + 25 * MINUTE);
    world.time.store(MONDAY + 24 * MINUTE, Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(50));
    assert!(!world.ok("station_status")["open"].is_null());

    world.time.store(MONDAY + 25 * MINUTE, Ordering::SeqCst);
    let status = world.soon("it stops", |status| status["open"].is_null());
    assert_eq!(status["stopped_by_itself"], true);
    assert!(world.closed.load(Ordering::SeqCst));
    // Opened again, it has the whole time, and when somebody closes it, it has not stopped by itself.
    assert_eq!(world.ok("station_open")["open"]["stops_at_ms"], MONDAY + 40 * MINUTE);
    let status = world.ok("station_close");
    assert_eq!((&status["open"], &status["stopped_by_itself"]), (&Value::Null, &json!(false)));
    assert!(world.closed.load(Ordering::SeqCst));
}

#[test]
fn only_a_door_with_sockets_and_a_real_notebook_serve_a_room() {
    let folder = tempfile::tempdir().unwrap();
    let bare = Api::open(folder.path()).unwrap();
    for command in ["station_open", "station_status", "station_find"] {
        assert_eq!(bare.execute(command, json!({})).unwrap_err().code(), "no_station_here", "{command}");
    }
    let world = world();
    assert_eq!(world.code("station_open"), "no_notebook");
    world.ok("practice_start");
    assert_eq!(world.code("station_open"), "practice_stays");
}

#[test]
fn its_own_address_is_not_among_those_that_were_found() {
    let world = world();
    world.starts_a_team();
    assert_eq!(world.ok("station_find").as_array().unwrap().len(), 2);
    world.ok("station_open");
    assert_eq!(world.ok("station_find"), json!([{"address": "192.168.1.40"}]));
}

#[test]
fn a_station_closes_with_the_app() {
    let world = world();
    world.starts_a_team();
    world.ok("station_open");
    drop(world.api);
    for _ in 0..2000 {
        if world.closed.load(Ordering::SeqCst) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("it is still open");
}
