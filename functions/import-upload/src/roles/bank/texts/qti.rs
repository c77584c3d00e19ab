//! QTI 2.1 and 2.2: items with one choice, alone or in a package with a list of them.

mod archive;

use super::Draft;
use super::markup::Markup;
use super::weights::equal_right_of;
use crate::readers::xml::{Element, Node};
use crate::roles::bank::BankDraft;
pub(super) use archive::package;
use contest::problem::{Place, Problem, ProblemKind};

/// Reads one item, `file` of a package.
///
/// # Errors
/// Where it is no item of a version that is read.
pub(super) fn item(root: &Element, file: Option<&str>) -> Result<BankDraft, Problem> {
    if let Some(root) = other_format(root) {
        return Err(Problem { place: of_file(file), kind: ProblemKind::XmlNotRead { root } });
    }
    let name = root.attribute("identifier").map(str::to_owned);
    let place = Place::Element { file: file.map(str::to_owned), line: root.line, name };
    let mut bank = BankDraft::default();
    let mut item = Item { root, place, faults: Vec::new() };
    let draft = item.draft();
    let Item { place, faults, .. } = item;
    match draft {
        Some(draft) if faults.is_empty() => bank.questions.push(draft.finish()),
        _ => faults.into_iter().for_each(|kind| bank.error(place.clone(), kind)),
    }
    Ok(bank)
}

fn of_file(file: Option<&str>) -> Place {
    file.map_or(Place::File, |file| Place::Element { file: Some(file.to_owned()), line: 1, name: None })
}

/// What a text of XML is, where it is no item of QTI 2.1 or 2.2.
fn other_format(root: &Element) -> Option<String> {
    match root.name.as_str() {
        "assessmentItem" => match root.attribute("xmlns") {
            Some(space) if space.contains("imsqti_v2p0") => Some("QTI 2.0".to_owned()),
            Some(space) if space.contains("imsqti_v2p1") || space.contains("imsqti_v2p2") => None,
            Some(space) if space.contains("imsqti") => Some(space.to_owned()),
            _ => None,
        },
        "questestinterop" => Some("QTI 1.2".to_owned()),
        name if name.starts_with("qti-") => Some("QTI 3.0".to_owned()),
        "manifest" => Some("imsmanifest.xml".to_owned()),
        name => Some(name.to_owned()),
    }
}

/// An item while it is read.
struct Item<'a> {
    root: &'a Element,
    place: Place,
    faults: Vec<ProblemKind>,
}

impl<'a> Item<'a> {
    fn draft(&mut self) -> Option<Draft> {
        for element in self.root.elements().filter(|element| !is_expected(&element.name)) {
            self.fault(ProblemKind::MarkupNotRead { element: element.name.clone() });
        }
        let Some(body) = self.root.named("itemBody").next() else {
            self.fault(ProblemKind::BrokenQuestion);
            return None;
        };
        let interactions = interactions(body);
        let [interaction] = interactions[..] else {
            let names: Vec<&str> = interactions.iter().map(|interaction| interaction.name.as_str()).collect();
            let name = if names.is_empty() { "itemBody".to_owned() } else { names.join(" + ") };
            self.fault(ProblemKind::UnsupportedType { name });
            return None;
        };
        if interaction.name != "choiceInteraction" {
            self.fault(ProblemKind::UnsupportedType { name: interaction.name.clone() });
            return None;
        }
        let stem = self.stem(body, interaction);
        let mut draft = Draft::new(self.place.clone(), &stem);
        let choices: Vec<&Element> = interaction.named("simpleChoice").collect();
        let right = self.right(interaction, &choices);
        for (choice, is_right) in choices.iter().zip(right) {
            let text = self.lines(&choice.children);
            let place = match &self.place {
                Place::Element { file, name, .. } => {
                    Place::Element { file: file.clone(), line: choice.line, name: name.clone() }
                }
                other => other.clone(),
            };
            draft.choice(place, &text, is_right);
        }
        // Where nothing is said, options are not shuffled.
        let is_shuffled = matches!(interaction.attribute("shuffle"), Some("true" | "1"));
        let is_fixed = |choice: &&Element| matches!(choice.attribute("fixed"), Some("true" | "1"));
        draft.fixed_order = !is_shuffled || choices.iter().any(is_fixed);
        Some(draft)
    }

    /// The text before the choice, and its prompt. Behind it there may be nothing.
    fn stem(&mut self, body: &Element, interaction: &Element) -> String {
        let mut writer =
            Writer { markup: Markup::default(), until: Some(interaction), is_behind: false, has_behind: false };
        writer.write(&body.children);
        let Writer { mut markup, has_behind, .. } = writer;
        if has_behind {
            self.fault(ProblemKind::MarkupNotRead { element: "itemBody".to_owned() });
        }
        for element in interaction.elements().filter(|element| element.name != "simpleChoice") {
            match element.name.as_str() {
                "prompt" => {
                    markup.open("p", &[]);
                    let mut prompt = Writer { markup, until: None, is_behind: false, has_behind: false };
                    prompt.write(&element.children);
                    markup = prompt.markup;
                }
                name => markup.fault(ProblemKind::MarkupNotRead { element: name.to_owned() }),
            }
        }
        self.finish(markup)
    }

