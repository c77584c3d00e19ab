//! How people prove who they are: secrets that are stored as hashes, codes of an authenticator app, and the codes of a
//! recovery card. No table and no route is known here.

pub mod recovery;
pub mod secret_hash;
pub mod totp;
