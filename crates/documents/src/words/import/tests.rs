use super::*;
use ProblemKind as P;
use contest::plan::PictureKind;
use contest::problem::{AnswerSource, ContentFault, PictureFault, QuestionPlace, Waiting};
use contest::time::LocalTimeFault;
use std::collections::BTreeSet;

/// One value of every kind.
fn kinds() -> Vec<ProblemKind> {
    let text = || "x".to_owned();
    vec![
        P::Syntax,
        P::CurlyQuotes,
        P::DotsInNumber { plain: "500000".to_owned() },
        P::LastMinuteLost,
        P::UnknownKey { key: "minuten".to_owned(), nearest: Some("minutes") },
        P::MissingKey,
        P::WrongType { expected: ValueType::Number },
        P::UnknownWord { word: text(), allowed: vec!["open", "roster"] },
        P::OutOfRange { least: 1, most: 60 },
        P::InvalidId,
        P::InvalidTime { text: text(), fault: LocalTimeFault::Unreadable },
        P::UnknownTimeZone,
        P::UnknownSchema { expected: "hoithi/contest/1" },
        P::InvalidFileName,
        P::InvalidHash,
        P::Empty,
        P::TooLong { most: 1_000 },
        P::TooMany { most: 1_000 },
        P::Duplicate { value: text(), first_row: Some(3) },
        P::ClosesBeforeOpens,
        P::AnnouncedTooLate,
        P::PublishesBeforeCloses,
        P::RoundsOutOfOrder { previous: text() },
        P::RoundsOverlap { previous: text() },
        P::RegistrationAfterEnd,
        P::PagePicture(PictureFault::InvalidName { kind: PictureKind::Logo }),
        P::PagePicture(PictureFault::NotAPicture),
        P::PagePicture(PictureFault::TooManyPixels {
            width: 1_600,
            height: 900,
            most_width: 1_000,
            most_height: 1_000,
        }),
        P::PagePicture(PictureFault::TooManyBytes { most: 100 * 1024 }),
        P::PagePicture(PictureFault::Turned),
        P::PagePicture(PictureFault::NotNamed),
        P::ContactMissing,
        P::InvalidContactPhone,
        P::InvalidEmail,
        P::RegistrationClosesBeforeOpens,
        P::MaxAgeBelowMinAge,
        P::QuotaSum { sum: 11, questions: 10 },
        P::QuotaWithoutDraw,
        P::UniqueNotAsked { field: "phone" },
        P::CannotBeUnique { field: "unit" },
        P::FieldNeeded { field: "unit", by: "collective" },
        P::PredictionMissing,
        P::FloorAboveMinutes,
        P::ReservedId,
        P::OverallMissing,
        P::BestWithSum,
        P::RoundsWithContest,
        P::PointsMissing,
        P::UnknownTier { tier: text() },
        P::InvalidOffset,
        P::CertificateOutOfReach,
        P::OffsetUnused,
        P::PointsUnused,
        P::WrongWeekday { text: text(), is: chrono::Weekday::Mon },
        P::TimeWithOffset,
        P::ZoneIsOffset,
        P::HeavyRounds { attempts: 3_000_000, requests: 5_000, parameters: vec!["RequestsPerSecond"] },
        P::TiesUnbroken { prize: text(), count: 1, people: Some(300) },
        P::NeverDecides { key: "prediction_distance asc", after: "submitted_at asc" },
        P::ScoreNotCompared,
        P::PredictionUnused,
        P::PerDayUnused,
        P::SubmittedNeedsGrant,
        P::SubmittedWithAttempts,
        P::PublishedAtClosing,
        P::PublishedAfterNextOpening { next: text(), others: 34 },
        P::RegistrationAfterOpening,
        P::RegistrationOutlastsRounds,
        P::NoPrizes,
        P::PrizeAmountsRise,
        P::NothingUnique,
        P::NameContradictsRounds { day: "26/01/2022".to_owned() },
        P::WeeksContradictRounds { said: 20, are: 18 },
        P::MinutesLongerThanRound,
        P::LotsUnused,
        P::LotsWithoutOthers,
        P::BankShared { earlier: text() },
        P::QuestionsShared { earlier: text(), questions: 3 },
        P::IgnoredFile,
        P::NotAFile,
        P::FormatNotRead { ending: "ods".to_owned() },
        P::WrongFileName { right: "units.csv".to_owned() },
        P::ColumnNotRead,
        P::TooManyOptions { most: 6 },
        P::DateCell,
        P::BrokenText,
        P::UnclosedQuote,
        P::SeveralTables { sheets: vec![text(), "Tuần 2".to_owned()] },
        P::NoSuchSheet { sheet: text(), sheets: vec!["Tuần 2".to_owned()] },
        P::HiddenSheet { sheet: text() },
        P::SheetNotRead { sheet: text() },
        P::UnknownFile,
        P::FileTooLarge { most: 5 * 1024 * 1024 },
        P::WrongSignature,
        P::NotUtf8,
        P::Utf16,
        P::LegacyEncoding,
        P::BrokenWorkbook,
        P::OldOrEncrypted,
        P::TooManyEntries { most: 200 },
        P::InflatesTooFar,
        P::DocumentType,
        P::TooManyRows { most: 20_000 },
        P::TooManyColumns { most: 64 },
        P::TooManyCells { most: 200_000 },
        P::CellTooLong { most: 4_000 },
        P::FormulaCell { cell: "F12".to_owned() },
        P::ErrorCell { cell: "F12".to_owned() },
        P::NoSuchTable { needed: vec!["Câu hỏi", "A"], sheets: vec!["Trang 1".to_owned()] },
        P::MissingColumn { header: "Đáp án" },
        P::DuplicateColumn,
        P::NumberFormat,
        P::FormattedText,
        P::Picture,
        P::HiddenRows { rows: vec![3, 4, 5, 9] },
        P::BrokenArchive,
        P::BrokenXml,
        P::XmlNotRead { root: "html".to_owned() },
        P::UnknownText,
        P::NoManifest,
        P::MissingItem { file: text() },
        P::ItemNotRead { file: text() },
        P::CellWithoutHeader,
        P::NoRows,
        P::TooFewOptions,
        P::GapInOptions { letter: 'B' },
        P::InvalidAnswer,
        P::AnswerWithoutOption { letter: 'E' },
        P::EqualOptions { first: 'A', second: 'C' },
        P::EqualQuestions { first: Place::Line(7) },
        P::AmbiguousAnswer,
        P::LookAlikeLetters,
        P::PositionInOption { letter: 'D' },
        P::OptionsDifferInCase { first: 'A', second: 'C' },
        P::MarkContradictsAnswer,
        P::OneLetterKey { letter: 'A' },
        P::NoAnswer,
        P::PartialCredit,
        P::UnsupportedType { name: "matching".to_owned() },
        P::BrokenQuestion,
        P::UnknownEscape { escape: "\\]".to_owned() },
        P::FeedbackDropped,
        P::AikenNoSpace,
        P::AikenAnswer,
        P::AikenLine,
        P::Formula,
        P::MarkupNotRead { element: "table".to_owned() },
        P::NotAQuestion,
        P::IncompleteQuestion,
        P::NoQuestions,
        P::BankNotNamed,
        P::TooFewQuestions { have: 8, need: 10, topic: None },
        P::PaperIsWholeBank { have: 30, announced: 10 },
        P::UnknownParent { parent: text() },
        P::UnitCycle,
        P::InvalidUnitCode,
        P::UnknownUnit { unit: text() },
        P::AmbiguousUnit { unit: text() },
        P::UnknownLevel { level: "ward".to_owned(), levels: vec!["city".to_owned()] },
        P::InvalidNumber,
        P::NotToldApart { first_row: 3 },
        P::InvalidName,
        P::InvalidText,
        P::InvalidDate,
        P::InvalidCitizenId,
        P::InvalidPhone,
        P::InvalidContestantCode,
        P::Unrecognizable,
        P::SmallUnit { members: 3 },
        P::IdIsNotFolder { folder: text() },
        P::WaitingFor { file: "units.csv".to_owned() },
        P::RoundHasBegun { round: text() },
        P::ContestHasBegun,
        P::RoundHasEnded { round: text() },
        P::RegistrationHasBegun,
        P::UnitLeftOut { unit: text() },
        P::UnitMoved { unit: text() },
        P::UnitHasOtherLevel { unit: text() },
        P::UnitHasOtherMembers { unit: text() },
        P::RosterCodeChanged,
        P::ExclusionIsADecision,
        P::AllRoundsAreOver,
        P::RoundIsOver { round: text() },
        P::NoSuchCommitment,
        P::UnknownRound { round: text() },
        P::NotOverContest,
        P::UnknownContestant,
        P::UnknownQuestion { question: text() },
        P::NotADay,
        P::DecisionLeftOut { round: text(), action: "void", subject: "q07".to_owned() },
        P::RevealTooEarly { round: text() },
        P::SameRole { file: text() },
    ]
    .into_iter()
    .chain(promised())
    .chain(faults().into_iter().map(P::Content))
    .collect()
}

