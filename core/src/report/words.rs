//! Words and numbers of what goes to people outside of the app: the workbook and the text to paste. Vietnamese,
//! because whoever receives a report reads that.

use super::view::{AdjustmentKind, Figure, Report, ReportState};
use crate::clock;
use crate::domain::SkillKey;
use crate::domain::skill::DEFAULT_CHECKLIST;

/// Stands for a number where nothing was written: that is not the same as none.
pub const BLANK: &str = "chưa có số liệu";

/// A whole number, with a dot every three digits: `1.234`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A share with one decimal, `75,5 %`; nothing of nothing is no share.
pub fn percent(value: u64, of: u64) -> Option<String> {
    let tenths = (value * 1_000 + of / 2).checked_div(of)?;
    Some(match tenths % 10 {
        0 => format!("{} %", number(tenths / 10)),
        rest => format!("{},{rest} %", number(tenths / 10)),
    })
}

/// An ISO day as people write it: `20/11/2026`. What is no day stays as it is.
pub fn day(iso: &str) -> String {
    iso.parse::<jiff::civil::Date>().map_or_else(|_| iso.to_owned(), |day| day.strftime("%d/%m/%Y").to_string())
}

/// `2026-11` as people say it: `tháng 11/2026`.
pub fn period(key: &str) -> String {
    key.split_once('-').map_or_else(|| key.to_owned(), |(year, month)| format!("tháng {month}/{year}"))
}

/// The moment of an `as_of` (`2026-11-20T14:05:00+07:00`): `14:05 ngày 20/11/2026`.
pub fn moment(as_of: &str) -> String {
    let (date, time) = as_of.split_once('T').unwrap_or((as_of, ""));
    format!("{} ngày {}", time.get(..5).unwrap_or_default(), day(date))
}

/// A moment in milliseconds since 1970: `14:05 ngày 20/11/2026`.
pub fn at(ms: i64) -> String {
    clock::date_and_time_of(ms).strftime("%H:%M ngày %d/%m/%Y").to_string()
}

/// How far a report is.
pub fn state(state: ReportState) -> &'static str {
    match state {
        ReportState::Draft => "bản nháp, chưa nộp",
        ReportState::Submitted => "đã nộp",
        ReportState::Returned => "bị trả lại",
        ReportState::Approved => "đã duyệt",
        ReportState::Locked => "đã chốt số liệu",
    }
}

/// Where a report stands: of a commune's, how many of its notebooks are locked.
pub fn standing(report: &Report) -> String {
    match &report.notebooks {
        None => state(report.state).to_owned(),
        Some(all) => {
            let locked = all.iter().filter(|one| one.state == ReportState::Locked).count();
            format!("đã chốt {locked}/{} sổ", all.len())
        }
    }
}

/// What a commune's report may be wrong by: notebooks that are not here, and people who are written in two.
pub fn doubts(report: &Report) -> Vec<String> {
    let notebooks = report.notebooks.iter().flatten();
    let lacking: Vec<&str> = notebooks.filter(|one| !one.here).map(|one| one.name.as_str()).collect();
    let lacking = (!lacking.is_empty()).then(|| format!("Máy này chưa có sổ: {}", lacking.join(", ")));
    let twice = report.alike.filter(|alike| *alike > 0);
    let twice = twice.map(|alike| format!("Có thể tính trùng (ghi ở hai sổ): {} người", number(alike.into())));
    lacking.into_iter().chain(twice).collect()
}

/// What came late.
pub fn late(kind: AdjustmentKind) -> &'static str {
    match kind {
        AdjustmentKind::Visit => "lượt thăm",
        AdjustmentKind::VisitRemoved => "lượt thăm đã bỏ",
        AdjustmentKind::HouseholdRemoved => "hộ đã bỏ khỏi danh sách",
        AdjustmentKind::Merged => "gộp, tách hộ trùng",
        AdjustmentKind::PeopleMerged => "gộp, tách, chuyển người",
        AdjustmentKind::Activity => "hoạt động chung",
    }
}

/// The app's own name of a skill.
pub fn skill(skill: SkillKey) -> &'static str {
    DEFAULT_CHECKLIST.iter().find(|(key, ..)| *key == skill).map_or("", |(_, name, _)| name)
}

/// The five levels, from the lowest.
pub const LEVELS: [&str; 5] =
    ["Chưa đánh giá", "Chưa biết", "Đã hướng dẫn", "Làm được khi có người giúp", "Thành thạo"];

/// A figure's number with what it is counted in, the count before the share: `16/20 hộ (80 %)`.
pub fn figure(figure: &Figure) -> String {
    counted(figure.value, figure.of, &figure.unit)
}

/// What a locked figure is now; nothing where it is as it was.
pub fn adjusted(figure: &Figure) -> Option<String> {
    let changed = figure.adjusted.is_some() || figure.adjusted_of.is_some();
    changed.then(|| counted(figure.adjusted.or(figure.value), figure.adjusted_of.or(figure.of), &figure.unit))
}

fn counted(value: Option<u64>, of: Option<u64>, unit: &str) -> String {
    let Some(value) = value else { return BLANK.to_owned() };
    let text = match of {
        None => format!("{} {unit}", number(value)),
        Some(of) => {
            let share = percent(value, of).map(|share| format!(" ({share})")).unwrap_or_default();
            format!("{}/{} {unit}{share}", number(value), number(of))
        }
    };
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_vietnam() {
        assert_eq!([0, 999, 1_234, 1_000_000].map(number), ["0", "999", "1.234", "1.000.000"]);
        assert_eq!(percent(755, 1_000).as_deref(), Some("75,5 %"));
        assert_eq!(percent(16, 20).as_deref(), Some("80 %"));
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn blank_is_not_none() {
        assert_eq!(counted(None, Some(20), "hộ"), BLANK);
        assert_eq!(counted(Some(0), Some(20), "hộ"), "0/20 hộ (0 %)");
        assert_eq!(counted(Some(3_250), None, "tài khoản"), "3.250 tài khoản");
    }

    #[test]
    fn days_and_periods_are_written_as_people_say_them() {
        assert_eq!(day("2026-11-20"), "20/11/2026");
        assert_eq!(period("2026-11"), "tháng 11/2026");
        assert_eq!(moment("2026-11-20T14:05:00+07:00"), "14:05 ngày 20/11/2026");
    }
}
