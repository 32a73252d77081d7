//! The pool's metrics, as a recorder receives them.

use fieldmark_document_reader::ReaderOptions;
use fieldmark_domain::ports::ReadError;
use libtest_mimic::Trial;
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::files::{self, Mark};
use crate::set_up::{options, pool, read, trial};

pub fn trials() -> Vec<Trial> {
    vec![trial("files_workers_and_their_ends_are_counted", files_workers_and_their_ends_are_counted)]
}

async fn files_workers_and_their_ends_are_counted() {
    let recorder = PrometheusBuilder::new().build_recorder();
    // Only for this thread; the pool works on the thread that polls it.
    let installed = metrics::set_default_local_recorder(&recorder);
    let pool = pool(ReaderOptions { queue: 0, ..options() });
    let (good, refused) = tokio::join!(read(&pool, files::good()), read(&pool, files::good()));
    assert!(good.is_ok() && refused == Err(ReadError::Overloaded));
    assert!(read(&pool, files::marked(Mark::Abort)).await.is_err());
    tokio::select! {
        biased;
        hanging = read(&pool, files::marked(Mark::Hang)) => panic!("it did not hang: {hanging:?}"),
        () = tokio::task::yield_now() => {}
    }
    assert!(read(&pool, files::good()).await.is_ok());
    drop(pool);
    drop(installed);
    let told = recorder.handle().render();
    for line in [
        "# HELP fieldmark_reader_workers_ended_total ",
        "fieldmark_reader_workers_started_total 3\n",
        "fieldmark_reader_workers_ended_total{reason=\"crashed\"} 1\n",
        "fieldmark_reader_workers_ended_total{reason=\"abandoned\"} 1\n",
        "fieldmark_reader_workers_ended_total{reason=\"dismissed\"} 1\n",
        "fieldmark_reader_waiting 0\n",
        "fieldmark_reader_busy 0\n",
        "fieldmark_reader_seconds_count 3\n",
        "fieldmark_reader_refused_total 1\n",
    ] {
        assert!(told.contains(line), "{line} is not in:\n{told}");
    }
}
