//! Slips with the codes of everybody on a roster, which units hand out before the contest: made when a roster is in force,
//! and made anew of a newer one until nobody can register any more.

use crate::App;
use crate::printed::moment;
use chrono::NaiveDate;
use contest::ids::UnitCode;
use contest::plan::RegistrationMode;
use contest::text::NameOrder;
use contest::time::Timestamp;
use contest::units::UnitTree;
use documents::officials::documents_json::{self, Line, Shown};
use documents::words::{format, printed as words};
use print::{Slip, Slips, UnitSlips};
use store::{ContestSnapshot, ContestState, RosterPerson, StoreError, keys};

/// Most slips in a file: more take too long to open and to print.
const IN_A_FILE: usize = 1_000;

/// Makes the slips unless those that are there show the roster in force; returns what was done.
pub(crate) async fn make(app: &App, snapshot: &ContestSnapshot, now: Timestamp) -> anyhow::Result<Option<String>> {
    let (contest, plan) = (&snapshot.plan.id, &snapshot.plan);
    if plan.registration.mode != RegistrationMode::Roster || now >= plan.closes() {
        return Ok(None);
    }
    let Some(shows) = shown(app, snapshot) else { return Ok(None) };
    let path = |name: &str| keys::officials_contest_file(contest, name);
    let there = app.officials.get(&path(documents_json::ROSTER_CODES)).await?;
    if there.is_some_and(|there| documents_json::shown(&there).is_ok_and(|there| there == shows)) {
        return Ok(None);
    }
    let (people, units) = (snapshot.roster().await?.people, snapshot.units().await?);
    let count = people.len();
    let mut lines = Vec::new();
    match by_unit(people, &units)? {
        Some(all) => {
            for (number, units) in (1..).zip(in_files(all)) {
                let bytes = print::slips(&file(snapshot, &shows, words::SLIPS_NOTE, units))?;
                lines.push(Line::ready(&file_name(number), &bytes));
                app.officials.put(&path(&file_name(number)), bytes).await?;
            }
        }
        None => lines.push(Line::failed(&file_name(1), words::NAMES_UNKNOWN)),
    }
    // Files of a longer roster before hand out codes that may not count any more.
    for number in lines.len() + 1.. {
        let path = path(&file_name(number));
        if app.officials.get(&path).await?.is_none() {
            break;
        }
        app.officials.put(&path, print::slips(&file(snapshot, &shows, words::SLIPS_OUTDATED, Vec::new()))?).await?;
    }
    // Last, so that a run that stops before it is made good by the next one.
    let list = documents_json::roster_codes_json(&shows, &lines);
    app.officials.put(&path(documents_json::ROSTER_CODES), list).await?;
    Ok(Some(format!("made {count} slips of {contest}")))
}

/// What slips made now would show; nothing before a roster has arrived.
fn shown(app: &App, snapshot: &ContestSnapshot) -> Option<Shown> {
    let ContestState { roster, units, .. } = &snapshot.state;
    let page = |site: &String| format!("{site}/contest.html?c={}", snapshot.plan.id);
    Some(Shown {
        roster_sha256: roster.as_ref()?.sha256.clone(),
        units_sha256: units.as_ref().map(|units| units.sha256.clone()),
        contest: snapshot.plan.name.clone(),
        page: app.site_url.as_ref().map(page),
    })
}

fn file_name(number: usize) -> String {
    if number == 1 { "roster-codes.pdf".to_owned() } else { format!("roster-codes-{number:03}.pdf") }
}

fn file(snapshot: &ContestSnapshot, shows: &Shown, note: &str, units: Vec<UnitSlips>) -> Slips {
    Slips {
        made: moment(snapshot.plan.registration.opens),
        title: words::slips_title(&shows.contest),
        note: note.to_owned(),
        contest: words::short_name(&shows.contest),
        address: shows.page.clone(),
        units,
    }
}

/// A unit as it heads its slips, and the slips.
type OfUnit = (String, Vec<Slip>);

