//! Conversations with relays over bad lines: what is sent may be lost, cut at any byte, come twice or
//! late, and an answer may be lost after the commit.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use tungnha_core::domain::SpaceId;
use tungnha_core::error::Error;
use tungnha_core::sync::fill::Filling;
use tungnha_core::sync::machine::Exchange;
use tungnha_core::sync::photos::Fetching;
use tungnha_core::sync::start::Start;
use tungnha_protocol::Lane;
use tungnha_protocol::frames::{Request, Response};
use tungnha_protocol::ids::ChunkId;
use tungnha_protocol::wire::code;

use super::relay::NoAnswer;
use super::session::{Call, Doing, Session};
use super::visit::Visiting;
use super::world::{Event, SECOND, World};
use super::{Broken, Promise};

/// How long a device waits for an answer.
const PATIENCE: u64 = 120 * SECOND;
/// More turns than this are no conversation; a page brings one entry at least, so that fetching may be long.
const TURNS: u32 = 60;
const PAGES: u32 = 1_000;

/// A request on its way.
#[derive(Clone)]
pub struct Sent {
    /// Who sent it, in which session and turn.
    pub from: (usize, u64, u32),
    /// To which relay.
    pub relay: usize,
    /// What it asks for.
    pub call: Call,
    /// What it shows to be let in.
    pub token: [u8; 32],
    /// The certificate to which it goes, if it goes to a station.
    pub certificate: Option<[u8; 32]>,
    /// What it says.
    pub body: Rc<Vec<u8>>,
    /// Whether anybody waits for the answer.
    pub awaited: bool,
}

/// An answer on its way.
pub struct Answer {
    /// The request that it answers.
    sent: Sent,
    /// Or the code of a refusal.
    body: Result<Vec<u8>, String>,
    /// Not all of it arrives.
    cut: bool,
    logs: LogsThen,
}

/// The relay's logs when it answered.
pub type LogsThen = BTreeMap<SpaceId, Rc<Vec<ChunkId>>>;

impl World {
    /// Somebody presses the button.
    pub(super) fn begin_exchange(&mut self, number: usize) -> Result<(), Broken> {
        if self.devices[number].session.is_some() {
            return Ok(());
        }
        let relay = *self.chance.one(&self.devices[number].relays);
        let (fills, leaves) = (self.chance.below(2) == 0, self.chance.below(2) == 0);
        self.sit_down(number, relay, fills, leaves);
        self.next_turn(number).map(|_| ())
    }

    /// A device begins a sitting, in which it does what the app does.
    pub(super) fn sit_down(&mut self, number: usize, relay: usize, fills: bool, leaves: bool) {
        let (row, spaces, page) = (relay as i64 + 1, self.devices[number].spaces(), self.plan.page);
        if self.relays[relay].host.is_some_and(|host| host != number) {
            return self.visit_station(number, relay);
        }
        let mut doing = VecDeque::from([Doing::Exchange(Exchange::new(row, spaces.clone(), page))]);
        let token = self.devices[number].identity.tokens[relay];
        let own = self.relays[relay].host.is_some();
        doing.extend(spaces.iter().filter(|_| own || fills).map(|space| Doing::Photos(Fetching::new(row, *space))));
        if self.relays[relay].host.is_none() {
            for space in spaces {
                doing.push_front(Doing::Begin(Box::new(Start::new(row, space))));
                if fills {
                    doing.push_back(Doing::Fill(Filling::new(row, space, page)));
                    doing.push_back(Doing::Photos(Fetching::new(row, space)));
                }
                if leaves {
                    doing.push_back(Doing::Leave(space, self.plan.checkpoint_page));
                }
            }
        }
        self.sessions += 1;
        self.devices[number].session = Some(Session::new(self.sessions, relay, token, None, doing));
    }

