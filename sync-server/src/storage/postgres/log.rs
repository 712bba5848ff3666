//! A space's log, read in pages: one statement a question, so that head, entries and what is lacking
//! are of one moment, and all questions are sent at once.

use deadpool_postgres::Client;
use futures_util::future::try_join_all;
use tokio_postgres::{Row, Statement};
use tungnha_protocol::{
    ChunkId, DeviceId, Fingerprint, Incarnation, LogHash, RollingHash,
    frames::{Pull, PullBody, Welcome},
};

use super::{fixed, unsigned};
use crate::storage::{Budget, LogPage, ReadFrom, StorageError as Error};

/// So many questions are asked at once; what a page still holds is told to the next ones, so that
/// nobody makes a relay hold more than a few pages in memory.
const AT_ONCE: usize = 8;

/// Walks from one number to the next for as long as the bytes fit: there is no gap, and what does not
/// fit is never touched. The first entry is always taken, and whoever counts for all questions may
/// leave it out. Each `LIMIT 1` is there for the planner, which would sooner join with the whole log.
const READ: &str = "
    WITH RECURSIVE page (seq, id, bare, later, bytes, total) AS (
        (SELECT seq, id, named.bare, named.later, CASE WHEN NOT (named.bare OR named.later) THEN bytes END,
                CASE WHEN named.bare OR named.later THEN 40 ELSE greatest(octet_length(bytes), 40) END
         FROM log, LATERAL (SELECT device = $2 AND NOT $6 OR substr(id, 1, 8) = ANY ($5::bytea[]),
                $7 AND coalesce(substr(bytes, 3, 1) <> '\\x00', false)) AS named (bare, later)
         WHERE space = $1 AND seq > $3 ORDER BY seq LIMIT 1)
        UNION ALL
        SELECT entry.seq, entry.id, named.bare, named.later,
                CASE WHEN NOT (named.bare OR named.later) THEN entry.bytes END, total + cost
        FROM page,
            LATERAL (SELECT * FROM log WHERE space = $1 AND log.seq = page.seq + 1 LIMIT 1) AS entry,
            LATERAL (SELECT device = $2 AND NOT $6 OR substr(entry.id, 1, 8) = ANY ($5::bytea[]),
                $7 AND coalesce(substr(entry.bytes, 3, 1) <> '\\x00', false)) AS named (bare, later),
            LATERAL (SELECT CASE WHEN named.bare OR named.later THEN 40
                ELSE greatest(octet_length(entry.bytes), 40) END) AS costs (cost)
        WHERE total + cost <= $4
    )
    SELECT incarnation, head, hash,
        (SELECT hash FROM log WHERE space = $1 AND seq = $3),
        ARRAY(SELECT seq FROM page ORDER BY seq),
        ARRAY(SELECT id FROM page ORDER BY seq),
        ARRAY(SELECT bare FROM page ORDER BY seq),
        ARRAY(SELECT later FROM page ORDER BY seq),
        ARRAY(SELECT bytes FROM page ORDER BY seq),
        ARRAY(SELECT held FROM unnest($5::bytea[]) AS held WHERE (
            SELECT true FROM log WHERE space = $1
            AND id BETWEEN held || decode(repeat('00', 24), 'hex') AND held || decode(repeat('ff', 24), 'hex') LIMIT 1
        ) IS NULL ORDER BY held)
    FROM spaces
    WHERE space = $1 AND EXISTS (SELECT FROM memberships WHERE space = $1 AND device = $2)";

pub(super) async fn read(
    client: &Client,
    device: DeviceId,
    questions: Vec<ReadFrom>,
    page: usize,
) -> Result<Vec<LogPage>, Error> {
    let read = client.prepare_cached(READ).await?;
    let mut budget = Budget::new(page);
    let mut pages = Vec::with_capacity(questions.len());
    for questions in questions.chunks(AT_ONCE) {
        let left = budget.left();
        let asked = questions.iter().map(|question| ask(client, &read, &device, question, left));
        for (row, question) in try_join_all(asked).await?.iter().zip(questions) {
            pages.push(match row {
                None => LogPage::NotMember,
                Some(row) => page_of(row, question, &mut budget)?,
            });
        }
    }
    Ok(pages)
}

async fn ask(
    client: &Client,
    read: &Statement,
    device: &DeviceId,
    question: &ReadFrom,
    left: usize,
) -> Result<Option<Row>, Error> {
    // Nothing has a number past the largest.
    let after = i64::try_from(question.place.seq).unwrap_or(i64::MAX);
    let most = i32::try_from(left.min(question.max_bytes)).unwrap_or(i32::MAX);
    let held: Vec<_> = question.held.iter().map(|fingerprint| fingerprint.0).collect();
    Ok(client
        .query_opt(read, &[&question.space.0, &device.0, &after, &most, &held, &question.whole, &question.later])
        .await?)
}

fn page_of(row: &Row, question: &ReadFrom, budget: &mut Budget) -> Result<LogPage, Error> {
    let incarnation = Incarnation(fixed(row.get(0))?);
    let head = RollingHash { seq: unsigned(row.get(1))?, hash: LogHash(fixed(row.get(2))?) };
    let is_new = question.place == RollingHash::NONE;
    if !is_new && hash_at(row, question, &incarnation)? != Some(question.place.hash) {
        return Ok(LogPage::OtherLog(incarnation));
    }
    let pulls = entries(row, question, budget)?;
    let wants = row.get::<_, Vec<&[u8]>>(9).into_iter().map(|held| fixed(held).map(Fingerprint));
    let reached = pulls.last().map_or(question.place.seq, |pull| pull.seq);
    Ok(LogPage::Entries {
        welcome: is_new.then_some(Welcome { incarnation, head }),
        pulls,
        more: (reached < head.seq).then_some(head.seq),
        wants: wants.collect::<Result<_, _>>()?,
    })
}

/// The log's own hash at the number that the device claims to have reached.
fn hash_at(row: &Row, question: &ReadFrom, incarnation: &Incarnation) -> Result<Option<LogHash>, Error> {
    match question.place.seq {
        0 => Ok(Some(RollingHash::start(incarnation).hash)),
        _ => row.get::<_, Option<&[u8]>>(3).map(|hash| fixed(hash).map(LogHash)).transpose(),
    }
}

fn entries(row: &Row, question: &ReadFrom, budget: &mut Budget) -> Result<Vec<Pull>, Error> {
    let (seqs, ids): (Vec<i64>, Vec<&[u8]>) = (row.get(4), row.get(5));
    let (bare, later): (Vec<bool>, Vec<bool>) = (row.get(6), row.get(7));
    let bytes: Vec<Option<&[u8]>> = row.get(8);
    let mut left = question.max_bytes;
    let mut pulls = Vec::with_capacity(seqs.len());
    for ((((seq, id), bare), later), bytes) in seqs.into_iter().zip(ids).zip(bare).zip(later).zip(bytes) {
        if !budget.take(bytes.map_or(0, <[u8]>::len), &mut left) {
            break;
        }
        let id = ChunkId(fixed(id)?);
        let body = match bytes {
            Some(bytes) => PullBody::Bytes(bytes.to_vec()),
            None if bare => PullBody::Id(id),
            None if later => PullBody::Later(id),
            None => PullBody::Redacted(id),
        };
        pulls.push(Pull { seq: unsigned(seq)?, body });
    }
    Ok(pulls)
}
