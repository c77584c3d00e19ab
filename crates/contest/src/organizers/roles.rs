//! Who may do what: one function, asked by every command of the organizers' API.

use crate::ids::ContestId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What somebody is for a contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Thường trực Ban Tổ chức: everything of a contest but its banks; approves and invites.
    Lead,
    /// Tổ thư ký: plan, units, rosters; watches, looks up, proposes.
    Organizer,
    /// Tổ ra đề: banks, and papers before the opening; no contestants.
    Author,
    /// Cán bộ nhận kết quả: results and documents.
    Official,
    /// Giám sát: reads all but banks and secrets, and the log.
    Auditor,
    /// Kỹ thuật: health, and other people's sessions; no personal data, no approval.
    It,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [Self::Lead, Self::Organizer, Self::Author, Self::Official, Self::Auditor, Self::It];

    /// Its word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Organizer => "organizer",
            Self::Author => "author",
            Self::Official => "official",
            Self::Auditor => "auditor",
            Self::It => "it",
        }
    }

    /// Reads [`Self::as_str`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// In every contest of the platform, those to come among them; `*`.
    Everywhere,
    /// In one contest, which need not be there yet.
    Contest(ContestId),
}

impl Scope {
    /// Reads `*` or the id of a contest.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "*" { Some(Self::Everywhere) } else { ContestId::parse(text).ok().map(Self::Contest) }
    }

    /// Whether what holds here holds there.
    pub fn covers(&self, other: &Self) -> bool {
        matches!(self, Self::Everywhere) || self == other
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everywhere => f.write_str("*"),
            Self::Contest(contest) => contest.fmt(f),
        }
    }
}

/// The roles of one person.
pub type Grants = BTreeMap<Scope, BTreeSet<Role>>;

/// What can be done in the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// See that a contest is there, its rounds, its checklist, which files it has.
    SeeContest,
    /// Read the plan, units, rosters, lists and decisions, and what is wrong with them.
    ReadFiles,
    /// Upload the plan, units, rosters and lists.
    WriteFiles,
    /// Read what is wrong with a bank.
    ReadBankReport,
    /// Upload a bank.
    WriteBank,
    /// See a paper as a contestant will, before the round opens.
    SeePaperBeforeOpening,
    /// See a paper as contestants do, once the round has opened.
    SeePaper,
    /// Watch a round that is open.
    Watch,
    /// Look a contestant up.
    LookUp,
    /// Correct what a contestant cannot any more.
    CorrectContestant,
    /// Propose a decision, have it tried, withdraw it.
    Propose,
    /// Read proposals and what they would change.
    ReadProposals,
    /// Put a proposal of somebody else in force, or reject it.
    Approve,
    /// Move an end later in the last hours.
    Extend,
    /// See results before they are published.
    PreviewResults,
    /// Read the list of what people should look at, and how questions did.
    Review,
    /// Download published results and documents.
    Download,
    /// Read the log.
    ReadAudit,
    /// Read how the platform is.
    ReadHealth,
    /// See who has an account.
    SeePeople,
    /// Invite, change roles, disable.
    ManagePeople,
    /// End somebody else's sessions.
    EndSessions,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 22] = [
        Self::SeeContest,
        Self::ReadFiles,
        Self::WriteFiles,
        Self::ReadBankReport,
        Self::WriteBank,
        Self::SeePaperBeforeOpening,
        Self::SeePaper,
        Self::Watch,
        Self::LookUp,
        Self::CorrectContestant,
        Self::Propose,
        Self::ReadProposals,
        Self::Approve,
        Self::Extend,
        Self::PreviewResults,
        Self::Review,
        Self::Download,
        Self::ReadAudit,
        Self::ReadHealth,
        Self::SeePeople,
        Self::ManagePeople,
        Self::EndSessions,
    ];

    /// Whose it is (`CONSOLE.md` 3.3).
    const fn roles(self) -> &'static [Role] {
        use Role::{Auditor, Author, It, Lead, Official, Organizer};
        match self {
            Self::SeeContest => &Role::ALL,
            Self::ReadFiles => &[Lead, Organizer, Auditor],
            Self::WriteFiles | Self::CorrectContestant | Self::Propose | Self::PreviewResults => &[Lead, Organizer],
            Self::ReadBankReport => &[Lead, Organizer, Author, Auditor],
            Self::WriteBank | Self::SeePaperBeforeOpening => &[Author],
            Self::SeePaper => &[Lead, Organizer, Author, Auditor],
            Self::Watch | Self::LookUp | Self::ReadProposals | Self::Review => &[Lead, Organizer, Auditor],
            Self::Approve | Self::Extend | Self::ManagePeople => &[Lead],
            Self::Download => &[Lead, Organizer, Official, Auditor],
            Self::ReadAudit => &[Lead, Auditor],
            Self::ReadHealth => &[Lead, Organizer, It],
            Self::SeePeople => &[Lead, Auditor, It],
            Self::EndSessions => &[Lead, It],
        }
    }

    /// Whether a second factor within the last minutes is asked for (`CONSOLE.md` 3.4).
    pub const fn needs_step_up(self) -> bool {
        matches!(self, Self::Approve | Self::Extend | Self::ManagePeople)
    }
}