    /// A device comes to another one's station: for each of its spaces they meet, and then exchange.
    fn visit_station(&mut self, number: usize, station: usize) {
        let certificate = self.relays[station].certificate();
        let mut doing = VecDeque::new();
        for space in self.devices[number].spaces() {
            let (nonce, token) = (self.chance.bytes(), self.chance.bytes());
            doing.push_back(Doing::Meet(Visiting::new(space, certificate, nonce, token)));
            doing.push_back(Doing::Exchange(Exchange::new(station as i64 + 1, [space], self.plan.page)));
            doing.push_back(Doing::Photos(Fetching::new(station as i64 + 1, space)));
        }
        self.sessions += 1;
        let session = Session::new(self.sessions, station, [0; 32], Some(certificate), doing);
        self.devices[number].session = Some(session);
    }

    /// The next request of a device's conversation goes on its way. Its body, if there is one.
    fn next_turn(&mut self, number: usize) -> Result<Option<Sent>, Broken> {
        let asked =
            self.on_device(number, |memory, session| session.expect("it is in a conversation").request(memory))?;
        let Some(asked) = asked else { return Ok(None) };
        let Some((call, body)) = asked? else {
            self.tell(format_args!("device {number} is done"));
            self.devices[number].session = None;
            return Ok(None);
        };
        let Some(session) = &self.devices[number].session else { return Ok(None) };
        let (from, relay) = ((number, session.id, session.turns), session.relay);
        let (token, certificate) = (session.token, session.certificate);
        if session.turns_of_this > if call == Call::Exchange { TURNS } else { PAGES } {
            return Err(Promise::Quiet.broken(format!("device {number} and relay {relay} find no end")));
        }
        if call == Call::Exchange {
            self.check_records_first(number, relay, &body)?;
        }
        let body = Rc::new(body);
        let sent = Sent { from, relay, call, token, certificate, body, awaited: true };
        if self.old_requests.len() < 200 {
            self.old_requests.push(sent.clone());
        }
        if self.stormy {
            self.send(sent.clone());
        }
        Ok(Some(sent))
    }

    /// A request brings no photo while a record of the same device is not at the relay.
    fn check_records_first(&mut self, number: usize, relay: usize, body: &[u8]) -> Result<(), Broken> {
        let request = Request::decode(body).map_err(|e| Promise::Sound.broken(e.to_string()))?;
        let brings_photo = |space: usize| {
            let mut pushes = request.pushes.iter().filter(|push| push.space_index as usize == space);
            pushes.any(|push| Lane::of(&push.bytes).waits())
        };
        for (space, hello) in request.hellos.iter().enumerate().filter(|(space, _)| brings_photo(*space)) {
            let records = request.pushes.iter().filter(|push| push.space_index as usize == space);
            let beside = records.filter(|push| !Lane::of(&push.bytes).waits()).count();
            let store = &mut self.devices[number].store;
            let unsealed = store.view(SpaceId(hello.space.into())).unsealed.len();
            if beside + unsealed > 0 {
                return Err(
                    Promise::Photos.broken(format!("device {number} brings a photo to {relay} before a record"))
                );
            }
        }
        Ok(())
    }

    fn send(&mut self, sent: Sent) {
        let (device, session, turn) = sent.from;
        self.at(PATIENCE, Event::GiveUp { device, session, turn });
        let delay = self.delay(sent.relay, device);
        if self.fault(self.plan.doubled) {
            let late = delay + self.chance.below(200) as u64 * SECOND;
            self.at(late, Event::Request(Sent { awaited: false, ..sent.clone() }));
        }
        if self.fault(self.plan.cut) {
            let end = self.chance.below(sent.body.len());
            let body = Rc::new(sent.body[..end].to_vec());
            self.at(delay, Event::Request(Sent { body, awaited: false, ..sent }));
        } else if !self.fault(self.plan.lost) {
            self.at(delay, Event::Request(sent));
        }
    }

    fn delay(&mut self, relay: usize, device: usize) -> u64 {
        match self.relays[relay].host == Some(device) {
            true => 1,
            false => 20 + self.chance.below(4_000) as u64,
        }
    }

