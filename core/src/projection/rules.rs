//! The rules of reports: their rows, and the calendar that they make.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::domain::rules::{Calendar, ReportRules};
use crate::domain::{Period, SpaceId};
use crate::error::Result;

/// Writes the row of one set of rules. One that this version cannot read is kept there, too, and not followed.
pub(super) fn insert(db: &Connection, space: &[u8; 16], period: &str, value: Option<&[u8]>) -> Result<()> {
    if let (Some(period), Some(value)) = (Period::parse(period), value) {
        db.prepare_cached("INSERT INTO report_rules (space, period, value) VALUES (?1, ?2, ?3)")?.execute(params![
            space,
            period.to_string(),
            value
        ])?;
    }
    Ok(())
}

fn rows(db: &Connection, space: SpaceId) -> Result<Vec<(String, Vec<u8>)>> {
    let mut query = db.prepare_cached("SELECT period, value FROM report_rules WHERE space = ?1 ORDER BY period")?;
    let rows = query.query_map([space.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The notebook's calendar.
pub fn calendar(db: &Connection, space: SpaceId) -> Result<Calendar> {
    let read = |(period, value): (String, Vec<u8>)| Some((Period::parse(&period)?, ReportRules::decode(&value)?));
    Ok(Calendar::new(rows(db, space)?.into_iter().filter_map(read).collect::<BTreeMap<_, _>>()))
}

/// How many sets of rules this version keeps and cannot read.
pub fn unreadable(db: &Connection, space: SpaceId) -> Result<u32> {
    Ok(rows(db, space)?.iter().filter(|(_, value)| ReportRules::decode(value).is_none()).count() as u32)
}
