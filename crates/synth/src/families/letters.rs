//! Invoices that look like letters.

use fieldmark_domain::detection::BlockRole;
use fieldmark_domain::field::Field;

use super::arrangement::{Block, Column, Tail};
use crate::blocks::{FooterStyle, SLIP_HEIGHT, TotalsStyle};
use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Item};
use crate::look::RowStyle;

impl Composer {
    /// Return line and window on the left, numbers on the right, columns at the foot.
    pub(super) fn din_letter(&mut self) {
        let area = self.top();
        let mut y = area.y;
        if self.dice.chance(0.75) {
            let align = self.dice.pick([Align::Left, Align::Right, Align::Right, Align::Centre]);
            let part = if align == Align::Right { area.part(0.5, 1.0) } else { area };
            y = if self.dice.chance(0.6) {
                self.supplier_name(part, align)
            } else {
                self.letterhead(part, align)
            };
        }
        let window = area.part(0.0, 0.52).at(y.max(self.dice.length(70.0, 140.0)));
        let side = area.part(self.dice.length(0.55, 0.68), 1.0);
        let top = self.return_line(window);
        let captioned = self.dice.chance(0.06);
        let left = self.customer_lines(window.at(top), Align::Left, captioned);
        let side_top = y.max(window.y - self.dice.length(-20.0, 60.0));
        let right = self.meta_block(side.at(side_top));
        y = left.max(right) + self.dice.length(10.0, 50.0);
        y = self.title(area.at(y), Align::Left);
        let columns = self.dice.count(2, 4);
        let footer_style = if self.dice.chance(0.75) { Some(FooterStyle::Columns(columns)) } else { None };
        self.body(area.at(y), Tail { footer: 0.95, footer_style, payment: 0.25, ..Tail::default() });
    }

    /// Supplier left, title and numbers right; the customer below one of them.
    pub(super) fn two_column_header(&mut self) {
        let area = self.top();
        let bands: &[&[Column]] = match self.dice.count(0, 6) {
            0 => &[
                &[(0.5, &[Block::Supplier]), (0.5, &[Block::Title, Block::Meta])],
                &[(0.5, &[Block::Customer]), (0.5, &[Block::Other])],
            ],
            1 => &[
                &[(0.55, &[Block::SupplierName]), (0.45, &[Block::TitleRight])],
                &[(0.5, &[Block::Meta]), (0.5, &[Block::Customer])],
            ],
            2 => &[&[
                (0.5, &[Block::Supplier, Block::Gap, Block::Customer]),
                (0.5, &[Block::Title, Block::Meta]),
            ]],
            3 => &[
                &[(0.5, &[Block::Title, Block::Meta]), (0.5, &[Block::Supplier])],
                &[(0.5, &[Block::Gap]), (0.5, &[Block::Customer])],
            ],
            4 => &[
                &[
                    (0.4, &[Block::SupplierName]),
                    (0.3, &[Block::SupplierNumbers]),
                    (0.3, &[Block::SupplierAddress]),
                ],
                &[(1.0, &[Block::Title])],
                &[(0.5, &[Block::Meta]), (0.5, &[Block::Customer])],
            ],
            5 => &[
                &[
                    (0.35, &[Block::SupplierNumbers]),
                    (0.35, &[Block::SupplierAddress]),
                    (0.3, &[Block::SupplierName]),
                ],
                &[(0.5, &[Block::Customer]), (0.5, &[Block::Title, Block::Meta])],
            ],
            _ => &[
                &[(0.5, &[Block::SupplierName]), (0.5, &[Block::Title, Block::Meta])],
                &[(0.5, &[Block::References]), (0.5, &[Block::Customer])],
            ],
        };
        let y = self.bands(bands, area);
        self.body(area.at(y), Tail { footer: 0.88, payment: 0.4, ..Tail::default() });
    }

