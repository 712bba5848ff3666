//! The exchange, on the workload of [`tungnha_tests::workload`], against a real relay with a file.
//!
//! Bytes are counted on a wire between the devices and the relay: TCP payload with HTTP headers,
//! without TLS, 1 KB being 1,000 bytes.

use serde_json::json;
use tungnha_tests::Relay;
use tungnha_tests::wire::Wire;
use tungnha_tests::workload::{self, EARLIER_DAYS, Volunteer};

use crate::Figure;

pub fn figures() -> Vec<Figure> {
    let relay = Relay::start();
    let wire = Wire::to(relay.address());
    let mut team = workload::team(&relay.pass_for(&wire.url()));
    workload::live_through(&mut team);
    workload::every_one(&mut team, |volunteer| volunteer.work(EARLIER_DAYS));
    let (first, others) = team.split_first_mut().unwrap();
    // The other seven have been in town already.
    for other in others.iter() {
        other.sync();
    }
    let mut figures = evening(&wire, first);
    for other in others.iter() {
        other.sync();
    }
    figures.extend(new_tablet(&wire, first));
    figures
}

/// W1, one device: its twenty visits out, a hundred and forty in.
fn evening(wire: &Wire, device: &Volunteer) -> Vec<Figure> {
    wire.take_counts();
    let report = device.sync();
    let (up, down) = wire.take_counts();
    assert_eq!((&report["sent"], &report["received"]), (&json!(20), &json!(140)), "{report}");
    vec![
        Figure::new("W1 an evening: exchanges", report["exchanges"].as_f64().unwrap(), "", 1.0),
        Figure::new("W1 an evening: up, 20 visits", up as f64 / 1000.0, "KB", 4.0),
        Figure::new("W1 an evening: down, 140 visits", down as f64 / 1000.0, "KB", 26.0),
    ]
}

/// W2: an empty device joins and reads everything, by the log alone and by a checkpoint.
fn new_tablet(wire: &Wire, member: &Volunteer) -> Vec<Figure> {
    let (device, down, _) = joins(wire, member, 100);
    drop(device);
    let by_log = Figure::new("W2 a new tablet by the log: down", down, "KB", 1000.0);
    member.sync();
    let left = workload::ok(&member.api, "checkpoint_leave", json!({}));
    let left = Figure::told("W2 the checkpoint: up, once", left["bytes"].as_f64().unwrap() / 1000.0, "KB");
    let (device, down, took) = joins(wire, member, 101);
    wire.take_counts();
    workload::ok(&device.api, "checkpoint_fill", json!({}));
    let (_, filled) = wire.take_counts();
    vec![
        by_log,
        left,
        Figure::new("W2 a new tablet: down, 4,960 visits", down, "KB", 300.0),
        Figure::told("W2 a new tablet: until it shows everything", took, "s"),
        Figure::told("W2 a new tablet: down later, in the background", filled as f64 / 1000.0, "KB"),
    ]
}

/// The `n`th device joins; the kilobytes that came, and the seconds that it took.
fn joins(wire: &Wire, member: &Volunteer, n: usize) -> (Volunteer, f64, f64) {
    let invite = member.invite();
    let device = Volunteer::new(n);
    wire.take_counts();
    let start = std::time::Instant::now();
    device.joins(&invite);
    let took = start.elapsed().as_secs_f64();
    let (_, down) = wire.take_counts();
    let notebook = workload::ok(&device.api, "export", json!({}));
    assert_eq!(notebook["totals"]["visits"], 4960);
    (device, down as f64 / 1000.0, took)
}
