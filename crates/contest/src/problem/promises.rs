//! Kinds of problems with plans and folders that can be read, and that nobody could carry out or would want so
//! (`IMPORT.md` 7).

/// Passes the kinds on to the next macro of a chain, behind those that are given.
macro_rules! with_promise_kinds {
    ($next:ident $($others:tt)*) => {
        $next! {
            $($others)*

            // A plan nobody can keep.
            /// Units compete by a share of their members, or need one, and none of them has a number of members.
            MembersMissing = "members_missing",
            /// Some units that compete so have no number of members, and are never ranked.
            UnitsWithoutMembers {
                /// How many.
                units: usize,
                /// Name of the first.
                first: String,
            } = "units_without_members",
            /// A list asks for more rounds in a row than there are.
            StreakLongerThanRounds {
                /// Rounds of the contest.
                rounds: usize,
            } = "streak_longer_than_rounds",
            /// Units compete by what their people win, and people win nothing.
            NothingToConvert {
                /// The key of the measure.
                key: &'static str,
            } = "nothing_to_convert",
            /// A floor for the time of an attempt that has no time of its own.
            FloorWithoutMinutes = "floor_without_minutes",

            // A plan that most likely says something else than was meant.
            /// Children may register without a guardian's consent.
            MinorsWithoutConsent {
                /// Age from which nobody's consent is needed.
                age: u32,
            } = "minors_without_consent",
            /// A round lasts longer than any contest does.
            RoundOfAYear {
                /// Days that it lasts.
                days: u64,
            } = "round_of_a_year",
            /// So much time lies between two moments that one of them may be in another year.
            YearSlips {
                /// What waits.
                waits: Waiting,
                /// Days between them.
                days: u64,
            } = "year_slips",
            /// Two rounds have one name.
            SameRoundName {
                /// Where the name stands first.
                first_row: Option<u32>,
            } = "same_round_name",
            /// Question marks, or what two letters became, stand where a letter was.
            LostLetters = "lost_letters",

            // A text that is no TOML.
            /// Plain quotation marks inside a text in plain quotation marks.
            QuotesInText = "quotes_in_text",
            /// A text or a time without quotation marks.
            Unquoted = "unquoted",
            /// A key that its table has already.
            RepeatedKey {
                /// The line of the first.
                first_row: u32,
            } = "repeated_key",

            // Files that say nothing to the plan.
            /// A unit has fewer members than those below it together.
            UnitSmallerThanBelow {
                /// Its members.
                members: u64,
                /// Those below it.
                below: u64,
            } = "unit_smaller_than_below",
            /// There are units, and nobody is asked for theirs.
            UnitsNotAsked = "units_not_asked",
            /// There is a roster, and everybody may register.
            RosterInOpenContest = "roster_in_open_contest",
            /// A list of excluded people names nobody.
            NamesNobody = "names_nobody",
        }
    };
}
pub(super) use with_promise_kinds;

/// What waits for longer than half a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// The first round, from the opening of registration.
    FirstRound,
    /// A round, from the end of the one before.
    NextRound,
    /// Results, from the end of their round.
    Results,
    /// The contest, from now.
    Contest,
}
