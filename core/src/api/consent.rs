//! Consent before assessment: the notebook's rule, and what must not be written about whom.
//!
//! Only what is written here is held to it. What comes by sync was written under the rule of another device at
//! another time, and is never refused.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::draft::VisitForm;
use super::{Api, Nothing};
use crate::doc::household::{self as household_keys, Key, ResidentField};
use crate::doc::space as keys;
use crate::domain::visit::{Assessment, ItemDone};
use crate::domain::{ConsentState, HouseholdId, ResidentId, Role, SpaceId, Visit};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::merged::Written;
use crate::projection::{detail, space};

/// The notebook's rule about asking for consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ConsentSetting {
    /// Nobody is assessed before they were asked.
    pub first: bool,
    /// Whether the signed-in member may change this: a leader, a deputy or an officer.
    pub may_set: bool,
}

/// Arguments of `consent_setting_set`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConsentSettingSet {
    /// Nobody is assessed before they were asked.
    pub first: bool,
}

/// The notebook's rule, and whether the signed-in member may change it.
pub(super) fn setting(api: &Api, _: Nothing) -> Result<ConsentSetting> {
    let notebook = api.notebook();
    let (space, me) = (notebook.space()?.id, notebook.me()?);
    let members = space::members(notebook.db(), space, Some(me))?;
    let may_set = members.iter().any(|member| member.me && Role::sets_rules(member.role));
    Ok(ConsentSetting { first: space::consent_first(notebook.db(), space)?, may_set })
}

/// Changes the notebook's rule.
pub(super) fn set(api: &Api, args: ConsentSettingSet) -> Result<ConsentSetting> {
    if !setting(api, Nothing {})?.may_set {
        return Err(Error::new("not_allowed", "only a leader, a deputy or an officer changes this rule"));
    }
    api.write(|batch| batch.edit_space(|edit| edit.flag(keys::CONSENT_FIRST, args.first)))?;
    setting(api, Nothing {})
}

/// Nothing is written about who has said no, except what this visit said of them before they did; and, while the
/// rule holds, nothing about who was not asked, except in a visit that speaks of them already.
pub(super) fn check_visit(
    notebook: &Notebook,
    household: HouseholdId,
    form: &VisitForm,
    people: &[Written],
    before: Option<&Visit>,
) -> Result<()> {
    let space = notebook.space()?.id;
    let (answers, first) =
        (detail::answers(notebook.db(), space, household)?, space::consent_first(notebook.db(), space)?);
    let shown = |who: ResidentId| people.iter().find(|w| w.resident == who).map_or(who, |w| w.shown);
    let before = before.map(|visit| visit.clone().with_residents(shown));
    let before = before.as_ref();
    let spoke_of = |who: ResidentId| {
        let assessed = |visit: &Visit| visit.assessments.iter().any(|seen| seen.resident == who);
        before.is_some_and(|visit| assessed(visit) || visit.items.iter().any(|done| done.resident == who))
    };
    let check = |who: ResidentId, said_before: bool| match answers.get(&who).copied().unwrap_or_default() {
        answer if answer.forbids() && !said_before => Err(Error::invalid("consent_refused", "met")),
        ConsentState::NotAsked if first && !spoke_of(shown(who)) => Err(Error::invalid("consent_first", "met")),
        _ => Ok(()),
    };
    // What a form holds of people who were not met is not saved.
    let is_met = |who: ResidentId| form.met.iter().any(|met| *met == who.to_string());
    for seen in form.assessments.iter().filter(|seen| is_met(seen.resident)) {
        let same =
            |old: &Assessment| (old.resident, old.skill, old.level) == (shown(seen.resident), seen.skill, seen.level);
        check(seen.resident, before.is_some_and(|visit| visit.assessments.iter().any(same)))?;
    }
    for done in form.items.iter().filter(|done| is_met(done.resident)) {
        let same = |old: &ItemDone| (old.resident, old.item) == (shown(done.resident), done.item);
        check(done.resident, before.is_some_and(|visit| visit.items.iter().any(same)))?;
    }
    Ok(())
}

/// Whether somebody of a household has said that nothing may be recorded of them.
pub(super) fn forbids(notebook: &Notebook, household: HouseholdId, who: ResidentId) -> Result<bool> {
    let answers = detail::answers(notebook.db(), notebook.space()?.id, household)?;
    Ok(answers.get(&who).is_some_and(|answer| answer.forbids()))
}

/// What a refusal stops besides skills. The name stays, so that the refusal is the right person's, and whether they
/// live here, so that nobody asks for them in vain.
pub(super) fn is_personal(field: ResidentField) -> bool {
    match field {
        ResidentField::Relation | ResidentField::Birth | ResidentField::Sex | ResidentField::Phone => true,
        ResidentField::Name
        | ResidentField::Status
        | ResidentField::Consent
        | ResidentField::Removed
        | ResidentField::MovedFrom => false,
    }
}

/// Who has said no gets no new phone, birth, sex or relation; what is there can be cleared.
pub(super) fn check_edit(
    notebook: &Notebook,
    household: HouseholdId,
    who: ResidentId,
    fields: &[(ResidentField, String)],
) -> Result<()> {
    if !forbids(notebook, household, who)? {
        return Ok(());
    }
    let people = super::household::detail_of(notebook, household)?.people;
    let known = people.iter().find(|person| person.entries.iter().any(|id| *id == who.to_string()));
    let stands = |field: ResidentField, value: &str| {
        known.is_some_and(|person| match field {
            ResidentField::Relation => person.relation == value,
            ResidentField::Birth => person.birth == value,
            ResidentField::Sex => person.sex.is_some_and(|sex| sex.as_str() == value),
            ResidentField::Phone => person.phone == value,
            _ => false,
        })
    };
    let added = fields.iter().find(|(field, value)| is_personal(*field) && !value.is_empty() && !stands(*field, value));
    added.map_or(Ok(()), |(field, _)| Err(Error::invalid("consent_refused", field.as_str())))
}

/// The keys of a household's document to which a list adds nothing: of people who have said no.
pub(super) fn closed_to_lists(
    db: &rusqlite::Connection,
    space: SpaceId,
    household: HouseholdId,
) -> Result<impl Fn(&str) -> bool + use<>> {
    let answers = detail::answers(db, space, household)?;
    let closed: Vec<ResidentId> =
        answers.into_iter().filter(|(_, answer)| answer.forbids()).map(|(who, _)| who).collect();
    Ok(move |key: &str| match household_keys::parse(key) {
        Key::Resident(who, field) => is_personal(field) && closed.contains(&who),
        _ => false,
    })
}
