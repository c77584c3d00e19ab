//! Kinds of problems with banks: with their questions, and with the formats of other programs.

/// Passes the kinds on to a macro that declares them, behind those that are given.
macro_rules! with_question_kinds {
    ($declare:ident $($others:tt)*) => {
        $declare! {
            $($others)*

            /// The archive cannot be read.
            BrokenArchive = "broken_archive",
            /// The text is not XML.
            BrokenXml = "broken_xml",
            /// XML of something else than questions, or of a version that is not read.
            XmlNotRead {
                /// The element that says so, with its version where it has one.
                root: String,
            } = "xml_not_read",
            /// A text in which no format of questions is seen.
            UnknownText = "unknown_text",
            /// An archive without a list of its items.
            NoManifest = "no_manifest",
            /// The archive does not have an item that its list names.
            MissingItem {
                /// The item's file.
                file: String,
            } = "missing_item",
            /// Something of the archive is not read.
            ItemNotRead {
                /// Its file.
                file: String,
            } = "item_not_read",

            // Banks.
            /// A question with fewer than two options.
            TooFewOptions = "too_few_options",
            /// An option is left out between two others.
            GapInOptions {
                /// Letter of the empty option.
                letter: char,
            } = "gap_in_options",
            /// The answer is none of the letters. What is written there is not told, here and below: more people read a report about
            /// a bank than may know what is right, and whoever wrote it has the file.
            InvalidAnswer = "invalid_answer",
            /// The answer may mean two different options.
            AmbiguousAnswer = "ambiguous_answer",
            /// Letters of another alphabet that look like A, B, C.
            LookAlikeLetters = "look_alike_letters",
            /// An option speaks of others by letter or place, so the options keep their order.
            PositionInOption {
                /// Its letter.
                letter: char,
            } = "position_in_option",
            /// A bold or coloured option is not the right one.
            MarkContradictsAnswer = "mark_contradicts_answer",
            /// Every answer of a bank is on one letter.
            OneLetterKey {
                /// The letter.
                letter: char,
            } = "one_letter_key",
            /// No option is said to be right.
            NoAnswer = "no_answer",
            /// Options are right in part, or by different weights.
            PartialCredit = "partial_credit",
            /// A question of another kind than choice.
            UnsupportedType {
                /// The kind, as the format calls it.
                name: String,
            } = "unsupported_type",
            /// A mark of a text format that is not closed, or stands where none can.
            BrokenQuestion = "broken_question",
            /// A backslash before a character that needs none: both stay as written.
            UnknownEscape {
                /// As written.
                escape: String,
            } = "unknown_escape",
            /// Comments on single options are not kept.
            FeedbackDropped = "feedback_dropped",
            /// No blank behind the letter of an option.
            AikenNoSpace = "aiken_no_space",
            /// Not one capital letter of an option behind `ANSWER:`.
            AikenAnswer = "aiken_answer",
            /// A line that Aiken has no place for: a second line of a question, an option out of order.
            AikenLine = "aiken_line",
            /// A formula.
            Formula = "formula",
            /// A part of formatted text that is no text: a table, a sound, a script.
            MarkupNotRead {
                /// The element's name.
                element: String,
            } = "markup_not_read",
            /// A title, a total, a signature or a repeated header among questions was passed over.
            NotAQuestion = "not_a_question",
            /// Neither a whole question nor surely something else.
            IncompleteQuestion = "incomplete_question",
            /// Not one question was read.
            NoQuestions = "no_questions",
            /// Two options differ in nothing but their capitals.
            OptionsDifferInCase {
                /// Letter of the first.
                first: char,
                /// Letter of the second.
                second: char,
            } = "options_differ_in_case",
            /// The answer names an option that the question does not have.
            AnswerWithoutOption {
                /// The letter.
                letter: char,
            } = "answer_without_option",
            /// Two options of a question say the same.
            EqualOptions {
                /// Letter of the first.
                first: char,
                /// Letter of the second.
                second: char,
            } = "equal_options",
            /// Two questions say the same.
            EqualQuestions {
                /// Where the first stands.
                first: Place,
            } = "equal_questions",
            /// No round draws from this bank.
            BankNotNamed = "bank_not_named",
            /// Fewer questions than a paper needs.
            TooFewQuestions {
                /// Questions in the bank.
                have: usize,
                /// Questions on a paper.
                need: usize,
                /// The topic of a quota, or the whole bank.
                topic: Option<String>,
            } = "too_few_questions",
            /// The paper is the whole bank, and the plan announces another number.
            PaperIsWholeBank {
                /// Questions in the bank.
                have: usize,
                /// Questions announced.
                announced: usize,
            } = "paper_is_whole_bank",

            // What stands in the file of a bank, and how.
            @ Content(ContentFault),
            @ PagePicture(PictureFault),
        }
    };
}
pub(super) use with_question_kinds;
