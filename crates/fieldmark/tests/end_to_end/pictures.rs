//! The pictures of `--annotate`: one per page, with a box where the results say that a field stands.

use crate::bench::{Bench, invoice_of_pages, rows};

#[test]
fn every_page_gets_a_picture_and_every_field_a_box() {
    let bench = Bench::new().with("a.pdf", invoice_of_pages(2)).with("other/a.pdf", invoice_of_pages(1));
    let arguments = ["extract", "a.pdf", "other/a.pdf", "--threshold", "0", "--annotate", "new/pages"];
    let rows = rows(&bench.run(&arguments).printed(0));
    let pictures = ["a-1.png", "a-2.png", "a~2-1.png"];
    let mut found: Vec<String> = std::fs::read_dir(bench.at("new/pages"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, pictures);
    let picture = image::open(bench.at("new/pages/a-1.png")).unwrap().into_rgb8();
    assert_eq!(picture.height(), 1600);
    let fields = rows[0]["fields"].as_object().unwrap();
    let places: Vec<_> =
        fields.values().map(|field| &field["box"]).filter(|place| place["page"] == 1).collect();
    assert!(!places.is_empty(), "{fields:?}");
    for place in places {
        let along = |edge: &str, pixels: u32| place[edge].as_f64().unwrap() * f64::from(pixels);
        let (left, top) = (along("left", picture.width()) as u32, along("top", picture.height()) as u32);
        let height = along("height", picture.height()) as u32;
        // The outline stands some pixels off: look for colour beside the box's left edge.
        let is_coloured = |x: u32| {
            let [red, green, blue] = picture.get_pixel(x, top + height / 2).0;
            red.abs_diff(green) > 20 || green.abs_diff(blue) > 20
        };
        assert!((left.saturating_sub(6)..=left).any(is_coloured), "{place}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_said_before_anything_is_read() {
    let bench = Bench::new().with("a.pdf", invoice_of_pages(1)).with("taken", "a file");
    let said = bench.run(&["extract", "a.pdf", "--annotate", "taken"]).refusal();
    assert!(said.contains("taken"), "{said}");
}
