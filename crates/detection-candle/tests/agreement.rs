//! Compares the forward pass with the trainer's: same weights and inputs, recorded outputs.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use candle_core::safetensors::load_buffer;
use candle_core::{DType, Device as CandleDevice, Tensor};
use fieldmark_detection_candle::features::PageFeatures;
use fieldmark_detection_candle::{Device, LayoutDetector};

const RECORDED: &[u8] = include_bytes!("../../../weights/layout-2/recorded-outputs.safetensors");

/// Maximum allowed difference, relative to the largest logit.
const RELATIVE_ERROR: f32 = 1e-4;

#[test]
fn the_forward_pass_agrees_with_the_trainers() {
    let recorded = load_buffer(RECORDED, &CandleDevice::Cpu).unwrap();
    let flat = |name: &str| -> Vec<f32> {
        recorded[name].to_dtype(DType::F32).unwrap().flatten_all().unwrap().to_vec1().unwrap()
    };
    let ids: Vec<f32> = flat("ids");
    let features = PageFeatures {
        order: (0..recorded["ids"].dim(0).unwrap()).collect(),
        ids: ids.iter().map(|id| *id as u16).collect(),
        flags: flat("flags"),
        geometry: flat("geometry"),
        neighbours: flat("neighbours").iter().map(|row| *row as i16).collect(),
        positions: flat("positions"),
    };
    let detector = LayoutDetector::bundled(Device::Cpu).unwrap();
    // The page twice in one batch, once with a shorter page, so that padding is tested as well.
    let short = features.window(0, features.len() / 2);
    for pages in [vec![&features], vec![&short, &features]] {
        let logits = detector.logits(pages).unwrap();
        let last = logits.classes.dim(0).unwrap() - 1;
        assert_close(&logits.classes.get(last).unwrap(), &flat("class_logits"));
        assert_close(&logits.starts.get(last).unwrap(), &flat("start_logits"));
        assert_close(&logits.roles.unwrap().get(last).unwrap(), &flat("role_logits"));
        assert_close(&logits.documents.unwrap().get(last).unwrap(), &flat("document_logits"));
    }
}

fn assert_close(tensor: &Tensor, expected: &[f32]) {
    let values: Vec<f32> = tensor.flatten_all().unwrap().to_vec1().unwrap();
    assert_eq!(values.len(), expected.len());
    let largest = expected.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    let worst = values.iter().zip(expected).map(|(one, other)| (one - other).abs()).fold(0.0, f32::max);
    assert!(worst / largest < RELATIVE_ERROR, "relative error {}", worst / largest);
}