/// One value of every kind about what a plan promises.
fn promised() -> Vec<ProblemKind> {
    vec![
        P::MembersMissing,
        P::UnitsWithoutMembers { units: 2, first: "x".to_owned() },
        P::StreakLongerThanRounds { rounds: 2 },
        P::NothingToConvert { key: "winners desc" },
        P::FloorWithoutMinutes,
        P::MinorsWithoutConsent { age: 16 },
        P::RoundOfAYear { days: 370 },
        P::YearSlips { waits: Waiting::Results, days: 366 },
        P::SameRoundName { first_row: Some(34) },
        P::LostLetters,
        P::QuotesInText,
        P::Unquoted,
        P::RepeatedKey { first_row: 3 },
        P::UnitSmallerThanBelow { members: 5, below: 7 },
        P::UnitsNotAsked,
        P::RosterInOpenContest,
        P::NamesNobody,
    ]
}

/// One value of every fault of what stands in a file.
fn faults() -> Vec<ContentFault> {
    use ContentFault as F;
    vec![
        F::BrokenDocument,
        F::NotADocument,
        F::NoQuestions,
        F::TrackedChanges,
        F::CommentsNotRead,
        F::Picture,
        F::Drawing,
        F::TextBox,
        F::Equation,
        F::EmbeddedObject,
        F::Footnote,
        F::Symbol,
        F::UnknownNumber,
        F::UnknownObject,
        F::HiddenText,
        F::FormattedText,
        F::UnsupportedType,
        F::SharedPassage,
        F::UnknownLayout,
        F::TextNotRead,
        F::HeadingNotRead,
        F::MissingBlankLine,
        F::OptionOutOfOrder { expected: 'B', found: 'C' },
        F::NumbersLeftOut { after: 3 },
        F::RepeatedNumber,
        F::NoAnswer,
        F::AnswersContradict { first: AnswerSource::Underline, second: AnswerSource::Line },
        F::MarkOnPart { source: AnswerSource::Bold },
        F::AnswerWithoutQuestion { number: 4 },
    ]
}

