//! Activities: their rows, and the queries that read them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::space::{Fields, author_names};
use super::sync;
use super::views::{ActivityHelper, ActivityView, Attendee};
use crate::doc::space::ActivityPart;
use crate::domain::activity::Activity;
use crate::domain::visit::ServiceCount;
use crate::domain::{ActivityId, HouseholdId, MemberId, ResidentId, SpaceId};
use crate::error::{Error, Result};

/// Writes the rows of an activity and of its parts.
pub(super) fn insert(db: &Connection, space: &[u8; 16], id: ActivityId, fields: &Fields<'_>) -> Result<()> {
    let value = fields.get("").and_then(|entry| Some((entry, Activity::decode(entry.value.bytes()?)?)));
    let Some((entry, activity)) = value else { return Ok(()) };
    db.execute(
        "INSERT INTO activities (space, id, day, removed, change, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            space,
            id.bytes(),
            activity.day().map(|d| d.to_string()).unwrap_or_default(),
            activity.removed,
            entry.change.0,
            activity.encode()
        ],
    )?;
    for (field, entry) in fields {
        match ActivityPart::parse(field) {
            Some(ActivityPart::Count(member, service)) => db.execute(
                "INSERT INTO activity_counts (space, activity, member, service, count) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![space, id.bytes(), member.bytes(), service, entry.value.int().unwrap_or_default()],
            )?,
            Some(ActivityPart::Came(household, resident)) if entry.value.is_true() => db.execute(
                "INSERT INTO activity_people (space, activity, household, resident) VALUES (?1, ?2, ?3, ?4)",
                params![space, id.bytes(), household.bytes(), resident.bytes()],
            )?,
            Some(ActivityPart::Helped(member)) if entry.value.is_true() => db.execute(
                "INSERT INTO activity_helpers (space, activity, member) VALUES (?1, ?2, ?3)",
                params![space, id.bytes(), member.bytes()],
            )?,
            _ => 0,
        };
    }
    Ok(())
}

/// The activities, newest first.
pub fn list(db: &Connection, space: SpaceId) -> Result<Vec<ActivityView>> {
    let names = author_names(db, space)?;
    let mut query =
        db.prepare_cached("SELECT id, change, value FROM activities WHERE space = ?1 ORDER BY day DESC, id DESC")?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok((ActivityId(Uuid::from_bytes(row.get(0)?)), row.get::<_, [u8; 32]>(1)?, row.get::<_, Vec<u8>>(2)?))
    })?;
    rows.map(|row| {
        let (id, change, value) = row?;
        let activity = Activity::decode(&value).ok_or_else(|| Error::damaged("activity"))?;
        let counts = counts(db, space, id, &activity)?;
        let came = came(db, space, id)?;
        let unnamed = counts.get("").copied().unwrap_or_default();
        Ok(ActivityView {
            id: id.to_string(),
            day: activity.day().map(|d| d.to_string()).unwrap_or_default(),
            time: activity.minute.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60)),
            kind: activity.kind,
            title: activity.title,
            place: activity.place.map(|p| p.to_string()),
            attendees: unnamed + came.len() as u32,
            unnamed,
            came,
            helpers: helpers(db, space, id, &names)?,
            services: counts
                .into_iter()
                .filter(|(service, count)| !service.is_empty() && *count > 0)
                .map(|(service, count)| ServiceCount { service, count })
                .collect(),
            note: activity.note,
            author_name: names.get(&activity.author.to_string()).cloned().unwrap_or_default(),
            removed: activity.removed,
            sync: sync::of_change(db, space, &change)?,
        })
    })
    .collect()
}

/// What was counted in all: what the activity itself says, and what each member added.
fn counts(db: &Connection, space: SpaceId, id: ActivityId, activity: &Activity) -> Result<BTreeMap<String, u32>> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::from([(String::new(), activity.attendees.into())]);
    for (service, count) in &activity.services {
        *sums.entry(service.clone()).or_default() += i64::from(*count);
    }
    let mut query = db.prepare_cached(
        "SELECT service, sum(count) FROM activity_counts WHERE space = ?1 AND activity = ?2 GROUP BY service",
    )?;
    for row in query.query_map(params![space.bytes(), id.bytes()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))? {
        let (service, count): (String, i64) = row?;
        let sum = sums.entry(service).or_default();
        *sum = sum.saturating_add(count);
    }
    Ok(sums.into_iter().map(|(service, sum)| (service, u32::try_from(sum.max(0)).unwrap_or(u32::MAX))).collect())
}

fn came(db: &Connection, space: SpaceId, id: ActivityId) -> Result<Vec<Attendee>> {
    let mut query = db.prepare_cached(
        // Who was merged is shown once, and by the household that is shown.
        "SELECT coalesce(h.id, c.household), coalesce(r.id, c.resident), coalesce(r.name, ''), coalesce(h.head, '')
         FROM activity_people c
         LEFT JOIN households w ON w.id = c.household
         LEFT JOIN households h ON h.id = coalesce(w.merged_into, w.id)
         LEFT JOIN homes m ON m.household = h.id AND m.id = c.resident
         LEFT JOIN residents r ON r.household = h.id AND r.id = coalesce(m.person, c.resident)
         LEFT JOIN same_as s ON s.space = c.space AND s.kind = 'resident' AND s.id = c.resident
         WHERE c.space = ?1 AND c.activity = ?2 GROUP BY coalesce(s.canonical, c.resident) ORDER BY r.name, 2",
    )?;
    let rows = query.query_map(params![space.bytes(), id.bytes()], |row| {
        Ok(Attendee {
            household: HouseholdId(Uuid::from_bytes(row.get(0)?)).to_string(),
            resident: ResidentId(Uuid::from_bytes(row.get(1)?)).to_string(),
            name: row.get(2)?,
            head: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn helpers(
    db: &Connection,
    space: SpaceId,
    id: ActivityId,
    names: &BTreeMap<String, String>,
) -> Result<Vec<ActivityHelper>> {
    let mut query =
        db.prepare_cached("SELECT member FROM activity_helpers WHERE space = ?1 AND activity = ?2 ORDER BY member")?;
    let rows = query.query_map(params![space.bytes(), id.bytes()], |row| {
        let member = MemberId(Uuid::from_bytes(row.get(0)?)).to_string();
        Ok(ActivityHelper { name: names.get(&member).cloned().unwrap_or_default(), member })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How much one member has counted.
pub fn counted(db: &Connection, space: SpaceId, id: ActivityId, member: MemberId, service: &str) -> Result<i64> {
    let found = db
        .prepare_cached(
            "SELECT count FROM activity_counts WHERE space = ?1 AND activity = ?2 AND member = ?3 AND service = ?4",
        )?
        .query_row(params![space.bytes(), id.bytes(), member.bytes(), service], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// One activity as it is stored.
pub fn stored(db: &Connection, space: SpaceId, id: ActivityId) -> Result<Option<Activity>> {
    let value: Option<Vec<u8>> = db
        .prepare_cached("SELECT value FROM activities WHERE space = ?1 AND id = ?2")?
        .query_row(params![space.bytes(), id.bytes()], |row| row.get(0))
        .optional()?;
    Ok(value.as_deref().and_then(Activity::decode))
}
