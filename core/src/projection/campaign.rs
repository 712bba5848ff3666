//! Campaigns: their rows, and how far each has come.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::list::Asker;
use super::space::{self, Fields};
use super::{places as registry, teams};
use crate::domain::campaign::{Campaign, CampaignMeasure};
use crate::domain::{CampaignId, MemberId, PlaceId, SpaceId, TeamId};
use crate::error::Result;

/// A campaign, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CampaignView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// Whether it is still to come, running or over.
    pub stage: CampaignStage,
    /// Days until it ends, today included, or until it begins; 0 when it is over.
    pub days_left: u32,
    /// What it counts.
    pub measure: CampaignMeasure,
    /// Where; everywhere when empty.
    pub places: Vec<CampaignPlace>,
    /// How much is done. Of households and people each once, by whomever they were met.
    pub count: u32,
    /// How much is to be done in all: the teams' quotas where they have some, those of members otherwise; nothing when
    /// nobody has one.
    pub quota: Option<u32>,
    /// Who is to do how much, and has. Two who were at one door together have both been there.
    pub quotas: Vec<CampaignQuota>,
    /// How much was new on each day on which something was done.
    pub days: Vec<CampaignDay>,
    /// Taken back.
    pub removed: bool,
}

/// Whether a campaign is still to come, running or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CampaignStage {
    /// Still to come.
    Planned,
    /// Running.
    Running,
    /// Over.
    Over,
}

/// A place of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CampaignPlace {
    /// The place.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What somebody is to do in a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CampaignQuota {
    /// A member or a team.
    pub of: String,
    /// It is a team: all that was done at its households counts, by whomever.
    pub team: bool,
    /// Their name.
    pub name: String,
    /// How much is to be done; nothing for who has no quota and has done something all the same.
    pub quota: Option<u32>,
    /// How much is done.
    pub count: u32,
}

/// What was new on one day of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CampaignDay {
    /// The day.
    pub day: String,
    /// How much was new.
    pub count: u32,
}

/// Writes a campaign's rows.
pub(super) fn insert(db: &Connection, space: &[u8; 16], id: &str, fields: &Fields<'_>) -> Result<()> {
    let Ok(id) = id.parse::<CampaignId>() else { return Ok(()) };
    let text = |field: &str| fields.get(field).and_then(|e| e.value.text()).unwrap_or_default();
    if text("name").is_empty() {
        return Ok(());
    }
    db.execute(
        "INSERT INTO campaigns (space, id, name, from_day, to_day, measure, removed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            space,
            id.bytes(),
            text("name"),
            text("from"),
            text("to"),
            CampaignMeasure::from_stored(text("measure")).as_str(),
            fields.get("removed").is_some_and(|e| e.value.is_true())
        ],
    )?;
    for (field, entry) in fields {
        let Some((part, of)) = field.split_once(':') else { continue };
        let Ok(of) = of.parse::<MemberId>() else { continue };
        match (part, entry.value.int()) {
            ("place", _) if entry.value.is_true() => db.execute(
                "INSERT INTO campaign_places (space, campaign, place) VALUES (?1, ?2, ?3)",
                params![space, id.bytes(), of.bytes()],
            )?,
            ("quota", Some(quota)) if quota > 0 => db.execute(
                "INSERT INTO campaign_quotas (space, campaign, of, quota) VALUES (?1, ?2, ?3, ?4)",
                params![space, id.bytes(), of.bytes(), quota],
            )?,
            _ => 0,
        };
    }
    Ok(())
}

