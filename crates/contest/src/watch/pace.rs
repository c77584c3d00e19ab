//! How fast rows are read.

/// Read units a second at most: a fifteenth of what a new table takes, so that contestants never wait for a figure
/// (`DOMAIN.md` N19).
pub const READ_UNITS_PER_SECOND: u64 = 800;

/// How long to wait before the next page, in milliseconds, where the last one took so many half read units in so many
/// milliseconds. Time that was lost before is not made up for: no second takes more.
pub const fn pause_ms(read_halves: u64, elapsed_ms: u64) -> u64 {
    (read_halves * 1_000).div_ceil(2 * READ_UNITS_PER_SECOND).saturating_sub(elapsed_ms)
}
