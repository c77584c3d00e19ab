//! How widely the hot items of new contests and rounds are spread. Only the function that makes them knows these
//! numbers: every other takes them from the records that it leaves, so a change here is one for rounds to come.

use store::Spread;

/// Of a new round.
///
/// A key value takes 1 000 writes a second and the largest round of the field has some hundred thousand
/// attempts: sixteen shards take 16 000 a second, four times what a new table takes at all. A key value takes
/// 3 000 strong reads a second, and each sheet reads one copy of the gate: four copies take 12 000, which is
/// what a new table takes at all.
pub(crate) const OF_A_ROUND: Spread = Spread { shards: 16, gates: 4 };

/// Shards of the people of a new contest; closing reads them one paged query each.
pub(crate) const OF_PEOPLE: u16 = 16;
