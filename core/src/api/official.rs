//! The official communes, for choosing one and for reading an old address.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Api;
use crate::error::{Error, Result};
use crate::official::{Unit, UnitKind, official};

/// Arguments of `official_search`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfficialSearch {
    /// What was typed: a name, with a district or a province where several are called so.
    pub text: String,
    /// Among the communes before 1 July 2025.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub former: bool,
}

/// Arguments of `official_translate`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfficialTranslate {
    /// The code of the former commune.
    pub former: String,
}

/// An official commune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficialUnit {
    /// Its code.
    pub code: String,
    /// Its name with its kind: "Xã Vân Hồ".
    pub name: String,
    /// What kind.
    pub kind: UnitKind,
    /// The district that a former one was in; empty now.
    pub district: String,
    /// Its province, as it is called today.
    pub province: String,
    /// A former one was split between several.
    pub split: bool,
}

/// What became of a former commune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficialTranslation {
    /// The former commune.
    pub former: OfficialUnit,
    /// What it became, the likeliest first. Several when it was split: the person says which.
    pub successors: Vec<OfficialUnit>,
}

/// Nobody reads more.
const FOUND_AT_MOST: usize = 40;

fn view(api: &Api, unit: &Unit) -> OfficialUnit {
    let today = api.notebook().clock().today();
    OfficialUnit {
        code: unit.code.clone(),
        name: unit.title(),
        kind: unit.kind,
        district: unit.district.clone(),
        province: official().province(unit, today).to_owned(),
        split: unit.successors.len() > 1,
    }
}

/// Official communes by name, the best first.
pub(super) fn search(api: &Api, args: OfficialSearch) -> Result<Vec<OfficialUnit>> {
    let all = official();
    let units = if args.former { &all.former } else { &all.communes };
    Ok(all.search(units, &args.text, FOUND_AT_MOST).into_iter().map(|unit| view(api, unit)).collect())
}

/// What became of a former commune.
pub(super) fn translate(api: &Api, args: OfficialTranslate) -> Result<OfficialTranslation> {
    let all = official();
    let former = all.former(&args.former).ok_or_else(|| Error::not_found("commune"))?;
    let successors = former.successors.iter().filter_map(|code| all.commune(code));
    Ok(OfficialTranslation { successors: successors.map(|unit| view(api, unit)).collect(), former: view(api, former) })
}
