//! Several relay processes on one PostgreSQL database, while processes, database and machines die.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod running;
mod town;

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use common::*;
use running::*;
use town::*;
use tungnha_protocol::SpaceId;
use tungnha_test_postgres::{Server, url, wait_until};

#[test]
fn eight_writers_at_two_relays_lose_nothing_while_a_relay_and_the_database_are_killed() {
    let server = Server::start(&[]);
    eight_write_and_two_follow(Town::on(server.fresh_database(), 2), |ledger, town| {
        ledger.wait_for(40);
        town.restart(0);
        ledger.wait_for(40);
        server.crash();
        server.start_again();
        ledger.wait_for(40);
        town.restart(1);
    });
}

#[test]
fn what_was_acknowledged_is_there_when_the_primary_is_gone_for_good() {
    let primary = Server::start(&[]);
    let database = primary.fresh_database();
    let standby = primary.standby();
    let name = database.rsplit_once('/').unwrap().1;
    let mut dies = true;
    eight_write_and_two_follow(Town::on(url(&[&primary, &standby], name), 2), |ledger, _| {
        ledger.wait_for(40);
        if std::mem::take(&mut dies) {
            primary.crash();
            standby.promote();
        }
        ledger.wait_for(40);
    });
}

/// A device's wake stream over a real connection.
struct Ear(BufReader<TcpStream>);

impl Ear {
    fn listens(to: SocketAddr, device: &Device) -> Self {
        let mut stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(50))).unwrap();
        let token = data_encoding::BASE64URL_NOPAD.encode(&device.token);
        write!(stream, "GET /v1/wake HTTP/1.1\r\nhost: {to}\r\nauthorization: Bearer {token}\r\n\r\n").unwrap();
        let mut ear = Self(BufReader::new(stream));
        ear.wait_for_line("content-type: text/event-stream");
        ear
    }

    /// Fails when there is silence for as long as between two of the stream's comments.
    fn wait_for_line(&mut self, wanted: &str) {
        let mut line = String::new();
        while line.trim() != wanted {
            line.clear();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream has ended");
        }
    }

    fn hears_of(&mut self, space: SpaceId) {
        self.wait_for_line(&format!("data: {space}"));
    }
}

#[test]
fn who_listens_at_one_relay_hears_of_what_is_pushed_at_another() {
    let server = Server::start(&[]);
    let town = Town::on(server.fresh_database(), 2);
    let lan = town.joins("Lan");
    let (at_lan, at_hoa) = (town.relays[0].address, town.relays[1].address);
    let mut ear = Ear::listens(at_lan, &lan);
    let mut hoa_is_heard = |round: &str| {
        // One event may say only that something could have been missed; never three.
        let start = Instant::now();
        for number in 0..4 {
            let visit = town.hoa.visit(town.space, &format!("{round} {number}"));
            wait_until("the visit is acknowledged", || {
                sync(at_hoa, &town.hoa, town.space, std::slice::from_ref(&visit)).is_ok()
            });
            ear.hears_of(town.space);
        }
        eprintln!("{round}: four visits were heard of in {} ms", start.elapsed().as_millis());
    };
    hoa_is_heard("in good weather");
    server.crash();
    server.start_again();
    hoa_is_heard("after the database was killed");
}
