//! The handlers, a file for each kind of thing. Each turns a request into a use case's and its result into an answer.

pub mod documents;
pub mod exports;
pub mod files;
pub mod health;
pub mod infer;
pub mod jobs;
pub mod labels;
pub mod models;
pub mod pages;

use actix_web::web;

use crate::envelope::Answer;
use crate::problem::Problem;
use crate::services::Services;

/// The services of the application.
pub type State = web::Data<Services>;

/// What a handler comes to.
pub type Answered<T> = Result<Answer<T>, Problem>;
