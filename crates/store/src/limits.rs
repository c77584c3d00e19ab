//! How widely the hot items of a contest are spread.

/// Shards of the attempts of a round. A key value takes 1 000 writes a second and the largest round of
/// the field has some hundred thousand attempts: sixteen shards take 16 000 a second, four times what
/// a new table takes at all.
pub const ATTEMPT_SHARDS: u16 = 16;

/// Shards of the people of a contest; closing reads them one paged query each.
pub const PEOPLE_SHARDS: u16 = 16;

/// Copies of a round's gate. A key value takes 3 000 strong reads a second, and each sheet reads one
/// copy: four copies take 12 000, which is what a new table takes at all.
pub const GATE_COPIES: u8 = 4;
