//! The report as an Excel workbook: for a checker who counts again, and for the next office, which copies from it.
//!
//! Every number is a number, every share and sum a formula beside what it comes to; a cell is blank where nothing was
//! written, and 0 where nothing came of it. No household is named. The same report gives the same bytes: nothing in
//! it tells when or where it was made, only up to when its records go.

mod page;

use rust_xlsxwriter::utility::check_sheet_name;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::annex::Annex;
use super::view::{AdjustmentKind, Coverage, Figure, FigureRow, Report, ReportNotebook};
use super::words;
use crate::domain::activity::ActivityKind;
use crate::error::{Error, Result};
use page::{Look, Page};

type Done = std::result::Result<(), XlsxError>;

/// The rows above the table of a sheet's figures.
const HEAD: u32 = 6;
/// The heads of the table of figures.
const FIGURES: [&str; 9] =
    ["STT", "Chỉ tiêu", "Cách tính", "Đơn vị", "Kết quả", "Trên tổng số", "Tỷ lệ", "Mục tiêu", "Ghi chú"];

/// The workbook's name and its bytes.
pub fn make(report: &Report, annex: &Annex) -> Result<(String, Vec<u8>)> {
    let bytes = build(report, annex).map_err(|error| Error::new("internal", error.to_string()))?;
    Ok((file_name(report), bytes))
}

fn file_name(report: &Report) -> String {
    let keep = |c: char| if c.is_alphanumeric() || " -.".contains(c) { c } else { '-' };
    let name: String = report.scope.name.chars().map(keep).take(60).collect();
    format!("Báo cáo {} {}.xlsx", report.period.key, name.trim())
}

fn build(report: &Report, annex: &Annex) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(&report.title).set_creation_datetime(&created(report)?));
    let mut names = Names::default();
    summary(&mut names.page(&mut book, "Tổng hợp")?, report)?;
    for (name, of_place) in [("Theo địa bàn", true), ("Theo tổ", false)] {
        matrix(&mut names.page(&mut book, name)?, report, name, of_place)?;
    }
    coverage(&mut names.page(&mut book, "Độ phủ, kỹ năng")?, report)?;
    activities(&mut names.page(&mut book, "Hoạt động")?, annex)?;
    obstacles(&mut names.page(&mut book, "Vướng mắc")?, annex)?;
    let of_notebooks = |all: &Vec<ReportNotebook>| all.iter().any(|one| one.lock_at_ms.is_some());
    if report.lock.is_some() || report.notebooks.as_ref().is_some_and(of_notebooks) {
        adjustments(&mut names.page(&mut book, "Điều chỉnh")?, report)?;
    }
    for row in rows(report, true).iter().filter(|row| row.place.is_some()) {
        place(&mut names.page(&mut book, &row.name)?, report, row)?;
    }
    book.save_to_buffer()
}

/// The workbook says that it was made when its newest record was written.
fn created(report: &Report) -> std::result::Result<ExcelDateTime, XlsxError> {
    let moment = report.as_of.as_deref().and_then(|at| at.get(..19)).unwrap_or_default();
    let day = || ExcelDateTime::parse_from_str(&report.period.last);
    ExcelDateTime::parse_from_str(moment).or_else(|_| day())
}

/// The names that sheets have already.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    /// A new sheet under this name, or one close to it that Excel takes and no other sheet has.
    fn page<'a>(&mut self, book: &'a mut Workbook, name: &str) -> std::result::Result<Page<'a>, XlsxError> {
        let kept: String = name.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let cut = |suffix: &str| {
            let room = 31 - suffix.chars().map(char::len_utf16).sum::<usize>();
            let mut used = 0;
            let fits = |c: &char| {
                used += c.len_utf16();
                used <= room
            };
            let start: String = kept.trim().chars().take_while(fits).collect();
            format!("{}{suffix}", start.trim_end())
        };
        let taken = |name: &String| {
            self.0.iter().any(|other| other.to_lowercase() == name.to_lowercase()) || check_sheet_name(name).is_err()
        };
        let numbered = (2..).map(|n| cut(&format!(" ({n})")));
        let name = std::iter::once(cut("")).chain(numbered).find(|name| !taken(name)).unwrap_or_default();
        self.0.push(name.clone());
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        Ok(Page(sheet))
    }
}

