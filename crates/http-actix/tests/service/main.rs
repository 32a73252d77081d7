//! The routes on mocked ports: what is asked, what is answered, with which status.

// This is a test through and through; the lints know modules of tests by this mark.
#[cfg(test)]
mod access;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod encodings;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod files;
#[cfg(test)]
mod health;
#[cfg(test)]
mod inference;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod kept_inference;
#[cfg(test)]
mod labels;
#[cfg(test)]
mod mocked;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod places;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod slow_clients;
#[cfg(test)]
mod uploads;
