//! `POST /v1/sync`: one exchange for all of a device's spaces.
//!
//! Chunks are checked first, off the request threads (a signature costs tens of microseconds, and a
//! hostile request may bring thousands); then appended in one transaction; then the logs are read, so
//! that a device finds its own chunks under their numbers and its cursor passes them, without their
//! bytes. A device that is up to date is answered with one byte and costs no write, except that once in
//! an hour its visit is noted.

use std::collections::HashSet;

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::HeaderMap,
    response::Response,
};
use tracing::instrument;
use tungnha_protocol::{
    Chunk, ChunkError, ChunkId,
    frames::{Ack, Hello, PAGE, Push, Refusal, Refused, Request, Response as Answer, SpaceAnswer},
};

use super::bare;
use crate::{
    auth,
    error::ApiError,
    router::Relay,
    storage::{Appended, Device, LogPage, ReadFrom, Storage, StorageError},
};

/// How old "last seen" may get before it is written again, in seconds.
const NOTE_AFTER: u64 = 60 * 60;

#[instrument(skip_all, fields(spaces, pushed, pulled), err(Debug, level = "info"))]
pub(crate) async fn sync<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    let Request { hellos, pushes } = Request::decode(&body?)?;
    let (mut answers, checked) = check(&hellos, pushes).await?;
    let mut held = vec![HashSet::new(); hellos.len()];
    for push in &checked {
        held[push.hello].insert(push.chunk.id());
    }
    append(&relay, &caller, checked, &mut answers).await?;
    read(&relay, &caller, &hellos, held, &mut answers).await?;
    note(&answers);
    Ok(bare(Answer { spaces: answers }.encode()))
}

/// A chunk that may be kept, and the hello that it came under.
struct Checked {
    hello: usize,
    chunk: Chunk,
}

async fn check(hellos: &[Hello], pushes: Vec<Push>) -> Result<(Vec<SpaceAnswer>, Vec<Checked>), ApiError> {
    let mut answers = vec![SpaceAnswer::default(); hellos.len()];
    let mut checked = Vec::with_capacity(pushes.len());
    if pushes.is_empty() {
        return Ok((answers, checked));
    }
    let hellos = hellos.to_vec();
    let work = move || {
        for push in pushes {
            let hello = push.space_index as usize;
            let (Some(asked), Some(answer)) = (hellos.get(hello), answers.get_mut(hello)) else {
                continue;
            };
            match check_one(asked, push.bytes) {
                Ok(chunk) => checked.push(Checked { hello, chunk }),
                Err(refused) => answer.refused.push(refused),
            }
        }
        (answers, checked)
    };
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| StorageError::Failed(error.to_string()))?)
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

async fn append<S: Storage>(
    relay: &Relay<S>,
    caller: &Device,
    checked: Vec<Checked>,
    answers: &mut [SpaceAnswer],
) -> Result<(), ApiError> {
    let now = relay.now();
    if checked.is_empty() && now < caller.last_seen.saturating_add(NOTE_AFTER) {
        return Ok(());
    }
    let pushed: Vec<_> = checked.iter().map(|push| (push.hello, push.chunk.header().space, push.chunk.id())).collect();
    let chunks = checked.into_iter().map(|push| push.chunk).collect();
    let appended = relay.storage.append(caller.id, chunks, now).await?;
    let mut changed = HashSet::new();
    for ((hello, space, id), outcome) in pushed.into_iter().zip(appended) {
        let seq = match outcome {
            Appended::Kept(seq) => {
                changed.insert(space);
                seq
            }
            Appended::Known(seq) => seq,
            Appended::NotMember => continue,
        };
        if let Some(answer) = answers.get_mut(hello) {
            answer.acks.push(Ack { id, seq });
        }
    }
    changed.iter().for_each(|space| relay.hub.woken(space, Some(&caller.id)));
    Ok(())
}

async fn read<S: Storage>(
    relay: &Relay<S>,
    caller: &Device,
    hellos: &[Hello],
    held: Vec<HashSet<ChunkId>>,
    answers: &mut [SpaceAnswer],
) -> Result<(), ApiError> {
    let questions = hellos.iter().zip(held).map(|(hello, held)| ReadFrom {
        space: hello.space,
        place: hello.place(),
        max_bytes: hello.max_bytes.map_or(PAGE, |bytes| bytes as usize),
        held,
    });
    let pages = relay.storage.read(caller.id, questions.collect(), PAGE);
    for (answer, page) in answers.iter_mut().zip(pages.await?) {
        match page {
            LogPage::NotMember => answer.refused.push(Refused { id: None, code: Refusal::NotMember }),
            LogPage::OtherLog(incarnation) => answer.rewind = Some(incarnation),
            LogPage::Entries { welcome, pulls, more } => {
                answer.welcome = welcome;
                answer.pulls = pulls;
                answer.more = more;
            }
        }
    }
    Ok(())
}

fn note(answers: &[SpaceAnswer]) {
    let span = tracing::Span::current();
    let sum = |count: fn(&SpaceAnswer) -> usize| answers.iter().map(count).sum::<usize>();
    span.record("spaces", answers.len());
    span.record("pushed", sum(|answer| answer.acks.len()));
    span.record("pulled", sum(|answer| answer.pulls.len()));
    tracing::debug!("synced");
}
