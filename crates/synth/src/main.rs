//! `synth`: synthetic invoices for viewing, training and measuring.

mod commands;

use std::process::ExitCode;

use clap::Parser;

use commands::{Arguments, page_reader};

fn main() -> anyhow::Result<ExitCode> {
    if let Some(ended) = page_reader::run_as_worker(std::env::args_os()) {
        return Ok(ended);
    }
    commands::run(Arguments::parse()).map(|()| ExitCode::SUCCESS)
}
