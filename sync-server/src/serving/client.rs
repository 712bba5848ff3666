//! From which address a request comes.
//!
//! What a request says of itself (`X-Forwarded-For`) is believed only of proxies that the operator has
//! named; from anybody else it would let one machine look like a thousand.

use std::{net::IpAddr, str::FromStr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The address at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// The proxies that an operator has named, by address or network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

impl FromStr for Proxies {
    type Err = String;

    /// Addresses and networks (`10.0.0.0/8`), separated by commas.
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(network).collect::<Result<_, _>>().map(Self)
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse()).map_err(|_| format!("{text} is no address and no network"))
}

impl Proxies {
    /// Whether this address is one of them.
    pub fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address.to_canonical()))
    }

    /// Who is calling: the last address on the way that is no proxy of ours.
    pub(super) fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let said = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let way: Vec<_> = said.flat_map(|value| value.split(',')).map(|part| part.trim().parse::<IpAddr>()).collect();
        let mut caller = peer;
        for hop in way.into_iter().rev() {
            // Beyond somebody we do not trust, and beyond what is no address, everything may be made up.
            match hop {
                Ok(hop) if self.contain(caller) => caller = hop,
                _ => break,
            }
        }
        caller
    }
}

/// What counts as one address: of IPv6, the network that one customer gets.
pub(super) fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) & !u128::from(u64::MAX)).into()),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(proxies: &str, peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let proxies: Proxies = proxies.parse().unwrap();
        proxies.caller(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_named_proxy_is_believed() {
        let (proxy, lan) = ("10.0.0.1", "203.0.113.9");
        assert_eq!(caller("", proxy, &[lan]), proxy);
        assert_eq!(caller("10.0.0.0/8", proxy, &[lan]), lan);
        assert_eq!(caller("10.0.0.0/8", lan, &["198.51.100.1"]), lan, "a device that says it is somebody else");
        assert_eq!(caller("10.0.0.1", "::ffff:10.0.0.1", &[lan]), lan, "a socket for both kinds of addresses");
    }

    #[test]
    fn what_stands_before_the_first_proxy_of_ours_is_not_believed() {
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", &["1.1.1.1", "203.0.113.9"]), "203.0.113.9");
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", &["203.0.113.9, nonsense"]), "10.0.0.1");
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_customers_network_counts_as_one_address() {
        let counted = |text: &str| counted(text.parse().unwrap()).to_string();
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(counted("::ffff:203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn what_is_no_network_is_refused() {
        assert!("10.0.0.0/33".parse::<Proxies>().is_err());
        assert!("proxy.example.vn".parse::<Proxies>().is_err());
    }
}
