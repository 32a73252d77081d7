//! The routes on mocked ports: what is asked, what is answered, with which status.

mod access;
mod bodies;
mod documents;
mod errors;
mod exports;
mod health;
mod inference;
mod jobs;
mod labels;
mod mocked;
mod openapi;
mod pages;
mod uploads;
