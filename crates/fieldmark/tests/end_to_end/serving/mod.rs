//! The service over HTTP: the real program, asked from outside.

mod answers;
mod attacks;
mod client;
mod contract;
mod faults;
mod many;
mod refusals;
mod server;
mod stopping;
mod story;