    /// A salutation, sentences with all values, a greeting.
    pub(super) fn prose_letter(&mut self) {
        let area = self.top();
        let y = self.bands(
            &[
                &[(0.55, &[Block::Supplier]), (0.45, &[Block::Gap])],
                &[(0.6, &[Block::Customer]), (0.4, &[Block::Gap])],
            ],
            area,
        );
        let mut y = y + self.dice.length(4.0, 40.0);
        let date = Run::value(Field::InvoiceDate, self.date_text(self.facts.invoice_date));
        let city = self.facts.supplier.city.clone();
        let place = if self.dice.chance(0.6) { Run::plain(format!("{city},")).and(date) } else { date };
        let pen = self.pen();
        let (x, align) =
            if self.dice.chance(0.7) { (area.right(), Align::Right) } else { (area.left, Align::Left) };
        y = self.within(BlockRole::Identification, |hand| hand.line(&place, x, y, pen, align));
        y = self.title(area.at(y + 8.0), Align::Left);
        let sentences = self.dice.count(1, 3);
        y = self.prose(area.at(y + 6.0), sentences);
        let items = self.items(area.at(y + 4.0));
        let style = self.dice.pick([
            TotalsStyle::Sentence,
            TotalsStyle::RightColumn,
            TotalsStyle::InlineLeft,
            TotalsStyle::InlineRight,
        ]);
        self.tail(
            area.at(items),
            Tail { totals: Some(style), sentences: 6, payment: 0.45, ..Tail::default() },
        );
    }

    /// Letterhead, a few lines, sums, bank: the invoice of a small firm.
    pub(super) fn craftsman(&mut self) {
        let area = self.top();
        let align = self.dice.pick([Align::Left, Align::Centre, Align::Right]);
        let mut y = self.letterhead(area, align);
        let rule = self.dice.chance(0.5);
        if rule {
            self.canvas.rule((area.left, y + 6.0), (area.right(), y + 6.0), 0.8);
        }
        let bands: &[&[Column]] = match self.dice.count(0, 3) {
            0 => &[&[(0.6, &[Block::Customer]), (0.4, &[Block::TitleRight, Block::Meta])]],
            1 => &[
                &[(1.0, &[Block::Customer])],
                &[(1.0, &[Block::Title])],
                &[(0.55, &[Block::Meta]), (0.45, &[Block::Gap])],
            ],
            2 => &[&[(0.5, &[Block::Title, Block::Customer]), (0.5, &[Block::Meta])]],
            _ => &[&[(0.55, &[Block::Customer, Block::Title]), (0.45, &[Block::Meta, Block::References])]],
        };
        y = self.bands(bands, area.at(y + 14.0));
        self.body(area.at(y), Tail { payment: 0.6, sentences: 4, footer: 0.5, ..Tail::default() });
    }

    /// The sparse template of a word processor.
    pub(super) fn template(&mut self) {
        let area = self.top();
        let bands: &[&[Column]] = match self.dice.count(0, 4) {
            0 => &[
                &[(1.0, &[Block::Title])],
                &[(1.0, &[Block::Meta])],
                &[(1.0, &[Block::Supplier])],
                &[(1.0, &[Block::Customer])],
            ],
            1 => &[
                &[(0.6, &[Block::Title]), (0.4, &[Block::Meta])],
                &[(0.5, &[Block::Supplier]), (0.5, &[Block::Customer])],
            ],
            2 => &[
                &[(0.5, &[Block::SupplierName]), (0.5, &[Block::SupplierRight])],
                &[(0.6, &[Block::Customer]), (0.4, &[Block::Meta])],
            ],
            3 => &[
                &[(1.0, &[Block::Supplier])],
                &[(0.6, &[Block::Customer]), (0.4, &[Block::Title, Block::Meta])],
            ],
            _ => &[
                &[(1.0, &[Block::Title, Block::Meta])],
                &[(0.5, &[Block::SupplierForm]), (0.5, &[Block::CustomerForm])],
            ],
        };
        let y = self.bands(bands, area);
        self.body(area.at(y), Tail { payment: 0.5, footer: 0.25, sentences: 3, ..Tail::default() });
    }

