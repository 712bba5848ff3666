//! Activities that belong to no household.

use jiff::civil::Time;
use serde::Deserialize;
use ts_rs::TS;

use super::household::nine_digits;
use super::{Api, Nothing, consent, id};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, ActivityPart, Thing};
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::text;
use crate::domain::visit::{ServiceCount, day_number};
use crate::domain::{ActivityId, PlaceId};
use crate::error::{Error, Result};
use crate::projection::views::ActivityView;
use crate::projection::{activity as query, merged};

/// Arguments of `activity_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActivitySave {
    /// The activity to write anew; left out, a new one.
    #[serde(default)]
    #[ts(optional)]
    pub activity: Option<String>,
    /// The day it counts for; today when left out.
    #[serde(default)]
    #[ts(optional)]
    pub day: Option<String>,
    /// What it was.
    pub kind: ActivityKind,
    /// What it was called.
    pub title: String,
    /// Where, if at a known place.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
    /// When it began (`08:30`).
    #[serde(default)]
    #[ts(optional)]
    pub time: Option<String>,
    /// How many people came, at a new activity; later they are counted on.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub attendees: u32,
    /// Services given, at a new activity; later they are counted on.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<ServiceCount>>")]
    pub services: Vec<ServiceCount>,
    /// A note.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `activity_count`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActivityCount {
    /// The activity.
    pub activity: String,
    /// The service that was given; people who came when left out.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub service: String,
    /// How many more; less when negative.
    pub add: i32,
}

/// Arguments of `activity_came`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActivityCame {
    /// The activity.
    pub activity: String,
    /// The household.
    pub household: String,
    /// Who of it.
    pub resident: String,
    /// Came, or did not after all.
    pub came: bool,
}

/// Arguments of `activity_helped`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActivityHelped {
    /// The activity.
    pub activity: String,
    /// The member.
    pub member: String,
    /// Helped, or did not after all.
    pub helped: bool,
}

/// Arguments of `activity_set_removed`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActivitySetRemoved {
    /// The activity.
    pub activity: String,
    /// Taken back, or not.
    pub removed: bool,
}

/// More at once is a slip of the finger.
const COUNT_AT_MOST: i64 = 9_999;

/// The activities, newest first.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<ActivityView>> {
    let notebook = api.notebook();
    let open = notebook.space()?;
    query::list(notebook.db(), open.id)
}

/// Adds an activity or writes it anew.
pub(super) fn save(api: &Api, args: ActivitySave) -> Result<ActivityView> {
    let nine = nine_digits(args.nine_digits_ok);
    let (me, today, clock) = {
        let notebook = api.notebook();
        (notebook.me()?, notebook.clock().today(), notebook.clock().tick())
    };
    let day = match &args.day {
        Some(day) => day.parse().map_err(|_| Error::invalid("bad_date", "day"))?,
        None => today,
    };
    if day > today {
        return Err(Error::invalid("bad_date", "day"));
    }
    let known = args.activity.as_deref().map(|a| stored(api, a)).transpose()?;
    let given: Vec<(String, u32)> =
        args.services.iter().filter(|s| s.count > 0).map(|s| (s.service.clone(), s.count)).collect();
    let activity = Activity {
        day_number: day_number(day),
        clock,
        author: known.as_ref().map_or(me, |(_, a)| a.author),
        kind: args.kind,
        title: text::line("title", &args.title, nine)?,
        place: args.place.as_deref().map(|p| id::<PlaceId>("place", p)).transpose()?,
        attendees: known.as_ref().map_or(args.attendees, |(_, a)| a.attendees),
        services: known.as_ref().map(|(_, a)| a.services.clone()).unwrap_or(given),
        minute: args.time.as_deref().map(check_time).transpose()?,
        note: text::note("note", &args.note, nine)?,
        removed: false,
    };
    put(api, known.map_or_else(ActivityId::fresh, |(id, _)| id), &activity)
}

/// Counts on: people who came, or a service that was given.
pub(super) fn count(api: &Api, args: ActivityCount) -> Result<ActivityView> {
    let (activity, _) = stored(api, &args.activity)?;
    if args.service.len() > 64 || args.service.contains('/') {
        return Err(Error::invalid("bad_arguments", "service"));
    }
    let (me, mine) = {
        let notebook = api.notebook();
        let me = notebook.me()?;
        (me, query::counted(notebook.db(), notebook.space()?.id, activity, me, &args.service)?)
    };
    let before = one(api, activity)?;
    let all = match args.service.as_str() {
        "" => before.unnamed,
        service => before.services.iter().find(|s| s.service == service).map_or(0, |s| s.count),
    };
    // Never below none in all.
    let add = i64::from(args.add).max(-i64::from(all)).min(COUNT_AT_MOST);
    set(api, activity, &ActivityPart::Count(me, &args.service), &Scalar::Int(mine + add))
}

/// Says that a resident came, or did not after all.
pub(super) fn came(api: &Api, args: ActivityCame) -> Result<ActivityView> {
    let (activity, _) = stored(api, &args.activity)?;
    let (household, resident) = (id("household", &args.household)?, id("resident", &args.resident)?);
    let known = {
        let notebook = api.notebook();
        if args.came && consent::forbids(&notebook, household, resident)? {
            return Err(Error::invalid("consent_refused", "resident"));
        }
        merged::people(notebook.db(), notebook.space()?.id, household)?
    };
    if !known.iter().any(|written| written.resident == resident) {
        return Err(Error::not_found("resident"));
    }
    set(api, activity, &ActivityPart::Came(household, resident), &Scalar::Bool(args.came))
}

/// Says that a member helped, or did not after all.
pub(super) fn helped(api: &Api, args: ActivityHelped) -> Result<ActivityView> {
    let (activity, _) = stored(api, &args.activity)?;
    let member = id("member", &args.member)?;
    set(api, activity, &ActivityPart::Helped(member), &Scalar::Bool(args.helped))
}

fn set(api: &Api, activity: ActivityId, part: &ActivityPart<'_>, value: &Scalar) -> Result<ActivityView> {
    api.write(|batch| batch.edit_space(|edit| edit.set(&part.key(activity), value)))?;
    one(api, activity)
}

fn one(api: &Api, activity: ActivityId) -> Result<ActivityView> {
    let id = activity.to_string();
    list(api, Nothing {})?.into_iter().find(|a| a.id == id).ok_or_else(|| Error::not_found("activity"))
}

/// Minutes of the day in `08:30`.
fn check_time(time: &str) -> Result<u16> {
    let bad = || Error::invalid("bad_time", "time");
    let time: Time = time.parse().map_err(|_| bad())?;
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).map_err(|_| bad())
}

/// Takes an activity back, or restores it.
pub(super) fn set_removed(api: &Api, args: ActivitySetRemoved) -> Result<ActivityView> {
    let (id, known) = stored(api, &args.activity)?;
    let clock = api.notebook().clock().tick();
    put(api, id, &Activity { removed: args.removed, clock, ..known })
}

fn put(api: &Api, id: ActivityId, activity: &Activity) -> Result<ActivityView> {
    let key = keys::value(Thing::Activity, id);
    api.write(|batch| batch.edit_space(|edit| edit.set(&key, &Scalar::Bytes(activity.encode()))))?;
    one(api, id)
}

fn stored(api: &Api, activity: &str) -> Result<(ActivityId, Activity)> {
    let id: ActivityId = id("activity", activity)?;
    let notebook = api.notebook();
    let found = query::stored(notebook.db(), notebook.space()?.id, id)?;
    Ok((id, found.ok_or_else(|| Error::not_found("activity"))?))
}
