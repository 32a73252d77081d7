//! Page trees (ISO 32000-1, 7.7.3) with loops, or with declared sizes beyond any file.

use super::case::{Case, Outcome, case};
use super::makers::sketch::{FREE, INVOICE, PAGE, Sketch, TREE};

pub fn cases() -> Vec<Case> {
    vec![
        case("page_tree_that_is_its_own_kid", Outcome::Refused("document_unreadable"), || {
            tree("/Kids [2 0 R] /Count 1")
        }),
        case("page_tree_that_is_its_own_kid_uncounted", Outcome::Answered, || tree("/Kids [2 0 R 4 0 R]")),
        case("page_tree_nodes_that_are_each_others_kids", Outcome::Refused("document_unreadable"), || {
            each_others_kids("")
        }),
        case(
            "page_tree_nodes_that_are_each_others_kids_counted",
            Outcome::Refused("document_unreadable"),
            || each_others_kids("/Count 7"),
        ),
        case("page_tree_that_counts_a_million", Outcome::Answered, || tree("/Kids [4 0 R] /Count 1000000"))
            .showing(&["Invoice", "2041"]),
        case("page_tree_that_counts_a_million_and_its_only_page", Outcome::Read, || {
            tree("/Kids [4 0 R] /Count 1000000")
        })
        .alone(1)
        .showing(&["Invoice", "2041"]),
        case(
            "page_tree_that_counts_a_million_and_a_page_without",
            Outcome::Refused("document_unreadable"),
            || tree("/Kids [4 0 R] /Count 1000000"),
        )
        .alone(2)
        .drawn(200),
        case("page_tree_that_counts_a_billion", Outcome::Answered, || {
            tree("/Kids [4 0 R] /Count 1000000000")
        }),
        case("page_tree_that_counts_beyond_numbers", Outcome::Answered, || {
            tree("/Kids [4 0 R] /Count 99999999999999999999")
        }),
        case("page_tree_that_counts_below_zero", Outcome::Answered, || tree("/Kids [4 0 R] /Count -1")),
        case("page_tree_of_a_billion_and_none", Outcome::Refused("document_unreadable"), || {
            tree("/Kids [9 0 R] /Count 1000000000")
        }),
        case("page_tree_without_kids_of_a_billion", Outcome::Refused("document_without_pages"), || {
            tree("/Kids [] /Count 1000000000")
        }),
        case("page_tree_without_kids", Outcome::Refused("document_without_pages"), || {
            tree("/Kids [] /Count 0")
        }),
        case("page_a_million_times_over", Outcome::Answered, || {
            tree(&format!("/Kids [{}] /Count 1000000", "4 0 R ".repeat(1_000_000)))
        })
        .showing(&["Invoice", "2041"]),
        case("page_tree_that_doubles_counted", Outcome::Answered, || doubling(18, true)),
        case("page_tree_that_doubles_uncounted", Outcome::Refused("document_unreadable"), || {
            doubling(30, false)
        }),
        case("page_tree_as_deep_as_a_well", Outcome::Answered, || deep(20_000)),
        case("page_that_is_its_own_parent", Outcome::Answered, || {
            Sketch::one_page().with(PAGE, "<< /Type /Page /Parent 4 0 R /Contents 5 0 R >>").file()
        }),
        case("page_tree_that_is_a_number", Outcome::Refused("document_unreadable"), || {
            Sketch::one_page().with(TREE, "7").file()
        }),
        case("page_tree_that_is_not_there", Outcome::Refused("document_unreadable"), || {
            Sketch::one_page().with_catalog("/Pages 99 0 R").file()
        }),
    ]
}

fn tree(entries: &str) -> Vec<u8> {
    root(entries).file()
}

fn root(entries: &str) -> Sketch {
    Sketch::one_page().with(TREE, format!("<< /Type /Pages /MediaBox [0 0 400 600] {entries} >>"))
}

fn each_others_kids(count: &str) -> Vec<u8> {
    let kid = format!("<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] {count} >>");
    root(&format!("/Kids [6 0 R 6 0 R] {count}")).with(FREE, kid).file()
}

/// `levels` nodes, each with the next one as both its kids; a page at the end.
fn doubling(levels: u32, is_counted: bool) -> Vec<u8> {
    let node = |level: u32, kid: u32| {
        let count = if is_counted { format!("/Count {}", 1_u64 << (levels - level)) } else { String::new() };
        format!("/Type /Pages /Kids [{kid} 0 R {kid} 0 R] {count}")
    };
    let inner = (1..levels).fold(root(&node(0, FREE)), |sketch, level| {
        let number = FREE + level - 1;
        let kid = if level + 1 == levels { PAGE } else { number + 1 };
        sketch.with(number, format!("<< {} >>", node(level, kid)))
    });
    inner.with_content(INVOICE).file()
}

/// This many nodes with one kid each.
fn deep(levels: u32) -> Vec<u8> {
    let last = FREE + levels;
    (FREE..=last)
        .fold(root("/Kids [6 0 R]"), |sketch, number| {
            let kid = if number == last { PAGE } else { number + 1 };
            sketch.with(number, format!("<< /Type /Pages /Kids [{kid} 0 R] >>"))
        })
        .file()
}
