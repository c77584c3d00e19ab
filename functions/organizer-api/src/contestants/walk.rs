//! A search by name, page by page: where it has come to travels with the page that asks, signed, so that neither its pace
//! nor its end is whoever asks' to choose.

use crate::App;
use crate::error::ApiError;
use contest::ids::{ContestId, ContestantId};
use contest::organizers::look_up::{MOST_FOUND, MOST_PAGES, PAGE_HALVES, SearchEnd, SoughtName, are_too_many};
use contest::seal::ContestKeys;
use contest::time::Timestamp;
use documents::console::Refusal;
use store::Profile;
use subtle::ConstantTimeEq;

/// Where a search has come to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Walk {
    shard: u16,
    /// In this shard.
    after: Option<ContestantId>,
    pages: u32,
    found: usize,
    /// Accounts seen in the first shard.
    in_first: u64,
    /// When the last page was read.
    pub(super) read_at: Timestamp,
}

impl Default for Walk {
    fn default() -> Self {
        Self { shard: 0, after: None, pages: 0, found: 0, in_first: 0, read_at: Timestamp::from_millis(0) }
    }
}

/// What one search is told from another by.
pub(super) fn search_of(name: &SoughtName, unit: Option<&str>) -> String {
    format!("{}\n{}", name.key(), unit.unwrap_or_default())
}

impl Walk {
    /// Reads on until a page is full, or everybody was looked at.
    pub(super) async fn read_page(
        &mut self,
        app: &App,
        contest: &ContestId,
        is_sought: impl Fn(&Profile) -> bool,
    ) -> Result<(Vec<(ContestantId, Profile)>, SearchEnd), ApiError> {
        let shards = app.control.people_shards(contest).await?;
        let (mut halves, mut people) = (0, Vec::new());
        self.pages += 1;
        while self.shard < shards {
            if halves >= PAGE_HALVES {
                let goes_on = self.pages < MOST_PAGES;
                return Ok((people, if goes_on { SearchEnd::Continues } else { SearchEnd::PagesUsedUp }));
            }
            let page = app.people.read_profiles(contest, self.shard, self.after.as_ref()).await?;
            // An empty shard is charged too.
            halves += page.read_halves.max(1);
            if self.shard == 0 {
                self.in_first += page.rows.len() as u64;
            }
            if are_too_many(self.in_first, shards) {
                return Err(Refusal::TooManyAccounts.into());
            }
            let last = page.rows.last().map(|(code, _)| code.clone());
            for person in page.rows.into_iter().filter(|(_, profile)| is_sought(profile)) {
                if self.found == MOST_FOUND {
                    return Ok((people, SearchEnd::ManyFound));
                }
                self.found += 1;
                people.push(person);
            }
            match page.next {
                Some(_) => self.after = last,
                None => (self.shard, self.after) = (self.shard + 1, None),
            }
        }
        Ok((people, SearchEnd::All))
    }

    /// As the page sends it along.
    pub(super) fn token(&self, keys: &ContestKeys, search: &str) -> String {
        let Self { shard, after, pages, found, in_first, read_at } = self;
        let after = after.as_ref().map_or("", ContestantId::as_str);
        let said = format!("{shard}.{after}.{pages}.{found}.{in_first}.{}", read_at.millis());
        format!("{said}.{}", mac(keys, search, &said))
    }

    /// Reads [`Self::token`] back; `None` where it was given for another search, or by somebody else.
    pub(super) fn read(token: &str, keys: &ContestKeys, search: &str) -> Option<Self> {
        let (said, signed) = token.rsplit_once('.')?;
        if !bool::from(mac(keys, search, said).as_bytes().ct_eq(signed.as_bytes())) {
            return None;
        }
        let parts: Vec<&str> = said.split('.').collect();
        let [shard, after, pages, found, in_first, read_at] = parts[..] else { return None };
        let after = if after.is_empty() { None } else { Some(ContestantId::parse(after).ok()?) };
        Some(Self {
            shard: shard.parse().ok()?,
            after,
            pages: pages.parse().ok()?,
            found: found.parse().ok()?,
            in_first: in_first.parse().ok()?,
            read_at: Timestamp::from_millis(read_at.parse().ok()?),
        })
    }
}

fn mac(keys: &ContestKeys, search: &str, said: &str) -> String {
    keys.lookup("search", &format!("{search}\n{said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_search_has_come_to_holds_for_that_search_alone() {
        let keys = |id| ContestKeys::new(&[7; 32], &ContestId::parse(id).expect("an id"));
        let search = |typed, unit| search_of(&SoughtName::parse(typed).expect("a name"), unit);
        let walk = Walk {
            shard: 3,
            after: ContestantId::parse("A-007").ok(),
            pages: 2,
            found: 19,
            in_first: 1_100,
            read_at: Timestamp::from_millis(1_770_000_000_123),
        };
        let token = walk.token(&keys("thi-thu"), &search("An", None));
        assert_eq!(Walk::read(&token, &keys("thi-thu"), &search("ân", None)), Some(walk));
        let begun = Walk::default();
        let other = begun.token(&keys("thi-thu"), &search("An", Some("bac")));
        assert_eq!(Walk::read(&other, &keys("thi-thu"), &search("An", Some("bac"))), Some(begun));
        let refused = [
            Walk::read(&token, &keys("khac"), &search("An", None)),
            Walk::read(&token, &keys("thi-thu"), &search("An", Some("bac"))),
            Walk::read(&token, &keys("thi-thu"), &search("Bình", None)),
            Walk::read(&token.replacen("3.", "4.", 1), &keys("thi-thu"), &search("An", None)),
            Walk::read("3.A-007.2", &keys("thi-thu"), &search("An", None)),
            Walk::read("", &keys("thi-thu"), &search("An", None)),
        ];
        assert_eq!(refused, [const { None }; 6]);
    }
}
