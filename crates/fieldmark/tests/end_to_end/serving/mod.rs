//! The service over HTTP: the real program, asked from outside.

mod contract;
mod server;
