//! Somebody who is in the room and not in the team: has heard what others said, may stand in between, and
//! learns nothing.

use tungnha_core::sync::meet::Proving;
use tungnha_protocol::frames::{Hello, Request};
use tungnha_protocol::ids::{Nonce, SpaceId as WireSpace};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::meet::{JoinRoom, Meet, Meeting, Met, PROOFS, Prove, Proved};
use tungnha_protocol::wire::{Body, GetCheckpoint, Registration, code};

use super::relay::NoAnswer;
use super::session::Call;
use super::world::World;
use super::{Broken, Promise};

impl World {
    /// A stranger comes to a station, if there is one.
    pub(super) fn stranger_comes(&mut self) -> Result<(), Broken> {
        let stations: Vec<usize> = (0..self.relays.len()).filter(|n| self.relays[*n].host.is_some()).collect();
        if stations.is_empty() {
            return Ok(());
        }
        let station = *self.chance.one(&stations);
        let (token, visitor) = (self.chance.bytes(), Nonce(self.chance.bytes()));
        let certificate = self.relays[station].certificate();
        let Ok(met) = self.ask(station, Call::Greet, &token, &Meet { nonce: visitor }.to_bytes())? else {
            return Ok(());
        };
        let met = Met::from_bytes(&met).map_err(|error| Promise::Sound.broken(error.to_string()))?;
        let meeting = Meeting { certificate, visitor, station: met.nonce };
        for prove in self.false_proofs(station, meeting) {
            let answer = self.ask(station, Call::Prove, &token, &prove.to_bytes())?;
            let empty = Proved { shared: Vec::new() }.to_bytes();
            if answer.as_ref().is_ok_and(|answer| *answer != empty) {
                return Err(Promise::Stranger.broken(format!("station {station} shows a stranger its proof")));
            }
        }
        let device = DeviceKey::from_bytes(&self.chance.bytes());
        let registration = Registration::sign(&device, &meeting.ticket(), &token);
        let join = JoinRoom { meeting: met.nonce, registration, name: "a stranger".to_owned() };
        self.must_refuse(station, Call::Join, &token, &join.to_bytes(), code::MEETING_OVER)?;
        let hellos = self.spaces.iter().map(|space| Hello::at(WireSpace(*space.bytes()), RollingHash::NONE)).collect();
        let request = Request { hellos, ..Request::default() };
        self.must_refuse(station, Call::Exchange, &token, &request.encode(), code::UNAUTHORIZED)?;
        let page = GetCheckpoint { space: WireSpace(*self.spaces[0].bytes()), page: 0, seq: None };
        self.must_refuse(station, Call::Begin, &token, &page.to_bytes(), code::UNAUTHORIZED)?;
        self.tell(format_args!("a stranger learns nothing at station {station}"));
        Ok(())
    }

    /// Of another team's key; overheard in other meetings; and a member's own, who was shown another
    /// certificate by somebody in between.
    fn false_proofs(&mut self, station: usize, meeting: Meeting) -> Vec<Prove> {
        let of_another_team = Proving::new(meeting, &[SpaceKey::from_bytes(self.chance.bytes())]).prove();
        let heard = self.old_requests.iter().filter(|sent| sent.relay == station && sent.call == Call::Prove);
        let heard = heard.filter_map(|sent| Prove::from_bytes(&sent.body).ok()).flat_map(|prove| prove.proofs);
        let overheard = Prove { meeting: meeting.station, proofs: heard.take(PROOFS).collect() };
        let between = Meeting { certificate: self.chance.bytes(), ..meeting };
        let keys = self.devices[0].identity.keys.values().flatten().cloned().collect::<Vec<_>>();
        vec![of_another_team, overheard, Proving::new(between, &keys).prove()]
    }

    fn must_refuse(
        &mut self,
        station: usize,
        call: Call,
        token: &[u8; 32],
        body: &[u8],
        with: &str,
    ) -> Result<(), Broken> {
        match self.ask(station, call, token, body)? {
            Err(NoAnswer::Crashed) => Ok(()),
            Err(NoAnswer::Refused(code)) if code == with => Ok(()),
            _ => Err(Promise::Stranger.broken(format!("station {station} lets a stranger {call:?}"))),
        }
    }

    /// Asks as nobody's device; logs do not grow by it.
    fn ask(
        &mut self,
        station: usize,
        call: Call,
        token: &[u8; 32],
        body: &[u8],
    ) -> Result<Result<Vec<u8>, NoAnswer>, Broken> {
        self.story.requests += 1;
        let nonce = self.chance.bytes();
        let now = self.now;
        let answered = self.relays[station].answer(now, call, token, body, nonce);
        self.after_request(station, None, true, None)?;
        Ok(answered)
    }
}
