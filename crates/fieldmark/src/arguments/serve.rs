//! The options of `fieldmark serve`.

use std::num::NonZeroUsize;

use clap::Args;

use super::engine::jobs;

/// Serve documents, labels and jobs over HTTP
///
/// With no settings at all it listens on http://127.0.0.1:8080 for programs of this machine, keeps everything in SQLite
/// and files below the folder data, and reads what comes in itself. /docs shows what may be asked, /openapi.json
/// says it to programs. To be reached from elsewhere it needs a token: every caller then gives it as
/// "Authorization: Bearer TOKEN". SIGTERM or Ctrl-C stops it politely: requests are answered, jobs are given back.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 stopped; 2 nothing was begun (wrong options or settings, an address in use, no database, a model that
does not load).

Examples:
  fieldmark serve
      Then: curl -F file=@invoice.pdf http://127.0.0.1:8080/api/v1/infer
  FIELDMARK_HTTP__BIND=0.0.0.0:8080 FIELDMARK_HTTP__TOKEN=$(openssl rand -hex 32) fieldmark serve
      For other machines, too. Put a proxy that speaks TLS in front of it.
  FIELDMARK_DATABASE__URL=postgres://user@host/fieldmark fieldmark serve
      On PostgreSQL, which any number of fieldmark serve and fieldmark worker may share.")]
pub struct ServeArguments {
    /// Address and port to listen on [default: http.bind, 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub bind: Option<String>,

    /// How many documents to read at once [default: jobs.workers, the number of processor cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,

    /// Leave queued jobs to the workers of other processes (fieldmark worker)
    #[arg(long, conflicts_with = "jobs")]
    pub no_jobs: bool,

    /// Where the model computes: cpu or cuda [default: detection.device, cpu]
    #[arg(long, value_name = "DEVICE", value_parser = ["cpu", "cuda"])]
    pub device: Option<String>,
}
