//! The codes of a recovery card: the way in for whoever has lost the app, or whose clock goes wrong.

use crate::secret_hash::{SALT_LEN, argon2};
use contest::people::Secret;
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use store::StoreError;
use subtle::ConstantTimeEq;

/// Codes on a card.
pub const CODES: usize = 10;

/// Letters of a code: fifty bits, too many to guess in the tries of a life.
const LETTERS: usize = 10;

/// A card that is made anew.
pub struct Card {
    /// What is printed, shown once.
    pub codes: Vec<String>,
    /// What is stored.
    pub hashes: CardHashes,
}

/// A card as it is stored: one salt, so that one hash of what is typed is compared with all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardHashes {
    /// In hexadecimal.
    pub salt: String,
    /// In hexadecimal, in the order of the codes.
    pub hashes: Vec<String>,
}

/// Makes a card of random bytes.
///
/// # Errors
/// Where this machine cannot hash.
pub async fn make(random: [[u8; 7]; CODES], salt: [u8; SALT_LEN]) -> Result<Card, StoreError> {
    let (mut codes, mut hashes) = (Vec::new(), Vec::new());
    for bytes in random {
        let letters = &BASE32_NOPAD.encode(&bytes)[..LETTERS];
        hashes.push(HEXLOWER.encode(&argon2(as_secret(letters)?, salt).await?));
        codes.push(format!("{}-{}", &letters[..5], &letters[5..]));
    }
    Ok(Card { codes, hashes: CardHashes { salt: HEXLOWER.encode(&salt), hashes } })
}

/// Whether something that was typed has the form of a code of a card.
pub fn is_code(typed: &str) -> bool {
    letters_of(typed).len() == LETTERS
}

/// The place on the card of a code as typed, in any case, with any hyphens and spaces. None for what is
/// on no card.
///
/// # Errors
/// Where this machine cannot hash.
pub async fn place(typed: &str, card: &CardHashes) -> Result<Option<usize>, StoreError> {
    if !is_code(typed) {
        return Ok(None);
    }
    let corrupt = || StoreError::corrupt("a recovery card", "not of the written form");
    let salt = HEXLOWER.decode(card.salt.as_bytes()).ok().and_then(|salt| salt.try_into().ok()).ok_or_else(corrupt)?;
    let hash = HEXLOWER.encode(&argon2(as_secret(&letters_of(typed))?, salt).await?);
    let mut place = None;
    for (at, stored) in card.hashes.iter().enumerate() {
        if bool::from(stored.as_bytes().ct_eq(hash.as_bytes())) {
            place = Some(at);
        }
    }
    Ok(place)
}

/// What people take one letter for another in is read as meant: base 32 has neither 0 nor 1.
fn letters_of(typed: &str) -> String {
    let signs = typed.chars().filter(|sign| sign.is_ascii_alphanumeric());
    signs
        .map(|sign| match sign {
            '0' => 'O',
            '1' => 'I',
            '8' => 'B',
            other => other.to_ascii_uppercase(),
        })
        .collect()
}

fn as_secret(letters: &str) -> Result<Secret, StoreError> {
    Secret::parse(letters).map_err(|_| StoreError::corrupt("a recovery code", "not ten letters"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_code_is_found_in_its_place_and_no_other() {
        let random = std::array::from_fn(|at| [u8::try_from(at).unwrap() * 23; 7]);
        let card = make(random, [3; SALT_LEN]).await.unwrap();
        assert_eq!((card.codes.len(), card.codes[0].as_str()), (CODES, "AAAAA-AAAAA"));
        assert_eq!(place(&card.codes[9], &card.hashes).await.unwrap(), Some(9));
        let typed = card.codes[4].to_lowercase().replace('-', " ");
        assert!(is_code(&typed));
        assert_eq!(place(&typed, &card.hashes).await.unwrap(), Some(4));
        assert_eq!(place("ZZZZZ-ZZZZZ", &card.hashes).await.unwrap(), None);
        assert!(!is_code("123456") && !is_code(""));
    }
}
