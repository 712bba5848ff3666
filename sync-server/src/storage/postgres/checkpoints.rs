//! Checkpoints: left by members in pages, kept whole, the newest one.

use deadpool_postgres::{Client, GenericClient, Transaction};
use tungnha_protocol::{
    DeviceId, LogHash, SpaceId,
    wire::{CheckpointPage, GetCheckpoint, PutCheckpoint},
};

use super::{fixed, signed, tickets::is_member, unsigned};
use crate::storage::{Denial, StorageError as Error};

pub(super) async fn put(transaction: &Transaction<'_>, by: DeviceId, call: PutCheckpoint) -> Result<(), Error> {
    let (space, page) = (&call.space, &call.page);
    let (seq, pages) = (signed(page.seq)?, i64::from(page.pages));
    if !is_member(transaction, space, &by).await? {
        return Err(Denial::NotMember.into());
    }
    // One checkpoint after the other: what is whole is judged by all pages, whoever brings them.
    transaction.execute("SELECT FROM spaces WHERE space = $1 FOR NO KEY UPDATE", &[&space.0]).await?;
    if hash_at(transaction, space, seq).await? != Some(page.hash) {
        return Err(Denial::OtherLog.into());
    }
    if newest(transaction, space).await?.is_some_and(|(kept, _)| kept >= seq) {
        return Ok(());
    }
    transaction
        .execute(
            "DELETE FROM checkpoints WHERE space = $1 AND device = $2 AND (seq, pages) <> ($3, $4)",
            &[&space.0, &by.0, &seq, &pages],
        )
        .await?;
    transaction
        .execute(
            "INSERT INTO checkpoints (space, seq, device, page, pages, bytes) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING",
            &[&space.0, &seq, &by.0, &i64::from(page.page), &pages, &page.chunk],
        )
        .await?;
    // Nothing that is whole goes before its successor is.
    if newest(transaction, space).await? == Some((seq, by)) {
        transaction
            .execute(
                "DELETE FROM checkpoints WHERE space = $1 AND (seq < $2 OR seq = $2 AND device <> $3)",
                &[&space.0, &seq, &by.0],
            )
            .await?;
    }
    Ok(())
}

pub(super) async fn get(
    client: &Client,
    device: DeviceId,
    call: GetCheckpoint,
) -> Result<Option<CheckpointPage>, Error> {
    let space = &call.space;
    if !is_member(client, space, &device).await? {
        return Err(Denial::NotMember.into());
    }
    let newest = newest(client, space).await?;
    let Some((seq, by)) = newest else { return Ok(None) };
    let known = unsigned(seq)?;
    if call.seq.is_some_and(|asked| asked != known) {
        return Ok(None);
    }
    let Some(hash) = hash_at(client, space, seq).await? else { return Ok(None) };
    let page = client
        .query_opt(
            "SELECT pages, bytes FROM checkpoints WHERE space = $1 AND seq = $2 AND device = $3 AND page = $4",
            &[&space.0, &seq, &by.0, &i64::from(call.page)],
        )
        .await?;
    let Some(page) = page else { return Ok(None) };
    let pages = u32::try_from(page.get::<_, i64>(0));
    let pages = pages.map_err(|_| Error::Failed("a checkpoint has an impossible number of pages".into()))?;
    Ok(Some(CheckpointPage { seq: known, hash, page: call.page, pages, chunk: page.get(1) }))
}

/// The newest checkpoint of which all pages are here: its number in the log, and who left it.
async fn newest(client: &impl GenericClient, space: &SpaceId) -> Result<Option<(i64, DeviceId)>, Error> {
    let newest = client
        .query_opt(
            "SELECT seq, device FROM checkpoints WHERE space = $1
             GROUP BY seq, device HAVING count(*) = max(pages) ORDER BY seq DESC, device LIMIT 1",
            &[&space.0],
        )
        .await?;
    newest.map(|row| Ok((row.get(0), DeviceId(fixed(row.get(1))?)))).transpose()
}

async fn hash_at(client: &impl GenericClient, space: &SpaceId, seq: i64) -> Result<Option<LogHash>, Error> {
    let row = client.query_opt("SELECT hash FROM log WHERE space = $1 AND seq = $2", &[&space.0, &seq]).await?;
    row.map(|row| fixed(row.get(0)).map(LogHash)).transpose()
}
