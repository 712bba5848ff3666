//! One sheet: typed cells in the few styles that a report has, and how it is printed.

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

type Done = Result<(), XlsxError>;

/// What a cell of a table looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Words.
    Text,
    /// A whole number.
    Count,
    /// A share of one.
    Share,
    /// The head of a column.
    Head,
    /// A whole number of the last row.
    Sum,
    /// Words of the last row.
    SumText,
}

/// A sheet that is being written.
pub struct Page<'a>(pub &'a mut Worksheet);

/// A4.
const A4: u8 = 9;

impl Page<'_> {
    /// Sets the sheet up for reading and for printing: a head that stays, widths, A4.
    pub fn set_up(&mut self, head: (u32, u32), widths: &[f64], wide: bool) -> Done {
        let (first, last) = head;
        let columns = u16::try_from(widths.len()).unwrap_or(u16::MAX);
        for (column, width) in (0..columns).zip(widths) {
            self.0.set_column_width(column, *width)?;
        }
        self.0.set_freeze_panes(last + 1, 0)?;
        self.0.set_repeat_rows(first, last)?;
        self.0.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.6, 0.5, 0.6, 0.7, 0.3, 0.3);
        self.0.set_footer("&L&A&RTrang &P/&N");
        if wide {
            self.0.set_landscape();
        }
        Ok(())
    }

    /// The title, over the table.
    pub fn title(&mut self, row: u32, text: &str) -> Done {
        let format = Format::new().set_bold().set_font_size(14.0).set_font_name("Times New Roman");
        self.0.write_string_with_format(row, 0, text, &format)?;
        Ok(())
    }

    /// A line outside of the table.
    pub fn line(&mut self, row: u32, column: u16, text: &str) -> Done {
        self.0.write_string_with_format(row, column, text, &plain())?;
        Ok(())
    }

    /// A line of a signature: bold, and in the middle of its columns.
    pub fn signed(&mut self, row: u32, columns: (u16, u16), text: &str, bold: bool) -> Done {
        let format = plain().set_align(FormatAlign::Center);
        let format = if bold { format.set_bold() } else { format.set_italic() };
        self.0.merge_range(row, columns.0, row, columns.1, text, &format)?;
        Ok(())
    }

    /// The heads of columns.
    pub fn head(&mut self, row: u32, names: &[&str]) -> Done {
        for (column, name) in (0_u16..).zip(names) {
            self.text(row, column, name, Look::Head)?;
        }
        Ok(())
    }

    /// Words.
    pub fn text(&mut self, row: u32, column: u16, text: &str, look: Look) -> Done {
        self.0.write_string_with_format(row, column, text, &format(look))?;
        Ok(())
    }

    /// A number; a blank cell where nothing was written.
    pub fn count(&mut self, row: u32, column: u16, value: Option<u64>) -> Done {
        match value {
            Some(value) => self.0.write_number_with_format(row, column, value as f64, &format(Look::Count))?,
            None => self.0.write_blank(row, column, &format(Look::Count))?,
        };
        Ok(())
    }

    /// The share that two cells of a row make, as a formula; a blank cell where there is none.
    pub fn share(&mut self, row: u32, column: u16, value: (u16, Option<u64>), of: (u16, Option<u64>)) -> Done {
        let (Some(n), Some(all)) = (value.1, of.1.filter(|all| *all > 0)) else {
            self.0.write_blank(row, column, &format(Look::Share))?;
            return Ok(());
        };
        let formula = format!("={}/{}", row_col_to_cell(row, value.0), row_col_to_cell(row, of.0));
        let formula = Formula::new(formula).set_result((n as f64 / all as f64).to_string());
        self.0.write_formula_with_format(row, column, formula, &format(Look::Share))?;
        Ok(())
    }

    /// The sum of a column's cells, as a formula; a blank cell where all of them are blank.
    pub fn sum(&mut self, row: u32, column: u16, rows: (u32, u32), values: &[Option<u64>]) -> Done {
        if values.iter().all(Option::is_none) {
            self.0.write_blank(row, column, &format(Look::Sum))?;
            return Ok(());
        }
        let (first, last) = (row_col_to_cell(rows.0, column), row_col_to_cell(rows.1, column));
        let sum: u64 = values.iter().flatten().sum();
        let formula = Formula::new(format!("=SUM({first}:{last})")).set_result(sum.to_string());
        self.0.write_formula_with_format(row, column, formula, &format(Look::Sum))?;
        Ok(())
    }
}

fn plain() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12.0)
}

fn format(look: Look) -> Format {
    let cell = plain().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    match look {
        Look::Text => cell.set_text_wrap(),
        Look::Count => cell.set_num_format("#,##0"),
        Look::Share => cell.set_num_format("0.0%"),
        Look::Head => {
            cell.set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color(Color::RGB(0x00E4_EFEA))
        }
        Look::Sum => cell.set_bold().set_num_format("#,##0"),
        Look::SumText => cell.set_bold(),
    }
}
