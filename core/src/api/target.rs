//! What places and teams are to reach.

use serde::Deserialize;
use ts_rs::TS;

use super::{Api, Nothing, id, obstacle};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, Thing};
use crate::domain::PlaceId;
use crate::error::{Error, Result};
use crate::projection::target::{self as query, TargetView};

/// Arguments of `target_set`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TargetSet {
    /// The place or the team.
    pub scope: String,
    /// The indicator's key.
    pub indicator: String,
    /// The period from which it holds (`2026-11`). Earlier ones keep what they had.
    pub from: String,
    /// How much; left out, there is none from this period on.
    #[serde(default)]
    #[ts(optional)]
    pub number: Option<u32>,
}

/// Every target that was ever set.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<TargetView>> {
    let notebook = api.notebook();
    query::list(notebook.db(), notebook.space()?.id)
}

/// Sets what a place or a team is to reach. Only a leader, a deputy or an officer may.
pub(super) fn set(api: &Api, args: TargetSet) -> Result<Vec<TargetView>> {
    if !obstacle::leads(&api.notebook())? {
        return Err(Error::new("not_allowed", "only a leader, a deputy or an officer sets targets"));
    }
    let scope: PlaceId = id("place", &args.scope)?;
    if !is_period(&args.from) {
        return Err(Error::invalid("bad_date", "from"));
    }
    if !is_key(&args.indicator) {
        return Err(Error::invalid("bad_arguments", "indicator"));
    }
    let number = args.number.map_or(-1, i64::from);
    let key = keys::field(Thing::Target, scope, &query::field(&args.from, &args.indicator));
    api.write(|batch| batch.edit_space(|edit| edit.set(&key, &Scalar::Int(number))))?;
    list(api, Nothing {})
}

fn is_period(text: &str) -> bool {
    text.len() == 7 && format!("{text}-01").parse::<jiff::civil::Date>().is_ok()
}

fn is_key(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