    /// A request gets to its relay.
    pub(super) fn request_arrives(&mut self, sent: Sent) -> Result<(), Broken> {
        if self.fault(self.plan.crashes) {
            let steps = self.chance.below(6) as u32;
            self.relays[sent.relay].shelf.crash_in(steps);
        }
        let (mut body, logs) = match self.relay_answers(&sent)? {
            Ok((body, logs)) => (Ok(body), logs),
            Err(NoAnswer::Refused(code)) => (Err(code), LogsThen::new()),
            Err(NoAnswer::Crashed) => return Ok(()),
        };
        if !sent.awaited || self.fault(self.plan.lost) {
            return Ok(());
        }
        let cut = self.fault(self.plan.cut);
        if let (true, Ok(body)) = (cut, &mut body) {
            body.truncate(self.chance.below(body.len()));
        }
        let delay = self.delay(sent.relay, sent.from.0);
        self.at(delay, Event::Answer(Answer { sent, body, cut, logs }));
        Ok(())
    }

    /// What a relay answers now, and the logs that it answers from.
    pub(super) fn relay_answers(&mut self, sent: &Sent) -> Result<Result<(Vec<u8>, LogsThen), NoAnswer>, Broken> {
        self.story.requests += 1;
        let (device, relay) = (sent.from.0, sent.relay);
        if sent.certificate.is_some_and(|shown| shown != self.relays[relay].certificate()) {
            return Ok(Err(NoAnswer::Refused("station_changed".to_owned())));
        }
        let exchanges = matches!(sent.call, Call::Exchange | Call::Fill | Call::Photo);
        let asked = Request::decode(&sent.body).ok().filter(|_| exchanges);
        let nothing_new = self.brings_nothing_new(relay, asked.as_ref());
        let (now, nonce) = (self.now, self.chance.bytes());
        let answered = self.relays[relay].answer(now, sent.call, &sent.token, &sent.body, nonce);
        if matches!(answered, Err(NoAnswer::Crashed)) {
            self.story.crashes += 1;
            self.relays[relay].start_again();
        }
        self.after_request(relay, asked.as_ref(), nothing_new, answered.as_ref().ok())?;
        if sent.call == Call::Leave {
            self.check_checkpoints(relay)?;
        }
        self.tell(format_args!(
            "relay {relay} answers device {device} to {:?}: {}",
            sent.call,
            match &answered {
                Ok(body) => format!("{} bytes", body.len()),
                Err(none) => none.to_string(),
            }
        ));
        let logs = &self.relays[relay].logs;
        Ok(answered.map(|body| (body, logs.iter().map(|(space, seen)| (*space, seen.chunks.clone())).collect())))
    }

    /// An answer gets to the device that waits for it.
    pub(super) fn answer_arrives(&mut self, answer: Answer) -> Result<(), Broken> {
        let (number, id, turn) = answer.sent.from;
        let waits = self.devices[number].session.as_ref().is_some_and(|s| (s.id, s.turns) == (id, turn));
        if waits && self.absorb(number, &answer)?.is_some() {
            self.next_turn(number)?;
        }
        Ok(())
    }

    /// A device takes an answer in. Nothing when the conversation is over by it, else whether it was news.
    fn absorb(&mut self, number: usize, answer: &Answer) -> Result<Option<bool>, Broken> {
        let (cut, call) = (answer.cut, answer.sent.call);
        if cut && (call == Call::Leave || answer.body.is_err()) {
            // What it says is not read: only that the line broke is noticed.
            self.devices[number].session = None;
            return Ok(None);
        }
        let heard = self.on_device(number, |memory, session| {
            session.expect("it is in a conversation").absorb(memory, &answer.body)
        })?;
        let Some(heard) = heard else { return Ok(None) };
        match heard {
            Err(_) if cut => {
                self.tell(format_args!("device {number} got half an answer"));
                self.devices[number].session = None;
                Ok(None)
            }
            Err(error) if self.may_fail(number, answer, &error) => {
                Ok(self.devices[number].session.is_some().then_some(false))
            }
            Err(error) => Err(Promise::Sound.broken(format!("device {number}, {call:?}: {error}"))),
            Ok(_) if cut => Err(Promise::Sound.broken(format!("device {number} took half an answer for a whole one"))),
            Ok(news) => {
                if let (Call::Exchange, Ok(body)) = (call, &answer.body) {
                    self.check_arrivals(number, answer, body)?;
                }
                self.story.pages += u64::from(call == Call::Begin && news);
                self.story.visits += u64::from(call == Call::Join);
                Ok(Some(news))
            }
        }
    }

