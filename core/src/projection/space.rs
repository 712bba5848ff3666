//! The rows of the space's document, and the queries that read them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::ids::DeviceId;
use uuid::Uuid;

use super::facts::CrossedField;
use super::household::conflict;
use super::views::{Checklist, ImportView, ItemView, KeptHousehold, ServiceView, SkillView};
use super::{locality, places, same, teams};
use crate::doc::flat::{Doc, Entry};
use crate::doc::space::{self as keys, Thing};
use crate::doc::task::TaskField;
use crate::domain::{ActivityId, ImportId, ItemId, MemberId, SkillKey, SpaceId, Task};
use crate::error::Result;
use crate::store::documents::DocId;
pub use teams::members;

/// What an import writes about itself: `unix ms|member|households|file name`.
pub struct ImportRecord {
    /// When.
    pub at_ms: i64,
    /// Who.
    pub member: String,
    /// How many households the list holds.
    pub households: u32,
    /// The file's name.
    pub file: String,
}

impl ImportRecord {
    /// The stored form.
    pub fn encode(&self) -> String {
        format!("{}|{}|{}|{}", self.at_ms, self.member, self.households, self.file)
    }

    fn decode(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, '|');
        Some(Self {
            at_ms: parts.next()?.parse().ok()?,
            member: parts.next()?.to_owned(),
            households: parts.next()?.parse().ok()?,
            file: parts.next()?.to_owned(),
        })
    }
}

const TABLES: [&str; 39] = [
    "DELETE FROM notebooks WHERE space = ?1",
    "DELETE FROM devices WHERE space = ?1",
    "DELETE FROM space_names WHERE space = ?1",
    "DELETE FROM space_rules WHERE space = ?1",
    "DELETE FROM report_rules WHERE space = ?1",
    "DELETE FROM places WHERE space = ?1",
    "DELETE FROM place_names WHERE space = ?1",
    "DELETE FROM place_was WHERE space = ?1",
    "DELETE FROM place_steps WHERE space = ?1",
    "DELETE FROM household_steps WHERE space = ?1",
    "DELETE FROM place_changes WHERE space = ?1",
    "DELETE FROM place_goes WHERE space = ?1",
    "DELETE FROM place_ignored WHERE space = ?1",
    "DELETE FROM teams WHERE space = ?1",
    "DELETE FROM team_places WHERE space = ?1",
    "DELETE FROM member_groups WHERE space = ?1",
    "DELETE FROM members WHERE space = ?1",
    "DELETE FROM skills WHERE space = ?1",
    "DELETE FROM items WHERE space = ?1",
    "DELETE FROM services WHERE space = ?1",
    "DELETE FROM imports WHERE space = ?1",
    "DELETE FROM activities WHERE space = ?1",
    "DELETE FROM activity_counts WHERE space = ?1",
    "DELETE FROM activity_people WHERE space = ?1",
    "DELETE FROM activity_helpers WHERE space = ?1",
    "DELETE FROM tasks WHERE doc = ?1",
    "DELETE FROM training WHERE space = ?1",
    "DELETE FROM obstacles WHERE space = ?1",
    "DELETE FROM obstacle_words WHERE space = ?1",
    "DELETE FROM obstacle_rules WHERE space = ?1",
    "DELETE FROM campaigns WHERE space = ?1",
    "DELETE FROM campaign_places WHERE space = ?1",
    "DELETE FROM campaign_quotas WHERE space = ?1",
    "DELETE FROM targets WHERE space = ?1",
    "DELETE FROM notices WHERE space = ?1",
    "DELETE FROM report_events WHERE space = ?1",
    "DELETE FROM report_parts WHERE space = ?1",
    "DELETE FROM locality WHERE space = ?1",
    "DELETE FROM conflicts WHERE doc = ?1",
];

/// The fields of one thing, gathered from its keys.
pub(super) type Fields<'a> = BTreeMap<&'a str, &'a Entry>;

/// All things of a space's document, by kind and id.
pub(super) type Things<'a> = BTreeMap<(&'static str, &'a str), Fields<'a>>;

