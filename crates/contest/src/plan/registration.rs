//! `[registration]`: who may take part, and what is asked of them.

use crate::time::Timestamp;
use crate::words::worded;

/// `[registration]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Open to everyone, or only to people on the roster.
    pub mode: RegistrationMode,
    /// From when accounts can be made, until [`super::Plan::registration_closes`].
    pub opens: Timestamp,
    /// From when none can be made any more, where that is said; otherwise it is when the last round closes.
    pub closes: Option<Timestamp>,
    /// What the form asks, in this order.
    pub fields: Vec<Field>,
    /// Each of these: one person, one account. Only [`Field::CitizenId`], [`Field::Phone`] and
    /// [`Field::Email`] can be unique.
    pub unique: Vec<Field>,
    /// Least age in whole years on the day the first round opens; 0 for none.
    pub min_age: u32,
    /// Greatest age in whole years on that day; 0 for none.
    pub max_age: u32,
    /// Levels of the unit tree: whose unit stands neither at one of them nor below takes no part. Empty for everybody.
    pub levels: Vec<String>,
    /// Which affiliations a contestant may choose; empty where the contest does not ask.
    pub unit_basis: Vec<UnitBasis>,
    /// What being on the list of excluded people means.
    pub excluded: Exclusion,
    /// Contestants younger than this on the day the first round opens need a guardian's consent
    /// (Law 91/2025/QH15); 0 for none.
    pub guardian_consent_under: u32,
    /// Days after the last publication for which personal data is kept, 1 to 3 650.
    pub keep_days: u32,
}

worded! {
    /// Who may register.
    pub enum RegistrationMode {
        /// Anyone who is eligible.
        Open = "open",
        /// Only people on `roster.*`.
        Roster = "roster",
    }
}

worded! {
    /// A field of the registration form.
    pub enum Field {
        /// Họ và tên
        FullName = "full_name",
        /// Ngày sinh
        BirthDate = "birth_date",
        /// Căn cước, 12 digits
        CitizenId = "citizen_id",
        /// Điện thoại
        Phone = "phone",
        /// Đơn vị
        Unit = "unit",
        /// Giới tính
        Gender = "gender",
        /// Thư điện tử
        Email = "email",
        /// Địa chỉ
        Address = "address",
        /// Nghề nghiệp
        Occupation = "occupation",
    }
}

impl Field {
    /// Whether the public sees what stands in it: the unit of everybody in the ranking, the name of winners.
    pub const fn is_public(self) -> bool {
        match self {
            Self::FullName | Self::Unit => true,
            Self::BirthDate
            | Self::CitizenId
            | Self::Phone
            | Self::Gender
            | Self::Email
            | Self::Address
            | Self::Occupation => false,
        }
    }
}

worded! {
    /// On which ground a contestant belongs to the unit (`DOMAIN.md` E5).
    pub enum UnitBasis {
        /// Nơi công tác
        Workplace = "workplace",
        /// Hộ khẩu thường trú
        Residence = "residence",
    }
}

worded! {
    /// What happens to people on `excluded.*`.
    pub enum Exclusion {
        /// They cannot take part.
        Bar = "bar",
        /// They may play but are never ranked.
        Unranked = "unranked",
    }
}
