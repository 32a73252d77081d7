//! The parameters of a query, read one by one: what is wrong with any of them is told of all of them together.

use std::fmt::Display;
use std::str::FromStr;

use actix_web::HttpRequest;
use fieldmark_domain::listing::{MAX_LIMIT, Window};

use crate::problem::{Code, Detail, Problem};

/// The parameters of one request, those that were not asked for yet.
pub struct Parameters {
    left: Vec<(String, String)>,
    details: Vec<Detail>,
}

impl Parameters {
    /// The parameters of a request.
    pub fn of(request: &HttpRequest) -> Self {
        let pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
        Self { left: pairs.into_owned().collect(), details: Vec::new() }
    }

    /// The text of a parameter that may be given once.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let mut values = self.all(name);
        if values.len() > 1 {
            self.refuse(name, "must be given once");
            return None;
        }
        values.pop()
    }

    /// The texts of a parameter that may be given several times, or once with commas between.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        let values = self.all(name);
        values.iter().flat_map(|value| value.split(',')).map(|value| value.trim().to_owned()).collect()
    }

    /// The parameters whose names begin so, with the rest of their names.
    pub fn beginning_with(&mut self, prefix: &str) -> Vec<(String, String)> {
        let mut taken = Vec::new();
        self.left.retain(|(name, value)| {
            let rest = name.strip_prefix(prefix).map(str::to_owned);
            taken.extend(rest.map(|rest| (rest, value.clone())));
            !name.starts_with(prefix)
        });
        taken
    }

    /// A value of a type that is read from text; `expected` says what it must be.
    pub fn parsed<T: FromStr>(&mut self, name: &str, expected: impl Display) -> Option<T> {
        let text = self.text(name)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.refuse(name, format!("must be {expected}, not `{}`", shortened(&text)));
        }
        value
    }

    /// A value that is read from text and must be accepted, too.
    pub fn accepted<T: FromStr>(
        &mut self,
        name: &str,
        expected: &str,
        fits: impl Fn(&T) -> bool,
    ) -> Option<T> {
        let value = self.parsed(name, expected)?;
        if fits(&value) {
            return Some(value);
        }
        self.refuse(name, format!("must be {expected}"));
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, name: &str, default: bool) -> bool {
        self.parsed(name, "true or false").unwrap_or(default)
    }

    /// `limit` and `offset`.
    pub fn window(&mut self) -> Window {
        let default = Window::default();
        let bounds = format!("1 to {MAX_LIMIT}");
        let limit = self.accepted("limit", &bounds, |limit| (1..=MAX_LIMIT).contains(limit));
        let largest = i64::MAX.unsigned_abs();
        let offset = self.accepted("offset", "0 or more", |offset| *offset <= largest);
        Window { limit: limit.unwrap_or(default.limit), offset: offset.unwrap_or(default.offset) }
    }

    /// Says that a parameter is not acceptable.
    pub fn refuse(&mut self, name: impl Into<String>, message: impl Into<String>) {
        self.details.push(Detail::new(name, message));
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// `unknown_parameter` when something is left that nobody asked for, `validation_failed` when something was
    /// refused.
    pub fn finish(self) -> Result<(), Problem> {
        if let Some((name, _)) = self.left.first() {
            let message = format!("there is no parameter `{}` here", shortened(name));
            return Err(Problem::new(Code::UnknownParameter, message));
        }
        if self.details.is_empty() { Ok(()) } else { Err(Problem::invalid(self.details)) }
    }

    fn all(&mut self, name: &str) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.left).into_iter().partition(|(other, _)| other == name);
        self.left = left;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }
}

/// As much of what came in as a message bears.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let printable = text.chars().filter(|letter| !letter.is_control());
    let mut short: String = printable.take(LONGEST).collect();
    if text.chars().count() > LONGEST {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn parameters(query: &str) -> Parameters {
        Parameters::of(&TestRequest::with_uri(&format!("/?{query}")).to_http_request())
    }

    #[test]
    fn a_window_has_bounds_and_defaults() {
        let mut some = parameters("limit=100&offset=7");
        assert_eq!(some.window(), Window { limit: 100, offset: 7 });
        assert_eq!(some.finish(), Ok(()));
        assert_eq!(parameters("").window(), Window::default());
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let mut wrong = parameters("limit=0&offset=-1&store=perhaps&q=a&q=b");
        wrong.window();
        wrong.flag("store", true);
        wrong.text("q");
        let problem = wrong.finish().unwrap_err();
        let fields: Vec<&str> = problem.details().iter().map(|detail| detail.field.as_str()).collect();
        assert_eq!((problem.code(), fields), (Code::ValidationFailed, vec!["limit", "offset", "store", "q"]));
    }

    #[test]
    fn an_unknown_parameter_is_refused() {
        let mut some = parameters("limit=3&field.invoice_number=A&field.field.x=B&sorting=up");
        some.window();
        let text = str::to_owned;
        let fields = [(text("invoice_number"), text("A")), (text("field.x"), text("B"))];
        assert_eq!(some.beginning_with("field."), fields);
        let problem = some.finish().unwrap_err();
        assert_eq!(
            (problem.code(), problem.message()),
            (Code::UnknownParameter, "there is no parameter `sorting` here")
        );
    }

    #[test]
    fn several_values_come_with_commas_or_one_by_one() {
        assert_eq!(
            parameters("status=queued,failed&status=processed").texts("status"),
            ["queued", "failed", "processed"]
        );
    }
}
