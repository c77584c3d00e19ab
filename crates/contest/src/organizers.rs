//! The people who hold a contest: how they sign in, and what each of them may do (`CONSOLE.md` 3).

mod audit;
mod files;
mod four_eyes;
pub mod look_up;
mod proposal;
mod roles;
mod sessions;

pub use audit::{Chain, GENESIS, Head, SIGNED_FOR_MS, SignedHeads, link};
pub use files::FileKind;
pub use four_eyes::{PlanChange, bank_needs_two, plan_change, unit_needs_two};
pub use proposal::{PROPOSAL_MS, ProposalKind, ProposalStatus, ProposalStep, Standing, StepRefusal};
pub use roles::{Action, Grants, Role, Scope, may, may_grant};
pub use sessions::{
    IDLE_MS, INVITATION_MS, LONGEST_MS, MOST_PASSKEYS, PASSKEY_MS, SEEN_EVERY_MS, STEP_UP_MS, SessionTimes, TICKET_MS,
    code_step, step_of_code,
};

use crate::people::{Secret, ValueFault};
use crate::text;

/// Fewest characters of an organizer's secret: they hold more than a contestant does (ASVS 6.2.1 asks for 8 and
/// recommends 15).
pub const MIN_SECRET: usize = 15;

/// The name by which an organizer signs in: 3 to 40 small ASCII letters, digits, dots, hyphens and underscores, a letter
/// first. Written in any case, kept in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Login(String);

impl Login {
    /// Reads a name as typed.
    ///
    /// # Errors
    /// [`ValueFault::Empty`], [`TooShort`](ValueFault::TooShort), [`TooLong`](ValueFault::TooLong) or
    /// [`BadCharacters`](ValueFault::BadCharacters).
    pub fn parse(typed: &str) -> Result<Self, ValueFault> {
        let name = text::clean(typed).to_ascii_lowercase();
        match name.chars().count() {
            0 => return Err(ValueFault::Empty),
            1 | 2 => return Err(ValueFault::TooShort),
            3..=40 => {}
            _ => return Err(ValueFault::TooLong),
        }
        let begins_well = name.starts_with(|sign: char| sign.is_ascii_lowercase());
        let is_sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || ".-_".contains(sign);
        if begins_well && name.chars().all(is_sign) { Ok(Self(name)) } else { Err(ValueFault::BadCharacters) }
    }

    /// The name in small letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads the secret that an organizer chooses.
///
/// # Errors
/// As [`Secret::parse`], and [`ValueFault::TooShort`] below [`MIN_SECRET`] characters.
pub fn staff_secret(typed: &str) -> Result<Secret, ValueFault> {
    let secret = Secret::parse(typed)?;
    if secret.expose().chars().count() < MIN_SECRET { Err(ValueFault::TooShort) } else { Ok(secret) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_short_plain_and_the_same_in_any_case() {
        assert_eq!(Login::parse(" Nguyen.Thi-Hoa ").unwrap().as_str(), "nguyen.thi-hoa");
        for (typed, fault) in [
            ("", ValueFault::Empty),
            ("ab", ValueFault::TooShort),
            ("nguyễn.hoa", ValueFault::BadCharacters),
            ("9lan", ValueFault::BadCharacters),
            ("a b c", ValueFault::BadCharacters),
        ] {
            assert_eq!(Login::parse(typed), Err(fault), "{typed}");
        }
        assert!(Login::parse(&"a".repeat(40)).is_ok());
        assert_eq!(Login::parse(&"a".repeat(41)), Err(ValueFault::TooLong));
    }

    #[test]
    fn an_organizers_secret_has_fifteen_characters() {
        assert_eq!(staff_secret("mười bốn ký tự").map(|_| ()), Err(ValueFault::TooShort));
        assert!(staff_secret("mười lăm ký tự!").is_ok());
        assert_eq!(staff_secret("").map(|_| ()), Err(ValueFault::Empty));
    }
}