/// The slips of each unit, units in the order of their file and those that are not in it last, people by given name;
/// nothing where names are not known.
fn by_unit(people: Vec<RosterPerson>, units: &UnitTree) -> Result<Option<Vec<OfUnit>>, StoreError> {
    let place = |unit: &str| UnitCode::parse(unit).ok().and_then(|code| units.find(&code)).unwrap_or(usize::MAX);
    let mut all = Vec::with_capacity(people.len());
    for person in people {
        let Some(name) = person.full_name else { return Ok(None) };
        let born: NaiveDate = person.birth_date.parse().map_err(|e| StoreError::corrupt("a roster", e))?;
        let place = place(&person.unit);
        let unit = units.units().get(place).map_or(person.unit, |unit| unit.name.clone());
        let slip = Slip { name, birth_date: format::day_in_table(born), unit, code: person.code };
        all.push((place, slip));
    }
    let order = NameOrder::new();
    all.sort_by(|(place, a), (other, b)| {
        let by_unit = place.cmp(other).then_with(|| a.unit.cmp(&b.unit));
        by_unit.then_with(|| order.compare_names(&a.name, &b.name)).then_with(|| a.code.cmp(&b.code))
    });
    let of_one_unit = all.chunk_by(|(place, a), (other, b)| place == other && a.unit == b.unit);
    let of_unit = |slips: &[(usize, Slip)]| {
        let (place, first) = &slips[0];
        (heading(units, *place, &first.unit), slips.iter().map(|(_, slip)| slip.clone()).collect())
    };
    Ok(Some(of_one_unit.map(of_unit).collect()))
}

/// A unit with those above it, since every commune may have a school of one name.
fn heading(units: &UnitTree, place: usize, name: &str) -> String {
    if place >= units.units().len() {
        return name.to_owned();
    }
    units.self_and_ancestors(place).map(|place| units.units()[place].name.as_str()).collect::<Vec<_>>().join(", ")
}

/// So many slips to a file; a unit may go on in the next one.
fn in_files(all: Vec<OfUnit>) -> Vec<Vec<UnitSlips>> {
    let (mut files, mut room) = (Vec::new(), 0);
    for (unit, slips) in all {
        let (count, mut from, mut slips) = (slips.len(), 1, slips.into_iter().peekable());
        while slips.peek().is_some() {
            if room == 0 {
                files.push(Vec::new());
                room = IN_A_FILE;
            }
            let here: Vec<Slip> = slips.by_ref().take(room).collect();
            room -= here.len();
            let heading = words::slips_of_unit(&unit, count, from);
            from += here.len();
            files.last_mut().expect("there is room in one").push(UnitSlips { heading, slips: here });
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_unit(unit: &str, count: usize) -> OfUnit {
        let slip = |at: usize| Slip {
            name: format!("Lê Văn {at}"),
            birth_date: "01/01/1990".to_owned(),
            unit: unit.to_owned(),
            code: format!("MA-{at}"),
        };
        (unit.to_owned(), (1..=count).map(slip).collect())
    }

    #[test]
    fn a_unit_that_a_file_cannot_hold_goes_on_in_the_next() {
        let files = in_files(vec![of_unit("Xã Ba", IN_A_FILE - 1), of_unit("Xã Tư", 3), of_unit("Xã Năm", 1)]);
        let headings = |file: &[UnitSlips]| file.iter().map(|unit| unit.heading.clone()).collect::<Vec<_>>();
        assert_eq!(headings(&files[0]), ["Xã Ba: 999 phiếu", "Xã Tư: 3 phiếu"]);
        assert_eq!(headings(&files[1]), ["Xã Tư: 3 phiếu (tiếp theo, từ phiếu thứ 2)", "Xã Năm: 1 phiếu"]);
        let counts: Vec<usize> = files.iter().map(|file| file.iter().map(|unit| unit.slips.len()).sum()).collect();
        assert_eq!(counts, [IN_A_FILE, 3]);
        let exact = in_files(vec![of_unit("Xã Ba", 2 * IN_A_FILE)]);
        assert_eq!(exact.len(), 2, "no file is empty");
        assert_eq!([1, 2, 10].map(file_name), ["roster-codes.pdf", "roster-codes-002.pdf", "roster-codes-010.pdf"]);
    }
}
