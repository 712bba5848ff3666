//! One exchange, from the bytes of a request to the answer: all that a relay does, without a network.
//!
//! Chunks are checked first, in a step of its own that needs no storage (a signature costs tens of
//! microseconds, and a hostile request may bring thousands: whoever serves many runs those aside); then
//! appended in one transaction; then the logs are read, so that a device finds its own chunks under
//! their numbers and its cursor passes them, without their bytes. A device that is up to date is
//! answered with one byte and costs no write, except that once in an hour its visit is noted.

use std::collections::{BTreeSet, HashSet};

use tungnha_protocol::{
    Chunk, ChunkError, Fingerprint, SpaceId,
    frames::{Ack, FrameError, Hello, PAGE, Refusal, Refused, Request, Response, SpaceAnswer},
};

use crate::storage::{Appended, Device, LogPage, ReadFrom, Seconds, Storage, StorageError};

/// How old "last seen" may get before it is written again, in seconds.
const NOTE_AFTER: u64 = 60 * 60;

/// A request that could be read; its chunks are still unchecked bytes.
pub struct Asked(Request);

/// A request whose chunks have been checked.
pub struct Checked {
    hellos: Vec<Hello>,
    /// With what is refused so far, one for each hello.
    answers: Vec<SpaceAnswer>,
    pushes: Vec<CheckedPush>,
    /// What the device has of each hello's space.
    held: Vec<HashSet<Fingerprint>>,
}

/// A chunk that may be kept, and the hello that it came under.
struct CheckedPush {
    hello: usize,
    chunk: Chunk,
}

impl Asked {
    /// Reads a request.
    pub fn decode(body: &[u8]) -> Result<Self, FrameError> {
        Request::decode(body).map(Self)
    }

    /// How many chunks it brings, each of which takes time to check.
    pub fn chunks(&self) -> usize {
        self.0.pushes.len()
    }

    /// Checks every chunk: form, signature, space.
    pub fn check(self) -> Checked {
        let Request { hellos, pushes, offers } = self.0;
        let mut answers = vec![SpaceAnswer::default(); hellos.len()];
        let mut held = vec![HashSet::new(); hellos.len()];
        let mut checked = Vec::with_capacity(pushes.len());
        for push in pushes {
            let hello = push.space_index as usize;
            let (Some(asked), Some(answer), Some(held)) =
                (hellos.get(hello), answers.get_mut(hello), held.get_mut(hello))
            else {
                continue;
            };
            match check_one(asked, push.bytes) {
                Ok(chunk) => {
                    held.insert(chunk.id().fingerprint());
                    checked.push(CheckedPush { hello, chunk });
                }
                Err(refused) => answer.refused.push(refused),
            }
        }
        for offer in offers {
            if let Some(held) = held.get_mut(offer.space_index as usize) {
                held.extend(offer.chunks);
            }
        }
        Checked { hellos, answers, pushes: checked, held }
    }
}

fn check_one(hello: &Hello, bytes: Vec<u8>) -> Result<Chunk, Refused> {
    let id = Some(Chunk::id_of(&bytes));
    let code = match Chunk::parse(bytes) {
        Ok(chunk) if chunk.header().space == hello.space => return Ok(chunk),
        Ok(_) => Refusal::OtherSpace,
        Err(ChunkError::BadSignature) => Refusal::BadSignature,
        Err(_) => Refusal::Malformed,
    };
    Err(Refused { id, code })
}

/// What a request has led to.
pub struct Answered {
    /// What the caller is told.
    pub response: Response,
    /// The spaces whose logs have grown by it.
    pub grown: BTreeSet<SpaceId>,
}

/// What an exchange has moved, for whoever counts and logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// Chunks that were brought and acknowledged.
    pub chunks_in: u64,
    /// Entries of logs that were told.
    pub chunks_out: u64,
    /// Bytes of the request's body.
    pub bytes_in: u64,
    /// Bytes of the answer's body.
    pub bytes_out: u64,
    /// Why chunks, or whole spaces, were refused.
    pub refused: Vec<Refusal>,
}