/// The rows of the report's places, or of its teams.
fn rows(report: &Report, of_place: bool) -> Vec<&FigureRow> {
    let rows = report.figures.first().map(|figure| figure.rows.as_slice()).unwrap_or_default();
    rows.iter().filter(|row| row.row.starts_with("place:") == of_place).collect()
}

fn row_name(row: &FigureRow) -> &str {
    match row.name.as_str() {
        "" if row.row.starts_with("place:") => "Chưa rõ địa bàn",
        "" => "Chưa phân tổ",
        name => name,
    }
}

fn span(figure: &Figure) -> &'static str {
    if figure.cumulative { "Lũy kế" } else { "Trong kỳ" }
}

/// What stands over every table: what it is, of when, how far, for whom.
fn over(page: &mut Page<'_>, report: &Report, name: &str) -> Done {
    let period = &report.period;
    page.title(0, &report.title)?;
    let days = format!("từ {} đến {}", words::day(&period.first), words::day(&period.last));
    page.line(1, 0, &format!("{name} – kỳ báo cáo {} ({days})", words::period(&period.key)))?;
    page.line(2, 0, &format!("Kính gửi: {}", report.recipient))?;
    let locked = report.lock.as_ref().map(|lock| format!(", {} chốt lúc {}", lock.by_name, words::at(lock.at_ms)));
    page.line(3, 0, &format!("Trạng thái: {}{}", words::standing(report), locked.unwrap_or_default()))?;
    let as_of = report.as_of.as_deref().map_or_else(|| words::BLANK.to_owned(), words::moment);
    page.line(4, 0, &format!("Số liệu đến: {as_of}"))?;
    match words::doubts(report).join(". ") {
        doubts if doubts.is_empty() => Ok(()),
        doubts => page.line(5, 0, &doubts),
    }
}

fn summary(page: &mut Page<'_>, report: &Report) -> Done {
    over(page, report, &report.scope.name)?;
    let mut heads = FIGURES.to_vec();
    heads.splice(8..8, ["Điều chỉnh sau chốt", "Điều chỉnh: trên tổng số"]);
    page.head(HEAD, &heads)?;
    let mut row = HEAD;
    for (n, figure) in (1..).zip(&report.figures) {
        row += 1;
        line(page, row, n, figure, figure.value, figure.of)?;
        page.count(row, 7, figure.target)?;
        page.count(row, 8, figure.adjusted)?;
        page.count(row, 9, figure.adjusted_of)?;
        page.text(row, 10, if figure.value.is_none() { words::BLANK } else { "" }, Look::Text)?;
    }
    sign(page, row + 2, report)?;
    page.set_up((HEAD, HEAD), &[6.0, 46.0, 11.0, 11.0, 12.0, 12.0, 10.0, 11.0, 13.0, 13.0, 18.0], true)
}

/// The cells of a figure that every table has: number, name, how, unit, value, of how many, share.
fn line(page: &mut Page<'_>, row: u32, n: u64, figure: &Figure, value: Option<u64>, of: Option<u64>) -> Done {
    page.count(row, 0, Some(n))?;
    page.text(row, 1, &figure.name, Look::Text)?;
    page.text(row, 2, span(figure), Look::Text)?;
    page.text(row, 3, &figure.unit, Look::Text)?;
    page.count(row, 4, value)?;
    page.count(row, 5, of)?;
    page.share(row, 6, (4, value), (5, of))
}

fn sign(page: &mut Page<'_>, row: u32, report: &Report) -> Done {
    let day = words::day(&report.period.last);
    page.signed(row, (4, 10), &format!("Ngày ….. tháng ….. năm …… (kỳ đến {day})"), false)?;
    for (columns, who) in [((0, 3), "NGƯỜI LẬP BÁO CÁO"), ((4, 10), "NGƯỜI DUYỆT")] {
        page.signed(row + 1, columns, who, true)?;
        page.signed(row + 2, columns, "(Ký, ghi rõ họ tên)", false)?;
    }
    Ok(())
}

