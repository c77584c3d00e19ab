//! Finds the route of a request, as an HTTP API does: literal segments before `{parameters}`.

use axum::http::Method;
use percent_encoding::percent_decode_str;
use std::collections::HashMap;

/// The routes of all functions by their keys, such as `PUT /v1/contests/{c}/rounds/{r}/attempts/{n}`, each with the function
/// that answers it.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    keys: Vec<(String, Answers)>,
}

/// The functions that the gateway asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    Contestants,
    Organizers,
}

/// A request's route.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The route's key, as in the deployed template.
    pub key: String,
    /// Decoded values of its parameters.
    pub parameters: HashMap<String, String>,
    /// Which function answers it.
    pub answers: Answers,
}

impl Routes {
    pub(crate) fn new(keys: impl IntoIterator<Item = (String, Answers)>) -> Self {
        Self { keys: keys.into_iter().collect() }
    }

    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<Found> {
        self.keys.iter().find_map(|(key, answers)| {
            let (route_method, pattern) = key.split_once(' ')?;
            let parameters = if route_method == method.as_str() { match_path(pattern, path) } else { None };
            parameters.map(|parameters| Found { key: key.clone(), parameters, answers: *answers })
        })
    }
}

fn match_path(pattern: &str, path: &str) -> Option<HashMap<String, String>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut parameters = HashMap::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(parameters),
            (Some(wanted), Some(given)) => match parameter_name(wanted) {
                Some(name) if !given.is_empty() => {
                    parameters.insert(name.to_owned(), percent_decode_str(given).decode_utf8().ok()?.into_owned());
                }
                None if wanted == given => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

fn parameter_name(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_found_by_method_and_segments() {
        let keys = ["GET /v1/time", "PUT /v1/contests/{c}/rounds/{r}/attempts/{n}", "GET /v1/contests/{c}/me"];
        let routes = Routes::new(keys.map(|key| (key.to_owned(), Answers::Contestants)));
        let found = routes.find(&Method::PUT, "/v1/contests/c-1/rounds/tu%E1%BA%A7n/attempts/2").expect("a route");
        assert_eq!(found.key, "PUT /v1/contests/{c}/rounds/{r}/attempts/{n}");
        let value = |name: &str| found.parameters.get(name).map(String::as_str);
        assert_eq!((value("c"), value("r"), value("n")), (Some("c-1"), Some("tuần"), Some("2")));
        for (method, path) in [
            (Method::POST, "/v1/time"),
            (Method::GET, "/v1/time/"),
            (Method::GET, "/v1"),
            (Method::GET, "/v1/contests//me"),
            (Method::PUT, "/v1/contests/c/rounds/r/attempts/1/more"),
        ] {
            assert_eq!(routes.find(&method, path), None, "{method} {path}");
        }
    }
}
