//! What the office tells its teams.

use jiff::civil::Date;
use serde::Deserialize;
use ts_rs::TS;

use super::household::nine_digits;
use super::{Api, Nothing, id, obstacle};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, Thing};
use crate::domain::notice::OfficeNotice;
use crate::domain::visit::day_number;
use crate::domain::{text, value};
use crate::error::{Error, Result};
use crate::projection::notice::{self as query, NoticeView};

/// Arguments of `notice_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoticeSave {
    /// The notice to write anew; left out, a new one.
    #[serde(default)]
    #[ts(optional)]
    pub notice: Option<String>,
    /// What it says.
    pub text: String,
    /// The last day on which it is shown; for good when left out.
    #[serde(default)]
    #[ts(optional)]
    pub until: Option<String>,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `notice_set_removed`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoticeSetRemoved {
    /// The notice.
    pub notice: String,
    /// Taken back, or not.
    pub removed: bool,
}

/// The notices, newest first.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<NoticeView>> {
    let notebook = api.notebook();
    query::list(notebook.db(), &notebook.asker()?)
}

/// Tells all teams something. Only a leader, a deputy or an officer may.
pub(super) fn save(api: &Api, args: NoticeSave) -> Result<Vec<NoticeView>> {
    let known = args.notice.as_deref().map(|notice| stored(api, notice)).transpose()?;
    let (me, today) = {
        let notebook = api.notebook();
        (notebook.me()?, notebook.clock().today())
    };
    let until = args.until.as_deref().map(|day| day.parse::<Date>().map_err(|_| Error::invalid("bad_date", "until")));
    let until = until.transpose()?;
    if until.is_some_and(|until| until < today) {
        return Err(Error::invalid("bad_date", "until"));
    }
    let notice = OfficeNotice {
        from: known.as_ref().map_or(day_number(today), |(_, known)| known.from),
        until: until.map(day_number),
        author: known.as_ref().map_or(me, |(_, known)| known.author),
        text: text::note_required("text", &args.text, nine_digits(args.nine_digits_ok))?,
        removed: false,
    };
    put(api, known.map_or_else(crate::domain::NoticeId::fresh, |(id, _)| id), &notice)
}

/// Takes a notice back, or restores it.
pub(super) fn set_removed(api: &Api, args: NoticeSetRemoved) -> Result<Vec<NoticeView>> {
    let (id, known) = stored(api, &args.notice)?;
    put(api, id, &OfficeNotice { removed: args.removed, ..known })
}

fn put(api: &Api, id: crate::domain::NoticeId, notice: &OfficeNotice) -> Result<Vec<NoticeView>> {
    if !obstacle::leads(&api.notebook())? {
        return Err(Error::new("not_allowed", "only a leader, a deputy or an officer writes notices"));
    }
    let key = keys::value(Thing::Notice, id);
    api.write(|batch| batch.edit_space(|edit| edit.set(&key, &Scalar::Bytes(value::encode(notice)))))?;
    list(api, Nothing {})
}

fn stored(api: &Api, notice: &str) -> Result<(crate::domain::NoticeId, OfficeNotice)> {
    let id = id("notice", notice)?;
    let notebook = api.notebook();
    let found = query::stored(notebook.db(), notebook.space()?.id, id)?;
    Ok((id, found.ok_or_else(|| Error::not_found("notice"))?))
}
