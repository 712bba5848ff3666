//! The relay on a real socket: an evening in town, and everything that a hostile client may send.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use common::*;
use http_client::{Answer, call};
use tungnha_protocol::{
    Chunk, Incarnation, RollingHash, SpaceId,
    frames::{Ack, Hello, MAX_REQUEST, Offer, Pull, PullBody, Push, Refusal, Refused, Request, Response, SpaceAnswer},
    wire::{Body, CreateInvite, CreateSpace, InviteCreated, Join, Joined, SpaceCreated, WireError, code},
};
use tungnha_relay::{
    Relay, serve,
    storage::{Quota, Storage, Upkeep, sqlite::Sqlite},
};

/// A relay of its own for each test, with a clock that the test turns.
struct Town {
    address: SocketAddr,
    clock: Arc<AtomicU64>,
    storage: Sqlite,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Town {
    fn new() -> Self {
        Self::with_room(Quota::default())
    }

    fn with_room(quota: Quota) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let storage = Sqlite::open_with(&folder.path().join("relay.db"), quota).unwrap();
        let clock = Arc::new(AtomicU64::new(MONDAY));
        let time = Arc::clone(&clock);
        let clock_of_town = Arc::new(move || time.load(Ordering::SeqCst));
        let relay = Relay { clock: clock_of_town, ..Relay::new(storage.clone()) };
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(serve(relay, listener, std::future::pending()));
        Self { address, clock, storage, runtime, _folder: folder }
    }

    /// A town in which Hoà has opened the team's space.
    fn with_hoa() -> (Self, Device, SpaceId) {
        let (town, hoa, space) = (Self::new(), device("Hoà"), space("Vân Hồ"));
        town.opens(&hoa, space);
        (town, hoa, space)
    }

    fn opens(&self, device: &Device, space: SpaceId) -> Incarnation {
        let pass = pass(&space.to_string());
        self.runtime.block_on(self.storage.add_pass(new_pass(&pass, 1, 30), MONDAY)).unwrap();
        let answer = self.post("/v1/spaces", None, &device.opens(space, &pass).to_bytes());
        SpaceCreated::from_bytes(answer.ok()).unwrap().incarnation
    }

    fn joins(&self, name: &str, by: &Device, space: SpaceId) -> Device {
        let (new, invite) = (device(name), invite(name));
        self.post("/v1/invites", Some(by), &offer(&invite, space, 1, 1).to_bytes()).ok();
        let answer = self.post("/v1/join", None, &new.joins(&invite).to_bytes());
        let envelope = Joined::from_bytes(answer.ok()).unwrap().envelope;
        assert_eq!(invite.open(&envelope).unwrap(), envelope_of(space));
        new
    }

    fn post(&self, path: &str, device: Option<&Device>, body: &[u8]) -> Answer {
        call(self.address, "POST", path, device.map(|device| &device.token), body)
    }

    fn sync(&self, device: &Device, space: SpaceId, place: RollingHash, chunks: &[Chunk]) -> SpaceAnswer {
        let pushes = chunks.iter().map(|chunk| chunk.bytes().to_vec()).collect();
        self.sync_raw(device, space, place, pushes)
    }

    fn sync_raw(&self, device: &Device, space: SpaceId, place: RollingHash, pushes: Vec<Vec<u8>>) -> SpaceAnswer {
        let pushes = pushes.into_iter().map(|bytes| Push { space_index: 0, bytes }).collect();
        let request =
            Request { hellos: vec![Hello { whole: Some(true), ..Hello::at(space, place) }], pushes, offers: vec![] };
        let answer = self.post("/v1/sync", Some(device), &request.encode());
        Response::decode(answer.ok(), 1).unwrap().spaces.remove(0)
    }

