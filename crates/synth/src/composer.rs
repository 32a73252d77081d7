//! Sets an invoice: holds its facts, its look and the current page.
//!
//! Owns pages and the drawing of captions and values. The layout families decide where blocks are
//! placed.

mod captions;
mod entries;
mod national;
mod text;
mod values;

use std::collections::BTreeSet;

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;
use fieldmark_domain::page::PageSize;

pub(crate) use entries::{Entry, Item};

use crate::canvas::{Align, Canvas, Pen, Run};
use crate::facts::Facts;
use crate::hard_cases::HardCase;
use crate::lexicon::Lexicon;
use crate::look::Look;
use crate::page::SyntheticPage;
use crate::random::Dice;

/// A place for a block: the left edge, the baseline above it, the width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
}

impl Area {
    /// The same place further down the page.
    pub(crate) fn at(self, y: f32) -> Self {
        Self { y, ..self }
    }

    /// The part of the width between two fractions, 0 to 1.
    pub(crate) fn part(self, from: f32, to: f32) -> Self {
        Self { left: self.left + self.width * from, width: self.width * (to - from), ..self }
    }

    /// The right edge.
    pub(crate) fn right(self) -> f32 {
        self.left + self.width
    }
}

/// Where the supplier is named if the letterhead does not name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// In the footer.
    Foot,
    /// As the holder of the account.
    AccountHolder,
    /// In the sender's line above a window address; in the footer if there is none.
    ReturnLine,
    /// In the greeting at the end.
    Greeting,
}

/// A finished invoice.
#[derive(Debug)]
pub(crate) struct Finished {
    /// Its facts.
    pub(crate) facts: Facts,
    /// Whether an amount is printed with a currency mark.
    pub(crate) shows_currency: bool,
    /// Its hard cases.
    pub(crate) cases: BTreeSet<HardCase>,
    /// The pages, without empty ones.
    pub(crate) pages: Vec<SyntheticPage>,
}

/// Sets an invoice.
#[derive(Debug)]
pub(crate) struct Composer {
    pub(crate) dice: Dice,
    pub(crate) facts: Facts,
    pub(crate) look: Look,
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) english: &'static Lexicon,
    pub(crate) canvas: Canvas,
    finished: Vec<Canvas>,
    /// Whether an amount is printed with a currency mark.
    pub(crate) shows_currency: bool,
    /// Items that the meta block or the letterhead has printed, so that other blocks need not
    /// repeat them.
    pub(crate) printed: Vec<Field>,
    /// Where the supplier is named if the letterhead does not name it.
    pub(crate) naming: Naming,
    /// The requested hard cases.
    pub(crate) wanted: BTreeSet<HardCase>,
    /// The hard cases that were set.
    pub(crate) met: BTreeSet<HardCase>,
}

impl Composer {
    /// A composer with an empty page.
    pub(crate) fn new(
        facts: Facts,
        look: Look,
        english: &'static Lexicon,
        wanted: BTreeSet<HardCase>,
        mut dice: Dice,
    ) -> Self {
        let (width_pt, height_pt) = facts.locale.page_size(&mut dice);
        let naming = dice.pick([
            Naming::Foot,
            Naming::Foot,
            Naming::AccountHolder,
            Naming::ReturnLine,
            Naming::Greeting,
        ]);
        Self {
            lexicon: facts.locale.lexicon(),
            canvas: Canvas::new(PageSize { width_pt, height_pt }),
            dice,
            facts,
            look,
            english,
            finished: Vec::new(),
            shows_currency: false,
            printed: Vec::new(),
            naming,
            met: BTreeSet::new(),
            wanted,
        }
    }

    /// Sets a block with a role; nested blocks may have their own roles.
    pub(crate) fn within<T>(&mut self, role: BlockRole, set: impl FnOnce(&mut Self) -> T) -> T {
        let around = self.canvas.role.replace(role);
        let set = set(self);
        self.canvas.role = around;
        set
    }

    /// The page within its margins.
    pub(crate) fn page_area(&self) -> Area {
        let margin = self.look.margin.min(self.canvas.size.width_pt * 0.12);
        Area { left: margin, y: margin, width: self.canvas.size.width_pt - 2.0 * margin }
    }

