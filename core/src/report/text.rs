//! The report as a short text to paste into Zalo, and the list of teams that are late. Counts come before shares, and
//! no person is named but who locked it.

use std::fmt::Write;

use super::view::{PeriodSummary, Report, ReportState, TeamReport};
use super::words;

/// The report in short.
pub fn summary(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_summary(&mut text, report);
    text.trim_end().to_owned()
}

fn write_summary(text: &mut String, report: &Report) -> std::fmt::Result {
    let period = &report.period;
    writeln!(text, "{}", report.title)?;
    writeln!(text, "{} – {}", report.scope.name, words::period(&period.key))?;
    writeln!(text, "Kỳ: {} đến {}", words::day(&period.first), words::day(&period.last))?;
    writeln!(text, "Trạng thái: {}", words::standing(report))?;
    if let Some(lock) = &report.lock {
        writeln!(text, "Chốt lúc {}, {}", words::at(lock.at_ms), lock.by_name)?;
    }
    writeln!(text)?;
    for figure in &report.figures {
        writeln!(text, "• {}: {}", figure.name, words::figure(figure))?;
        if let Some(now) = words::adjusted(figure) {
            writeln!(text, "   (điều chỉnh sau chốt: {now})")?;
        }
    }
    let covered = &report.coverage;
    let (all, visited) = (covered.households.into(), covered.visited.into());
    let share = words::percent(visited, all).map(|share| format!(" ({share})")).unwrap_or_default();
    writeln!(text, "• Đã đến thăm: {}/{} hộ{share}", words::number(visited), words::number(all))?;
    writeln!(text)?;
    let silent: Vec<&str> = report.silent.iter().map(|one| one.name.as_str()).collect();
    if !silent.is_empty() {
        writeln!(text, "Chưa có số liệu: {}", silent.join(", "))?;
    }
    for doubt in words::doubts(report) {
        writeln!(text, "{doubt}")?;
    }
    if !report.adjustments.is_empty() {
        writeln!(text, "Ghi sau khi chốt: {} mục", words::number(report.adjustments.len() as u64))?;
    }
    let of_notebooks: u32 = report.notebooks.iter().flatten().map(|one| one.lacking).sum();
    let lacking = report.lock.as_ref().map_or(of_notebooks, |lock| lock.lacking);
    if lacking > 0 {
        writeln!(text, "Máy này còn thiếu {} hồ sơ có trong số liệu chốt", words::number(lacking.into()))?;
    }
    match &report.as_of {
        Some(as_of) => writeln!(text, "Số liệu đến {}", words::moment(as_of)),
        None => writeln!(text, "Chưa có bản ghi nào"),
    }
}

/// Which teams have not submitted: `19/22 tổ đã nộp. Còn: …`.
pub fn late(summary: &PeriodSummary) -> String {
    let teams = &summary.teams;
    let of =
        |wanted: fn(&&TeamReport) -> bool| teams.iter().filter(wanted).map(|t| t.name.as_str()).collect::<Vec<_>>();
    let open = of(|team| team.state == ReportState::Draft);
    let back = of(|team| team.state == ReportState::Returned);
    let done = teams.len() - open.len() - back.len();
    let (period, due) = (words::period(&summary.period.key), words::day(&summary.period.due));
    let mut text = format!("Báo cáo {period} (hạn {due}): {done}/{} tổ đã nộp.", teams.len());
    if !open.is_empty() {
        text.push_str(&format!(" Còn: {}.", open.join(", ")));
    }
    if !back.is_empty() {
        text.push_str(&format!(" Cần sửa và nộp lại: {}.", back.join(", ")));
    }
    text
}
