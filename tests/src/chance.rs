//! Chance that can be had again: the same seed gives the same story for ever, on every machine.

/// A seeded source of numbers (SplitMix64). Good enough to choose by, not to keep secrets with.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Chance that is the same every time.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A new seed each run, or the one in `TUNGNHA_SEED` to live a failed run again. It is printed, and
    /// the test harness shows what was printed when a test fails.
    #[allow(clippy::print_stdout, reason = "shown when the test fails")]
    pub fn of_today() -> Self {
        let asked = std::env::var("TUNGNHA_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = asked.unwrap_or_else(|| u64::from_be_bytes(tungnha_protocol::random_bytes()));
        println!("TUNGNHA_SEED={seed}");
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.number() % end as u64) as usize
    }

    /// So many bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for some in bytes.chunks_mut(8) {
            some.copy_from_slice(&self.number().to_be_bytes()[..some.len()]);
        }
        bytes
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// So many of these, each once, in a new order.
    pub fn some<T: Clone>(&mut self, of: &[T], count: usize) -> Vec<T> {
        let mut all = of.to_vec();
        for place in 0..count.min(all.len()) {
            let other = place + self.below(all.len() - place);
            all.swap(place, other);
        }
        all.truncate(count);
        all
    }
}