/// A row for each place or team, columns for each figure, and the sums below.
fn matrix(page: &mut Page<'_>, report: &Report, name: &str, of_place: bool) -> Done {
    over(page, report, &format!("{} – {}", report.scope.name, name.to_lowercase()))?;
    let rows = rows(report, of_place);
    let (first, last) = (HEAD + 1, HEAD + rows.len() as u32);
    page.head(HEAD, &["STT", if of_place { "Địa bàn" } else { "Tổ" }])?;
    for (n, (row, at)) in (1..).zip(rows.iter().zip(first..)) {
        page.count(at, 0, Some(n))?;
        page.text(at, 1, row_name(row), Look::Text)?;
    }
    let sums = !rows.is_empty();
    if sums {
        page.text(last + 1, 0, "", Look::SumText)?;
        page.text(last + 1, 1, "Cộng", Look::SumText)?;
    }
    let mut column = 2;
    for figure in &report.figures {
        let own: Vec<&FigureRow> = figure.rows.iter().filter(|r| r.row.starts_with("place:") == of_place).collect();
        let values: Vec<Option<u64>> = own.iter().map(|row| row.value).collect();
        let of: Vec<Option<u64>> = own.iter().map(|row| row.of).collect();
        let unit = if figure.unit.is_empty() { String::new() } else { format!(" ({})", figure.unit) };
        page.text(HEAD, column, &format!("{}{unit}", figure.name), Look::Head)?;
        for (at, value) in (first..).zip(&values) {
            page.count(at, column, *value)?;
        }
        if sums {
            page.sum(last + 1, column, (first, last), &values)?;
        }
        column += 1;
        if !figure.rate {
            continue;
        }
        page.text(HEAD, column, "Trên tổng số", Look::Head)?;
        page.text(HEAD, column + 1, "Tỷ lệ", Look::Head)?;
        for (at, (value, of)) in (first..).zip(values.iter().zip(&of)) {
            page.count(at, column, *of)?;
            page.share(at, column + 1, (column - 1, *value), (column, *of))?;
        }
        if sums {
            page.sum(last + 1, column, (first, last), &of)?;
            let total = |values: &[Option<u64>]| values.iter().flatten().copied().reduce(|a, b| a + b);
            page.share(last + 1, column + 1, (column - 1, total(&values)), (column, total(&of)))?;
        }
        column += 2;
    }
    let widths: Vec<f64> = [6.0, 30.0].into_iter().chain((2..column).map(|_| 12.0)).collect();
    page.set_up((HEAD, HEAD), &widths, true)
}

/// One place's figures on a sheet of its own.
fn place(page: &mut Page<'_>, report: &Report, of: &FigureRow) -> Done {
    over(page, report, row_name(of))?;
    page.head(HEAD, &["STT", "Chỉ tiêu", "Cách tính", "Đơn vị", "Kết quả", "Trên tổng số", "Tỷ lệ", "Ghi chú"])?;
    for (n, figure) in (1..).zip(&report.figures) {
        let own = figure.rows.iter().find(|row| row.row == of.row);
        let (value, all) = own.map_or((None, None), |row| (row.value, row.of));
        let row = HEAD + n as u32;
        line(page, row, n, figure, value, all)?;
        page.text(row, 7, if value.is_none() { words::BLANK } else { "" }, Look::Text)?;
    }
    page.set_up((HEAD, HEAD), &[6.0, 46.0, 11.0, 11.0, 12.0, 12.0, 10.0, 18.0], true)
}