/// Whether somebody with these roles may do this, in a contest or, without one, on the platform as a whole.
pub fn may(grants: &Grants, action: Action, contest: Option<&ContestId>) -> bool {
    let place = contest.map_or(Scope::Everywhere, |contest| Scope::Contest(contest.clone()));
    grants.iter().any(|(scope, roles)| scope.covers(&place) && roles.iter().any(|role| action.roles().contains(role)))
}

/// Whether somebody with these roles may give others a role there: a lead can, no further than they are one.
pub fn may_grant(grants: &Grants, scope: &Scope) -> bool {
    grants.iter().any(|(own, roles)| own.covers(scope) && roles.contains(&Role::Lead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn contest(id: &str) -> ContestId {
        ContestId::parse(id).unwrap()
    }

    fn only(scope: Scope, role: Role) -> Grants {
        Grants::from([(scope, BTreeSet::from([role]))])
    }

    #[test]
    fn each_role_may_what_the_table_says() {
        let own = contest("cuoc-thi");
        let mut table = String::new();
        for action in Action::ALL {
            let cells = Role::ALL.map(|role| match may(&only(Scope::Contest(own.clone()), role), action, Some(&own)) {
                true => role.as_str(),
                false => "-",
            });
            table.push_str(&format!("{action:?}: {}\n", cells.join(" ")));
        }
        expect![[r#"
            SeeContest: lead organizer author official auditor it
            ReadFiles: lead organizer - - auditor -
            WriteFiles: lead organizer - - - -
            ReadBankReport: lead organizer author - auditor -
            WriteBank: - - author - - -
            SeePaperBeforeOpening: - - author - - -
            SeePaper: lead organizer author - auditor -
            Watch: lead organizer - - auditor -
            LookUp: lead organizer - - auditor -
            CorrectContestant: lead organizer - - - -
            Propose: lead organizer - - - -
            ReadProposals: lead organizer - - auditor -
            Approve: lead - - - - -
            Extend: lead - - - - -
            PreviewResults: lead organizer - - - -
            Review: lead organizer - - auditor -
            Download: lead organizer - official auditor -
            ReadAudit: lead - - - auditor -
            ReadHealth: lead organizer - - - it
            SeePeople: lead - - - auditor it
            ManagePeople: lead - - - - -
            EndSessions: lead - - - - it
        "#]]
        .assert_eq(&table);
    }

    #[test]
    fn a_role_holds_where_it_was_given_and_nowhere_else() {
        let (own, other) = (contest("cuoc-thi"), contest("cuoc-thi-khac"));
        for (role, action) in Role::ALL.into_iter().flat_map(|role| Action::ALL.map(|action| (role, action))) {
            let here = may(&only(Scope::Contest(own.clone()), role), action, Some(&own));
            assert!(!may(&only(Scope::Contest(own.clone()), role), action, Some(&other)), "{role:?} {action:?}");
            assert!(!may(&only(Scope::Contest(own.clone()), role), action, None), "{role:?} {action:?}");
            let everywhere = only(Scope::Everywhere, role);
            assert_eq!([Some(&own), Some(&other), None].map(|place| may(&everywhere, action, place)), [here; 3]);
            assert!(!may(&Grants::new(), action, Some(&own)));
        }
    }

    #[test]
    fn nobody_gives_what_they_have_not() {
        let (own, other) = (Scope::Contest(contest("cuoc-thi")), Scope::Contest(contest("khac")));
        let lead = only(own.clone(), Role::Lead);
        assert_eq!([&own, &other, &Scope::Everywhere].map(|scope| may_grant(&lead, scope)), [true, false, false]);
        for role in Role::ALL {
            let everywhere = only(Scope::Everywhere, role);
            assert_eq!(may_grant(&everywhere, &own), role == Role::Lead, "{role:?}");
        }
    }

    #[test]
    fn words_are_read_back() {
        assert_eq!(Role::ALL.map(|role| Role::parse(role.as_str())), Role::ALL.map(Some));
        assert_eq!(Role::parse("admin"), None);
        for text in ["*", "song-cong-2021"] {
            assert_eq!(Scope::parse(text).map(|scope| scope.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Scope::parse("**"), None);
    }
}
