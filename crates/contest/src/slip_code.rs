//! Codes of 120 bits that are printed on a slip and typed by hand, once: to set another secret, or to begin as an
//! organizer. Nothing keeps one; what is kept is its hash, and nobody tries out 2^120 of them.

use crate::seal::sha256_hex;
use std::fmt;

/// How long a slip that sets another secret holds: 48 hours, in milliseconds.
pub const RESET_VALID_MS: i64 = 48 * 60 * 60 * 1_000;

/// How long its owner is told that a slip has set their secret: seven days, in milliseconds.
pub const RESET_TOLD_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Crockford's base 32: no `I`, `L`, `O`, which look like figures, and no `U`.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 24;
const GROUP: usize = 4;

/// A code: six groups of four signs, `7K2M-9QX4-…`.
#[derive(Clone, PartialEq, Eq)]
pub struct SlipCode([u8; LENGTH]);

crate::masked!(SlipCode);

impl SlipCode {
    /// Random bytes that one is made of.
    pub const BYTES: usize = LENGTH * 5 / 8;

    /// The code of these random bytes.
    pub fn of(random: [u8; Self::BYTES]) -> Self {
        let number = random.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        Self(std::array::from_fn(|place| {
            let bits = number >> (5 * (LENGTH - 1 - place)) & 31;
            SIGNS[usize::try_from(bits).expect("below 32")]
        }))
    }

    /// Reads what somebody typed from a slip: capitals or not, with spaces and hyphens anywhere, `O` for zero, `I` and `L`
    /// for one. `None` where it cannot be a code.
    pub fn parse(typed: &str) -> Option<Self> {
        let signs = typed.chars().filter(|sign| !sign.is_whitespace() && !is_hyphen(*sign)).map(meant);
        let signs: Vec<u8> = signs.take(LENGTH + 1).collect::<Option<_>>()?;
        signs.try_into().ok().map(Self)
    }

    /// What is kept of it: SHA-256 of its signs without hyphens, in hexadecimal.
    pub fn sha256(&self) -> String {
        sha256_hex(&self.0)
    }
}

fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn meant(typed: char) -> Option<u8> {
    let sign = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SIGNS.iter().copied().find(|known| char::from(*known) == sign)
}

/// As it is printed.
impl fmt::Display for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.iter().enumerate() {
            if place > 0 && place % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*sign))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_printed_in_six_groups_of_four() {
        assert_eq!(SlipCode::of([0; 15]).to_string(), "0000-0000-0000-0000-0000-0000");
        assert_eq!(SlipCode::of([255; 15]).to_string(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        let bytes = [0x08, 0x86, 0x42, 0x98, 0xe8, 0x4a, 0x96, 0xc6, 0xb9, 0xf0, 0x8c, 0xa7, 0x4a, 0xda, 0xf8];
        assert_eq!(SlipCode::of(bytes).to_string(), "1234-5678-9ABC-DEFG-HJKM-NPQR");
    }

    #[test]
    fn what_is_typed_from_a_slip_is_read_however_it_is_typed() {
        let code = SlipCode::parse("1034-5678-9ABC-DEFG-HJKM-NPQR").expect("a code");
        for typed in [
            "103456789ABCDEFGHJKMNPQR",
            " 1034 5678 9abc defg hjkm npqr\u{a0}",
            "IO34–5678–9ABC–DEFG–HJKM–NPQR",
            "lo34 5678-9aBc defghjkm-n-p-q-r",
        ] {
            assert!(SlipCode::parse(typed) == Some(code.clone()), "{typed}");
        }
        let long = "1".repeat(25);
        for typed in ["", "1034", &long, "1034-5678-9ABC-DEFG-HJKM-NPQU", "1034-5678-9ABC-DEFG-HJKM-NPQ.", "ĐĐĐĐ"] {
            assert!(SlipCode::parse(typed).is_none(), "{typed}");
        }
        assert_ne!(code.sha256(), SlipCode::of([0; 15]).sha256());
    }

    proptest! {
        #[test]
        fn every_code_is_read_as_it_is_printed(random: [u8; 15]) {
            let code = SlipCode::of(random);
            let printed = code.to_string();
            prop_assert_eq!(printed.len(), 29);
            prop_assert!(SlipCode::parse(&printed) == Some(code.clone()));
            prop_assert!(SlipCode::parse(&printed.to_lowercase().replace('-', "")) == Some(code));
        }
    }
}