#[test]
fn every_kind_of_problem_has_its_own_sentence() {
    let kinds = kinds();
    let listed: BTreeSet<&str> = kinds.iter().map(ProblemKind::code).collect();
    assert_eq!(listed, ProblemKind::codes().into_iter().collect(), "the list of this test is whole");
    let sentences: BTreeSet<String> = kinds.iter().map(message).collect();
    assert_eq!(sentences.len(), kinds.len());
    for kind in &kinds {
        let sentence = message(kind);
        assert!(sentence.ends_with(['.', '?']), "{sentence}");
        assert!(!sentence.contains(kind.code()) || kind.code() == "empty", "{sentence}");
        assert!(unicode_normalization::is_nfc(&sentence), "{sentence}");
    }
}

#[test]
fn sentences_say_what_is_wrong_and_what_to_do() {
    let cases = [
        (P::FormulaCell { cell: "F12".to_owned() }, "Ô F12 là công thức. Hãy chép và dán lại dạng giá trị."),
        (P::AnswerWithoutOption { letter: 'E' }, "Đáp án là E nhưng câu hỏi không có phương án E."),
        (P::TooFewQuestions { have: 8, need: 10, topic: None }, "Ngân hàng chỉ có 08 câu, một đề cần 10 câu."),
        (
            P::UnknownKey { key: "minuten".to_owned(), nearest: Some("minutes") },
            "Không có khóa này. Có phải ý là “minutes”?",
        ),
        (
            P::HeavyRounds { attempts: 3_000_000, requests: 5_000, parameters: vec!["RequestsPerSecond"] },
            "Mỗi vòng có thể có tới 3.000.000 lượt thi, tức 5.000 yêu cầu mỗi giây trong mười phút cuối; hệ thống cài theo mặc định nhận 2.000. Hãy báo người quản trị nâng RequestsPerSecond trước khi vòng thi mở.",
        ),
        (
            P::HiddenRows { rows: vec![3, 4, 5, 9] },
            "Các dòng đang ẩn hoặc bị lọc vẫn được đọc: 3–5, 9. Nếu không dùng, hãy xóa hẳn các dòng ấy.",
        ),
        (
            P::Content(ContentFault::AnswersContradict { first: AnswerSource::Underline, second: AnswerSource::Line }),
            "Hai nơi cho hai đáp án khác nhau: gạch chân và dòng “Đáp án”. Hãy sửa cho khớp.",
        ),
        (
            P::Content(ContentFault::AnswersContradict { first: AnswerSource::Colour, second: AnswerSource::Colour }),
            "Màu chữ không thống nhất: các phương án được đánh dấu khác nhau. Hãy chỉ đánh dấu phương án đúng.",
        ),
        (
            P::EqualQuestions {
                first: Place::Question(Box::new(QuestionPlace { part: None, number: Some(7), piece: None })),
            },
            "Câu hỏi này trùng với câu 7.",
        ),
        (
            P::PagePicture(PictureFault::TooManyPixels {
                width: 1_600,
                height: 900,
                most_width: 1_000,
                most_height: 1_000,
            }),
            "Hình 1.600 × 900 điểm ảnh, tối đa 1.000 × 1.000. Hãy thu nhỏ hình rồi nộp lại.",
        ),
        (
            P::DotsInNumber { plain: "1500000".to_owned() },
            "Số không có dấu chấm, dấu phẩy ngăn hàng nghìn, không đặt trong ngoặc kép. Hãy viết 1500000 hoặc 1_500_000.",
        ),
        (
            P::WrongWeekday { text: "8h00 thứ Ba ngày 08/3/2027".to_owned(), is: chrono::Weekday::Mon },
            "“8h00 thứ Ba ngày 08/3/2027”: thứ trong tuần không khớp với ngày, ngày này là thứ Hai. Hãy xem lại thứ hoặc ngày.",
        ),
        (
            P::UnknownKey { key: "minutes".to_owned(), nearest: Some("min_age") },
            "Bảng này không có khóa này; nó thuộc bảng attempt. Hãy chuyển về đó, hoặc xóa đi.",
        ),
        (
            P::UnknownKey { key: "time_zone".to_owned(), nearest: None },
            "Bảng này không có khóa này; nó thuộc đầu tệp. Hãy chuyển về đó, hoặc xóa đi.",
        ),
        (
            // Too many tables have a name.
            P::UnknownKey { key: "name".to_owned(), nearest: None },
            "Không có khóa này. Hãy xem lại chính tả, hoặc xóa đi.",
        ),
        (P::WeeksContradictRounds { said: 20, are: 18 }, "Tên cuộc thi nói 20 tuần, còn các vòng thi kéo dài 18 tuần."),
    ];
    for (kind, expected) in cases {
        assert_eq!(message(&kind), expected);
    }
}