/// Those of one kind whose ids can be read, in the order of their ids.
pub(super) fn of_kind<'a, Id: std::str::FromStr>(
    things: &'a Things<'a>,
    kind: Thing,
) -> impl Iterator<Item = (Id, &'a Fields<'a>)> + 'a {
    let own = things.iter().filter(move |((of, _), _)| *of == kind.as_str());
    own.filter_map(|((_, id), fields)| Some((id.parse().ok()?, fields)))
}

/// The text of a field; empty where it has none.
pub(super) fn text_of<'a>(fields: &Fields<'a>, field: &str) -> &'a str {
    fields.get(field).and_then(|e| e.value.text()).unwrap_or_default()
}

/// Writes the space's rows in place of those that were there. Returns the households' documents that are
/// merged otherwise than before.
pub fn project(db: &Connection, space: SpaceId, doc: &Doc) -> Result<BTreeSet<DocId>> {
    for sql in TABLES {
        db.prepare_cached(sql)?.execute([space.bytes()])?;
    }
    let entries = doc.entries()?;
    let mut things = Things::new();
    for entry in &entries {
        if let Some((thing, id, field)) = keys::parse(&entry.key) {
            things.entry((thing.as_str(), id)).or_default().insert(field.unwrap_or(""), entry);
        } else if entry.key == keys::NAME {
            db.execute(
                "INSERT INTO space_names (space, name) VALUES (?1, ?2)",
                params![space.bytes(), entry.value.text().unwrap_or_default()],
            )?;
        } else if entry.key == keys::CONSENT_FIRST {
            // Set by two at once: the careful one holds.
            let first = entry.value.is_true() || entry.crossed.iter().any(|version| version.value.is_true());
            db.execute(
                "INSERT INTO space_rules (space, consent_first) VALUES (?1, ?2)",
                params![space.bytes(), first],
            )?;
        } else if entry.key == keys::OBSTACLE_DAYS {
            super::obstacle::insert_rule(db, space, &entry.value)?;
        }
    }
    for ((kind, id), fields) in &things {
        thing(db, space, kind, id, fields)?;
    }
    let teams = teams::project(db, space, &things)?;
    locality::project(db, space, &things)?;
    places::project(db, space, &things, &teams, &same::said(&entries))?;
    // The same list imported on two devices, the same course ticked on both, the same merger, two ways into a listed
    // notebook: either tells it, no conflict. Of two values of a change of places the newest holds.
    let either = |e: &Entry| match keys::parse(&e.key) {
        Some(
            (Thing::Import, _, None)
            | (Thing::Training, _, Some(_))
            | (Thing::PlaceChange | Thing::Report | Thing::Notebook, ..),
        ) => true,
        Some((Thing::Team, _, Some(field))) => keys::covered(field).is_some(),
        _ => e.key == keys::CONSENT_FIRST,
    };
    for entry in entries.iter().filter(|e| !e.crossed.is_empty() && !either(e)) {
        conflict(db, space, space.bytes(), &crossed(entry, &things))?;
    }
    same::project(db, space, &entries)
}

fn crossed(entry: &Entry, things: &Things<'_>) -> CrossedField {
    let parsed = keys::parse(&entry.key);
    let about = parsed.and_then(|(thing, id, _)| things.get(&(thing.as_str(), id))).and_then(|f| f.get("name"));
    let field = match parsed {
        // The second of the two is no field, and rules are one value.
        Some((thing @ (Thing::SameHousehold | Thing::SameResident | Thing::Rules), ..)) => Some(thing.as_str()),
        parsed => parsed.and_then(|(_, _, field)| field),
    };
    CrossedField {
        key: entry.key.clone(),
        about: about.and_then(|e| e.value.text()).unwrap_or_default().to_owned(),
        field: field.unwrap_or(entry.key.as_str()).to_owned(),
        versions: entry.crossed.clone(),
    }
}

