//! What is wrong with an uploaded file, and where: one vocabulary for the plan and for every table.
//!
//! A problem is data. Its code is fixed, since programs read it in reports; `documents::words::import` words its sentence.

mod content;
mod kinds;
mod pictures;
mod place;
mod placed;
mod promises;
mod questions;
mod value_type;

pub use content::{AnswerSource, ContentFault};
use kinds::problem_kinds;
pub use pictures::PictureFault;
pub use place::{Place, QuestionPlace};
pub use placed::{Problem, Written};
pub use promises::Waiting;
use promises::with_promise_kinds;
use questions::with_question_kinds;
pub use value_type::ValueType;

use crate::time::LocalTimeFault;
use chrono::Weekday;

with_promise_kinds! {
    with_question_kinds
    problem_kinds

    // The plan: its form.
    /// The text is not TOML.
    Syntax = "syntax",
    /// Quotation marks of a word processor stand where TOML has plain ones.
    CurlyQuotes = "curly_quotes",
    /// Points part the thousands of a number.
    DotsInNumber {
        /// The number without them.
        plain: String,
    } = "dots_in_number",
    /// A key that the table does not have.
    UnknownKey {
        /// The key as written.
        key: String,
        /// The known key that looks most like it.
        nearest: Option<&'static str>,
    } = "unknown_key",
    /// A key that must be there is not: what decides money is never a default.
    MissingKey = "missing_key",
    /// The value is of another type.
    WrongType {
        /// The type that is expected.
        expected: ValueType,
    } = "wrong_type",
    /// Not one of the words that the key may have.
    UnknownWord {
        /// The word as written.
        word: String,
        /// Every word allowed.
        allowed: Vec<&'static str>,
    } = "unknown_word",
    /// A number outside its range.
    OutOfRange {
        /// Least value.
        least: u64,
        /// Greatest value.
        most: u64,
    } = "out_of_range",
    /// Not an identifier: small letters, digits and hyphens.
    InvalidId = "invalid_id",
    /// Not a date and time.
    InvalidTime {
        /// The text as written.
        text: String,
        /// What is wrong with it.
        fault: LocalTimeFault,
    } = "invalid_time",
    /// The weekday is not that of the date.
    WrongWeekday {
        /// The text as written.
        text: String,
        /// The weekday of the date.
        is: Weekday,
    } = "wrong_weekday",
    /// A time with an offset of its own.
    TimeWithOffset = "time_with_offset",
    /// A zone that is an offset; the sign of `Etc/GMT+7` means the contrary of what it says.
    ZoneIsOffset = "zone_is_offset",
    /// Not the name of a time zone.
    UnknownTimeZone = "unknown_time_zone",
    /// The schema is not one that this program reads.
    UnknownSchema {
        /// The schema that is read.
        expected: &'static str,
    } = "unknown_schema",
    /// Not a plain file name.
    InvalidFileName = "invalid_file_name",
    /// Not 64 hexadecimal digits.
    InvalidHash = "invalid_hash",
    /// Nothing stands where something must.
    Empty = "empty",
    /// Longer than is allowed.
    TooLong {
        /// Characters allowed.
        most: usize,
    } = "too_long",
    /// More entries than are allowed.
    TooMany {
        /// Entries allowed.
        most: usize,
    } = "too_many",
    /// The same identifier or word stands twice.
    Duplicate {
        /// The value.
        value: String,
        /// Where it stands first.
        first_row: Option<u32>,
    } = "duplicate",
    // The plan: its sense.
    /// A round ends before it begins, or lasts no time.
    ClosesBeforeOpens = "closes_before_opens",
    /// The contest becomes public after registration or the first round has opened.
    AnnouncedTooLate = "announced_too_late",
    /// Results are published before the round is closed.
    PublishesBeforeCloses = "publishes_before_closes",
    /// A round opens before the one before it.
    RoundsOutOfOrder {
        /// The round before.
        previous: String,
    } = "rounds_out_of_order",
    /// A round opens while the one before it is open.
    RoundsOverlap {
        /// The round before.
        previous: String,
    } = "rounds_overlap",
    /// Registration would open when everything is over.
    RegistrationAfterEnd = "registration_after_end",
    /// Neither a telephone number nor an address of mail by which somebody could be asked.
    ContactMissing = "contact_missing",
    /// Not one telephone number.
    InvalidContactPhone = "invalid_contact_phone",
    /// Not an address of mail.
    InvalidEmail = "invalid_email",
    /// Registration ends before it begins, or lasts no time.
    RegistrationClosesBeforeOpens = "registration_closes_before_opens",
    /// Nobody is old enough and young enough.
    MaxAgeBelowMinAge = "max_age_below_min_age",
    /// The quota of topics do not sum up to the questions of a paper.
    QuotaSum {
        /// Sum of the quota.
        sum: u64,
        /// Questions of a paper.
        questions: u64,
    } = "quota_sum",
    /// Quota together with `draw = "all"`.
    QuotaWithoutDraw = "quota_without_draw",
    /// A field that must be unique is not asked for.
    UniqueNotAsked {
        /// The field.
        field: &'static str,
    } = "unique_not_asked",
    /// A field that cannot tell people apart is to be unique.
    CannotBeUnique {
        /// The field.
        field: &'static str,
    } = "cannot_be_unique",
    /// A rule needs a field that is not asked for.
    FieldNeeded {
        /// The field.
        field: &'static str,
        /// The key of the rule.
        by: &'static str,
    } = "field_needed",
    /// The ranking compares predictions and there is none.
    PredictionMissing = "prediction_missing",
    /// The plausibility floor is not below the time for an attempt.
    FloorAboveMinutes = "floor_above_minutes",
    /// A round has the name of the folder that is no round's.
    ReservedId = "reserved_id",
    /// A prize is given over the contest, and nobody is ranked over it.
    OverallMissing = "overall_missing",
    /// All rounds are summed, and a number of best ones is given.
    BestWithSum = "best_with_sum",
    /// A prize that is given once, over the contest, names rounds.
    RoundsWithContest = "rounds_with_contest",
    /// Units compete by points, and nothing gives any.
    PointsMissing = "points_missing",
    /// Not two whole numbers of millimetres, or one of them outside its range.
    InvalidOffset = "invalid_offset",
    /// A certificate asks for more rounds than the contest has.
    CertificateOutOfReach = "certificate_out_of_reach",
    /// Points for a tier that no prize of the plan has.
    UnknownTier {
        /// The tier as written.
        tier: String,
    } = "unknown_tier",
    // The plan: warnings.
    /// Nothing tells people with the same score apart, and all of them get the prize.
    TiesUnbroken {
        /// Name of the first prize.
        prize: String,
        /// How many there are of it.
        count: u32,
        /// People who may take part, where the files say how many they are. A tenth of them may have everything right.
        people: Option<u64>,
    } = "ties_unbroken",
    /// A key stands behind one that already tells everybody apart.
    NeverDecides {
        /// The key.
        key: &'static str,
        /// The one before it.
        after: &'static str,
    } = "never_decides",
    /// Everybody is ranked, and nothing compares scores.
    ScoreNotCompared = "score_not_compared",
    /// It is said what gives points, and units do not compete by them.
    PointsUnused = "points_unused",
    /// It is said where a form has its lines, and certificates are printed on white paper.
    OffsetUnused = "offset_unused",
    /// A prediction is asked for and never compared.
    PredictionUnused = "prediction_unused",
    /// As many attempts may be started on a day as in the whole round, or more.
    PerDayUnused = "per_day_unused",
    /// Scores in the reply need the stack parameter that lets the API read keys.
    SubmittedNeedsGrant = "submitted_needs_grant",
    /// Scores in the reply together with several attempts: the key can be found by trying.
    SubmittedWithAttempts = "submitted_with_attempts",
    /// A round that closes at 23:59 loses the last minute of the day.
    LastMinuteLost = "last_minute_lost",
    /// Results at the minute of closing: they are public one to two minutes later.
    PublishedAtClosing = "published_at_closing",
    /// Results of a round come when the next one is already open.
    PublishedAfterNextOpening {
        /// The next round.
        next: String,
        /// How many more rounds are so.
        others: usize,
    } = "published_after_next_opening",
    /// Accounts can only be made when the first round is already open.
    RegistrationAfterOpening = "registration_after_opening",
    /// Registration is to end when the last round has closed; it ends with that round.
    RegistrationOutlastsRounds = "registration_outlasts_rounds",
    /// Nobody can win anything.
    NoPrizes = "no_prizes",
    /// A prize is larger than the one before it.
    PrizeAmountsRise = "prize_amounts_rise",
    /// One person may make any number of accounts.
    NothingUnique = "nothing_unique",
    /// The name of the contest gives a day outside the rounds (`DOMAIN.md` T8).
    NameContradictsRounds {
        /// The day as written.
        day: String,
    } = "name_contradicts_rounds",
    /// The name of the contest gives a number of weeks that the rounds do not last (`DOMAIN.md` N28).
    WeeksContradictRounds {
        /// Weeks in the name.
        said: u64,
        /// Weeks from the first opening to the last closing, begun weeks counted whole.
        are: u64,
    } = "weeks_contradict_rounds",
    /// The minutes of an attempt are longer than the round.
    MinutesLongerThanRound = "minutes_longer_than_round",
    /// A source for draws is named and the rules have none.
    LotsUnused = "lots_unused",
    /// The people who run the functions know the value of the draw beforehand.
    LotsWithoutOthers = "lots_without_others",
    /// Two rounds draw from the same questions: an error where the first one's key is public before the second closes.
    BankShared {
        /// The earlier round.
        earlier: String,
    } = "bank_shared",
    /// Some questions stand in the banks of two rounds.
    QuestionsShared {
        /// The earlier round.
        earlier: String,
        /// How many.
        questions: usize,
    } = "questions_shared",

    /// The people of the contest can bring more than a deployment carries whose parameters nobody has changed.
    HeavyRounds {
        /// Attempts that a round can have.
        attempts: u64,
        /// Requests a second in its last ten minutes.
        requests: u64,
        /// The deployment's parameters that have to be raised.
        parameters: Vec<&'static str>,
    } = "heavy_rounds",

    // Files.
    /// No file of a contest has this name.
    UnknownFile = "unknown_file",
    /// A file that no contest has, and that does no harm: left behind by a system, or a note.
    IgnoredFile = "ignored_file",
    /// No ordinary file: a symbolic link, a folder, a pipe.
    NotAFile = "not_a_file",
    /// The name of a role in a format that is not read.
    FormatNotRead {
        /// The ending in small letters.
        ending: String,
    } = "format_not_read",
    /// Nearly the name of a file that is read.
    WrongFileName {
        /// The right one.
        right: String,
    } = "wrong_file_name",
    /// Larger than an upload may be.
    FileTooLarge {
        /// Bytes allowed.
        most: u64,
    } = "file_too_large",
    /// The content is not what the file name says.
    WrongSignature = "wrong_signature",
    /// The text is not UTF-8.
    NotUtf8 = "not_utf8",
    /// UTF-16 text, as old editors save it.
    Utf16 = "utf16",
    /// A text in a font encoding of the time before Unicode.
    LegacyEncoding = "legacy_encoding",
    /// Letters were lost before the file came.
    BrokenText = "broken_text",
    /// A quotation mark opens a field of a CSV file and does not close it.
    UnclosedQuote = "unclosed_quote",
    /// The workbook cannot be read.
    BrokenWorkbook = "broken_workbook",
    /// The workbook is protected by a password, or in the format before 2007.
    OldOrEncrypted = "old_or_encrypted",
    /// The archive holds more entries than a workbook needs.
    TooManyEntries {
        /// Entries allowed.
        most: usize,
    } = "too_many_entries",
    /// The archive inflates further than any real table.
    InflatesTooFar = "inflates_too_far",
    /// The workbook declares a document type.
    DocumentType = "document_type",
    /// More rows than a table may have.
    TooManyRows {
        /// Rows allowed.
        most: u32,
    } = "too_many_rows",
    /// A cell far to the right.
    TooManyColumns {
        /// Columns allowed.
        most: u32,
    } = "too_many_columns",
    /// More cells than a table may have.
    TooManyCells {
        /// Cells allowed.
        most: u32,
    } = "too_many_cells",
    /// The text of a cell is too long.
    CellTooLong {
        /// Characters allowed.
        most: usize,
    } = "cell_too_long",
    /// A cell is computed.
    FormulaCell {
        /// Address such as `F12`.
        cell: String,
    } = "formula_cell",
    /// A cell holds an error such as `#N/A`.
    ErrorCell {
        /// Address such as `F12`.
        cell: String,
    } = "error_cell",
    /// A date or a time stands where a text was meant. In a bank it may be an answer, so that it is not told.
    DateCell = "date_cell",
    /// A number is shown in a form of which it is not certain what a person sees.
    NumberFormat = "number_format",
    /// Raised, lowered or struck-out letters, of which plain text would say something else.
    FormattedText = "formatted_text",
    /// A picture, a drawing or a text box in or over a question.
    Picture = "picture",
    /// Rows that Excel does not show were read.
    HiddenRows {
        /// Their numbers.
        rows: Vec<u32>,
    } = "hidden_rows",
    /// No sheet has the headers.
    NoSuchTable {
        /// Headers that are needed.
        needed: Vec<&'static str>,
        /// Sheets that were seen.
        sheets: Vec<String>,
    } = "no_such_table",
    /// Several sheets have the headers, and nothing says which is meant.
    SeveralTables {
        /// The sheets with a table.
        sheets: Vec<String>,
    } = "several_tables",
    /// The plan names a sheet that the workbook does not have.
    NoSuchSheet {
        /// The sheet as written in the plan.
        sheet: String,
        /// The sheets with a table.
        sheets: Vec<String>,
    } = "no_such_sheet",
    /// Hidden sheets are never read.
    HiddenSheet {
        /// Its name.
        sheet: String,
    } = "hidden_sheet",
    /// A sheet with text is no table.
    SheetNotRead {
        /// Its name.
        sheet: String,
    } = "sheet_not_read",
    /// A column is missing.
    MissingColumn {
        /// Its Vietnamese header.
        header: &'static str,
    } = "missing_column",
    /// Two columns have the same header.
    DuplicateColumn = "duplicate_column",
    /// Text stands below a header that is not understood.
    ColumnNotRead = "column_not_read",
    /// More columns of options than a question may have.
    TooManyOptions {
        /// Options allowed.
        most: usize,
    } = "too_many_options",
    /// Text beside the columns with a header.
    CellWithoutHeader = "cell_without_header",
    /// The table has no rows.
    NoRows = "no_rows",

    // Units, roster, excluded people.
    /// The unit above does not exist.
    UnknownParent {
        /// Its code.
        parent: String,
    } = "unknown_parent",
    /// A unit stands below itself.
    UnitCycle = "unit_cycle",
    /// Not a unit's code.
    InvalidUnitCode = "invalid_unit_code",
    /// No such unit.
    UnknownUnit {
        /// The code or name as written.
        unit: String,
    } = "unknown_unit",
    /// Two units have this name, so the code must be given.
    AmbiguousUnit {
        /// The name as written.
        unit: String,
    } = "ambiguous_unit",
    /// A level that the plan names and no unit has.
    UnknownLevel {
        /// The level.
        level: String,
        /// The levels that units have.
        levels: Vec<String>,
    } = "unknown_level",
    /// Not a whole number.
    InvalidNumber = "invalid_number",
    /// Two people with the same name, birth date and unit, and nothing else that tells them apart.
    NotToldApart {
        /// Where the other stands.
        first_row: u32,
    } = "not_told_apart",
    /// Not a name of a person.
    InvalidName = "invalid_name",
    /// A text with characters that have no shape, or too many marks on a letter.
    InvalidText = "invalid_text",
    /// Not a date of birth.
    InvalidDate = "invalid_date",
    /// Not twelve digits of a citizen id.
    InvalidCitizenId = "invalid_citizen_id",
    /// Not a Vietnamese phone number.
    InvalidPhone = "invalid_phone",
    /// Not a contestant code.
    InvalidContestantCode = "invalid_contestant_code",
    /// A person on the list cannot be recognized: neither citizen id nor phone is given.
    Unrecognizable = "unrecognizable",
    /// A published figure of so small a unit can tell who someone is.
    SmallUnit {
        /// Members.
        members: u64,
    } = "small_unit",

    // A contest as a whole.
    /// The folder is not the contest's id.
    IdIsNotFolder {
        /// The folder.
        folder: String,
    } = "id_is_not_folder",
    /// Takes effect when the other file arrives.
    WaitingFor {
        /// The other file.
        file: String,
    } = "waiting_for",
    /// A round that is open was changed otherwise than by a later end.
    RoundHasBegun {
        /// The round.
        round: String,
    } = "round_has_begun",
    /// A round that is over was changed: what it was frozen with is all that counts for it.
    RoundHasEnded {
        /// The round.
        round: String,
    } = "round_has_ended",
    /// Who may have how many accounts was changed after somebody got one.
    RegistrationHasBegun = "registration_has_begun",
    /// A unit was left out after people could choose it.
    UnitLeftOut {
        /// Its code.
        unit: String,
    } = "unit_left_out",
    /// A unit was put elsewhere in the tree after the first opening.
    UnitMoved {
        /// Its code.
        unit: String,
    } = "unit_moved",
    /// A unit got another level after the first opening.
    UnitHasOtherLevel {
        /// Its code.
        unit: String,
    } = "unit_has_other_level",
    /// A unit got another headcount, its own or the sum of those below it, after the first opening.
    UnitHasOtherMembers {
        /// Its code.
        unit: String,
    } = "unit_has_other_members",
    /// Somebody on the roster got another code after people had registered.
    RosterCodeChanged = "roster_code_changed",
    /// The list of excluded people was changed after the first opening.
    ExclusionIsADecision = "exclusion_is_a_decision",
    /// Every round is over before the plan arrives.
    AllRoundsAreOver = "all_rounds_are_over",
    /// A round is over before the plan arrives.
    RoundIsOver {
        /// The round.
        round: String,
    } = "round_is_over",
    /// A rule of the contest was changed after the first opening.
    ContestHasBegun = "contest_has_begun",
    /// A value is shown that no witness of the round committed to.
    NoSuchCommitment = "no_such_commitment",
    /// The contest has no such round.
    UnknownRound {
        /// The round as written.
        round: String,
    } = "unknown_round",
    /// No account of the contest has this code.
    UnknownContestant = "unknown_contestant",
    /// The round's bank has no such question.
    UnknownQuestion {
        /// The question as written.
        question: String,
    } = "unknown_question",
    /// Not a day.
    NotADay = "not_a_day",
    /// Over the contest as a whole only prizes can be decided about.
    NotOverContest = "not_over_contest",
    /// A row of a decision that has taken effect is missing or changed.
    DecisionLeftOut {
        /// Its round.
        round: String,
        /// The word of its action.
        action: &'static str,
        /// Code of the person, or the question.
        subject: String,
    } = "decision_left_out",
    /// A witness's value is shown before the ledger is public.
    RevealTooEarly {
        /// The round.
        round: String,
    } = "reveal_too_early",
    /// A file with this role was uploaded under another name.
    SameRole {
        /// The other file.
        file: String,
    } = "same_role",
}
