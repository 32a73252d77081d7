//! Places a field's name next to its box, so that it hides as little as possible.

use fieldmark_domain::field::Field;

use crate::canvas::Rectangle;
use crate::strokes::Strokes;

/// A field's name and the rectangle for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    pub field: Field,
    pub rectangle: Rectangle,
}

/// A tag for each box, on a picture of this width and height. On a small picture, where names would
/// hide the values, a box without free space next to it gets no tag.
pub fn place(boxes: &[(Field, Rectangle)], size: (i32, i32), strokes: &Strokes) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::with_capacity(boxes.len());
    for (field, target) in boxes {
        let hidden = |rectangle: &Rectangle| -> i64 {
            let others = boxes.iter().map(|(_, other)| *other).chain(tags.iter().map(|tag| tag.rectangle));
            others.map(|other| rectangle.overlap(other)).sum()
        };
        let places =
            around(*target, strokes.tag_size(field.name())).map(|rectangle| rectangle.moved_onto(size));
        // Among equal places the first one: readers look above the box first.
        let best = places.iter().copied().min_by_key(hidden).unwrap_or(*target);
        if strokes.names_may_hide || hidden(&best) == 0 && best.is_on(size) {
            tags.push(Tag { field: *field, rectangle: best });
        }
    }
    tags
}

/// The places around a box for a tag of this size, the preferred ones first.
fn around(target: Rectangle, (width, height): (i32, i32)) -> [Rectangle; 6] {
    let at = |left: i32, top: i32| Rectangle { left, top, right: left + width, bottom: top + height };
    let middle = (target.top + target.bottom - height) / 2;
    [
        at(target.left, target.top - height),
        at(target.right - width, target.top - height),
        at(target.right, middle),
        at(target.left - width, middle),
        at(target.left, target.bottom),
        at(target.right - width, target.bottom),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: (i32, i32) = (1000, 1400);

    fn line(left: i32, top: i32) -> Rectangle {
        Rectangle { left, top, right: left + 100, bottom: top + 16 }
    }

    #[test]
    fn a_name_is_above_its_box_where_there_is_room() {
        let tags = place(&[(Field::DueDate, line(100, 100))], PAGE, &Strokes::on(1600));
        assert_eq!((tags[0].rectangle.left, tags[0].rectangle.bottom), (100, 100));
    }

    #[test]
    fn a_name_leaves_the_picture_and_other_boxes_alone() {
        let boxes = [
            (Field::TotalNet, line(880, 0)),
            (Field::TotalTax, line(880, 20)),
            (Field::TotalGross, line(880, 40)),
        ];
        let tags = place(&boxes, PAGE, &Strokes::on(1600));
        for (index, tag) in tags.iter().enumerate() {
            assert_eq!(tag.rectangle.moved_onto(PAGE), tag.rectangle);
            assert!(boxes.iter().all(|(_, other)| tag.rectangle.overlap(*other) == 0), "{tag:?}");
            assert!(tags[..index].iter().all(|other| tag.rectangle.overlap(other.rectangle) == 0), "{tag:?}");
        }
    }

    #[test]
    fn names_hide_nothing_on_a_small_picture() {
        let size = (141, 200);
        let line = |top: i32| Rectangle { left: 40, top, right: 100, bottom: top + 5 };
        let boxes: Vec<(Field, Rectangle)> =
            Field::ALL.iter().zip((10..).step_by(6)).map(|(field, top)| (*field, line(top))).collect();
        let (small, large) = (Strokes::on(200), Strokes::on(1600));
        let tags = place(&boxes, size, &small);
        assert!(!tags.is_empty() && tags.len() < boxes.len(), "{tags:?}");
        for tag in &tags {
            assert!(tag.rectangle.is_on(size), "{tag:?}");
            assert!(boxes.iter().all(|(_, target)| tag.rectangle.overlap(*target) == 0), "{tag:?}");
        }
        assert_eq!(place(&boxes, size, &large).len(), boxes.len());
    }
}