fn thing(db: &Connection, space: SpaceId, kind: &str, id: &str, fields: &Fields<'_>) -> Result<()> {
    let space = space.bytes();
    let text = |field: &str| fields.get(field).and_then(|e| e.value.text()).unwrap_or_default();
    let is = |field: &str| fields.get(field).is_some_and(|e| e.value.is_true());
    let number = |field: &str| fields.get(field).and_then(|e| e.value.int()).unwrap_or_default();
    if kind == Thing::Skill.as_str() {
        let Some(skill) = SkillKey::from_key(id) else { return Ok(()) };
        db.execute(
            "INSERT INTO skills (space, skill, name) VALUES (?1, ?2, ?3)",
            params![space, skill.index() as i64, text("")],
        )?;
    } else if kind == Thing::Item.as_str() {
        let (Ok(id), Some(skill)) = (id.parse::<ItemId>(), SkillKey::from_key(text("skill"))) else { return Ok(()) };
        db.execute(
            "INSERT INTO items (space, id, skill, position, text, retired) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![space, id.bytes(), skill.index() as i64, number("order"), text("text"), is("retired")],
        )?;
    } else if kind == Thing::Service.as_str() {
        db.execute("INSERT INTO services (space, key, name) VALUES (?1, ?2, ?3)", params![space, id, text("")])?;
    } else if kind == Thing::Import.as_str() {
        let (Ok(id), Some(record)) = (id.parse::<ImportId>(), ImportRecord::decode(text(""))) else { return Ok(()) };
        db.execute(
            "INSERT INTO imports (space, id, file, at_ms, author, households, withdrawn)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![space, id.bytes(), record.file, record.at_ms, record.member, record.households, is("withdrawn")],
        )?;
    } else if kind == Thing::Task.as_str() {
        let Ok(id) = id.parse() else { return Ok(()) };
        let mut task = Task::unknown(id);
        for (field, entry) in fields {
            if let Some(field) = TaskField::parse(field) {
                task.read(field, &entry.value);
            }
        }
        super::task::insert(db, SpaceId(Uuid::from_bytes(*space)), space, &task)?;
    } else if kind == Thing::Device.as_str() {
        let Ok(id) = id.parse::<DeviceId>() else { return Ok(()) };
        db.execute(
            "INSERT INTO devices (space, id, name, member) VALUES (?1, ?2, ?3, ?4)",
            params![space, id.as_bytes(), text("name"), text("member")],
        )?;
    } else if kind == Thing::Training.as_str() {
        let Ok(member) = id.parse::<MemberId>() else { return Ok(()) };
        for (course, entry) in fields {
            let Some(day) = entry.value.text().filter(|day| !day.is_empty()) else { continue };
            db.execute(
                "INSERT INTO training (space, member, course, day) VALUES (?1, ?2, ?3, ?4)",
                params![space, member.bytes(), course, day],
            )?;
        }
    } else if kind == Thing::Obstacle.as_str() {
        super::obstacle::insert(db, space, id, fields)?;
    } else if kind == Thing::Campaign.as_str() {
        super::campaign::insert(db, space, id, fields)?;
    } else if kind == Thing::Target.as_str() {
        super::target::insert(db, space, id, fields)?;
    } else if kind == Thing::Notice.as_str() {
        super::notice::insert(db, space, id, fields)?;
    } else if kind == Thing::Report.as_str() {
        super::report_state::insert(db, space, id, fields)?;
    } else if kind == Thing::Notebook.as_str() {
        super::office::insert(db, space, id, fields)?;
    } else if kind == Thing::Rules.as_str() {
        super::rules::insert(db, space, id, fields.get("").and_then(|e| e.value.bytes()))?;
    } else if let Ok(id) = id.parse::<ActivityId>() {
        super::activity::insert(db, space, id, fields)?;
    }
    Ok(())
}

