//! Argon2id over secrets, away from the thread that answers.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use contest::people::Secret;
use data_encoding::HEXLOWER;
use std::sync::{Mutex, PoisonError};
use store::{StoreError, count_hash};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Hashes at once: 4 x 19 MiB leave room in the smallest function, and on one machine a crowd that
/// registers waits for processors instead of filling the memory.
static PLACES: Semaphore = Semaphore::const_new(4);

/// Memory of hashes that are done, for the next ones: given back, an allocator would keep as much of it for
/// each thread that has ever hashed.
static SPARE: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

const HASH_LEN: usize = 32;
/// Bytes of a salt.
pub const SALT_LEN: usize = 16;

/// Hashes a secret with a fresh salt. The stored form is `argon2id$19456$2$salt$hash`, in hexadecimal.
pub async fn hash(secret: Secret, salt: [u8; SALT_LEN]) -> Result<String, StoreError> {
    let hash = argon2(secret, salt).await?;
    let form = format!("argon2id${MEMORY_KIB}${PASSES}${}${}", HEXLOWER.encode(&salt), HEXLOWER.encode(&hash));
    Ok(form)
}

/// Whether a secret is the hashed one. Without a stored hash the same work is done for nothing, so that
/// the time tells nothing about which identifiers exist.
pub async fn verify(secret: Secret, stored: Option<&str>) -> Result<bool, StoreError> {
    let Some(stored) = stored else {
        argon2(secret, [0; SALT_LEN]).await?;
        return Ok(false);
    };
    let corrupt = || StoreError::corrupt("a secret's hash", "not of the written form");
    let mut parts = stored.rsplitn(3, '$').take(2).map(|part| HEXLOWER.decode(part.as_bytes()));
    let (Some(Ok(hash)), Some(Ok(salt))) = (parts.next(), parts.next()) else { return Err(corrupt()) };
    let salt = salt.try_into().map_err(|_| corrupt())?;
    let computed = argon2(secret, salt).await?;
    Ok(computed.ct_eq(hash.as_slice()).into())
}

/// The hash itself.
pub(crate) async fn argon2(secret: Secret, salt: [u8; SALT_LEN]) -> Result<[u8; HASH_LEN], StoreError> {
    const ACTION: &str = "hash a secret";
    count_hash();
    let _place = PLACES.acquire().await.map_err(StoreError::failed(ACTION))?;
    let work = tokio::task::spawn_blocking(move || {
        let params = Params::new(MEMORY_KIB, PASSES, 1, Some(HASH_LEN))?;
        let spare = || SPARE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut memory = spare().pop().unwrap_or_default();
        memory.resize(params.block_count(), Block::default());
        let mut hash = [0; HASH_LEN];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            secret.expose().as_bytes(),
            &salt,
            &mut hash,
            &mut memory,
        )?;
        spare().push(memory);
        Ok::<_, argon2::Error>(hash)
    });
    let hashed = work.await.map_err(StoreError::failed(ACTION))?;
    hashed.map_err(|e| StoreError::failed(ACTION)(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::parse(text).unwrap()
    }

    #[tokio::test]
    async fn only_the_hashed_secret_verifies() {
        let stored = hash(secret("mật khẩu 1"), [9; SALT_LEN]).await.unwrap();
        assert!(verify(secret("mật khẩu 1"), Some(&stored)).await.unwrap());
        assert!(!verify(secret("mật khẩu 2"), Some(&stored)).await.unwrap());
        assert!(!verify(secret("mật khẩu 1"), None).await.unwrap());
        assert!(verify(secret("mật khẩu 1"), Some("argon2id$x")).await.is_err());
    }
}
