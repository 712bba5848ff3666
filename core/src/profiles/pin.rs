//! A PIN, and the key that Argon2id makes of it.

use argon2::{Algorithm, Argon2, Params, Version};
use minicbor::{Decode, Encode};
use tungnha_protocol::random_bytes;
use zeroize::Zeroizing;

use super::{Key, seal};
use crate::error::{Error, Result};

/// The digits of a PIN, from 4 to 12. Shown nowhere, forgotten when dropped.
pub struct Pin(Zeroizing<String>);

/// The fewest and the most digits.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

/// PINs that somebody who finds the tablet would try first, beyond what [`is_weak`] sees by itself: patterns
/// of the keypad and the favourites of every published count.
const FAVOURITES: [&str; 16] = [
    "2580", "0852", "1004", "1357", "2468", "1379", "1470", "5683", "1122", "1133", "147258", "159753", "112233",
    "123321", "258000", "520131",
];

impl Pin {
    /// Reads a PIN that somebody enters.
    pub fn parse(field: &'static str, text: String) -> Result<Self> {
        let text = Zeroizing::new(text);
        if !DIGITS.contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::invalid("pin_not_digits", field));
        }
        Ok(Self(text))
    }

    /// Reads a PIN that somebody chooses; `pin_weak` for those that are tried first.
    pub fn choose(field: &'static str, text: String) -> Result<Self> {
        let pin = Self::parse(field, text)?;
        if is_weak(pin.0.as_bytes()) {
            return Err(Error::invalid("pin_weak", field));
        }
        Ok(pin)
    }
}

/// One digit or two over and over, a run up or down, a year of somebody's birth, or a favourite.
fn is_weak(digits: &[u8]) -> bool {
    let step = |up: u8| digits.windows(2).all(|two| (two[0] - b'0' + up) % 10 == two[1] - b'0');
    let repeats = digits.iter().zip(digits.iter().skip(2)).all(|(one, two)| one == two);
    let halves = digits.split_at(digits.len() / 2);
    let year = digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"));
    let favourite = FAVOURITES.iter().any(|one| one.as_bytes() == digits);
    repeats || (digits.len() > 4 && halves.0 == halves.1) || step(0) || step(1) || step(9) || year || favourite
}

/// What Argon2id costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Cost {
    /// Memory in KiB.
    #[n(0)]
    pub memory_kib: u32,
    /// Passes over it.
    #[n(1)]
    pub passes: u32,
}

impl Cost {
    /// The second of the two settings that RFC 9106 recommends, in one lane: 64 MiB, three passes.
    pub const STRONG: Self = Self { memory_kib: 64 * 1024, passes: 3 };
    /// What a file may ask for at most: more would only stop the device.
    const MOST: Self = Self { memory_kib: 1024 * 1024, passes: 16 };
}

/// The database's key, wrapped under a PIN and the device's secret.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
pub struct Lock {
    #[n(0)]
    cost: Cost,
    #[cbor(n(1), with = "minicbor::bytes")]
    salt: [u8; 16],
    #[cbor(n(2), with = "minicbor::bytes")]
    wrapped: Vec<u8>,
}

impl Lock {
    /// Wraps a key; `whose` has to be the same when it is opened.
    pub fn new(pin: &Pin, secret: &Key, cost: Cost, whose: &[u8], key: &Key) -> Result<Self> {
        let salt = random_bytes();
        let wrapped = seal::seal(&stretched(pin, secret, cost, &salt)?, whose, key.as_ref())?;
        Ok(Self { cost, salt, wrapped })
    }

    /// The key, when it is this PIN. Takes as long whether it is or not.
    pub fn open(&self, pin: &Pin, secret: &Key, whose: &[u8]) -> Result<Option<Key>> {
        let Cost { memory_kib, passes } = self.cost;
        if memory_kib > Cost::MOST.memory_kib || passes > Cost::MOST.passes {
            return Err(Error::damaged("profiles: no PIN costs so much"));
        }
        let opened = seal::open(&stretched(pin, secret, self.cost, &self.salt)?, whose, &self.wrapped);
        Ok(opened.and_then(|key| key.as_slice().try_into().ok()).map(Zeroizing::new))
    }
}

/// Argon2id with the device's secret as its own secret input: neither is of use without the other.
fn stretched(pin: &Pin, secret: &Key, cost: Cost, salt: &[u8; 16]) -> Result<Key> {
    let failed = |error: argon2::Error| Error::new("internal", format!("argon2: {error}"));
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32)).map_err(failed)?;
    let argon =
        Argon2::new_with_secret(secret.as_ref(), Algorithm::Argon2id, Version::V0x13, params).map_err(failed)?;
    let mut key = Zeroizing::new([0; 32]);
    argon.hash_password_into(pin.0.as_bytes(), salt, key.as_mut()).map_err(failed)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profiles::fresh_key;

    const QUICK: Cost = Cost { memory_kib: 64, passes: 1 };

    fn pin(text: &str) -> Pin {
        Pin::parse("pin", text.to_owned()).expect("digits")
    }

    #[test]
    fn a_key_comes_out_under_its_pin_its_secret_and_its_owner_only() {
        let (key, secret) = (fresh_key(), fresh_key());
        let lock = Lock::new(&pin("8305"), &secret, QUICK, b"Lan", &key).expect("wraps");
        let open = |digits, secret: &Key, whose: &[u8]| lock.open(&pin(digits), secret, whose).expect("tries");
        assert!(open("8305", &secret, b"Lan") == Some(key));
        assert!(open("8306", &secret, b"Lan").is_none());
        assert!(open("8305", &fresh_key(), b"Lan").is_none());
        assert!(open("8305", &secret, "Páo".as_bytes()).is_none());
    }

    #[test]
    fn what_a_finder_tries_first_is_no_pin() {
        let code = |text: &str| Pin::choose("pin", text.to_owned()).err().map(|error| error.code());
        for weak in ["0000", "1234", "4321", "7890", "1212", "121212", "123123", "1987", "2026", "2580", "159753"] {
            assert_eq!(code(weak), Some("pin_weak"), "{weak}");
        }
        for bad in ["", "123", "1234567890123", "12a4", "१२३४", "12 4"] {
            assert_eq!(code(bad), Some("pin_not_digits"), "{bad}");
        }
        for good in ["8305", "4071", "830517", "193075"] {
            assert_eq!(code(good), None, "{good}");
        }
    }
}