/// The team's name.
pub fn name(db: &Connection, space: SpaceId) -> Result<String> {
    let found =
        db.query_row("SELECT name FROM space_names WHERE space = ?1", [space.bytes()], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// Whether nobody is assessed before they were asked for consent.
pub fn consent_first(db: &Connection, space: SpaceId) -> Result<bool> {
    let sql = "SELECT consent_first FROM space_rules WHERE space = ?1";
    Ok(db.prepare_cached(sql)?.query_row([space.bytes()], |row| row.get(0)).optional()?.unwrap_or(true))
}

/// Names of members by their ids, and of lists by `list:` and the import's id: the two
/// forms of a change's author.
pub fn author_names(db: &Connection, space: SpaceId) -> Result<BTreeMap<String, String>> {
    let mut names: BTreeMap<String, String> = members(db, space, None)?.into_iter().map(|m| (m.id, m.name)).collect();
    let mut lists = db.prepare_cached("SELECT id, file FROM imports WHERE space = ?1")?;
    for row in lists.query_map([space.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (id, file): ([u8; 16], String) = row?;
        names.insert(format!("list:{}", ImportId(Uuid::from_bytes(id))), file);
    }
    Ok(names)
}

/// The five skills with their items, and the services.
pub fn checklist(db: &Connection, space: SpaceId) -> Result<Checklist> {
    let mut skills: Vec<SkillView> =
        SkillKey::ALL.iter().map(|key| SkillView { key: *key, name: String::new(), items: Vec::new() }).collect();
    let mut query = db.prepare_cached("SELECT skill, name FROM skills WHERE space = ?1")?;
    for row in query.query_map([space.bytes()], |row| Ok((row.get::<_, u32>(0)?, row.get(1)?)))? {
        let (skill, name) = row?;
        if let Some(view) = skills.get_mut(skill as usize) {
            view.name = name;
        }
    }
    let mut query =
        db.prepare_cached("SELECT skill, id, text, retired FROM items WHERE space = ?1 ORDER BY skill, position, id")?;
    let items = query.query_map([space.bytes()], |row| {
        let id = ItemId(Uuid::from_bytes(row.get(1)?)).to_string();
        Ok((row.get::<_, u32>(0)?, ItemView { id, text: row.get(2)?, retired: row.get(3)? }))
    })?;
    for row in items {
        let (skill, item) = row?;
        if let Some(view) = skills.get_mut(skill as usize) {
            view.items.push(item);
        }
    }
    let mut query = db.prepare_cached("SELECT key, name FROM services WHERE space = ?1 ORDER BY key")?;
    let services = query.query_map([space.bytes()], |row| Ok(ServiceView { key: row.get(0)?, name: row.get(1)? }))?;
    Ok(Checklist { skills, services: services.collect::<rusqlite::Result<_>>()? })
}

/// The imports, newest first, each with what would stay or stays when it is taken back.
pub fn imports(db: &Connection, space: SpaceId) -> Result<Vec<ImportView>> {
    let names = author_names(db, space)?;
    let mut query = db.prepare_cached(
        "SELECT id, file, at_ms, author, households, withdrawn FROM imports WHERE space = ?1 ORDER BY at_ms DESC, id",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok((
            ImportId(Uuid::from_bytes(row.get(0)?)),
            row.get(1)?,
            row.get(2)?,
            row.get::<_, String>(3)?,
            row.get(4)?,
            row.get(5)?,
        ))
    })?;
    rows.map(|row| {
        let (id, file, at_ms, author, households, withdrawn) = row?;
        Ok(ImportView {
            id: id.to_string(),
            file,
            at_ms,
            author_name: names.get(&author).cloned().unwrap_or_default(),
            households,
            withdrawn,
            kept: if withdrawn { kept(db, space, id)? } else { Vec::new() },
        })
    })
    .collect()
}

fn kept(db: &Connection, space: SpaceId, import: ImportId) -> Result<Vec<KeptHousehold>> {
    let mut query = db.prepare_cached(
        "SELECT h.id, h.head, CASE WHEN h.visits > 0 THEN 'visited' WHEN h.edited = 1 THEN 'edited' ELSE 'other_list' END
         FROM standing h JOIN household_imports b ON b.household = h.id
         WHERE h.space = ?1 AND b.import = ?2 AND h.hidden = 0 ORDER BY h.name_key, h.id",
    )?;
    let rows = query.query_map(params![space.bytes(), import.bytes()], |row| {
        let id = crate::domain::HouseholdId(Uuid::from_bytes(row.get(0)?));
        Ok(KeptHousehold { id: id.to_string(), head: row.get(1)?, reason: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The team's devices as they have named themselves: each with its name and the member who used it first.
pub fn devices(db: &Connection, space: SpaceId) -> Result<BTreeMap<DeviceId, (String, String)>> {
    let mut query = db.prepare_cached("SELECT id, name, member FROM devices WHERE space = ?1")?;
    let rows = query.query_map([space.bytes()], |row| Ok((DeviceId(row.get(0)?), (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The courses that a member has done, each with its day.
pub fn training(db: &Connection, space: SpaceId, member: MemberId) -> Result<BTreeMap<String, String>> {
    let mut query = db.prepare_cached("SELECT course, day FROM training WHERE space = ?1 AND member = ?2")?;
    let rows = query.query_map(params![space.bytes(), member.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
