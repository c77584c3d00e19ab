//! How kinds of problems are declared, each with its fixed code.

/// Declares [`super::ProblemKind`] together with the code of each kind, so that the code stands in one place.
macro_rules! problem_kinds {
    ($($(#[$meta:meta])* $name:ident $({ $($(#[$fmeta:meta])* $field:ident: $type:ty,)+ })? = $code:literal,)+
        $(@ $more:ident($faults:ident),)+) => {
        /// Every error and every warning that an upload can bring.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum ProblemKind {
            $($(#[$meta])* $name $({ $($(#[$fmeta])* $field: $type,)+ })?,)+
            $(#[doc = "A fault of a list of its own."]
            $more($faults),)+
        }

        impl ProblemKind {
            /// The fixed code of this kind in reports.
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name $({ $($field: _,)+ })? => $code,)+
                    $(Self::$more(fault) => fault.code(),)+
                }
            }

            /// Every code, in the order of declaration. A fault of a document may have the code of the same fault of another
            /// format, and another sentence.
            pub fn codes() -> Vec<&'static str> {
                let own: &[&'static str] = &[$($code,)+];
                let lists: &[&[&'static str]] = &[$($faults::CODES,)+];
                let others = lists.iter().copied().flatten().filter(|code| !own.contains(code));
                own.iter().chain(others).copied().collect()
            }
        }
    };
}
pub(super) use problem_kinds;

#[cfg(test)]
mod tests {
    use crate::problem::ProblemKind;

    #[test]
    fn every_code_is_used_by_one_kind() {
        let all = ProblemKind::codes();
        let mut codes = all.clone();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        assert!(codes.iter().all(|code| code.bytes().all(is_plain)));
    }
}
