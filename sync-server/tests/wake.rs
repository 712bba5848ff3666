//! Who is woken when a log has grown, and for how long a stream stands.
#![allow(clippy::unwrap_used)]

mod common;

use std::time::Duration;

use axum::{
    Router,
    body::{Body, BodyDataStream},
    http::{Request as HttpRequest, Response as HttpResponse, header::AUTHORIZATION},
};
use common::*;
use data_encoding::BASE64URL_NOPAD;
use futures_util::StreamExt;
use tower::ServiceExt;
use tungnha_protocol::{
    Chunk, RollingHash, SpaceId,
    frames::{Hello, Push, Request, Response},
    wire::{Body as _, WireError},
};
use tungnha_relay::{
    Relay, router,
    storage::{Storage, sqlite::Sqlite},
};

/// A relay without a socket, in which time can stand still.
struct Town {
    router: Router,
    relay: Relay<Sqlite>,
    space: SpaceId,
    _folder: tempfile::TempDir,
}

impl Town {
    /// Hoà has opened the team's space, and Lan has joined it.
    async fn with_hoa_and_lan() -> (Self, Device, Device) {
        let folder = tempfile::tempdir().unwrap();
        let storage = Sqlite::open(&folder.path().join("relay.db")).unwrap();
        let (hoa, lan, space) = (device("Hoà"), device("Lan"), space("Vân Hồ"));
        let (pass, invite) = (pass("Vân Hồ"), invite("for Lan"));
        storage.add_pass(new_pass(&pass, 1, 30), MONDAY).await.unwrap();
        storage.create_space(hoa.opens(space, &pass), MONDAY).await.unwrap();
        storage.create_invite(hoa.key.id(), offer(&invite, space, 1, 1), MONDAY).await.unwrap();
        storage.join(lan.joins(&invite), MONDAY).await.unwrap();
        let relay = Relay::new(storage);
        let town = Self { router: router(relay.clone()), relay, space, _folder: folder };
        (town, hoa, lan)
    }

    async fn ask(&self, method: &str, path: &str, device: &Device, body: Vec<u8>) -> HttpResponse<Body> {
        let token = format!("Bearer {}", BASE64URL_NOPAD.encode(&device.token));
        let request = HttpRequest::builder().method(method).uri(path).header(AUTHORIZATION, token);
        self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
    }

    async fn listens(&self, device: &Device) -> Stream {
        let answer = self.ask("GET", "/v1/wake", device, Vec::new()).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Stream(answer.into_body().into_data_stream())
    }

    async fn pushes(&self, device: &Device, chunks: &[Chunk]) {
        let hellos = vec![Hello::at(self.space, RollingHash::NONE)];
        let pushes = chunks.iter().map(|chunk| Push { space_index: 0, bytes: chunk.bytes().to_vec() });
        let request = Request { hellos, pushes: pushes.collect(), ..Request::default() }.encode();
        let answer = self.ask("POST", "/v1/sync", device, request).await;
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        let answer = Response::decode(&bytes, 1).unwrap();
        assert_eq!(answer.spaces[0].acks.len(), chunks.len());
    }

    fn changed(&self) -> String {
        format!("event: changed\ndata: {}\n\n", self.space)
    }
}

struct Stream(BodyDataStream);

impl Stream {
    /// What comes next; none when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let bytes = self.0.next().await?.unwrap();
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// What has come by now, without waiting.
    async fn here(&mut self) -> Option<String> {
        tokio::time::timeout(Duration::ZERO, self.next()).await.ok().flatten()
    }
}

#[tokio::test]
async fn a_new_chunk_wakes_who_listens_except_who_brought_it() {
    let (town, hoa, lan) = Town::with_hoa_and_lan().await;
    let (mut at_hoa, mut at_lan) = (town.listens(&hoa).await, town.listens(&lan).await);
    assert_eq!(at_lan.here().await, None, "nothing is told on connecting");

    let visits = [hoa.visit(town.space, "1"), hoa.visit(town.space, "2")];
    town.pushes(&hoa, &visits).await;
    assert_eq!(at_lan.next().await, Some(town.changed()));
    assert_eq!(at_lan.here().await, None, "two chunks of one push are one event");

    town.pushes(&lan, &visits).await;
    assert_eq!(at_hoa.here().await, None, "what was there already wakes nobody");
    town.pushes(&lan, &[lan.visit(town.space, "3")]).await;
    assert_eq!(at_hoa.next().await, Some(town.changed()));
    assert_eq!(at_lan.here().await, None);
}

#[tokio::test]
async fn who_is_slow_is_told_once_and_who_connects_anew_hears_at_one_place() {
    let (town, hoa, lan) = Town::with_hoa_and_lan().await;
    let mut older = town.listens(&lan).await;
    for n in 0..5 {
        town.pushes(&hoa, &[hoa.visit(town.space, &n.to_string())]).await;
    }
    assert_eq!(older.next().await, Some(town.changed()));
    assert_eq!(older.here().await, None, "five pushes while nobody read are one event");

    let mut newer = town.listens(&lan).await;
    assert_eq!(older.next().await, None, "one stream a device");
    town.pushes(&hoa, &[hoa.visit(town.space, "5")]).await;
    assert_eq!(newer.next().await, Some(town.changed()));
}

#[tokio::test]
async fn the_stream_outlives_the_time_that_a_request_has_and_ends_when_membership_is_to_be_looked_at() {
    let (town, hoa, lan) = Town::with_hoa_and_lan().await;
    let mut stream = town.listens(&lan).await;
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    for n in 1..=6 {
        assert_eq!(stream.next().await.unwrap(), ":\n\n");
        assert_eq!(start.elapsed().as_secs(), 55 * n, "a comment every 55 seconds");
    }
    town.relay.hub.woken(&town.space, Some(&hoa.key.id()));
    assert_eq!(stream.next().await, Some(town.changed()));
    while stream.next().await.is_some() {}
    assert_eq!(start.elapsed().as_secs(), 4 * 60 * 60);
}

#[tokio::test]
async fn strangers_hear_nothing_and_a_relay_that_stops_lets_go() {
    let (town, _, lan) = Town::with_hoa_and_lan().await;
    let refused = town.ask("GET", "/v1/wake", &device("Páo"), Vec::new()).await;
    assert_eq!(refused.status(), 401);
    let mut stream = town.listens(&lan).await;
    town.relay.hub.close();
    assert_eq!(stream.next().await, None);
    let late = town.ask("GET", "/v1/wake", &lan, Vec::new()).await;
    assert_eq!(late.status(), 503);
    let body = axum::body::to_bytes(late.into_body(), 1000).await.unwrap();
    assert_eq!(WireError::from_bytes(&body).unwrap().code, "busy");
}