    fn passes(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// The cursor after an answer.
fn reached(mut place: RollingHash, answer: &SpaceAnswer) -> RollingHash {
    if let Some(welcome) = answer.welcome {
        place = RollingHash::start(&welcome.incarnation);
    }
    for pull in &answer.pulls {
        place = place.then(&pull.id());
        assert_eq!(pull.seq, place.seq, "a number was skipped");
    }
    place
}

fn error(answer: &Answer) -> (u16, String) {
    (answer.status, WireError::from_bytes(&answer.body).unwrap().code)
}

fn refusal(answer: &SpaceAnswer) -> Refusal {
    assert!(answer.acks.is_empty(), "{answer:?}");
    let [Refused { code, .. }] = answer.refused[..] else { panic!("{answer:?}") };
    code
}

#[test]
fn hoa_and_lan_find_each_others_visits_in_town() {
    let (town, hoa, space) = Town::with_hoa();
    let lan = town.joins("Lan", &hoa, space);
    let (from_hoa, from_lan) = (hoa.visit(space, "Hoà's"), lan.visit(space, "Lan's"));

    let first = town.sync(&hoa, space, RollingHash::NONE, std::slice::from_ref(&from_hoa));
    assert_eq!(first.acks, [Ack { id: from_hoa.id(), seq: 1 }]);
    assert_eq!(first.pulls[0].body, PullBody::Id(from_hoa.id()), "her own bytes do not come back");

    let second = town.sync(&lan, space, RollingHash::NONE, std::slice::from_ref(&from_lan));
    assert_eq!(second.pulls[0].body, PullBody::Bytes(from_hoa.into_bytes()));
    let head = reached(RollingHash::NONE, &second);
    assert_eq!(second.welcome.unwrap().head, head);

    let third = town.sync(&hoa, space, reached(RollingHash::NONE, &first), &[]);
    assert_eq!(third.pulls[0].body, PullBody::Bytes(from_lan.into_bytes()));
    assert_eq!(third.more, None);
    let fourth = town.sync(&hoa, space, head, &[]);
    assert_eq!(fourth, SpaceAnswer::default(), "no news is no answer");
}

#[test]
fn no_news_for_three_spaces_fits_400_bytes_with_headers() {
    let (town, hoa, first) = Town::with_hoa();
    let spaces = [first, space("Mộc Châu"), space("Chiềng Khoa")];
    let starts = spaces.into_iter().map(|space| {
        if space != first {
            town.opens(&hoa, space);
        }
        let place = reached(RollingHash::NONE, &town.sync(&hoa, space, RollingHash::NONE, &[]));
        Hello::at(space, place)
    });
    let request = Request { hellos: starts.collect(), ..Request::default() }.encode();
    let answer = town.post("/v1/sync", Some(&hoa), &request);
    assert_eq!(answer.ok(), [0]);
    assert!(answer.sent + answer.received <= 400, "{} up, {} down", answer.sent, answer.received);
}

#[test]
fn a_lost_answer_is_asked_for_again_and_nothing_is_twice() {
    let (town, hoa, space) = Town::with_hoa();
    let visits = [hoa.visit(space, "1"), hoa.visit(space, "2")];
    let first = town.sync(&hoa, space, RollingHash::NONE, &visits);
    let again = town.sync(&hoa, space, RollingHash::NONE, &visits);
    assert_eq!(again, first);
    assert_eq!(again.welcome.unwrap().head.seq, 2);

    let (lan, invite) = (device("Lan"), invite("one use"));
    town.post("/v1/invites", Some(&hoa), &offer(&invite, space, 1, 1).to_bytes()).ok();
    let body = lan.joins(&invite).to_bytes();
    let first = town.post("/v1/join", None, &body);
    assert_eq!(town.post("/v1/join", None, &body).ok(), first.ok());
    town.sync(&lan, space, RollingHash::NONE, &[]).welcome.unwrap();
}

#[test]
fn a_hundred_kilobytes_come_in_pages_that_resume() {
    let (town, hoa, space) = Town::with_hoa();
    let visits: Vec<_> = (0..30).map(|i| hoa.visit(space, &format!("{i} {}", "x".repeat(5_000)))).collect();
    for page in visits.chunks(10) {
        town.sync(&hoa, space, RollingHash::NONE, page);
    }
    let lan = town.joins("Lan", &hoa, space);
    let (mut place, mut got, mut exchanges) = (RollingHash::NONE, Vec::new(), 0);
    loop {
        let answer = town.sync(&lan, space, place, &[]);
        place = reached(place, &answer);
        got.extend(answer.pulls.into_iter().map(|pull| pull.id()));
        exchanges += 1;
        match answer.more {
            Some(head) => assert_eq!(head, 30),
            None => break,
        }
    }
    assert_eq!(got, visits.iter().map(Chunk::id).collect::<Vec<_>>());
    assert_eq!(exchanges, 3, "twelve of 5 KB fit a page of 64 KB");
}

#[test]
fn a_relay_that_is_not_the_one_says_so() {
    let (town, hoa, space) = Town::with_hoa();
    let visit = hoa.visit(space, "visit");
    town.sync(&hoa, space, RollingHash::NONE, std::slice::from_ref(&visit));
    let elsewhere = RollingHash::start(&Incarnation([9; 16]));
    let answer = town.sync(&hoa, space, elsewhere, &[hoa.visit(space, "another")]);
    assert!(answer.rewind.is_some() && answer.pulls.is_empty());
    assert_eq!(answer.acks.len(), 1, "what was pushed is kept all the same");
}

#[test]
fn forged_cut_oversized_and_foreign_chunks_are_refused_and_the_good_one_beside_them_is_kept() {
    let (town, hoa, space) = Town::with_hoa();
    let good = hoa.visit(space, "good");
    let mut forged = hoa.visit(space, "forged").into_bytes();
    let last = forged.len() - 1;
    forged[last] ^= 1;
    let cut = good.bytes()[..100].to_vec();
    let foreign = hoa.visit(common::space("Mộc Châu"), "foreign").into_bytes();
    let oversized = vec![1; 64 * 1024 + 1];
    let bad = [forged, cut, foreign, oversized, vec![]];
    let pushes = bad.iter().cloned().chain([good.bytes().to_vec()]).collect();
    let answer = town.sync_raw(&hoa, space, RollingHash::NONE, pushes);
    let codes: Vec<_> = answer.refused.iter().map(|refused| refused.code).collect();
    use Refusal::*;
    assert_eq!(codes, [BadSignature, Malformed, OtherSpace, Malformed, Malformed]);
    let named: Vec<_> = answer.refused.iter().filter_map(|refused| refused.id).collect();
    assert_eq!(named, bad.iter().map(|bytes| Chunk::id_of(bytes)).collect::<Vec<_>>());
    assert_eq!(answer.acks, [Ack { id: good.id(), seq: 1 }]);
}

#[test]
fn a_chunk_of_a_later_version_is_kept() {
    let (town, hoa, space) = Town::with_hoa();
    let visit = hoa.visit(space, "from next year").into_bytes();
    let mut body = visit[..visit.len() - 64].to_vec();
    body[0] = 2;
    let hash = blake3::hash(&body);
    body.extend(hoa.key.sign(&[b"tungnha chunk", &hash.as_bytes()[..]].concat()));
    let answer = town.sync_raw(&hoa, space, RollingHash::NONE, vec![body]);
    assert_eq!(answer.acks.len(), 1);
}

#[test]
fn a_carrier_brings_a_chunk_of_a_device_that_the_relay_never_saw() {
    let (town, hoa, space) = Town::with_hoa();
    let carried = device("Páo, still in the hills").visit(space, "carried to market");
    let answer = town.sync(&hoa, space, RollingHash::NONE, std::slice::from_ref(&carried));
    assert_eq!(answer.acks, [Ack { id: carried.id(), seq: 1 }]);
}

#[test]
fn what_is_offered_is_wanted_only_if_it_is_not_there() {
    let (town, hoa, space) = Town::with_hoa();
    let (here, not_here) = (hoa.visit(space, "here"), hoa.visit(space, "still in the hills"));
    town.sync(&hoa, space, RollingHash::NONE, std::slice::from_ref(&here));
    let lan = town.joins("Lan", &hoa, space);
    let chunks = vec![here.id().fingerprint(), not_here.id().fingerprint()];
    let offers = vec![Offer { space_index: 0, chunks }];
    let request = Request { hellos: vec![Hello::at(space, RollingHash::NONE)], offers, ..Request::default() };
    let answer = town.post("/v1/sync", Some(&lan), &request.encode());
    let answer = Response::decode(answer.ok(), 1).unwrap().spaces.remove(0);
    assert_eq!(answer.wants, [not_here.id().fingerprint()]);
    assert_eq!(answer.pulls, [Pull { seq: 1, body: PullBody::Id(here.id()) }]);
}

#[test]
fn a_space_is_closed_to_whoever_is_no_member() {
    let (town, hoa, space) = Town::with_hoa();
    let visit = hoa.visit(space, "Hoà's");
    town.sync(&hoa, space, RollingHash::NONE, std::slice::from_ref(&visit));
    let stranger = device("stranger");
    town.opens(&stranger, common::space("Mộc Châu"));
    let answer = town.sync(&stranger, space, RollingHash::NONE, &[stranger.visit(space, "intruding")]);
    assert_eq!(refusal(&answer), Refusal::NotMember);
    assert!(answer.pulls.is_empty() && answer.welcome.is_none());
    // What he overheard can be replayed, and changes nothing.
    assert_eq!(refusal(&town.sync(&stranger, space, RollingHash::NONE, &[visit])), Refusal::NotMember);
    let invites = town.post("/v1/invites", Some(&stranger), &offer(&invite("x"), space, 1, 1).to_bytes());
    assert_eq!(error(&invites), (403, code::NOT_MEMBER.into()));
    let head = town.sync(&hoa, space, RollingHash::NONE, &[]).welcome.unwrap().head;
    assert_eq!(head.seq, 1);
}

#[test]
fn an_unknown_token_opens_nothing() {
    let (town, _, space) = Town::with_hoa();
    let request = Request { hellos: vec![Hello::at(space, RollingHash::NONE)], ..Request::default() }.encode();
    for caller in [None, Some(&device("stranger"))] {
        let answer = town.post("/v1/sync", caller, &request);
        assert_eq!(error(&answer), (401, code::UNAUTHORIZED.into()));
    }
}

#[test]
fn a_revoked_device_is_told_so_and_cannot_come_back_by_an_invite() {
    let (town, hoa, space) = Town::with_hoa();
    let lan = town.joins("Lan", &hoa, space);
    assert!(town.runtime.block_on(town.storage.revoke(lan.key.id(), MONDAY)).unwrap());
    let answer = town.post("/v1/sync", Some(&lan), &[0]);
    assert_eq!(error(&answer), (403, code::DEVICE_REVOKED.into()));
    let invite = invite("another");
    town.post("/v1/invites", Some(&hoa), &offer(&invite, space, 1, 1).to_bytes()).ok();
    let answer = town.post("/v1/join", None, &lan.joins(&invite).to_bytes());
    assert_eq!(error(&answer), (403, code::DEVICE_REVOKED.into()));
}

#[test]
fn a_device_that_has_brought_its_days_worth_is_told_chunk_by_chunk_and_reads_on() {
    let town = Town::with_room(Quota { device_bytes_a_day: Some(2_500), ..Quota::default() });
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    town.opens(&hoa, space);
    let visits: Vec<_> = (0..3).map(|i| hoa.visit(space, &format!("{i} {}", "x".repeat(1_000)))).collect();
    let answer = town.sync(&hoa, space, RollingHash::NONE, &visits);
    assert_eq!(answer.acks.len(), 2);
    assert_eq!(answer.refused, [Refused { id: Some(visits[2].id()), code: Refusal::Full }]);
    assert_eq!((answer.pulls.len(), answer.wants.len()), (2, 0), "the log is read, and nothing more is asked for");
    let invites = town.post("/v1/invites", Some(&hoa), &offer(&invite("x"), space, 1, 1).to_bytes());
    invites.ok();
    let much = CreateInvite { envelope: vec![0; 1_000], ..offer(&invite("y"), space, 1, 1) };
    let answer = town.post("/v1/invites", Some(&hoa), &much.to_bytes());
    assert_eq!(error(&answer), (507, code::FULL.into()));
    town.passes(DAY);
    assert_eq!(town.sync(&hoa, space, RollingHash::NONE, &visits[2..]).acks.len(), 1);
}

#[test]
fn a_request_that_is_cut_garbled_or_too_large_is_refused() {
    let (town, hoa, space) = Town::with_hoa();
    let request = Request { hellos: vec![Hello::at(space, RollingHash::NONE)], ..Request::default() }.encode();
    for body in [&request[..request.len() - 1], &[], b"{\"json\":true}", &[request.clone(), vec![0]].concat()] {
        assert_eq!(error(&town.post("/v1/sync", Some(&hoa), body)), (400, code::BAD_REQUEST.into()));
    }
    let answer = town.post("/v1/sync", Some(&hoa), &vec![1; MAX_REQUEST + 1]);
    assert_eq!(error(&answer), (413, code::TOO_LARGE.into()));
    for path in ["/v1/spaces", "/v1/join", "/v1/invites"] {
        let answer = town.post(path, Some(&hoa), &request);
        assert_eq!(error(&answer), (400, code::BAD_REQUEST.into()), "{path}");
        let answer = town.post(path, Some(&hoa), &vec![1; 200_000]);
        assert_eq!(error(&answer), (413, code::TOO_LARGE.into()), "{path}");
    }
    assert_eq!(town.post("/v1/sync", Some(&hoa), &request).status, 200, "others are served");
}

#[test]
fn an_invite_ends_by_the_relays_clock_and_after_its_uses() {
    let (town, hoa, space) = Town::with_hoa();
    let (once, short) = (invite("once"), invite("short"));
    let call = offer(&short, space, 9, 1).to_bytes();
    let created = InviteCreated::from_bytes(town.post("/v1/invites", Some(&hoa), &call).ok()).unwrap();
    assert_eq!(created.expires_at_s, MONDAY + DAY);
    town.post("/v1/invites", Some(&hoa), &offer(&once, space, 1, 9).to_bytes()).ok();
    let join = |name: &str, invite| town.post("/v1/join", None, &device(name).joins(invite).to_bytes());
    join("Lan", &once).ok();
    assert_eq!(error(&join("Minh", &once)), (410, code::INVITE_USED_UP.into()));
    town.passes(DAY);
    assert_eq!(error(&join("Minh", &short)), (410, code::INVITE_EXPIRED.into()));
    assert_eq!(error(&join("Minh", &invite("never made"))), (404, code::INVITE_UNKNOWN.into()));
}

#[test]
fn an_invite_without_end_or_use_is_not_made() {
    let (town, hoa, space) = Town::with_hoa();
    for call in [offer(&invite("x"), space, 0, 1), offer(&invite("x"), space, 1, 0), offer(&invite("x"), space, 1, 91)]
    {
        let answer = town.post("/v1/invites", Some(&hoa), &call.to_bytes());
        assert_eq!(error(&answer), (400, code::BAD_REQUEST.into()));
    }
}

#[test]
fn nobody_registers_another_persons_device() {
    let (town, hoa, space) = Town::with_hoa();
    let invite = invite("for Lan");
    town.post("/v1/invites", Some(&hoa), &offer(&invite, space, 9, 1).to_bytes()).ok();
    let mut call: Join = device("thief").joins(&invite);
    call.registration.device = hoa.key.id();
    let answer = town.post("/v1/join", None, &call.to_bytes());
    assert_eq!(error(&answer), (403, code::BAD_SIGNATURE.into()));
    let mut call: CreateSpace = device("thief").opens(common::space("new"), &pass("x"));
    call.registration.device = hoa.key.id();
    let answer = town.post("/v1/spaces", None, &call.to_bytes());
    assert_eq!(error(&answer), (403, code::BAD_SIGNATURE.into()));
    assert_eq!(town.sync(&hoa, space, RollingHash::NONE, &[]).refused, [], "Hoà's token still holds");
}

#[test]
fn a_pass_of_nobodys_making_opens_nothing() {
    let town = Town::new();
    let call = device("Hoà").opens(space("Vân Hồ"), &pass("made up"));
    assert_eq!(error(&town.post("/v1/spaces", None, &call.to_bytes())), (404, code::PASS_UNKNOWN.into()));
}

#[test]
fn who_opens_an_invite_in_a_browser_is_told_to_use_the_app() {
    let town = Town::new();
    for path in ["/j/abcdefghijk", "/p/abcdefghijk"] {
        let page = call(town.address, "GET", path, None, &[]);
        let text = String::from_utf8(page.body.clone()).unwrap();
        assert_eq!(page.status, 200);
        assert!(text.contains("Hãy mở ứng dụng") && text.contains("Open the app"));
        assert!(!text.contains("<script") && !text.contains("http"), "nothing is run or fetched");
        assert!(page.head.contains("default-src 'none'") && page.head.contains("no-referrer"));
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(call(town.address, "GET", path, None, &[]).ok(), b"ok\n");
    }
    assert_eq!(error(&call(town.address, "GET", "/", None, &[])), (404, code::NOT_FOUND.into()));
    assert_eq!(error(&call(town.address, "GET", "/v1/sync", None, &[])), (405, code::NOT_FOUND.into()));
}
