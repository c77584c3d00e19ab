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
