//! What nobody may guess.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use store::StoreError;

/// Bytes of the operating system's source.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::failed("draw at random")(e.to_string()))?;
    Ok(bytes)
}

/// An identifier of an account: eighty bits, sixteen small letters and digits.
pub(crate) fn identifier() -> Result<String, StoreError> {
    Ok(BASE32_NOPAD.encode(&random::<10>()?).to_ascii_lowercase())
}

/// A token of 256 bits.
pub(crate) fn token() -> Result<String, StoreError> {
    Ok(BASE64URL_NOPAD.encode(&random::<32>()?))
}
