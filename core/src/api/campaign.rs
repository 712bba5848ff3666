//! Campaigns: planned, changed, watched, taken back.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;
use ts_rs::TS;

use super::household::nine_digits;
use super::{Api, Nothing, id, obstacle};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, Thing};
use crate::domain::campaign::CampaignMeasure;
use crate::domain::{PlaceId, text};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::campaign::{self as query, CampaignView};
use crate::projection::places as registry;

/// Arguments of commands about one campaign.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CampaignId {
    /// The campaign.
    pub campaign: String,
}

/// Arguments of `campaign_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CampaignSave {
    /// The campaign to change; left out, a new one.
    #[serde(default)]
    #[ts(optional)]
    pub campaign: Option<String>,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// What it counts; households at which somebody was met, when left out.
    #[serde(default)]
    #[ts(optional, as = "Option<CampaignMeasure>")]
    pub measure: CampaignMeasure,
    /// Where; everywhere when empty.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub places: Vec<String>,
    /// Who is to do how much. Who is left out has no quota.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Quota>>")]
    pub quotas: Vec<Quota>,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// How much a member or a team is to do.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The member or the team.
    pub of: String,
    /// How much.
    pub quota: u32,
}

/// Arguments of `campaign_set_removed`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CampaignSetRemoved {
    /// The campaign.
    pub campaign: String,
    /// Taken back, or not.
    pub removed: bool,
}

/// Nobody is asked for more in one campaign.
const QUOTA_AT_MOST: u32 = 99_999;
/// A campaign is of days or weeks; a year is a slip of the finger.
const DAYS_AT_MOST: i32 = 366;

/// The campaigns: what runs first, then what comes, then what is over.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<CampaignView>> {
    let notebook = api.notebook();
    query::list(notebook.db(), &notebook.asker()?)
}

/// One campaign.
pub(super) fn get(api: &Api, args: CampaignId) -> Result<CampaignView> {
    one(api, id("campaign", &args.campaign)?)
}

/// Plans a campaign, or changes one. Only a leader, a deputy or an officer may.
pub(super) fn save(api: &Api, args: CampaignSave) -> Result<CampaignView> {
    let (campaign, fields) = {
        let notebook = api.notebook();
        may_plan(&notebook)?;
        let campaign = args.campaign.as_deref().map(|campaign| known(&notebook, campaign)).transpose()?;
        (campaign.unwrap_or_else(crate::domain::CampaignId::fresh), fields(&notebook, campaign, &args)?)
    };
    set(api, campaign, &fields)
}

/// Takes a campaign back, or restores it.
pub(super) fn set_removed(api: &Api, args: CampaignSetRemoved) -> Result<CampaignView> {
    let campaign = {
        let notebook = api.notebook();
        may_plan(&notebook)?;
        known(&notebook, &args.campaign)?
    };
    set(api, campaign, &[("removed".to_owned(), Scalar::Bool(args.removed))])
}

/// A field of a campaign and its value.
type Fields = Vec<(String, Scalar)>;

fn fields(notebook: &Notebook, campaign: Option<crate::domain::CampaignId>, args: &CampaignSave) -> Result<Fields> {
    let day = |field: &'static str, day: &str| day.parse::<Date>().map_err(|_| Error::invalid("bad_date", field));
    let (from, to) = (day("from", &args.from)?, day("to", &args.to)?);
    if to < from || (to - from).get_days() > DAYS_AT_MOST {
        return Err(Error::invalid("bad_date", "to"));
    }
    let name = text::required("name", &args.name, nine_digits(args.nine_digits_ok))?;
    let mut fields = vec![
        ("name".to_owned(), Scalar::Text(name)),
        ("from".to_owned(), Scalar::Text(from.to_string())),
        ("to".to_owned(), Scalar::Text(to.to_string())),
        ("measure".to_owned(), Scalar::Text(args.measure.as_str().to_owned())),
    ];
    fields.extend(places(notebook, campaign, &args.places)?);
    fields.extend(quotas(notebook, campaign, &args.quotas)?);
    Ok(fields)
}

/// A place that is left out goes, so that two who add one each both add it.
fn places(notebook: &Notebook, campaign: Option<crate::domain::CampaignId>, named: &[String]) -> Result<Fields> {
    let space = notebook.space()?.id;
    let known = registry::standing(notebook.db(), space, notebook.clock().today())?;
    let known: BTreeSet<String> = known.into_iter().map(|place| place.id).collect();
    if named.iter().any(|place| !known.contains(place)) {
        return Err(Error::not_found("place"));
    }
    let before = campaign.map(|campaign| query::stored(notebook.db(), space, campaign)).transpose()?.flatten();
    let before: BTreeSet<String> =
        before.iter().flat_map(|campaign| campaign.places.iter().map(PlaceId::to_string)).collect();
    let now: BTreeSet<String> = named.iter().cloned().collect();
    let changed = now.symmetric_difference(&before);
    Ok(changed.map(|place| (format!("place:{place}"), Scalar::Bool(now.contains(place)))).collect())
}

fn quotas(notebook: &Notebook, campaign: Option<crate::domain::CampaignId>, given: &[Quota]) -> Result<Fields> {
    let space = notebook.space()?.id;
    let mut now: BTreeMap<String, u32> = BTreeMap::new();
    for Quota { of, quota } in given {
        if *quota > QUOTA_AT_MOST {
            return Err(Error::invalid("bad_number", "quota"));
        }
        now.insert(id::<crate::domain::MemberId>("member", of)?.to_string(), *quota);
    }
    if let Some(campaign) = campaign {
        for of in query::quotas_of(notebook.db(), space, campaign)?.into_keys() {
            now.entry(crate::domain::MemberId(uuid::Uuid::from_bytes(of)).to_string()).or_default();
        }
    }
    Ok(now.into_iter().map(|(of, quota)| (format!("quota:{of}"), Scalar::Int(quota.into()))).collect())
}

fn may_plan(notebook: &Notebook) -> Result<()> {
    if obstacle::leads(notebook)? {
        return Ok(());
    }
    Err(Error::new("not_allowed", "only a leader, a deputy or an officer plans a campaign"))
}

fn known(notebook: &Notebook, campaign: &str) -> Result<crate::domain::CampaignId> {
    let campaign = id("campaign", campaign)?;
    let found = query::stored(notebook.db(), notebook.space()?.id, campaign)?;
    found.map(|_| campaign).ok_or_else(|| Error::not_found("campaign"))
}

fn set(api: &Api, campaign: crate::domain::CampaignId, fields: &[(String, Scalar)]) -> Result<CampaignView> {
    let key = |field: &str| keys::field(Thing::Campaign, campaign, field);
    api.write(|batch| batch.edit_space(|edit| fields.iter().for_each(|(field, value)| edit.set(&key(field), value))))?;
    one(api, campaign)
}

fn one(api: &Api, campaign: crate::domain::CampaignId) -> Result<CampaignView> {
    let notebook = api.notebook();
    query::get(notebook.db(), &notebook.asker()?, campaign)?.ok_or_else(|| Error::not_found("campaign"))
}
