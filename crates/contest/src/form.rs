//! What can be wrong with a form that a contestant sends: which field, and how. The sentences that people read are made
//! of both by an exhaustive match, so that a new fault does not compile until it has one.

use crate::people::ValueFault;
use crate::plan::Field;
use crate::prediction::PredictionFault;
use std::borrow::Cow;

/// A field of a form, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormField {
    /// What the plan may ask of a person.
    Stated(Field),
    /// On which ground somebody belongs to the unit.
    UnitBasis,
    /// What one signs in with, and registers with.
    Secret,
    /// The secret that takes the place of another.
    NewSecret,
    /// The contestant code printed on a roster.
    Code,
    /// By which an organizer signs in.
    Login,
    /// As colleagues know an organizer.
    Name,
    /// The code of the contestant who brought this person in.
    Referrer,
    /// What names an account at signing in.
    Identifier,
    /// By what a browser is known again.
    Device,
    /// What is consented to.
    Consent,
    /// The person's own consent.
    ConsentAccepted,
    /// Hash of the text that was read.
    ConsentText,
    /// A guardian's consent.
    GuardianConsent,
    /// The answers of a submission.
    Answers,
    /// The answer to one question, named as it was sent.
    Answer(String),
    /// The prediction.
    Prediction,
    /// What no form has, named as it was sent; empty where it is the form itself.
    Other(String),
}

impl FormField {
    /// Longest name of something that was sent and is told back, in characters.
    const MAX_SHOWN: usize = 32;

    /// Those at the top of a form beside what the plan may ask for.
    const AT_THE_TOP: [Self; 12] = [
        Self::UnitBasis,
        Self::Secret,
        Self::NewSecret,
        Self::Login,
        Self::Name,
        Self::Code,
        Self::Referrer,
        Self::Identifier,
        Self::Device,
        Self::Consent,
        Self::Answers,
        Self::Prediction,
    ];

    /// The field of a name at the top of a form.
    pub fn named(name: &str) -> Self {
        let stated = Field::parse(name).map(Self::Stated);
        let known = stated.or_else(|| Self::AT_THE_TOP.into_iter().find(|field| field.path() == name));
        known.unwrap_or_else(|| Self::Other(shortened(name)))
    }

    /// The answer to a question that was named like this.
    pub fn answer(question: &str) -> Self {
        Self::Answer(shortened(question))
    }

    /// The path in the JSON of the form, such as `consent.text_sha256` or `answers.q07`.
    pub fn path(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Stated(field) => field.as_str(),
            Self::UnitBasis => "unit_basis",
            Self::Secret => "secret",
            Self::NewSecret => "new_secret",
            Self::Login => "login",
            Self::Name => "name",
            Self::Code => "code",
            Self::Referrer => "referrer",
            Self::Identifier => "identifier",
            Self::Device => "device",
            Self::Consent => "consent",
            Self::ConsentAccepted => "consent.accepted",
            Self::ConsentText => "consent.text_sha256",
            Self::GuardianConsent => "consent.guardian",
            Self::Answers => "answers",
            Self::Answer(question) => return Cow::Owned(format!("answers.{question}")),
            Self::Prediction => "prediction",
            Self::Other(name) => name,
        })
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(FormField::MAX_SHOWN).collect()
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormFault {
    /// The value by itself.
    Value(ValueFault),
    /// The prediction by itself.
    Prediction(PredictionFault),
    /// It is not there.
    Missing,
    /// The code is not the one of the person on the roster.
    WrongCode,
    /// A secret that is tried first.
    TooCommon,
    /// A secret that is its owner's number.
    KnownNumber,
    /// No unit of the contest.
    UnknownUnit,
    /// A code by which nobody brings in others.
    UnknownReferrer,
    /// A word that the field does not know.
    UnknownWord,
    /// Consent was not given.
    NotAccepted,
    /// Consent was given to another text.
    OtherText,
    /// A guardian's consent is needed at this age.
    GuardianMissing,
    /// The question is not on the paper.
    UnknownQuestion,
    /// The question has no such option.
    UnknownOption,
    /// An option is chosen twice.
    RepeatedOption,
    /// More options are chosen than the question asks for.
    TooManyOptions,
    /// The contest asks for no prediction.
    NotAsked,
    /// The form has a field twice.
    RepeatedField,
    /// The form has a field that it should not have.
    UnknownField,
    /// A value of another type than the form has.
    WrongType,
}

impl FormFault {
    /// The fixed word of the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Value(fault) => fault.as_str(),
            Self::Prediction(PredictionFault::NotANumber) => "not_a_number",
            Self::Prediction(PredictionFault::TooLarge) => "too_large",
            Self::Missing => "missing",
            Self::WrongCode => "wrong_code",
            Self::TooCommon => "too_common",
            Self::KnownNumber => "known_number",
            Self::UnknownUnit => "unknown_unit",
            Self::UnknownReferrer => "unknown_referrer",
            Self::UnknownWord => "unknown_word",
            Self::NotAccepted => "not_accepted",
            Self::OtherText => "other_text",
            Self::GuardianMissing => "guardian_missing",
            Self::UnknownQuestion => "unknown_question",
            Self::UnknownOption => "unknown_option",
            Self::RepeatedOption => "repeated_option",
            Self::TooManyOptions => "too_many_options",
            Self::NotAsked => "not_asked",
            Self::RepeatedField => "repeated_field",
            Self::UnknownField => "unknown_field",
            Self::WrongType => "wrong_type",
        }
    }
}

impl From<ValueFault> for FormFault {
    fn from(fault: ValueFault) -> Self {
        Self::Value(fault)
    }
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongField {
    /// The field.
    pub field: FormField,
    /// What is wrong with it.
    pub fault: FormFault,
}

impl WrongField {
    /// This field has this fault.
    pub fn new(field: FormField, fault: impl Into<FormFault>) -> Self {
        Self { field, fault: fault.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_at_the_top_of_a_form_leads_to_its_field_and_back() {
        let names = [
            "full_name",
            "birth_date",
            "citizen_id",
            "phone",
            "unit",
            "gender",
            "email",
            "address",
            "occupation",
            "unit_basis",
            "secret",
            "new_secret",
            "code",
            "referrer",
            "identifier",
            "device",
            "consent",
            "answers",
            "prediction",
        ];
        for name in names {
            let field = FormField::named(name);
            assert!(!matches!(field, FormField::Other(_)), "{name}");
            assert_eq!(field.path(), name);
        }
    }

    #[test]
    fn what_nobody_knows_is_told_back_and_not_at_any_length() {
        assert_eq!(FormField::named(&"x".repeat(500)).path().len(), 32);
        assert_eq!(FormField::answer(&"ơ".repeat(500)).path().chars().count(), "answers.".len() + 32);
    }
}
