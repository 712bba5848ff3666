//! The plan of one run: who there is, who knows whom, and how bad the weather is.

use tungnha_protocol::chunk::MAX_PLAINTEXT;
use tungnha_protocol::frames::PAGE;

use crate::Chance;

/// How a run goes.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many devices there are at first; clones come on top.
    pub devices: usize,
    /// How many relays.
    pub relays: usize,
    /// How many stations, and in whose room each stands.
    pub stations: Vec<usize>,
    /// How many spaces.
    pub spaces: usize,
    /// The relays and stations that each device knows.
    pub knows: Vec<Vec<usize>>,
    /// How many things each device does.
    pub deeds: usize,
    /// Of a hundred messages, so many are lost.
    pub lost: usize,
    /// … come twice, the second time late.
    pub doubled: usize,
    /// … are cut at any byte.
    pub cut: usize,
    /// Of a hundred things that somebody does, so many end in a crash.
    pub crashes: usize,
    /// How often a relay is set back or emptied, a device set back or cloned, a clock turned.
    pub disasters: usize,
    /// The bytes of a page: fewer on a narrow line.
    pub page: usize,
    /// The bytes of a checkpoint's page.
    pub checkpoint_page: usize,
}

impl Plan {
    /// Draws a plan; a small one for stores that are slow.
    pub fn draw(chance: &mut Chance, small: bool) -> Self {
        let many = !small && chance.below(12) == 0;
        let devices = match (small, many) {
            (true, _) => 3 + chance.below(2),
            (_, true) => 9 + chance.below(16),
            _ => 3 + chance.below(4),
        };
        let relays = 1 + chance.below(if small { 2 } else { 3 });
        let stations: Vec<usize> = match small {
            true => (0..chance.below(2)).map(|_| chance.below(devices)).collect(),
            false => (0..[0, 0, 0, 1, 1, 2, 3][chance.below(7)]).map(|_| chance.below(devices)).collect(),
        };
        let knows = (0..devices).map(|device| knows(chance, device, relays, &stations)).collect();
        let storm = chance.below(4);
        Self {
            devices,
            relays,
            stations,
            spaces: 1 + usize::from(chance.below(4) == 0),
            knows,
            deeds: if many { 4 + chance.below(4) } else { 8 + chance.below(10) },
            lost: [0, 5, 10, 25][storm],
            doubled: [0, 5, 10, 20][storm],
            cut: [0, 3, 8, 15][storm],
            crashes: [0, 3, 6, 10][chance.below(4)],
            disasters: [0, 1, 3, 6][chance.below(4)],
            page: if chance.below(3) == 0 { 300 + chance.below(3_000) } else { PAGE },
            checkpoint_page: if chance.below(4) == 0 { MAX_PLAINTEXT } else { 800 + chance.below(2_000) },
        }
    }
}

/// The relays and stations that a device knows: one relay at least, and its own station.
fn knows(chance: &mut Chance, device: usize, relays: usize, stations: &[usize]) -> Vec<usize> {
    let sure = chance.below(relays);
    let mut known: Vec<usize> = (0..relays).filter(|relay| *relay == sure || chance.below(2) == 0).collect();
    for (number, host) in stations.iter().enumerate() {
        if *host == device || chance.below(3) == 0 {
            known.push(relays + number);
        }
    }
    known
}
