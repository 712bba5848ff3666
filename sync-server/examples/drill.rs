//! A device for the package's drill: opens a space with a pass and fills it, or says where its log ends.
//!
//! `drill open RELAY PASS NAME`, `drill head RELAY NAME`. Everything of the device follows from the name.
#![allow(clippy::unwrap_used, reason = "whoever runs the drill wants to see where it broke")]
#![allow(clippy::print_stdout, reason = "this is what it is for")]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/http_client/mod.rs"]
mod http_client;

use std::net::SocketAddr;

use common::{Device, device, space};
use http_client::call;
use tungnha_protocol::{
    Pass, RollingHash,
    frames::{Hello, Push, Request, Response},
    wire::Body,
};

const VISITS: usize = 50;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["open", relay, pass, name] => open(address(relay), &Pass::parse(pass).unwrap(), name),
        ["head", relay, name] => println!("{}", head(address(relay), &device(name), name, &[])),
        _ => panic!("drill open RELAY PASS NAME, or drill head RELAY NAME"),
    }
}

fn address(relay: &str) -> SocketAddr {
    relay.strip_prefix("http://").unwrap().parse().unwrap()
}

fn open(relay: SocketAddr, pass: &Pass, name: &str) {
    let device = device(name);
    call(relay, "POST", "/v1/spaces", None, &device.opens(space(name), pass).to_bytes()).ok();
    let visits: Vec<_> = (0..VISITS).map(|n| format!("visit {n}")).collect();
    head(relay, &device, name, &visits);
}

/// The end of the log, after these visits.
fn head(relay: SocketAddr, device: &Device, name: &str, visits: &[String]) -> String {
    let pushes = visits.iter().map(|text| Push { space_index: 0, bytes: device.visit(space(name), text).into_bytes() });
    let hellos = vec![Hello::at(space(name), RollingHash::NONE)];
    let request = Request { hellos, pushes: pushes.collect(), offers: vec![] }.encode();
    let answer = call(relay, "POST", "/v1/sync", Some(&device.token), &request);
    let head = Response::decode(answer.ok(), 1).unwrap().spaces[0].welcome.unwrap().head;
    format!("{} {}", head.seq, head.hash)
}
