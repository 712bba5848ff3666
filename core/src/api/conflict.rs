//! Fields that two people have edited differently, and the choice between them.

use automerge::ChangeHash;
use serde::Deserialize;
use ts_rs::TS;

use super::{Api, Done, Nothing, id};
use crate::doc::Scalar;
use crate::domain::{HouseholdId, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::views::Conflict;
use crate::projection::{detail, merged};
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
    let (doc, value) = {
        let notebook = api.notebook();
        let space = notebook.space()?.id;
        version(&notebook, space, household, &args.key, change)?
    };
    api.write(|batch| match doc {
        Some(household) => batch.edit_household(household, |edit| edit.set(&args.key, &value)),
        None => batch.edit_space(|edit| edit.set(&args.key, &value)),
    })?;
    Ok(Done {})
}

/// The crossed value that this change wrote, and its document: of a merged household, any of them.
fn version(
    notebook: &Notebook,
    space: SpaceId,
    household: Option<HouseholdId>,
    key: &str,
    change: ChangeHash,
) -> Result<(Option<HouseholdId>, Scalar)> {
    let docs = match household {
        Some(household) => merged::parts(notebook.db(), space, household)?.into_iter().map(Some).collect(),
        None => vec![None],
    };
    for doc in docs {
        let id = doc.map_or(*space.bytes(), |h| *h.bytes());
        let entries = documents::load(notebook.db(), space, &id)?.entries()?;
        let crossed = entries.into_iter().filter(|e| e.key == key).flat_map(|e| e.crossed);
        if let Some(found) = crossed.into_iter().find(|v| v.change == change) {
            return Ok((doc, found.value));
        }
    }
    Err(Error::not_found("version"))
}