#[test]
fn the_summary_says_first_whether_the_folder_can_be_uploaded() {
    let good =
        CheckFigures { files: 5, rows: 1_315, errors: 0, warnings: 1, prize_total: Some(16_100_000), load: None };
    assert_eq!(
        check_summary(good, &[]),
        "Tải lên được: không có lỗi, 1 cảnh báo trong 5 tệp, 1.315 dòng. Tổng tiền thưởng theo kế hoạch: 16.100.000 đồng."
    );
    let counted = CheckFigures { prize_total: None, load: Some((51_600, 86)), ..good };
    assert_eq!(
        check_summary(counted, &[]),
        "Tải lên được: không có lỗi, 1 cảnh báo trong 5 tệp, 1.315 dòng. Mỗi vòng có thể có tới 51.600 lượt thi, 86 yêu cầu mỗi giây lúc đông nhất."
    );
    let bad = CheckFigures { errors: 7, prize_total: None, ..good };
    assert_eq!(
        check_summary(CheckFigures { prize_total: None, ..good }, &["bank-1.xlsx".to_owned(), "units.csv".to_owned()]),
        "Chưa đủ: còn thiếu bank-1.xlsx, units.csv; không có lỗi, 1 cảnh báo trong 5 tệp, 1.315 dòng."
    );
    assert_eq!(
        check_summary(bad, &["units.csv".to_owned()]),
        "Chưa tải lên được: 7 lỗi, 1 cảnh báo trong 5 tệp, 1.315 dòng."
    );
}
