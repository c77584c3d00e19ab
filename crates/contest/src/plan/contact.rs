//! `[contact]`: whom contestants ask.

/// Every part as written; a telephone number or an address of mail is there.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// A person or a body.
    pub name: Option<String>,
    /// One telephone number.
    pub phone: Option<String>,
    /// One address of mail.
    pub email: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
}

crate::masked!(Contact);
