//! The queue's metrics, as a recorder receives them. A separate test program, because the recorder
//! is global to the process.

use fieldmark_detection_candle::{DetectionQueue, Device, LayoutDetector, QueueOptions};
use fieldmark_domain::ports::{DetectError, FieldDetector as _};
use fieldmark_testkit::pages;
use metrics_exporter_prometheus::PrometheusBuilder;

#[tokio::test]
async fn calls_pages_and_refusals_are_counted() {
    let recorder = PrometheusBuilder::new().install_recorder().unwrap();
    let model = LayoutDetector::bundled(Device::Cpu).unwrap();
    let queue = DetectionQueue::start(model, &QueueOptions { queue: 2, batch: 1, threads: 1 }).unwrap();
    queue.detect(&[pages::invoice(1), pages::invoice(2)]).await.unwrap();
    let three = [1, 2, 3].map(pages::invoice);
    assert_eq!(queue.detect(&three).await, Err(DetectError::Overloaded));
    let told = recorder.render();
    for line in [
        "# HELP fieldmark_detection_queue_pages ",
        "fieldmark_detection_queue_pages 0",
        "fieldmark_detection_batch_pages_sum 2",
        "fieldmark_detection_batch_pages_count 2",
        "fieldmark_detection_seconds_count 2",
        "fieldmark_detection_refused_total 1",
    ] {
        assert!(told.contains(line), "{line} is not in:\n{told}");
    }
}
