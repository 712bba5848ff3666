//! Fields that two people have edited differently, and the choice between them.

use automerge::ChangeHash;
use serde::Deserialize;
use ts_rs::TS;

use super::{Api, Done, Nothing, id};
use crate::domain::HouseholdId;
use crate::error::{Error, Result};
use crate::projection::detail;
use crate::projection::views::Conflict;
use crate::store::documents;

/// Arguments of `conflict_resolve`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConflictResolve {
    /// The household, or none for the notebook's own fields.
    #[serde(default)]
    #[ts(optional)]
    pub household: Option<String>,
    /// The field's key.
    pub key: String,
    /// The change that wrote the version to keep.
    pub change: String,
}

/// Fields that two people have edited differently.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<Conflict>> {
    let notebook = api.notebook();
    let open = notebook.space()?;
    detail::conflicts(notebook.db(), open.id, None)
}

/// Chooses one version of such a field. The other stays in the history.
pub(super) fn resolve(api: &Api, args: ConflictResolve) -> Result<Done> {
    let change: ChangeHash = args.change.parse().map_err(|_| Error::not_found("version"))?;
    let household: Option<HouseholdId> = args.household.as_deref().map(|h| id("household", h)).transpose()?;
    let value = {
        let notebook = api.notebook();
        let space = notebook.space()?.id;
        let doc = household.map_or(*space.bytes(), |h| *h.bytes());
        let entries = documents::load(notebook.db(), space, &doc)?.entries()?;
        let entry = entries.into_iter().find(|e| e.key == args.key).ok_or_else(|| Error::not_found("field"))?;
        entry.crossed.into_iter().find(|v| v.change == change).ok_or_else(|| Error::not_found("version"))?.value
    };
    api.write(|batch| match household {
        Some(household) => batch.edit_household(household, |edit| edit.set(&args.key, &value)),
        None => batch.edit_space(|edit| edit.set(&args.key, &value)),
    })?;
    Ok(Done {})
}
