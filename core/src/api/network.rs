//! What the network is like, and whether it may be used without somebody asking.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::by_itself::Note;
use super::{Api, Done, Kind, Nothing};
use crate::error::Result;
use crate::store;

const WIFI_ONLY: &str = "sync wifi only";

/// Arguments of `network_report`: what the face can tell of the device's network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NetworkReport {
    /// There is a network.
    pub online: bool,
    /// It costs by the byte, as mobile data does; null when that cannot be told.
    pub metered: Option<bool>,
}

/// Until a face has said something: there may be a network, and trying will tell.
impl Default for NetworkReport {
    fn default() -> Self {
        Self { online: true, metered: None }
    }
}

/// When the app syncs by itself. What a person asks for is always done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SyncSettings {
    /// Not on a metered connection. One of which nobody can tell is not taken for metered.
    pub wifi_only: bool,
}

/// Takes note of the network.
pub(super) fn report(api: &Api, args: NetworkReport) -> Result<Done> {
    let before = std::mem::replace(&mut *api.network(), args);
    if before != args {
        look_again(api);
    }
    Ok(Done {})
}

/// When the app syncs by itself.
pub(super) fn settings(api: &Api, _: Nothing) -> Result<SyncSettings> {
    let kept = store::setting(api.notebook().db(), WIFI_ONLY)?;
    Ok(SyncSettings { wifi_only: kept.is_some_and(|kept| kept == [1]) })
}

/// Sets when the app syncs by itself.
pub(super) fn set_settings(api: &Api, args: SyncSettings) -> Result<SyncSettings> {
    api.notebook().write_aside(|db| store::set_setting(db, WIFI_ONLY, &[u8::from(args.wifi_only)]))?;
    look_again(api);
    Ok(args)
}

/// Whether the connection is known to cost by the byte: then photos wait until somebody asks.
pub(super) fn is_metered(api: &Api) -> bool {
    api.network().metered == Some(true)
}

/// Whether nothing is sent without being asked until there is Wi-Fi.
pub(super) fn waits_for_wifi(api: &Api) -> Result<bool> {
    Ok(is_metered(api) && settings(api, Nothing {})?.wifi_only)
}

fn look_again(api: &Api) {
    api.note(Note::Look);
    api.tell(&[Kind::Sync]);
}
