//! The environment of a function, read once when it starts.

use std::collections::HashMap;
use std::str::FromStr;

/// A variable that must be set is not, or holds something else than it may.
#[derive(Debug, thiserror::Error)]
#[error("environment variable {0} is missing or not usable")]
pub struct BadVariable(&'static str);

/// Every variable of the process.
pub struct Variables(HashMap<String, String>);

impl Variables {
    /// Takes a copy of the environment.
    pub fn from_env() -> Self {
        Self(std::env::vars().collect())
    }

    /// A text that is set and not empty.
    pub fn text(&self, name: &'static str) -> Result<String, BadVariable> {
        self.0.get(name).filter(|value| !value.is_empty()).cloned().ok_or(BadVariable(name))
    }

    /// A text that need not be set.
    pub fn optional(&self, name: &'static str) -> Option<String> {
        self.text(name).ok()
    }

    /// `true` or `false`.
    pub fn flag(&self, name: &'static str) -> Result<bool, BadVariable> {
        self.text(name)?.parse().map_err(|_| BadVariable(name))
    }

    /// A whole number.
    pub fn number<T: FromStr>(&self, name: &'static str) -> Result<T, BadVariable> {
        self.text(name)?.parse().map_err(|_| BadVariable(name))
    }
}