    /// Whether this is nobody's fault: the host is of another team or this device's original, or its station was closed, emptied or set
    /// back, or a message came late, since they met. Another visit helps.
    fn may_fail(&mut self, number: usize, answer: &Answer, error: &Error) -> bool {
        let host = self.relays[answer.sent.relay].host;
        let key = |device: usize| self.devices[device].identity.key.id();
        let is_copy = host.is_some_and(|host| key(host) == key(number));
        let Some(session) = &mut self.devices[number].session else { return false };
        let other_team = session.meeting_for().is_some_and(|space| !self.relays[answer.sent.relay].serves(space));
        let passing = ["station_changed", code::MEETING_OVER, code::UNAUTHORIZED];
        match error.code() {
            "station_other_team" if other_team => session.skip_space(),
            "refused" if is_copy && error.message == code::BAD_REQUEST => session.skip_space(),
            "refused" if self.stormy && host.is_some() && passing.contains(&error.message.as_str()) => {
                self.devices[number].session = None;
            }
            _ => return false,
        }
        self.tell(format_args!("device {number} visits in vain: {error}"));
        true
    }

    /// What a device that has read a log to its end believes to be in it, is in it.
    fn check_arrivals(&mut self, number: usize, answer: &Answer, body: &[u8]) -> Result<(), Broken> {
        let device = &mut self.devices[number];
        let row = answer.sent.relay as i64 + 1;
        let hellos = Request::decode(&answer.sent.body).map(|request| request.hellos).unwrap_or_default();
        let answers = Response::decode(body, hellos.len()).map(|answer| answer.spaces);
        for (hello, of_space) in hellos.iter().zip(answers.unwrap_or_default()) {
            let space = SpaceId(hello.space.into());
            let place = device.store.transact(space, |rows| rows.place(row))?;
            let log = answer.logs.get(&space).cloned().unwrap_or_default();
            if of_space.rewind.is_some() || of_space.more.is_some() || place.seq != log.len() as u64 {
                continue;
            }
            for (id, seq) in device.store.arrivals(row, space) {
                if log.get(seq as usize - 1) != Some(&id) {
                    let what = format!("device {number} believes that {id} is at relay {} under {seq}", row - 1);
                    return Err(Promise::Arrived.broken(what));
                }
            }
        }
        Ok(())
    }

    /// A device has waited long enough.
    pub(super) fn give_up(&mut self, number: usize, session: u64, turn: u32) {
        let device = &mut self.devices[number];
        if device.session.as_ref().is_some_and(|s| (s.id, s.turns) == (session, turn)) {
            device.session = None;
            self.tell(format_args!("device {number} gives up"));
        }
    }

    /// A whole conversation on a good line. Whether there was anything new.
    pub(super) fn meet(&mut self, number: usize, relay: usize) -> Result<bool, Broken> {
        self.sit_down(number, relay, true, false);
        self.converse(number)
    }

    /// Goes on with a conversation to its end, on a good line. Whether there was anything new.
    pub(super) fn converse(&mut self, number: usize) -> Result<bool, Broken> {
        let mut news = false;
        while let Some(sent) = self.next_turn(number)? {
            let again = self.devices[number].session.as_ref().is_some_and(|session| session.turns_of_this > 1);
            news |= sent.call == Call::Exchange && again;
            let (body, logs) = match self.relay_answers(&sent)? {
                Ok((body, logs)) => (Ok(body), logs),
                Err(NoAnswer::Refused(code)) => (Err(code), LogsThen::new()),
                Err(NoAnswer::Crashed) => return Ok(true),
            };
            match self.absorb(number, &Answer { sent, body, cut: false, logs })? {
                Some(new) => news |= new,
                None => return Ok(true),
            }
        }
        self.devices[number].session = None;
        Ok(news)
    }
}
