//! The checklist: skills are fixed, items are the space's own.

use serde::Deserialize;
use ts_rs::TS;

use super::{Api, Nothing, id};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, Thing};
use crate::domain::text::{self, NineDigits};
use crate::domain::{ItemId, SkillKey};
use crate::error::{Error, Result};
use crate::projection::space;
use crate::projection::views::Checklist;

/// Arguments of `checklist_edit`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChecklistEdit {
    /// The skill.
    pub skill: SkillKey,
    /// The item to reword or retire; left out, a new one is added.
    #[ts(optional)]
    pub item: Option<String>,
    /// The item's text.
    pub text: String,
    /// No longer asked.
    #[serde(default)]
    pub retired: bool,
}

/// The skills, their items and the services.
pub(super) fn get(api: &Api, _: Nothing) -> Result<Checklist> {
    let notebook = api.notebook();
    let open = notebook.space()?;
    space::checklist(notebook.db(), open.id)
}

/// Adds an item, rewords one or retires it.
pub(super) fn edit(api: &Api, args: ChecklistEdit) -> Result<Checklist> {
    let text = text::required("text", &args.text, NineDigits::Ask)?;
    let skills = get(api, Nothing {})?.skills;
    let items = &skills.get(args.skill.index()).ok_or_else(|| Error::not_found("skill"))?.items;
    let item: ItemId = match &args.item {
        Some(known) if items.iter().any(|i| i.id == *known) => id("item", known)?,
        Some(_) => return Err(Error::not_found("item")),
        None => ItemId::fresh(),
    };
    let last = items.len() as i64;
    api.write(|batch| {
        batch.edit_space(|edit| {
            edit.text(&keys::field(Thing::Item, item, "skill"), args.skill.as_str());
            edit.text(&keys::field(Thing::Item, item, "text"), &text);
            edit.fill(&keys::field(Thing::Item, item, "order"), &Scalar::Int(last));
            edit.flag(&keys::field(Thing::Item, item, "retired"), args.retired);
        })
    })?;
    get(api, Nothing {})
}
