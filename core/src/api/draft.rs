//! Unfinished forms. A form is a draft from the moment it opens, and survives whatever
//! happens to the app; another member's draft is not seen and not touched.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Api, Done, Kind, Nothing, id};
use crate::domain::text;
use crate::domain::visit::{Assessment, ItemDone, ServiceCount};
use crate::domain::{Outcome, SkillKey, VisitId};
use crate::error::{Error, Result};
use crate::projection::list;
use crate::projection::views::DraftSummary;
use crate::store::drafts::{self, DraftRow};

/// The visit form as it stands. Everything may still be missing or wrong.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct VisitForm {
    /// The day it counts for (`2026-11-18`); today when left out.
    pub day: Option<String>,
    /// What happened.
    pub outcome: Option<Outcome>,
    /// Who was met.
    #[ts(as = "Option<Vec<String>>")]
    pub met: Vec<String>,
    /// Levels seen.
    #[ts(as = "Option<Vec<Assessment>>")]
    pub assessments: Vec<Assessment>,
    /// Items done.
    #[ts(as = "Option<Vec<ItemDone>>")]
    pub items: Vec<ItemDone>,
    /// Services given.
    #[ts(as = "Option<Vec<ServiceCount>>")]
    pub services: Vec<ServiceCount>,
    /// What is needed.
    #[ts(as = "Option<String>")]
    pub need: String,
    /// A note.
    #[ts(as = "Option<String>")]
    pub note: String,
    /// An obstacle.
    #[ts(as = "Option<String>")]
    pub obstacle: String,
    /// Tasks of this household that were done with it.
    #[ts(as = "Option<Vec<String>>")]
    pub tasks: Vec<String>,
    /// The day to come back (`2026-11-25`).
    pub follow_up: Option<String>,
    /// The skills whose lesson cards were shown.
    #[ts(as = "Option<Vec<SkillKey>>")]
    pub shown: Vec<SkillKey>,
    /// Photos of what is needed or stands in the way, as `photo_add` has named them.
    #[ts(as = "Option<Vec<String>>")]
    pub photos: Vec<String>,
    /// Members who came along.
    #[ts(as = "Option<Vec<String>>")]
    pub with: Vec<String>,
}

/// An open form.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Draft {
    /// The visit it will be, or is to correct.
    pub visit: String,
    /// The household.
    pub household: String,
    /// A correction of a saved visit.
    pub correction: bool,
    /// When the form was opened.
    #[ts(type = "number")]
    pub opened_at_ms: i64,
    /// When it was last kept.
    #[ts(type = "number")]
    pub saved_at_ms: i64,
    /// The form.
    pub form: VisitForm,
    /// The face's own state: which field was open, how far it was scrolled.
    #[ts(type = "unknown")]
    pub face: serde_json::Value,
}

/// Arguments of `draft_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftSave {
    /// The visit.
    pub visit: String,
    /// The form as it stands.
    pub form: VisitForm,
    /// The face's own state, kept as it is.
    #[serde(default)]
    #[ts(type = "unknown", optional)]
    pub face: serde_json::Value,
}

/// That the form is kept, and since when.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DraftSaved {
    /// When it was kept.
    #[ts(type = "number")]
    pub saved_at_ms: i64,
}

/// Arguments of commands about one draft.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftId {
    /// The visit.
    pub visit: String,
}

impl Draft {
    pub(super) fn read(row: DraftRow) -> Result<Self> {
        let damaged = |_| Error::damaged("draft");
        Ok(Self {
            visit: row.visit.to_string(),
            household: row.household.to_string(),
            correction: row.correction,
            opened_at_ms: row.opened_at_ms,
            saved_at_ms: row.saved_at_ms,
            form: serde_json::from_str(&row.form).map_err(damaged)?,
            face: serde_json::from_str(&row.face).map_err(damaged)?,
        })
    }
}

/// A form as the drafts table keeps it.
pub(super) fn stored(form: &VisitForm) -> Result<String> {
    let form = VisitForm {
        need: text::blotted(&form.need),
        note: text::blotted(&form.note),
        obstacle: text::blotted(&form.obstacle),
        ..form.clone()
    };
    serde_json::to_string(&form).map_err(|e| Error::new("internal", e.to_string()))
}

/// Keeps a form as it is now.
pub(super) fn save(api: &Api, args: DraftSave) -> Result<DraftSaved> {
    let visit: VisitId = id("draft", &args.visit)?;
    let mut notebook = api.notebook();
    let (me, space, now) = (notebook.me()?, notebook.space()?.id, notebook.clock().now_ms());
    let known = drafts::get(notebook.db(), me, visit)?.ok_or_else(|| Error::not_found("draft"))?;
    let (form, face) = (stored(&args.form)?, args.face.to_string());
    let draft = DraftRow { saved_at_ms: now, form, face, ..known };
    notebook.write_aside(|db| drafts::put(db, space, &draft))?;
    Ok(DraftSaved { saved_at_ms: now })
}

/// The unfinished forms of the signed-in member.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<DraftSummary>> {
    let notebook = api.notebook();
    let asker = notebook.asker()?;
    drafts::of_member(notebook.db(), asker.space, asker.me)?
        .into_iter()
        .map(|draft| {
            let row = list::rows(notebook.db(), &asker, &[draft.household])?.pop();
            Ok(DraftSummary {
                visit: draft.visit.to_string(),
                household: draft.household.to_string(),
                head: row.as_ref().map(|r| r.head.clone()).unwrap_or_default(),
                door: row.map(|r| r.door).unwrap_or_default(),
                saved_at_ms: draft.saved_at_ms,
            })
        })
        .collect()
}

/// One unfinished form.
pub(super) fn get(api: &Api, args: DraftId) -> Result<Draft> {
    let notebook = api.notebook();
    let found = drafts::get(notebook.db(), notebook.me()?, id("draft", &args.visit)?)?;
    Draft::read(found.ok_or_else(|| Error::not_found("draft"))?)
}

/// Throws an unfinished form away.
pub(super) fn discard(api: &Api, args: DraftId) -> Result<Done> {
    let visit = id("draft", &args.visit)?;
    let mut notebook = api.notebook();
    let me = notebook.me()?;
    // Its photos stay for a while: it can be had back.
    notebook.write_aside(|db| drafts::delete(db, me, visit))?;
    drop(notebook);
    api.tell(&[Kind::Draft]);
    Ok(Done {})
}
