//! How many connections there may be, in all and from one address.
//!
//! Whoever finds no room is cut off at once: a queue would let those who hold their connections idle keep
//! everybody else waiting. Nobody can hold one for nothing for long, because a request's head has to
//! come in time, so room comes free by itself.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::{
    client::{Peer, Proxies, counted},
    metrics::Metrics,
};

/// What connections may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// The most at one time.
    pub total: usize,
    /// The most from one address that is no proxy of ours. A mobile network puts a whole commune behind one.
    pub per_address: usize,
    /// How long the head of a request may take; so long, too, a connection may be idle.
    pub header: Duration,
}

impl Default for Connections {
    fn default() -> Self {
        Self { total: 12_000, per_address: 1_000, header: Duration::from_secs(20) }
    }
}

/// Counts who is in.
pub(super) struct Doors {
    limits: Connections,
    proxies: Proxies,
    metrics: Metrics,
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    total: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A place that is free again when this is dropped.
pub(super) struct Ticket {
    peer: IpAddr,
    metrics: Metrics,
    open: Arc<Mutex<Open>>,
}

impl Doors {
    pub(super) fn new(limits: Connections, proxies: Proxies, metrics: Metrics) -> Self {
        Self { limits, proxies, metrics, open: Arc::default() }
    }

    pub(super) fn header(&self) -> Duration {
        self.limits.header
    }

    /// Lets a connection in, if there is room.
    pub(super) fn admit(&self, peer: IpAddr) -> Option<Ticket> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let address = counted(peer);
        let from_there = open.by_address.get(&address).copied().unwrap_or_default();
        if open.total >= self.limits.total {
            self.metrics.turned_away("total");
            return None;
        }
        if from_there >= self.limits.per_address && !self.proxies.contain(peer) {
            self.metrics.turned_away("address");
            return None;
        }
        open.total += 1;
        open.by_address.insert(address, from_there + 1);
        self.metrics.connections(open.total);
        Some(Ticket { peer, metrics: self.metrics.clone(), open: Arc::clone(&self.open) })
    }
}

impl Ticket {
    pub(super) fn peer(&self) -> Peer {
        Peer(self.peer)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let address = counted(self.peer);
        open.total -= 1;
        match open.by_address.get_mut(&address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => _ = open.by_address.remove(&address),
        }
        self.metrics.connections(open.total);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doors(total: usize, per_address: usize) -> Doors {
        let limits = Connections { total, per_address, ..Connections::default() };
        Doors::new(limits, "10.0.0.1".parse().unwrap(), Metrics::new())
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_gets_so_many_and_others_are_let_in() {
        let doors = doors(10, 2);
        let (first, _second) = (doors.admit(address("203.0.113.9")), doors.admit(address("203.0.113.9")));
        assert!(first.is_some());
        assert!(doors.admit(address("203.0.113.9")).is_none());
        assert!(doors.admit(address("203.0.113.10")).is_some());
        drop(first);
        assert!(doors.admit(address("203.0.113.9")).is_some(), "room that came free");
    }

    #[test]
    fn a_proxy_brings_as_many_as_there_is_room_for() {
        let doors = doors(3, 1);
        let proxied: Vec<_> = (0..3).filter_map(|_| doors.admit(address("10.0.0.1"))).collect();
        assert_eq!(proxied.len(), 3);
        assert!(doors.admit(address("203.0.113.9")).is_none(), "there are so many in all");
        drop(proxied);
        assert!(doors.open.lock().unwrap().by_address.is_empty(), "nothing is left behind");
    }
}
