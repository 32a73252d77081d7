//! Where a field's name stands beside its box, so that it hides as little as can be.

use fieldmark_domain::field::Field;

use super::canvas::Rectangle;
use super::lettering::tag_size;

/// A field's name and the rectangle that it is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    pub field: Field,
    pub rectangle: Rectangle,
}

/// A tag for each box, on a picture of this width and height.
pub fn place(boxes: &[(Field, Rectangle)], size: (i32, i32)) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::with_capacity(boxes.len());
    for (field, target) in boxes {
        let hidden = |rectangle: &Rectangle| -> i64 {
            let others = boxes.iter().map(|(_, other)| *other).chain(tags.iter().map(|tag| tag.rectangle));
            others.map(|other| rectangle.overlap(other)).sum()
        };
        let places = around(*target, tag_size(field.name())).map(|rectangle| rectangle.moved_onto(size));
        // Of equally good places the first: above is where people look.
        let best = places.iter().copied().min_by_key(hidden).unwrap_or(*target);
        tags.push(Tag { field: *field, rectangle: best });
    }
    tags
}

/// The places around a box for a tag of this size, the most natural first.
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
    fn a_name_stands_above_its_box_where_there_is_room() {
        let tags = place(&[(Field::DueDate, line(100, 100))], PAGE);
        assert_eq!((tags[0].rectangle.left, tags[0].rectangle.bottom), (100, 100));
    }

    #[test]
    fn a_name_leaves_the_picture_and_other_boxes_alone() {
        let boxes = [
            (Field::TotalNet, line(880, 0)),
            (Field::TotalTax, line(880, 20)),
            (Field::TotalGross, line(880, 40)),
        ];
        let tags = place(&boxes, PAGE);
        for (index, tag) in tags.iter().enumerate() {
            assert_eq!(tag.rectangle.moved_onto(PAGE), tag.rectangle);
            assert!(boxes.iter().all(|(_, other)| tag.rectangle.overlap(*other) == 0), "{tag:?}");
            assert!(tags[..index].iter().all(|other| tag.rectangle.overlap(other.rectangle) == 0), "{tag:?}");
        }
    }
}
