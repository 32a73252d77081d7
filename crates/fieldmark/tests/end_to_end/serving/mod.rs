//! The service over HTTP: the real program, asked from outside.

mod attacks;
mod client;
mod contract;
mod many;
mod refusals;
mod server;
mod stopping;
mod story;
