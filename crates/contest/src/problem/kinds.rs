//! How kinds of problems are declared, each with its fixed code.

/// Declares [`super::ProblemKind`] together with the code of each kind, so that the code stands in one place.
macro_rules! problem_kinds {
    ($($(#[$meta:meta])* $name:ident $({ $($(#[$fmeta:meta])* $field:ident: $type:ty,)+ })? = $code:literal,)+) => {
        /// Every error and every warning that an upload can bring.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum ProblemKind {
            $($(#[$meta])* $name $({ $($(#[$fmeta])* $field: $type,)+ })?,)+
        }

        impl ProblemKind {
            /// The fixed code of this kind in reports.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name $({ $($field: _,)+ })? => $code,)+ }
            }

            /// Every code, in the order of declaration.
            pub const CODES: &'static [&'static str] = &[$($code,)+];
        }
    };
}
pub(super) use problem_kinds;

#[cfg(test)]
mod tests {
    use crate::problem::ProblemKind;

    #[test]
    fn every_code_is_used_by_one_kind() {
        let mut codes = ProblemKind::CODES.to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ProblemKind::CODES.len());
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        assert!(codes.iter().all(|code| code.bytes().all(is_plain)));
    }
}
