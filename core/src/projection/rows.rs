//! All projected rows in one fingerprint, to compare them with a rebuild.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::error::Result;

const TABLES: [&str; 25] = [
    "households",
    "residents",
    "visits",
    "visit_people",
    "assessments",
    "items_done",
    "services_given",
    "household_imports",
    "conflicts",
    "space_names",
    "places",
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
    "verdicts",
    "same_as",
    "homes",
];

/// A hash of each projection table's rows, in a fixed order.
pub fn fingerprint(db: &Connection) -> Result<Vec<(&'static str, blake3::Hash)>> {
    TABLES
        .iter()
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
