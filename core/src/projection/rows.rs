//! All projected rows in one fingerprint, to compare them with a rebuild.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::domain::SpaceId;
use crate::error::Result;

/// Tables whose rows name their household.
const OF_HOUSEHOLDS: [&str; 12] = [
    "household_places",
    "appointments",
    "visit_people",
    "assessments",
    "items_done",
    "services_given",
    "visit_photos",
    "visit_obstacles",
    "visit_companions",
    "household_imports",
    "residents",
    "homes",
];

/// Tables whose rows name their space. Whoever adds a table adds it to one of the two: so it is proved, and goes with
/// its notebook.
const OF_SPACES: [&str; 43] = [
    "notebooks",
    "visits",
    "households",
    "conflicts",
    "space_names",
    "space_rules",
    "report_rules",
    "devices",
    "places",
    "place_names",
    "place_was",
    "place_steps",
    "household_steps",
    "place_changes",
    "place_goes",
    "place_ignored",
    "teams",
    "team_places",
    "member_groups",
    "members",
    "skills",
    "items",
    "services",
    "imports",
    "activities",
    "activity_counts",
    "activity_people",
    "activity_helpers",
    "tasks",
    "training",
    "obstacles",
    "obstacle_words",
    "obstacle_rules",
    "campaigns",
    "campaign_places",
    "campaign_quotas",
    "targets",
    "notices",
    "report_events",
    "report_parts",
    "locality",
    "verdicts",
    "same_as",
];

/// Takes all projected rows of a space away.
pub fn delete(db: &Connection, space: SpaceId) -> Result<()> {
    for table in OF_HOUSEHOLDS {
        let sql = format!("DELETE FROM {table} WHERE household IN (SELECT id FROM households WHERE space = ?1)");
        db.execute(&sql, [space.bytes()])?;
    }
    for table in OF_SPACES {
        db.execute(&format!("DELETE FROM {table} WHERE space = ?1"), [space.bytes()])?;
    }
    Ok(())
}

/// A hash of each projection table's rows, in a fixed order.
pub fn fingerprint(db: &Connection) -> Result<Vec<(&'static str, blake3::Hash)>> {
    OF_HOUSEHOLDS
        .iter()
        .chain(&OF_SPACES)
        .map(|table| {
            let mut query = db.prepare(&format!("SELECT * FROM {table}"))?;
            let columns = query.column_count();
            let mut rows = query.query([])?;
            let mut sum = Vec::new();
            while let Some(row) = rows.next()? {
                let mut hasher = blake3::Hasher::new();
                for n in 0..columns {
                    hash_value(&mut hasher, row.get_ref(n)?);
                }
                sum.push(*hasher.finalize().as_bytes());
            }
            // The rows are a set: the order in which they were written does not matter.
            sum.sort_unstable();
            let mut whole = blake3::Hasher::new();
            for row in sum {
                whole.update(&row);
            }
            Ok((*table, whole.finalize()))
        })
        .collect()
}

fn hash_value(hasher: &mut blake3::Hasher, value: ValueRef<'_>) {
    let (kind, bytes): (u8, &[u8]) = match value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(n) => {
            hasher.update(&[1]).update(&n.to_le_bytes());
            return;
        }
        ValueRef::Real(x) => {
            hasher.update(&[2]).update(&x.to_le_bytes());
            return;
        }
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(blob) => (4, blob),
    };
    hasher.update(&[kind]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
}
