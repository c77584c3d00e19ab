//! What stands in the file of a bank and cannot become part of it, or not without being looked at.

/// Where a document says which option is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerSource {
    /// A star before the option.
    Star,
    /// A line of the question that names it.
    Line,
    /// The option is underlined.
    Underline,
    /// It has a colour.
    Colour,
    /// It has a background.
    Background,
    /// It is bold.
    Bold,
    /// It is italic.
    Italic,
    /// A table or a line of answers behind the questions.
    Table,
    /// The option stands once more below the others.
    Repeated,
}

macro_rules! faults {
    ($(#[$list:meta])* $faults:ident
        $($(#[$meta:meta])* $name:ident $({ $($(#[$fmeta:meta])* $field:ident: $type:ty,)+ })? = $code:literal,)+) => {
        $(#[$list])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $faults {
            $($(#[$meta])* $name $({ $($(#[$fmeta])* $field: $type,)+ })?,)+
        }

        impl $faults {
            /// The fixed code of this fault in reports.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name $({ $($field: _,)+ })? => $code,)+ }
            }

            /// Every code, in the order of declaration.
            pub const CODES: &'static [&'static str] = &[$($code,)+];
        }
    };
}
pub(super) use faults;

faults! {
    /// A fault of what stands in a file, whatever its format.
    ContentFault

    // The file as a whole.
    /// A document that does not hold together.
    BrokenDocument = "broken_document",
    /// The content is no document of Word.
    NotADocument = "not_a_document",
    /// Not one question was found.
    NoQuestions = "no_questions",
    /// A warning: changes wait for being accepted; the text was read as if they were.
    TrackedChanges = "tracked_changes",
    /// A warning: remarks beside the text are not read.
    CommentsNotRead = "comments_not_read",

    // What is no text.
    /// A picture.
    Picture = "picture",
    /// A drawing or a chart.
    Drawing = "drawing",
    /// A box with text of its own.
    TextBox = "text_box",
    /// An equation.
    Equation = "equation",
    /// A document of another program.
    EmbeddedObject = "embedded_object",
    /// A footnote or an endnote.
    Footnote = "footnote",
    /// A character of a font of pictures, such as Symbol.
    Symbol = "symbol",
    /// A number made by Word in a script that is not read.
    UnknownNumber = "unknown_number",
    /// Anything else that is no text.
    UnknownObject = "unknown_object",

    // How a text looks.
    /// Text that Word does not show.
    HiddenText = "hidden_text",
    /// A look that carries meaning and that plain text cannot have: raised or lowered letters, text that is struck out.
    FormattedText = "formatted_text",

    // Questions.
    /// Not a question with options to choose from.
    UnsupportedType = "unsupported_type",
    /// Text that several questions have in common, or sound.
    SharedPassage = "shared_passage",
    /// A table that is neither a bank, nor a list of answers, nor the options of a question.
    UnknownLayout = "unknown_layout",
    /// Text of which it is not sure what it belongs to.
    TextNotRead = "text_not_read",
    /// Text above, between and below questions, passed over: a warning.
    HeadingNotRead = "heading_not_read",
    /// A line between two questions is missing, as far as can be seen.
    MissingBlankLine = "missing_blank_line",
    /// The letter of an option is not the next one.
    OptionOutOfOrder {
        /// The letter that should stand here.
        expected: char,
        /// The letter that does.
        found: char,
    } = "option_out_of_order",
    /// Numbers of questions leave some out: a warning.
    NumbersLeftOut {
        /// The number before.
        after: u32,
    } = "numbers_left_out",
    /// Two questions have one number: a warning, and an error where answers are told by number.
    RepeatedNumber = "repeated_number",

    // The key.
    /// Nothing says which option is right.
    NoAnswer = "no_answer",
    /// Two places say different things about which option is right.
    AnswersContradict {
        /// One place.
        first: AnswerSource,
        /// The other; the same where two options look different.
        second: AnswerSource,
    } = "answers_contradict",
    /// Only some words of an option have the look that may mark it.
    MarkOnPart {
        /// The look.
        source: AnswerSource,
    } = "mark_on_part",
    /// A list of answers names a question that is not there.
    AnswerWithoutQuestion {
        /// Its number.
        number: u32,
    } = "answer_without_question",
}
