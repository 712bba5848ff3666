//! *Hôm nay*.

use super::{Api, Nothing, draft, task};
use crate::error::Result;
use crate::projection::today;
use crate::projection::views::Today;

/// What the signed-in member has before them today.
pub(super) fn get(api: &Api, _: Nothing) -> Result<Today> {
    let drafts = draft::list(api, Nothing {})?;
    let tasks = task::open_of_mine(api)?;
    let mut notebook = api.notebook();
    let has_households = notebook.counts_now()?.all > 0;
    let (db, asker) = (notebook.db(), notebook.asker()?);
    Ok(Today {
        drafts,
        appointments: today::appointments(db, &asker)?,
        due_of_others: today::due_of_others(db, &asker)?,
        tasks,
        tally: today::tally(db, &asker)?,
        nearby: today::nearby(db, &asker)?,
        has_households,
    })
}
