//! Stations tell the room of themselves (mDNS), and hear of each other. Only a help: many networks carry
//! none of it, and an address can always be typed. What is told names an app and an address, never a
//! team or a person: the name of an instance is random each time.

use std::collections::BTreeMap;
use std::net::IpAddr;

use data_encoding::HEXLOWER;
use mdns_sd::{Receiver, ServiceDaemon, ServiceEvent, ServiceInfo};
use std::sync::{Mutex, PoisonError};
use tungnha_protocol::is_near_ip;

use super::addresses;

const SERVICE: &str = "_tungnha._tcp.local.";
/// More stations than this in one room are noise.
const MAX_FOUND: usize = 20;

/// A station that tells the room of itself, until it is dropped.
pub struct Announcement(ServiceDaemon);

impl Announcement {
    /// Tells of a station at this port. None when the network does not let it: nothing depends on it.
    pub fn of(port: u16) -> Option<Self> {
        let name = HEXLOWER.encode(&tungnha_protocol::random_bytes::<8>());
        let addresses = addresses::of_this_machine(std::net::Ipv4Addr::UNSPECIFIED.into());
        let addresses: Vec<IpAddr> = addresses.into_iter().map(IpAddr::V4).collect();
        let host = format!("{name}.local.");
        let daemon = ServiceDaemon::new().ok()?;
        let info = ServiceInfo::new(SERVICE, &name, &host, &addresses[..], port, None).ok()?;
        daemon.register(info).ok()?;
        Some(Self(daemon))
    }
}

impl Drop for Announcement {
    fn drop(&mut self) {
        // Says goodbye to those who listen; who does not hear it finds nobody there.
        let _ = self.0.shutdown();
    }
}

/// Listens for stations from the first question on.
pub struct Finder {
    _daemon: ServiceDaemon,
    events: Receiver<ServiceEvent>,
    /// Addresses by the name of the instance.
    known: Mutex<BTreeMap<String, String>>,
}

impl Finder {
    /// Begins to listen. None when the network does not let it.
    pub fn new() -> Option<Self> {
        let daemon = ServiceDaemon::new().ok()?;
        let events = daemon.browse(SERVICE).ok()?;
        Some(Self { _daemon: daemon, events, known: Mutex::default() })
    }

    /// What has been heard by now.
    pub fn found(&self) -> Vec<String> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for event in self.events.try_iter() {
            match event {
                ServiceEvent::ServiceResolved(service) if known.len() < MAX_FOUND => {
                    let near = service.addresses.iter().map(mdns_sd::ScopedIp::to_ip_addr);
                    let mut near: Vec<_> = near.filter(|ip| ip.is_ipv4() && is_near_ip(*ip)).collect();
                    near.sort();
                    if let Some(ip) = near.first() {
                        known.insert(service.fullname.clone(), format!("{ip}:{}", service.port));
                    }
                }
                ServiceEvent::ServiceRemoved(_, name) => {
                    known.remove(&name);
                }
                _ => {}
            }
        }
        known.values().cloned().collect()
    }
}
