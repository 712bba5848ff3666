//! Residents and their consent.

use serde::Deserialize;
use ts_rs::TS;

use super::household::{ResidentFields, check_resident, detail_of, nine_digits};
use super::{Api, id};
use crate::doc::household::{self as keys, ResidentField};
use crate::domain::text::{self, NineDigits};
use crate::domain::{Consent, ConsentState, HouseholdId};
use crate::error::{Error, Result};
use crate::projection::views::HouseholdDetail;
use crate::text::birth;

/// Arguments of `resident_add`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResidentAdd {
    /// The household.
    pub household: String,
    /// The resident; the name is required.
    pub fields: ResidentFields,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `resident_edit`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResidentEdit {
    /// The household.
    pub household: String,
    /// The resident.
    pub resident: String,
    /// What to change.
    pub fields: ResidentFields,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of commands about one resident.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResidentId {
    /// The household.
    pub household: String,
    /// The resident.
    pub resident: String,
}

/// Arguments of `consent_record`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConsentRecord {
    /// The household.
    pub household: String,
    /// The resident who was asked.
    pub resident: String,
    /// What they answered.
    pub state: ConsentState,
    /// How they were asked.
    pub how: ConsentHow,
    /// Which version of the text they were shown or read.
    pub text_version: u32,
    /// The name of the parent or guardian who answered for a child. A child's agreement needs one.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub parent: String,
}

/// How consent was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConsentHow {
    /// Read aloud and answered.
    Spoken,
    /// Signed on paper.
    Paper,
}

/// Adds a resident.
pub(super) fn add(api: &Api, args: ResidentAdd) -> Result<HouseholdDetail> {
    if args.fields.name.is_none() {
        return Err(Error::invalid("required", "name"));
    }
    write(api, &args.household, crate::domain::ResidentId::fresh(), &args.fields, args.nine_digits_ok)
}

/// Edits a resident.
pub(super) fn edit(api: &Api, args: ResidentEdit) -> Result<HouseholdDetail> {
    let (_, resident) = known(api, &args.household, &args.resident)?;
    write(api, &args.household, resident, &args.fields, args.nine_digits_ok)
}

fn write(
    api: &Api,
    household: &str,
    resident: crate::domain::ResidentId,
    fields: &ResidentFields,
    nine_digits_ok: bool,
) -> Result<HouseholdDetail> {
    let household = id("household", household)?;
    let today = api.notebook().clock().today();
    let checked = check_resident(fields, nine_digits(nine_digits_ok), today)?;
    api.write(|batch| batch.edit_household(household, |edit| checked.write(edit, resident)))?;
    detail_of(&api.notebook(), household)
}

/// Both ids, of a resident that this household has.
fn known(api: &Api, household: &str, resident: &str) -> Result<(HouseholdId, crate::domain::ResidentId)> {
    let household = id("household", household)?;
    let detail = detail_of(&api.notebook(), household)?;
    if !detail.people.iter().any(|p| p.id == resident) {
        return Err(Error::not_found("resident"));
    }
    Ok((household, id("resident", resident)?))
}

/// Removes a resident; they can be restored.
pub(super) fn remove(api: &Api, args: ResidentId) -> Result<HouseholdDetail> {
    set_removed(api, &args, true)
}

/// Restores a removed resident.
pub(super) fn restore(api: &Api, args: ResidentId) -> Result<HouseholdDetail> {
    set_removed(api, &args, false)
}

fn set_removed(api: &Api, args: &ResidentId, removed: bool) -> Result<HouseholdDetail> {
    let (household, resident) = known(api, &args.household, &args.resident)?;
    let key = keys::resident(resident, ResidentField::Removed);
    api.write(|batch| batch.edit_household(household, |edit| edit.flag(&key, removed)))?;
    detail_of(&api.notebook(), household)
}

/// Records what a resident answered when asked for consent.
pub(super) fn consent_record(api: &Api, args: ConsentRecord) -> Result<HouseholdDetail> {
    if args.state == ConsentState::NotAsked {
        return Err(Error::invalid("required", "state"));
    }
    let (household, resident) = known(api, &args.household, &args.resident)?;
    let (member, today, people) = {
        let notebook = api.notebook();
        (notebook.me()?, notebook.clock().today(), detail_of(&notebook, household)?.people)
    };
    let parent = text::line("parent", &args.parent, NineDigits::Ask)?.replace('|', " ");
    let is_child = people.iter().any(|p| p.id == args.resident && birth::is_child(&p.birth, today));
    if is_child && args.state == ConsentState::Given && parent.is_empty() {
        return Err(Error::invalid("parent_needed", "parent"));
    }
    let how = match args.how {
        ConsentHow::Spoken => "spoken",
        ConsentHow::Paper => "paper",
    };
    api.write(|batch| {
        let consent = Consent {
            state: args.state,
            text_version: args.text_version,
            at_ms: batch.at_ms(),
            member: member.to_string(),
            how: how.to_owned(),
            parent,
        };
        let key = keys::resident(resident, ResidentField::Consent);
        batch.edit_household(household, |edit| edit.text(&key, &consent.encode()))
    })?;
    detail_of(&api.notebook(), household)
}