    /// A narrow column beside the letter.
    pub(super) fn side_panel(&mut self) {
        let area = self.top();
        let left_panel = self.dice.chance(0.5);
        let (panel, main) = if left_panel {
            (area.part(0.0, 0.25), area.part(0.31, 1.0))
        } else {
            (area.part(0.76, 1.0), area.part(0.0, 0.7))
        };
        if self.dice.chance(0.5) {
            let edges = (panel.left - 8.0, 0.0, panel.right() + 8.0, self.canvas.size.height_pt);
            self.canvas.fill(edges, 0.92);
        }
        let small = self.pen();
        self.look.pen = small.scaled(0.85);
        let rows = self.look.rows;
        self.look.rows = self.dice.pick([RowStyle::Stacked, RowStyle::Stacked, RowStyle::Inline]);
        let blocks: &[Block] = match self.dice.count(0, 3) {
            0 => &[Block::Supplier, Block::Gap, Block::Meta],
            1 => &[Block::SupplierName, Block::Gap, Block::Meta, Block::Gap, Block::References],
            2 => &[Block::Meta, Block::Gap, Block::Customer],
            _ => &[Block::Title, Block::Meta, Block::Gap, Block::Supplier],
        };
        self.columns(&[(1.0, blocks)], panel);
        if !blocks.contains(&Block::Customer) && self.dice.chance(0.4) {
            let entries = self.payment_entries();
            let place = panel.at(self.canvas.size.height_pt * 0.66);
            self.rows_of(BlockRole::Bank, entries, place, RowStyle::Stacked);
        }
        self.look.pen = small;
        self.look.rows = rows;
        let mut y = main.y;
        for block in [Block::SupplierName, Block::Customer, Block::Title] {
            let named = block == Block::SupplierName && blocks.contains(&Block::Supplier);
            if !blocks.contains(&block) && !named {
                y = self.block(block, main.at(y)) + self.dice.length(6.0, 36.0);
            }
        }
        if !blocks.contains(&Block::Supplier) && !blocks.contains(&Block::SupplierName) {
            y = y.max(main.y + 20.0);
        }
        self.body(main.at(y), Tail { footer: 0.4, payment: 0.45, ..Tail::default() });
    }

    /// Everything on the middle axis.
    pub(super) fn centred(&mut self) {
        let area = self.top();
        let mut y = area.y;
        if self.dice.chance(0.5) {
            y = self.title(area.at(y), Align::Centre) + 8.0;
            y = self.letterhead(area.at(y), Align::Centre);
        } else {
            y = self.letterhead(area.at(y), Align::Centre) + 8.0;
            y = self.title(area.at(y), Align::Centre);
        }
        y += self.dice.length(6.0, 30.0);
        if self.dice.chance(0.4) {
            let number = Run::value(Field::InvoiceNumber, self.facts.invoice_number.clone());
            let pen = self.pen();
            y = self.within(BlockRole::Identification, |hand| {
                hand.lines(&[number], area.at(y), pen, Align::Centre)
            });
            self.printed.push(Field::InvoiceNumber);
        }
        let bands: &[&[Column]] = if self.dice.chance(0.6) {
            &[&[(0.5, &[Block::Customer]), (0.5, &[Block::Meta])]]
        } else {
            &[&[(0.5, &[Block::Meta]), (0.5, &[Block::Customer])]]
        };
        y = self.bands(bands, area.at(y));
        self.body(
            area.at(y),
            Tail { footer_style: Some(FooterStyle::Lines(Align::Centre)), ..Tail::default() },
        );
    }

    /// A giro slip in the lower third, the invoice above it.
    pub(super) fn giro_slip(&mut self) {
        self.facts.amounts.lines.truncate(self.facts.amounts.lines.len().max(1));
        let area = self.top();
        let bands: &[&[Column]] = match self.dice.count(0, 3) {
            0 => &[
                &[(0.5, &[Block::Supplier]), (0.5, &[Block::Title, Block::Meta])],
                &[(0.5, &[Block::Gap]), (0.5, &[Block::Customer])],
            ],
            1 => &[&[(0.5, &[Block::Customer]), (0.5, &[Block::Title, Block::Meta])]],
            2 => &[&[(0.55, &[Block::SupplierName, Block::Customer]), (0.45, &[Block::Title, Block::Meta])]],
            _ => &[
                &[(0.5, &[Block::Title, Block::Meta]), (0.5, &[Block::SupplierRight])],
                &[(0.6, &[Block::Customer]), (0.4, &[Block::References])],
            ],
        };
        let y = self.bands(bands, area);
        let y = self.items(area.at(y));
        let style = self.totals_style();
        let room = self.canvas.size.height_pt - SLIP_HEIGHT - 150.0;
        let mut place = area.at(y + 6.0);
        if y > room {
            self.turn_page();
            place = area;
        }
        let bottom = self.totals(place, style);
        if bottom < self.canvas.size.height_pt - SLIP_HEIGHT - 60.0 && self.dice.chance(0.4) {
            let sentences = self.dice.count(1, 2);
            self.prose(area.at(bottom + 8.0), sentences);
        }
        let slip = self.slip_kind();
        self.slip(slip);
    }

