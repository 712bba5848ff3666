//! The team's devices: what each calls itself, and when it was last heard from.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::ids::DeviceId;

use super::{Api, Nothing};
use crate::doc::space::{self as keys, Thing};
use crate::doc::{Edit, Scalar};
use crate::domain::text::{self, NineDigits};
use crate::domain::{MemberId, SpaceId};
use crate::error::Result;
use crate::notebook::{Batch, Notebook};
use crate::projection::space;
use crate::store::chunks;

/// A device of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DeviceView {
    /// The device.
    pub id: String,
    /// What it calls itself; empty while that is not known here.
    pub name: String,
    /// The name of the member who used it first; empty when unknown.
    pub member_name: String,
    /// This one.
    pub here: bool,
    /// When the newest that it wrote came here; nothing for this one, and for one of which nothing came yet.
    #[ts(type = "number | null")]
    pub heard_at_ms: Option<i64>,
}

/// Arguments of `device_rename`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeviceRename {
    /// What this device is to be called.
    pub name: String,
}

/// The team's devices: this one first, then who was heard from last. A practice notebook has none.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<DeviceView>> {
    let notebook = api.notebook();
    let open = notebook.space()?;
    if open.practice {
        return Ok(Vec::new());
    }
    Ok(with_members(&notebook, open.id)?.into_iter().map(|(_, device)| device).collect())
}

/// The devices of a notebook, each with the member who used it first, as far as that is known.
pub(super) fn with_members(notebook: &Notebook, of: SpaceId) -> Result<Vec<(Option<MemberId>, DeviceView)>> {
    let (db, here) = (notebook.db(), notebook.device().id());
    let (mut named, members) = (space::devices(db, of)?, space::author_names(db, of)?);
    named.entry(here).or_default();
    let heard: BTreeMap<DeviceId, i64> = chunks::heard_from(db, of)?.into_iter().collect();
    for device in heard.keys() {
        named.entry(*device).or_default();
    }
    let view = |(id, (name, member)): (DeviceId, (String, String))| {
        let device = DeviceView {
            id: id.to_string(),
            name,
            member_name: members.get(&member).cloned().unwrap_or_default(),
            here: id == here,
            heard_at_ms: heard.get(&id).copied().filter(|_| id != here),
        };
        (member.parse().ok(), device)
    };
    let mut devices: Vec<_> = named.into_iter().map(view).collect();
    devices.sort_by_key(|(_, device)| (!device.here, Reverse(device.heard_at_ms), device.id.clone()));
    Ok(devices)
}

/// Gives this device another name.
pub(super) fn rename(api: &Api, args: DeviceRename) -> Result<Vec<DeviceView>> {
    let name = text::required("name", &args.name, NineDigits::Ask)?;
    api.write(|batch| {
        let key = keys::field(Thing::Device, batch.device().id(), "name");
        batch.edit_space(|edit| edit.text(&key, &name))
    })?;
    list(api, Nothing {})
}

/// The name that a device begins with: its first member's, and a number where another is called so already.
pub(super) fn first_name(batch: &Batch<'_>, member: &str) -> Result<String> {
    let taken = space::devices(batch.db(), batch.space())?;
    let is_taken = |name: &str| taken.values().any(|(known, _)| known == name);
    let name = format!("Máy của {member}");
    let numbered = (2..).map(|n| format!("{name} {n}"));
    Ok(std::iter::once(name.clone()).chain(numbered).find(|one| !is_taken(one)).unwrap_or(name))
}

/// Writes a device's name unless it has one: who joins twice with one device has said it already.
pub(super) fn write(edit: &mut Edit<'_, '_>, device: DeviceId, name: &str, member: MemberId) {
    edit.fill(&keys::field(Thing::Device, device, "name"), &Scalar::Text(name.to_owned()));
    edit.fill(&keys::field(Thing::Device, device, "member"), &Scalar::Text(member.to_string()));
}