impl Exchanged {
    /// What this answer says, to a request of so many bytes and in so many.
    pub fn of(response: &Response, bytes_in: usize, bytes_out: usize) -> Self {
        let sum = |count: fn(&SpaceAnswer) -> usize| response.spaces.iter().map(count).sum::<usize>() as u64;
        Self {
            chunks_in: sum(|answer| answer.acks.len()),
            chunks_out: sum(|answer| answer.pulls.len()),
            bytes_in: bytes_in as u64,
            bytes_out: bytes_out as u64,
            refused: response.spaces.iter().flat_map(|answer| &answer.refused).map(|refused| refused.code).collect(),
        }
    }
}

/// Appends what was brought, reads what was asked for, and says both to the caller.
pub async fn answer<S: Storage>(
    storage: &S,
    caller: &Device,
    now: Seconds,
    checked: Checked,
) -> Result<Answered, StorageError> {
    let Checked { hellos, mut answers, pushes, mut held } = checked;
    let grown = append(storage, caller, now, pushes, &mut answers, &mut held).await?;
    read(storage, caller, hellos, held, &mut answers).await?;
    Ok(Answered { response: Response { spaces: answers }, grown })
}

async fn append<S: Storage>(
    storage: &S,
    caller: &Device,
    now: Seconds,
    pushes: Vec<CheckedPush>,
    answers: &mut [SpaceAnswer],
    held: &mut [HashSet<Fingerprint>],
) -> Result<BTreeSet<SpaceId>, StorageError> {
    if pushes.is_empty() && now < caller.last_seen.saturating_add(NOTE_AFTER) {
        return Ok(BTreeSet::new());
    }
    let pushed: Vec<_> = pushes.iter().map(|push| (push.hello, push.chunk.header().space, push.chunk.id())).collect();
    let chunks = pushes.into_iter().map(|push| push.chunk).collect();
    let appended = storage.append(caller.id, chunks, now).await?;
    let mut grown = BTreeSet::new();
    for ((hello, space, id), outcome) in pushed.into_iter().zip(appended) {
        let (Some(answer), Some(held)) = (answers.get_mut(hello), held.get_mut(hello)) else { continue };
        let seq = match outcome {
            Appended::Kept(seq) => {
                grown.insert(space);
                seq
            }
            Appended::Known(seq) => seq,
            Appended::NotMember => continue,
            Appended::Full => {
                answer.refused.push(Refused { id: Some(id), code: Refusal::Full });
                // Neither kept nor wanted.
                held.remove(&id.fingerprint());
                continue;
            }
        };
        answer.acks.push(Ack { id, seq });
    }
    Ok(grown)
}

async fn read<S: Storage>(
    storage: &S,
    caller: &Device,
    hellos: Vec<Hello>,
    held: Vec<HashSet<Fingerprint>>,
    answers: &mut [SpaceAnswer],
) -> Result<(), StorageError> {
    let questions = hellos.iter().zip(held).map(|(hello, held)| ReadFrom {
        space: hello.space,
        place: hello.place(),
        max_bytes: hello.max_bytes.map_or(PAGE, |bytes| bytes as usize),
        whole: hello.whole.unwrap_or_default(),
        later: hello.later.unwrap_or_default(),
        held,
    });
    let pages = storage.read(caller.id, questions.collect(), PAGE);
    for (answer, page) in answers.iter_mut().zip(pages.await?) {
        match page {
            LogPage::NotMember => answer.refused.push(Refused { id: None, code: Refusal::NotMember }),
            LogPage::OtherLog(incarnation) => answer.rewind = Some(incarnation),
            LogPage::Entries { welcome, pulls, more, wants } => {
                answer.welcome = welcome;
                answer.pulls = pulls;
                answer.more = more;
                answer.wants = wants;
            }
        }
    }
    Ok(())
}
