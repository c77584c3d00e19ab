// What an entered birth date means. Whether somebody may take part is the server's word.

/** The birth date as YYYY-MM-DD, or null when the three boxes make no day of the calendar. */
export function birthDate(day, month, year) {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

/** Whole years on the day `time` falls on in Vietnam. */
function ageOn(birth, time) {
  const day = new Date(Date.parse(time) + 7 * 3_600_000).toISOString().slice(0, 10);
  return Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0);
}

/** A guardian is not asked about people who are too young or too old in any case. */
export function needsGuardian({ registration, rounds }, birth) {
  if (!birth || rounds.length === 0) return false;
  const age = ageOn(birth, rounds[0].opens);
  const { min_age: least, max_age: most = 0, guardian_consent_under: under } = registration;
  return age >= least && (most === 0 || age <= most) && age < under;
}