    /// The lowest baseline for text that is not a footer.
    pub(crate) fn bottom(&self) -> f32 {
        self.canvas.size.height_pt - 70.0
    }

    /// The regular pen.
    pub(crate) fn pen(&self) -> Pen {
        self.look.pen
    }

    /// Sets a line, one line below `y`; returns its baseline.
    pub(crate) fn line(&mut self, run: &Run, x: f32, y: f32, pen: Pen, align: Align) -> f32 {
        let baseline = y + pen.line();
        self.canvas.put(run, x, baseline, pen, align);
        baseline
    }

    /// Sets lines at one side of an area; long lines are broken.
    pub(crate) fn lines(&mut self, lines: &[Run], area: Area, pen: Pen, align: Align) -> f32 {
        let x = match align {
            Align::Left => area.left,
            Align::Centre => area.left + area.width / 2.0,
            Align::Right => area.right(),
        };
        let mut y = area.y;
        for line in lines {
            y = if line.is_empty() {
                y + pen.line() * 0.6
            } else {
                self.canvas.wrap(line, x, y, area.width.max(60.0), pen, align)
            };
        }
        y
    }

    /// Starts another page of the same size.
    pub(crate) fn turn_page(&mut self) {
        let mut next = Canvas::new(self.canvas.size);
        next.role = self.canvas.role;
        self.finished.push(std::mem::replace(&mut self.canvas, next));
    }

    /// The number of pages before this one.
    pub(crate) fn pages_before(&self) -> usize {
        self.finished.len()
    }

    /// The same area further down, or at the top of a new page if `height` does not fit any more.
    pub(crate) fn room_for(&mut self, height: f32, area: Area) -> Area {
        if area.y + height <= self.bottom() {
            return area;
        }
        self.turn_page();
        let y = self.look.margin + self.dice.length(0.0, 40.0);
        let top = area.at(y);
        if self.dice.chance(0.6) { top.at(self.continuation_header(top)) } else { top }
    }

    /// The header of a further page: the supplier, the invoice's number, the page number.
    fn continuation_header(&mut self, area: Area) -> f32 {
        self.within(BlockRole::Identification, |hand| hand.continuation_lines(area))
    }

    fn continuation_lines(&mut self, area: Area) -> f32 {
        let pen = self.pen();
        let mut y = area.y;
        if self.dice.chance(0.5) && !self.hides_supplier() {
            let name = Run::value(Field::SupplierName, self.facts.supplier.name.clone());
            y = self.line(&name, area.left, y, pen, Align::Left);
        }
        if self.dice.chance(0.6)
            && let Some(entry) = self.entry(Item::Field(Field::InvoiceNumber))
        {
            let (x, align) =
                if self.dice.chance(0.5) { (area.left, Align::Left) } else { (area.right(), Align::Right) };
            y = self.line(&entry.inline(), x, y, pen, align);
        }
        if self.dice.chance(0.5) {
            let page = self.page_number(self.finished.len() + 1);
            self.line(&page, area.right(), area.y, pen, Align::Right);
        }
        y + pen.line()
    }

    /// The pages, without empty ones.
    pub(crate) fn finish(mut self) -> Finished {
        let is_invoice = self.is_invoice();
        self.finished.push(self.canvas);
        let mut pages: Vec<SyntheticPage> =
            self.finished.into_iter().filter(|page| !page.is_empty()).map(Canvas::finish).collect();
        if !is_invoice {
            for word in pages.iter_mut().flat_map(|page| &mut page.words) {
                word.class = word.class.map(outside_invoices);
            }
        }
        Finished { facts: self.facts, shows_currency: self.shows_currency, cases: self.met, pages }
    }
}

/// The class of a span on a document that is not an invoice: its number and date are not an
/// invoice's.
const fn outside_invoices(class: SpanClass) -> SpanClass {
    match class {
        SpanClass::Value(Field::InvoiceNumber) => SpanClass::OtherIdentifier,
        SpanClass::Value(Field::InvoiceDate) => SpanClass::OtherDate,
        SpanClass::Caption(Field::InvoiceNumber | Field::InvoiceDate) => SpanClass::OtherCaption,
        class => class,
    }
}
