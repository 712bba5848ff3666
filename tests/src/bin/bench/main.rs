//! What the notebook, the exchange, the relay and the pages cost, against what they may cost.
//!
//! `bench [PART…] [--json]`, the parts being `core`, `sync`, `relay` and `ui`; all of them when none is named. A
//! line each with name, value, unit and budget: the most that it may be, or, after "≥", the least. Machines are
//! noisy: a figure past its budget is told, and only one past three times its budget makes the exit code 1. How
//! each figure is obtained stands where it is measured.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod core;
mod relay;
mod sync;
mod ui;

use std::borrow::Cow;
use std::process::ExitCode;

use serde::Serialize;

/// A part of the bench, and what measures it.
type Part = (&'static str, fn() -> Vec<Figure>);

const PARTS: [Part; 4] =
    [("core", core::figures), ("sync", sync::figures), ("relay", relay::figures), ("ui", ui::figures)];
/// How far past its budget a figure is taken for a defect and not for noise.
const NOISE: f64 = 3.0;

/// One measured figure.
#[derive(Debug, Serialize)]
struct Figure {
    name: Cow<'static, str>,
    /// None where there was nothing to measure.
    value: Option<f64>,
    unit: &'static str,
    /// None where the figure is only told.
    budget: Option<f64>,
    /// Whether the budget is the least that the figure may be, and not the most.
    at_least: bool,
}

impl Figure {
    fn new(name: impl Into<Cow<'static, str>>, value: f64, unit: &'static str, budget: f64) -> Self {
        Self { budget: Some(budget), ..Self::told(name, value, unit) }
    }

    fn at_least(name: impl Into<Cow<'static, str>>, value: f64, unit: &'static str, budget: f64) -> Self {
        Self { at_least: true, ..Self::new(name, value, unit, budget) }
    }

    fn told(name: impl Into<Cow<'static, str>>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value: Some(value), unit, budget: None, at_least: false }
    }

    fn past(&self, times: f64) -> bool {
        self.value.zip(self.budget).is_some_and(|(value, budget)| match self.at_least {
            true => value * times < budget,
            false => value > budget * times,
        })
    }

    fn line(&self) -> String {
        let number = |n: Option<f64>, without: &str| n.map_or(without.to_owned(), |n| format!("{n:.1}"));
        let judged = match () {
            () if self.past(NOISE) => "  FAILS",
            () if self.past(1.0) => "  over",
            () => "",
        };
        let least = if self.at_least && self.budget.is_some() { "≥ " } else { "" };
        let (value, budget) = (number(self.value, "not built"), least.to_owned() + &number(self.budget, "-"));
        format!("{:<58} {value:>12} {:<10} {budget:>12}{judged}", self.name, self.unit)
    }
}

fn main() -> ExitCode {
    let (flags, asked): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word.starts_with('-'));
    let known = |part: &String| PARTS.iter().any(|(name, _)| name == part);
    if flags.iter().any(|flag| flag != "--json") || !asked.iter().all(known) {
        eprintln!("bench [core] [sync] [relay] [ui] [--json]");
        return ExitCode::from(2);
    }
    let json = !flags.is_empty();
    let mut all = Vec::new();
    for (_, measure) in PARTS.iter().filter(|(name, _)| asked.is_empty() || asked.iter().any(|part| part == name)) {
        let figures = measure();
        if !json {
            figures.iter().for_each(|figure| println!("{}", figure.line()));
        }
        all.extend(figures);
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&all).unwrap());
    }
    if all.iter().any(|figure| figure.past(NOISE)) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The value that so large a part of all stays below.
fn percentile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}