    /// Three or four columns at the top.
    pub(super) fn three_columns(&mut self) {
        let area = self.top();
        let bands: &[&[Column]] = match self.dice.count(0, 5) {
            0 => &[&[
                (1.0, &[Block::Supplier]),
                (1.0, &[Block::Customer]),
                (1.0, &[Block::Title, Block::Meta]),
            ]],
            1 => &[
                &[(1.0, &[Block::Title])],
                &[(1.0, &[Block::Meta]), (1.0, &[Block::Customer]), (1.0, &[Block::Supplier])],
            ],
            2 => &[
                &[(1.0, &[Block::SupplierName]), (1.0, &[Block::TitleRight])],
                &[(1.0, &[Block::Customer]), (1.0, &[Block::Other]), (1.0, &[Block::Meta])],
            ],
            3 => &[
                &[(1.0, &[Block::Supplier]), (1.0, &[Block::Clerk]), (1.0, &[Block::Title])],
                &[(1.0, &[Block::Customer]), (1.0, &[Block::Meta])],
            ],
            4 => &[
                &[(1.0, &[Block::Customer]), (1.0, &[Block::Other]), (1.0, &[Block::Supplier])],
                &[(1.0, &[Block::Title])],
                &[(1.0, &[Block::Meta])],
            ],
            _ => &[
                &[(1.0, &[Block::Supplier]), (1.0, &[Block::References]), (1.0, &[Block::SupplierName])],
                &[(1.0, &[Block::Customer]), (1.0, &[Block::Meta])],
            ],
        };
        let y = self.bands(bands, area);
        self.body(area.at(y), Tail { footer: 0.55, ..Tail::default() });
    }

    /// Numbers and dates in a framed grid.
    pub(super) fn grid_header(&mut self) {
        self.look.ruled = self.dice.chance(0.85);
        let area = self.top();
        let style = self.dice.pick([RowStyle::Grid, RowStyle::Across]);
        let y = self.bands(&[&[(0.5, &[Block::Supplier]), (0.5, &[Block::Title, Block::Customer])]], area);
        let y = self.meta_block_in(area.at(y), style) + 6.0;
        let y = if self.dice.chance(0.35) {
            let count = self.dice.count(2, 5);
            let items: Vec<Item> = (0..count).map(|_| self.distractor()).collect();
            let entries = self.entries(&items);
            self.rows_of(BlockRole::Identification, entries, area.at(y), style)
        } else {
            y
        };
        self.body(area.at(y), Tail { tax_table: 0.3, ..Tail::default() });
    }

    /// Bands of blocks in any order.
    pub(super) fn free(&mut self) {
        let area = self.top();
        let mut blocks = vec![
            self.dice.pick([Block::Supplier, Block::Supplier, Block::SupplierRight, Block::SupplierForm]),
            self.dice.pick([Block::Customer, Block::Customer, Block::Customer, Block::CustomerForm]),
            self.dice.pick([Block::Title, Block::Title, Block::TitleRight]),
            Block::Meta,
        ];
        for (block, likelihood) in [
            (Block::Other, 0.35),
            (Block::Terms, 0.15),
            (Block::References, 0.25),
            (Block::Other, 0.08),
            (Block::Clerk, 0.08),
        ] {
            if self.dice.chance(likelihood) {
                blocks.push(block);
            }
        }
        self.dice.shuffle(&mut blocks);
        if self.dice.chance(0.12) {
            self.look.rows = crate::look::row_style(&mut self.dice);
        }
        let mut y = area.y;
        let mut rest = blocks.as_slice();
        while !rest.is_empty() {
            let take = self.dice.weighted([(1, 42), (2, 46), (3, 12)]).min(rest.len());
            let (band, after) = rest.split_at(take);
            let singles: Vec<[Block; 1]> = band.iter().map(|block| [*block]).collect();
            let columns: Vec<Column> =
                singles.iter().map(|block| (self.dice.length(0.75, 1.3), block.as_slice())).collect();
            y = self.columns(&columns, area.at(y)) + self.dice.length(2.0, 26.0);
            rest = after;
        }
        self.body(area.at(y), Tail { tax_table: 0.22, sentences: 5, ..Tail::default() });
    }

    /// The frame that a family draws around its text.
    pub(super) fn framed(&mut self, area: Area, bottom: f32) {
        self.canvas.frame((area.left - 6.0, area.y, area.right() + 4.0, bottom + 8.0), 0.7);
    }
}