    /// Which of the choices are right: as the declaration says, and its weights do not deny.
    fn right(&mut self, interaction: &Element, choices: &[&Element]) -> Vec<bool> {
        let identifier = interaction.attribute("responseIdentifier");
        let mut declarations = self.root.named("responseDeclaration");
        let declaration = declarations.find(|declaration| declaration.attribute("identifier") == identifier);
        let none = vec![false; choices.len()];
        let Some(declaration) = declaration else { return none };
        let of_choice = |choice: &&Element, values: &[String]| {
            choice.attribute("identifier").is_some_and(|own| values.iter().any(|value| value == own))
        };
        let correct: Option<Vec<String>> = declaration
            .named("correctResponse")
            .next()
            .map(|correct| correct.named("value").map(|value| value.text().trim().to_owned()).collect());
        let entries: Vec<&Element> =
            declaration.named("mapping").flat_map(|mapping| mapping.named("mapEntry")).collect();
        let weights: Vec<&str> =
            entries.iter().map(|entry| entry.attribute("mappedValue").unwrap_or_default()).collect();
        let mapped: Result<Vec<String>, ProblemKind> = equal_right_of(&weights).map(|right| {
            let right = entries.iter().zip(right).filter(|(_, right)| *right);
            right.filter_map(|(entry, _)| entry.attribute("mapKey").map(|key| key.trim().to_owned())).collect()
        });
        let named = match (correct, mapped) {
            (_, Err(kind)) => {
                self.fault(kind);
                return none;
            }
            (Some(correct), Ok(_)) if entries.is_empty() => correct,
            (Some(correct), Ok(mapped)) if same(&correct, &mapped) => correct,
            (Some(_), Ok(_)) => {
                self.fault(ProblemKind::PartialCredit);
                return none;
            }
            (None, Ok(mapped)) => mapped,
        };
        let has = |value: &String| choices.iter().any(|choice| choice.attribute("identifier") == Some(value.as_str()));
        let is_single = declaration.attribute("cardinality") == Some("single");
        if !named.iter().all(has) || is_single && named.len() > 1 {
            self.fault(ProblemKind::InvalidAnswer);
        }
        if !matches!(declaration.attribute("cardinality"), None | Some("single" | "multiple")) {
            self.fault(ProblemKind::UnsupportedType { name: "orderInteraction".to_owned() });
        }
        choices.iter().map(|choice| of_choice(choice, &named)).collect()
    }

    fn lines(&mut self, children: &[Node]) -> String {
        let mut writer = Writer { markup: Markup::default(), until: None, is_behind: false, has_behind: false };
        writer.write(children);
        self.finish(writer.markup)
    }

    fn finish(&mut self, markup: Markup) -> String {
        let (text, faults) = markup.finish();
        faults.into_iter().for_each(|fault| self.fault(fault));
        text
    }

    fn fault(&mut self, kind: ProblemKind) {
        if !self.faults.contains(&kind) {
            self.faults.push(kind);
        }
    }
}

fn same(one: &[String], other: &[String]) -> bool {
    one.iter().all(|value| other.contains(value)) && other.iter().all(|value| one.contains(value))
}

/// What an item may have besides its question. The outcomes are declared and computed by templates that every item has.
fn is_expected(name: &str) -> bool {
    matches!(name, "responseDeclaration" | "outcomeDeclaration" | "itemBody" | "responseProcessing" | "stylesheet")
}

/// The interactions within an element, in order.
fn interactions(element: &Element) -> Vec<&Element> {
    let of = |element: &'_ Element| element.name.ends_with("Interaction");
    element.elements().flat_map(|child| if of(child) { vec![child] } else { interactions(child) }).collect()
}

/// Writes elements as text, up to one of them.
struct Writer<'a> {
    markup: Markup,
    until: Option<&'a Element>,
    is_behind: bool,
    has_behind: bool,
}

impl Writer<'_> {
    fn write(&mut self, children: &[Node]) {
        for child in children {
            match child {
                Node::Text(text) if self.is_behind => self.has_behind |= !text.trim().is_empty(),
                Node::Text(text) => self.markup.text(text),
                Node::Element(element) if self.until.is_some_and(|until| std::ptr::eq(until, element)) => {
                    self.is_behind = true;
                }
                Node::Element(element) => {
                    let name = element.name.to_ascii_lowercase();
                    self.markup.open(&name, &element.attributes);
                    self.write(&element.children);
                    self.markup.close(&name);
                }
            }
        }
    }
}
