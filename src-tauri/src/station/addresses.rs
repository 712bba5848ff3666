//! Under which addresses the room reaches this machine.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

/// The private IPv4 addresses of this machine, the likeliest first; what `listen` says when it is one
/// address alone.
pub fn of_this_machine(listen: IpAddr) -> Vec<Ipv4Addr> {
    if let IpAddr::V4(only) = listen
        && !only.is_unspecified()
    {
        return vec![only];
    }
    let primary = primary();
    let mut found: Vec<_> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .filter_map(|interface| match interface.ip() {
            IpAddr::V4(ip) if ip.is_private() || ip.is_link_local() => Some((rank(&interface.name, ip, primary), ip)),
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, ip)| ip).collect()
}

/// Smaller is likelier: a real network before one that only programs on this machine see, the one that
/// leads out before others, Wi-Fi at home (192.168) before others.
fn rank(interface: &str, ip: Ipv4Addr, primary: Option<Ipv4Addr>) -> (bool, bool, bool, bool) {
    const OF_PROGRAMS: [&str; 8] = ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "vEthernet"];
    let of_programs = OF_PROGRAMS.iter().any(|name| interface.starts_with(name));
    (of_programs, ip.is_link_local(), primary != Some(ip), ip.octets()[0] != 192)
}

/// The address from which this machine would go out. Nothing is sent to find it.
fn primary() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that is for documents only.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    match socket.local_addr().ok()? {
        SocketAddr::V4(address) => Some(*address.ip()),
        SocketAddr::V6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_address_stands_first() {
        let (home, hotspot) = (Ipv4Addr::new(192, 168, 1, 12), Ipv4Addr::new(10, 42, 0, 1));
        let (docker, lost) = (Ipv4Addr::new(172, 17, 0, 1), Ipv4Addr::new(169, 254, 3, 4));
        let mut all = [("docker0", docker), ("eth1", lost), ("wlan1", hotspot), ("wlan0", home)];
        all.sort_by_key(|(name, ip)| rank(name, *ip, None));
        assert_eq!(all.map(|(_, ip)| ip), [home, hotspot, lost, docker]);
        all.sort_by_key(|(name, ip)| rank(name, *ip, Some(hotspot)));
        assert_eq!(all[0].1, hotspot);
    }

    #[test]
    fn an_address_that_was_asked_for_is_the_only_one() {
        assert_eq!(of_this_machine(Ipv4Addr::LOCALHOST.into()), [Ipv4Addr::LOCALHOST]);
    }
}