/// The campaigns: what runs first, then what comes, then what is over, the newest first.
pub fn list(db: &Connection, asker: &Asker) -> Result<Vec<CampaignView>> {
    let mut query = db.prepare_cached("SELECT id FROM campaigns WHERE space = ?1")?;
    let ids = query.query_map([asker.space.bytes()], |row| Ok(CampaignId(Uuid::from_bytes(row.get(0)?))))?;
    let ids: Vec<CampaignId> = ids.collect::<rusqlite::Result<_>>()?;
    let mut found = Vec::new();
    for id in ids {
        found.extend(get(db, asker, id)?);
    }
    found.sort_by(|a, b| {
        let place = |c: &CampaignView| (c.removed, c.stage as u8 == 2, c.stage as u8 == 0);
        place(a).cmp(&place(b)).then_with(|| b.to.cmp(&a.to)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(found)
}

/// One campaign, and how far it has come.
pub fn get(db: &Connection, asker: &Asker, id: CampaignId) -> Result<Option<CampaignView>> {
    let Some(campaign) = stored(db, asker.space, id)? else { return Ok(None) };
    let (from, to) = (campaign.from.unwrap_or_default(), campaign.to.unwrap_or_default());
    let done = done(db, asker, id, &campaign)?;
    let quotas = quotas(db, asker.space, id, &done)?;
    let stage = if asker.today < from {
        CampaignStage::Planned
    } else if asker.today > to {
        CampaignStage::Over
    } else {
        CampaignStage::Running
    };
    let days = |until: jiff::civil::Date| u32::try_from((until - asker.today).get_days()).unwrap_or_default();
    let quota = in_all(&quotas);
    Ok(Some(CampaignView {
        id: id.to_string(),
        name: campaign.name,
        from: from.to_string(),
        to: to.to_string(),
        stage,
        days_left: match stage {
            CampaignStage::Planned => days(from),
            CampaignStage::Running => days(to) + 1,
            CampaignStage::Over => 0,
        },
        measure: campaign.measure,
        places: places(db, asker, &campaign.places)?,
        count: done.all,
        quota,
        quotas,
        days: done.days.into_iter().map(|(day, count)| CampaignDay { day, count }).collect(),
        removed: campaign.removed,
    }))
}

/// A campaign as it is stored, quotas apart.
pub fn stored(db: &Connection, space: SpaceId, id: CampaignId) -> Result<Option<Campaign>> {
    let found = db
        .prepare_cached("SELECT name, from_day, to_day, measure, removed FROM campaigns WHERE space = ?1 AND id = ?2")?
        .query_row(params![space.bytes(), id.bytes()], |row| {
            Ok(Campaign {
                name: row.get(0)?,
                from: row.get::<_, String>(1)?.parse().ok(),
                to: row.get::<_, String>(2)?.parse().ok(),
                measure: CampaignMeasure::from_stored(&row.get::<_, String>(3)?),
                places: Vec::new(),
                removed: row.get(4)?,
            })
        })
        .optional()?;
    let Some(campaign) = found else { return Ok(None) };
    let mut query =
        db.prepare_cached("SELECT place FROM campaign_places WHERE space = ?1 AND campaign = ?2 ORDER BY place")?;
    let places =
        query.query_map(params![space.bytes(), id.bytes()], |row| Ok(PlaceId(Uuid::from_bytes(row.get(0)?))))?;
    Ok(Some(Campaign { places: places.collect::<rusqlite::Result<_>>()?, ..campaign }))
}

/// Who has which quota.
pub fn quotas_of(db: &Connection, space: SpaceId, id: CampaignId) -> Result<BTreeMap<[u8; 16], u32>> {
    let mut query = db.prepare_cached("SELECT of, quota FROM campaign_quotas WHERE space = ?1 AND campaign = ?2")?;
    let rows = query.query_map(params![space.bytes(), id.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn places(db: &Connection, asker: &Asker, of: &[PlaceId]) -> Result<Vec<CampaignPlace>> {
    let names = registry::titles(db, asker.space, asker.today)?;
    let name = |id: &PlaceId| names.get(id).cloned().unwrap_or_default();
    Ok(of.iter().map(|id| CampaignPlace { id: id.to_string(), name: name(id) }).collect())
}

/// Who has a quota, and members who have done something without one.
fn quotas(db: &Connection, space: SpaceId, id: CampaignId, done: &Done) -> Result<Vec<CampaignQuota>> {
    let (names, teams) = (space::author_names(db, space)?, teams::names(db, space)?);
    let given = quotas_of(db, space, id)?;
    let everybody: BTreeSet<[u8; 16]> = given.keys().chain(done.by_member.keys()).copied().collect();
    let view = |of: [u8; 16]| {
        let (team, member) = (teams.get(&TeamId(Uuid::from_bytes(of))), MemberId(Uuid::from_bytes(of)).to_string());
        let counted = if team.is_some() { &done.by_team } else { &done.by_member };
        CampaignQuota {
            name: team.or_else(|| names.get(&member)).cloned().unwrap_or_default(),
            of: member,
            team: team.is_some(),
            quota: given.get(&of).copied(),
            count: counted.get(&of).copied().unwrap_or_default(),
        }
    };
    let mut all: Vec<CampaignQuota> = everybody.into_iter().map(view).collect();
    all.sort_by_cached_key(|q| (!q.team, q.quota.is_none(), crate::text::name::sort_key(&q.name), q.of.clone()));
    Ok(all)
}

fn in_all(quotas: &[CampaignQuota]) -> Option<u32> {
    let has_teams = quotas.iter().any(|quota| quota.team);
    let sum: u32 = quotas.iter().filter(|quota| quota.team == has_teams).filter_map(|quota| quota.quota).sum();
    (sum > 0).then_some(sum)
}

/// How much was done in a campaign.
#[derive(Default)]
struct Done {
    all: u32,
    by_member: HashMap<[u8; 16], u32>,
    by_team: HashMap<[u8; 16], u32>,
    days: BTreeMap<String, u32>,
}

/// What was counted already: a thing, and in whose figures.
type Seen = BTreeSet<([u8; 16], Option<[u8; 16]>)>;

impl Done {
    /// Takes one thing in that counts once in all and on the first of its days, once for each member, and once for the
    /// team of its household.
    fn add(&mut self, seen: &mut Seen, what: [u8; 16], day: String, who: [u8; 16], team: Option<[u8; 16]>) {
        if seen.insert((what, None)) {
            self.all += 1;
            *self.days.entry(day).or_default() += 1;
        }
        if seen.insert((what, Some(who))) {
            *self.by_member.entry(who).or_default() += 1;
        }
        if let Some(team) = team
            && seen.insert((what, Some(team)))
        {
            *self.by_team.entry(team).or_default() += 1;
        }
    }
}

/// Counts visits of households that stand, on the days and in the places of the campaign, oldest first. A household
/// stands where it stood on the campaign's last day, or stands today.
fn done(db: &Connection, asker: &Asker, id: CampaignId, campaign: &Campaign) -> Result<Done> {
    let (mut done, mut seen) = (Done::default(), Seen::new());
    let (Some(from), Some(to)) = (campaign.from, campaign.to) else { return Ok(done) };
    let (what, people) = match campaign.measure {
        CampaignMeasure::HouseholdsMet => ("v.household", ""),
        CampaignMeasure::Visits => ("v.id", ""),
        CampaignMeasure::PeopleMet => (
            "coalesce(s.canonical, p.resident)",
            "JOIN visit_people p ON p.household = v.household AND p.visit = v.id
             LEFT JOIN same_as s ON s.space = v.space AND s.kind = 'resident' AND s.id = p.resident",
        ),
    };
    let met = if campaign.measure == CampaignMeasure::Visits { "" } else { "AND v.outcome = 'met'" };
    let sql = format!(
        "WITH located AS ({located}),
         made AS (
           SELECT v.*, l.team FROM visits v JOIN located l ON l.household = v.household
           WHERE v.space = ?1 AND v.removed = 0 AND v.day BETWEEN ?2 AND ?3 {met}
             AND (NOT EXISTS (SELECT 1 FROM campaign_places c WHERE c.space = ?1 AND c.campaign = ?4)
               OR l.place IN (SELECT c.place FROM campaign_places c WHERE c.space = ?1 AND c.campaign = ?4)))
         SELECT {what}, v.day, v.author, v.team, v.clock FROM made v {people}
         UNION ALL
         SELECT {what}, v.day, w.member, v.team, v.clock FROM made v
         JOIN visit_companions w ON w.household = v.household AND w.visit = v.id {people}
         ORDER BY 2, 5",
        located = registry::located("?1", "?5")
    );
    let as_of = to.min(asker.today).to_string();
    let mut query = db.prepare_cached(&sql)?;
    let space = asker.space;
    let mut rows = query.query(params![space.bytes(), from.to_string(), to.to_string(), id.bytes(), as_of])?;
    while let Some(row) = rows.next()? {
        done.add(&mut seen, row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    }
    Ok(done)
}
