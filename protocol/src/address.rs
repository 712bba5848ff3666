//! The address of a relay, as people write it and as links carry it.
//!
//! `https` always, except where no certificate can be had: this machine and private networks. A typed
//! address needs no scheme.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use crate::TicketError;

/// The base address of a relay: `https://host[:port]`, without a slash at the end.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelayUrl(String);

impl RelayUrl {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host and port.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, rest)| rest)
    }

    /// The address of a station as it is typed or scanned: `192.168.1.12`, `192.168.1.12:5000` or
    /// `https://192.168.1.12:47474/`. It is in the room, so only near addresses are one.
    pub fn of_station(text: &str) -> Result<Self, TicketError> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_prefix("https://").unwrap_or(&text).trim_end_matches('/');
        let host = host_of(text).filter(|host| is_near(host)).ok_or(TicketError::BadAddress)?;
        // A host alone, or one in brackets: no port.
        let port = text.len() > host.len() && !text.ends_with(']');
        let port = if port { String::new() } else { format!(":{}", crate::meet::PORT) };
        Ok(Self(format!("https://{text}{port}")))
    }

    /// How a station's address is shown: without what [`of_station`](Self::of_station) adds by itself.
    pub fn short(&self) -> &str {
        let port = format!(":{}", crate::meet::PORT);
        self.authority().strip_suffix(&port).unwrap_or(self.authority())
    }
}

impl FromStr for RelayUrl {
    type Err = TicketError;

    /// Reads `https://relay.example.vn`, `relay.example.vn:8443`, `http://192.168.1.20:7443`,
    /// `192.168.1.20:7443` (http, being private), with a slash at the end or without.
    fn from_str(text: &str) -> Result<Self, TicketError> {
        let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let (scheme, authority) = match text.split_once("://") {
            Some((scheme, authority)) => (Some(scheme), authority),
            None => (None, text.as_str()),
        };
        let host = host_of(authority).ok_or(TicketError::BadAddress)?;
        match scheme {
            Some("https") => Ok(Self(format!("https://{authority}"))),
            None if !is_near(host) => Ok(Self(format!("https://{authority}"))),
            Some("http") if !is_near(host) => Err(TicketError::NotEncrypted),
            Some("http") | None => Ok(Self(format!("http://{authority}"))),
            Some(_) => Err(TicketError::BadAddress),
        }
    }
}

impl fmt::Display for RelayUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RelayUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RelayUrl({self})")
    }
}

/// The host of `host`, `host:port`, `[v6]` or `[v6]:port`, when it is one.
fn host_of(authority: &str) -> Option<&str> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        let port = port.strip_prefix(':').map_or(port.is_empty(), is_port);
        return (port && host.parse::<Ipv6Addr>().is_ok()).then_some(host);
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, is_port(port)),
        None => (authority, true),
    };
    let label =
        |label: &str| (1..=63).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (port && host.len() <= 253 && host.split('.').all(label)).then_some(host)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// This machine, or a network that reaches no further than its own router.
pub fn is_near_ip(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => near_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => near_v4(ip),
            None => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
        },
    }
}

fn is_near(host: &str) -> bool {
    match host.parse() {
        Ok(ip) => is_near_ip(ip),
        Err(_) => host == "localhost" || host.ends_with(".localhost") || host.ends_with(".local"),
    }
}

fn near_v4(ip: Ipv4Addr) -> bool {
    ip.is_loopback() || ip.is_private() || ip.is_link_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_write_it() {
        for (typed, address) in [
            ("relay.vanho.vn", "https://relay.vanho.vn"),
            (" HTTPS://Relay.VanHo.vn/ ", "https://relay.vanho.vn"),
            ("relay.vanho.vn:8443", "https://relay.vanho.vn:8443"),
            ("192.168.1.20:7443", "http://192.168.1.20:7443"),
            ("http://localhost:7443", "http://localhost:7443"),
            ("http://[fd00::1]:7443/", "http://[fd00::1]:7443"),
            ("https://127.0.0.1:1", "https://127.0.0.1:1"),
            ("172.16.0.9", "http://172.16.0.9"),
        ] {
            assert_eq!(typed.parse::<RelayUrl>().unwrap().as_str(), address);
        }
    }

    #[test]
    fn a_station_is_near_and_its_address_short() {
        for (typed, address, short) in [
            ("192.168.1.12", "https://192.168.1.12:47474", "192.168.1.12"),
            (" 172.20.10.1:5000 ", "https://172.20.10.1:5000", "172.20.10.1:5000"),
            ("HTTPS://10.0.0.7:47474/", "https://10.0.0.7:47474", "10.0.0.7"),
            ("[fd00::1]", "https://[fd00::1]:47474", "[fd00::1]"),
            ("may-dợ.local", "", ""),
            ("may-do.local", "https://may-do.local:47474", "may-do.local"),
            ("http://192.168.1.12", "", ""),
            ("relay.vanho.vn", "", ""),
            ("8.8.8.8", "", ""),
            ("192.168.1.12/j/x", "", ""),
        ] {
            let read = RelayUrl::of_station(typed);
            assert_eq!(read.as_ref().map_or("", |url| url.as_str()), address, "{typed}");
            assert_eq!(read.as_ref().map_or("", |url| url.short()), short, "{typed}");
        }
    }

    #[test]
    fn plain_http_never_crosses_the_internet() {
        for far in ["http://relay.vanho.vn", "http://8.8.8.8", "http://172.32.0.1"] {
            assert_eq!(far.parse::<RelayUrl>(), Err(TicketError::NotEncrypted));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "",
            "https://",
            "ftp://a.vn",
            "a b.vn",
            "a..vn",
            "a.vn:0",
            "a.vn:99999",
            "a.vn:+80",
            "u:p@a.vn",
            "user@a.vn",
            "a.vn/path",
            "a.vn?x",
            "[::1",
            "[zz]",
            "a.vn:",
            "https://a.vn#x",
            "nhà.vn",
        ] {
            assert!(wrong.parse::<RelayUrl>().is_err(), "{wrong:?}");
        }
    }
}
