//! What a device does with a relay in one sitting, as the app does it: it begins from a checkpoint if
//! nothing is here yet, exchanges, fetches what is older, and leaves a checkpoint for those who come after.
//! With a station it meets before it exchanges.

use std::collections::VecDeque;

use tungnha_core::domain::SpaceId;
use tungnha_core::error::{Error, Result};
use tungnha_core::sync::fill::Filling;
use tungnha_core::sync::leave::{Leaving, Whole};
use tungnha_core::sync::machine::Exchange;
use tungnha_core::sync::photos::Fetching;
use tungnha_core::sync::start::Start;
use tungnha_protocol::wire::code;

use super::visit::Visiting;
use super::watch::Watched;

/// A sitting with a relay.
pub struct Session {
    /// Its number.
    pub id: u64,
    /// With whom.
    pub relay: usize,
    /// How many requests were made, in all and of what is being done.
    pub turns: u32,
    /// … of what is being done now.
    pub turns_of_this: u32,
    /// What it shows to be let in.
    pub token: [u8; 32],
    /// What the station showed when the device came, if it is one and not its own.
    pub certificate: Option<[u8; 32]>,
    doing: VecDeque<Doing>,
}

/// One thing that is done in it.
pub enum Doing {
    /// Meeting a station.
    Meet(Visiting),
    /// Beginning from a checkpoint.
    Begin(Box<Start>),
    /// The exchange.
    Exchange(Exchange),
    /// Fetching what is older than the checkpoint.
    Fill(Filling),
    /// Fetching photos.
    Photos(Fetching),
    /// Leaving a checkpoint of a space in pages of so many bytes …
    Leave(SpaceId, usize),
    /// … which is on its way.
    Leaving(Leaving),
}

/// What is asked of a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// To meet.
    Greet,
    /// To compare proofs.
    Prove,
    /// To be let in.
    Join,
    /// A page of its checkpoint.
    Begin,
    /// An exchange.
    Exchange,
    /// An exchange about older entries only.
    Fill,
    /// An exchange about one photo only.
    Photo,
    /// To keep a page of a checkpoint.
    Leave,
}

impl Session {
    /// A sitting in which all this is done.
    pub fn new(id: u64, relay: usize, token: [u8; 32], certificate: Option<[u8; 32]>, doing: VecDeque<Doing>) -> Self {
        Self { id, relay, turns: 0, turns_of_this: 0, token, certificate, doing }
    }

    /// The next request; none when all is done.
    pub fn request(&mut self, memory: &mut Watched<'_>) -> Result<Option<(Call, Vec<u8>)>> {
        let row = self.relay as i64 + 1;
        while let Some(doing) = self.doing.front_mut() {
            let (call, body) = match doing {
                Doing::Meet(visiting) => visiting.request(),
                Doing::Begin(start) => (Call::Begin, start.request(memory)?),
                Doing::Exchange(exchange) => (Call::Exchange, exchange.request(memory)?),
                Doing::Fill(filling) => (Call::Fill, filling.request(memory)?),
                Doing::Photos(fetching) => (Call::Photo, fetching.request(memory)?),
                Doing::Leaving(leaving) => (Call::Leave, leaving.request(memory)?),
                Doing::Leave(space, page) => {
                    let whole = Whole::gather(memory, row, *space)?;
                    if let Some(leaving) = whole.map(|whole| whole.write(*page)).transpose()?.flatten() {
                        *doing = Doing::Leaving(leaving);
                        continue;
                    }
                    (Call::Leave, None)
                }
            };
            if let Some(body) = body {
                (self.turns, self.turns_of_this) = (self.turns + 1, self.turns_of_this + 1);
                return Ok(Some((call, body)));
            }
            self.turns_of_this = 0;
            self.doing.pop_front();
        }
        Ok(None)
    }

    /// Takes in what the relay answers, or the code of its refusal. Whether it brought anything new.
    pub fn absorb(&mut self, memory: &mut Watched<'_>, answer: &std::result::Result<Vec<u8>, String>) -> Result<bool> {
        let Some(doing) = self.doing.front_mut() else { return Ok(false) };
        match (doing, answer.as_deref().map_err(String::as_str)) {
            (Doing::Meet(visiting), Ok(answer)) => {
                self.token = visiting.absorb(memory, answer)?.unwrap_or(self.token);
                Ok(false)
            }
            (Doing::Begin(start), Ok(page)) => start.absorb(memory, page).map(|_| true),
            (Doing::Begin(start), Err(code::NO_CHECKPOINT)) => start.give_up(memory).map(|()| false),
            (Doing::Exchange(exchange), Ok(answer)) => exchange.absorb(memory, answer).map(|_| answer != [0]),
            (Doing::Fill(filling), Ok(answer)) => filling.absorb(memory, answer).map(|_| true),
            (Doing::Photos(fetching), Ok(answer)) => fetching.absorb(memory, answer).map(|()| true),
            (Doing::Leaving(leaving), Ok(_)) => {
                leaving.kept();
                Ok(false)
            }
            // The relay was set back since the checkpoint was gathered.
            (Doing::Leaving(_), Err(code::OTHER_LOG)) => {
                self.doing.pop_front();
                Ok(false)
            }
            (_, Err(code)) => Err(Error::new("refused", code)),
            (Doing::Leave(..), Ok(_)) => Ok(false),
        }
    }

    /// The host is of another team than this space's: goes on with the next.
    pub fn skip_space(&mut self) {
        self.doing.drain(..2.min(self.doing.len()));
        self.turns_of_this = 0;
    }

    /// The space on whose behalf it is meeting a station now.
    pub fn meeting_for(&self) -> Option<SpaceId> {
        match self.doing.front() {
            Some(Doing::Meet(visiting)) => Some(visiting.space),
            _ => None,
        }
    }
}
