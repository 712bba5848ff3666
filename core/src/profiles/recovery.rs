//! The recovery code: what opens the notebook of somebody who has forgotten their PIN when no leader
//! is at hand.
//!
//! Forty random digits (132 bits) in eight groups that can be read aloud and typed on the keypad. The
//! sixth digit of a group is its check, so that a slip is told with its place. It needs no slow
//! derivation and no count of attempts: nobody guesses it.

use minicbor::{Decode, Encode};
use tungnha_protocol::random_bytes;
use zeroize::Zeroizing;

use super::{Key, seal};
use crate::error::{Error, Result};

const GROUPS: usize = 8;
/// Random digits in a group; one more is its check.
const RANDOM: usize = 5;

/// A recovery code as it is written down: groups with spaces between.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// A fresh code.
    pub fn random() -> Self {
        let group = |_| {
            let digits: Zeroizing<Vec<u8>> = Zeroizing::new((0..RANDOM).map(|_| random_digit()).collect());
            let text: String = digits.iter().chain([&check(&digits)]).map(|digit| char::from(b'0' + digit)).collect();
            text
        };
        Self(Zeroizing::new((0..GROUPS).map(group).collect::<Vec<_>>().join(" ")))
    }

    /// Reads a typed code; what stands between the digits does not matter. Errors: `recovery_code_cut`, and
    /// `recovery_group_wrong` with the group's number from 1.
    pub fn parse(text: String) -> Result<Self> {
        let text = Zeroizing::new(text);
        let digits: Zeroizing<Vec<u8>> =
            Zeroizing::new(text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect());
        if digits.len() != GROUPS * (RANDOM + 1) {
            return Err(Error::invalid("recovery_code_cut", "code").with("n", digits.len()));
        }
        let mut groups = Vec::with_capacity(GROUPS);
        for (group, n) in digits.chunks(RANDOM + 1).zip(1..) {
            if check(&group[..RANDOM]) != group[RANDOM] {
                return Err(Error::invalid("recovery_group_wrong", "code").with("group", n));
            }
            groups.push(group.iter().map(|digit| char::from(b'0' + digit)).collect::<String>());
        }
        Ok(Self(Zeroizing::new(groups.join(" "))))
    }

    /// The code, to be shown once.
    pub fn to_text(&self) -> String {
        self.0.to_string()
    }

    fn key(&self, secret: &Key) -> Key {
        let mut hash = blake3::Hasher::new_derive_key("tungnha 2026 recovery code");
        hash.update(secret.as_ref()).update(self.0.as_bytes());
        Zeroizing::new(*hash.finalize().as_bytes())
    }
}

/// The same chance for each of the ten.
fn random_digit() -> u8 {
    loop {
        let [byte] = random_bytes();
        if byte < 250 {
            return byte % 10;
        }
    }
}

/// Luhn's check digit: finds one wrong digit, and nearly every pair that was swapped.
fn check(digits: &[u8]) -> u8 {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u8 = digits.iter().rev().zip(0..).map(|(&d, place)| if place % 2 == 0 { doubled(d) } else { d }).sum();
    (10 - sum % 10) % 10
}

/// The database's key, wrapped under a recovery code and the device's secret.
#[derive(Clone, Encode, Decode)]
#[cbor(transparent)]
pub struct RecoveryLock(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>);

impl RecoveryLock {
    /// Wraps a key; `whose` has to be the same when it is opened.
    pub fn new(code: &RecoveryCode, secret: &Key, whose: &[u8], key: &Key) -> Result<Self> {
        Ok(Self(seal::seal(&code.key(secret), whose, key.as_ref())?))
    }

    /// The key, when it is this code.
    pub fn open(&self, code: &RecoveryCode, secret: &Key, whose: &[u8]) -> Option<Key> {
        let opened = seal::open(&code.key(secret), whose, &self.0)?;
        opened.as_slice().try_into().ok().map(Zeroizing::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_typed_and_a_slip_is_told_with_its_place() {
        let code = RecoveryCode::random().to_text();
        assert_eq!(code.split(' ').map(str::len).collect::<Vec<_>>(), [6; 8]);
        let typed = code.replace(' ', "-") + "\n";
        assert_eq!(RecoveryCode::parse(typed).expect("reads").to_text(), code);

        let mut slip = code.clone().into_bytes();
        slip[15] = if slip[15] == b'9' { b'0' } else { slip[15] + 1 };
        let error = RecoveryCode::parse(String::from_utf8(slip).expect("digits")).err().expect("is noticed");
        assert_eq!((error.code(), error.params["group"].as_str()), ("recovery_group_wrong", "3"));
        assert_eq!(RecoveryCode::parse(code[..20].to_owned()).err().expect("refuses").code(), "recovery_code_cut");
    }
}