/// A line of the coverage: its words, and its part of the whole.
type Line = (&'static str, fn(&Coverage) -> u32);

fn coverage(page: &mut Page<'_>, report: &Report) -> Done {
    over(page, report, &report.scope.name)?;
    page.head(HEAD, &["Độ phủ", "Đến cuối kỳ (hộ)", "Trong kỳ (hộ)"])?;
    let lines: [Line; 5] = [
        ("Đã gặp", |c| c.met),
        ("Từ chối", |c| c.refused),
        ("Đã chuyển đi", |c| c.moved_away),
        ("Chỉ vắng nhà", |c| c.absent_only),
        ("Chưa đến", |c| c.never),
    ];
    let first = HEAD + 1;
    let last = HEAD + lines.len() as u32;
    for (row, (name, _)) in (first..).zip(&lines) {
        page.text(row, 0, name, Look::Text)?;
    }
    page.text(last + 1, 0, "Cộng số hộ", Look::SumText)?;
    for (column, coverage) in [(1, &report.coverage), (2, &report.coverage_in_period)] {
        let values: Vec<Option<u64>> = lines.iter().map(|(_, of)| Some(of(coverage).into())).collect();
        for (row, value) in (first..).zip(&values) {
            page.count(row, column, *value)?;
        }
        page.sum(last + 1, column, (first, last), &values)?;
    }
    let head = last + 3;
    page.head(head, &["Kỹ năng (người)"])?;
    for (column, level) in (1..).zip(words::LEVELS) {
        page.text(head, column, level, Look::Head)?;
    }
    for (row, skill) in (head + 1..).zip(&report.skills) {
        page.text(row, 0, words::skill(skill.skill), Look::Text)?;
        for (column, people) in (1..).zip(skill.levels) {
            page.count(row, column, Some(people.into()))?;
        }
    }
    page.set_up((HEAD, HEAD), &[36.0, 16.0, 16.0, 16.0, 22.0, 16.0], true)
}

fn activities(page: &mut Page<'_>, annex: &Annex) -> Done {
    page.head(0, &["STT", "Ngày", "Hoạt động", "Tên", "Địa bàn", "Số người dự", "Dịch vụ đã giúp (lượt)"])?;
    for (n, held) in (1_u32..).zip(&annex.activities) {
        page.count(n, 0, Some(n.into()))?;
        page.text(n, 1, &words::day(&held.day), Look::Text)?;
        page.text(n, 2, kind(held.kind), Look::Text)?;
        page.text(n, 3, &held.title, Look::Text)?;
        page.text(n, 4, &held.place_name, Look::Text)?;
        page.count(n, 5, Some(held.attendees.into()))?;
        let services: Vec<String> = held.services.iter().map(|(name, count)| format!("{name}: {count}")).collect();
        page.text(n, 6, &services.join("; "), Look::Text)?;
    }
    let last = annex.activities.len() as u32;
    if last > 0 {
        let came: Vec<Option<u64>> = annex.activities.iter().map(|held| Some(held.attendees.into())).collect();
        page.text(last + 1, 1, "Cộng", Look::SumText)?;
        page.sum(last + 1, 5, (1, last), &came)?;
    }
    page.set_up((0, 0), &[6.0, 13.0, 18.0, 40.0, 24.0, 12.0, 44.0], true)
}

fn kind(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Class => "Lớp học",
        ActivityKind::Booth => "Bàn hướng dẫn",
        ActivityKind::WelfareDay => "Ngày chi trả trợ cấp",
        ActivityKind::Other => "Việc khác",
    }
}

fn obstacles(page: &mut Page<'_>, annex: &Annex) -> Done {
    page.head(0, &["STT", "Ngày", "Địa bàn", "Khó khăn, vướng mắc"])?;
    for (n, one) in (1_u32..).zip(&annex.obstacles) {
        page.count(n, 0, Some(n.into()))?;
        page.text(n, 1, &words::day(&one.day), Look::Text)?;
        page.text(n, 2, &one.place_name, Look::Text)?;
        page.text(n, 3, &one.text, Look::Text)?;
    }
    page.set_up((0, 0), &[6.0, 13.0, 28.0, 80.0], true)
}

/// What came after the lock: how many records of each sort, by place. Whose they are stays in the notebook.
fn adjustments(page: &mut Page<'_>, report: &Report) -> Done {
    const KINDS: [AdjustmentKind; 6] = [
        AdjustmentKind::Visit,
        AdjustmentKind::VisitRemoved,
        AdjustmentKind::HouseholdRemoved,
        AdjustmentKind::Merged,
        AdjustmentKind::PeopleMerged,
        AdjustmentKind::Activity,
    ];
    page.head(0, &["Địa bàn"])?;
    for (column, kind) in (1..).zip(KINDS) {
        page.text(0, column, &format!("Ghi sau khi chốt: {}", words::late(kind)), Look::Head)?;
    }
    let mut places: Vec<&str> = report.adjustments.iter().map(|late| late.place_name.as_str()).collect();
    places.sort_unstable();
    places.dedup();
    for (row, place) in (1_u32..).zip(&places) {
        page.text(row, 0, if place.is_empty() { "Chung" } else { place }, Look::Text)?;
        for (column, kind) in (1..).zip(KINDS) {
            let of = report.adjustments.iter().filter(|late| late.place_name == *place && late.what == kind).count();
            page.count(row, column, Some(of as u64))?;
        }
    }
    page.set_up((0, 0), &[30.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0], true)
}
