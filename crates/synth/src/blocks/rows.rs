//! Captions and values in rows, columns and grids.

use fieldmark_domain::detection::BlockRole;

use crate::canvas::{Align, Pen, Run};
use crate::composer::{Area, Composer, Entry};
use crate::look::RowStyle;

impl Composer {
    /// Sets entries as a block with a role, in a style; returns the last baseline.
    pub(crate) fn rows_of(
        &mut self,
        role: BlockRole,
        entries: Vec<Entry>,
        area: Area,
        style: RowStyle,
    ) -> f32 {
        self.within(role, |hand| hand.rows(entries, area, style))
    }

    /// Sets rows of the current block.
    pub(crate) fn rows(&mut self, entries: Vec<Entry>, area: Area, style: RowStyle) -> f32 {
        self.rows_with(entries, area, style, self.pen())
    }

    /// Sets entries in a style with their own pen.
    pub(crate) fn rows_with(&mut self, entries: Vec<Entry>, area: Area, style: RowStyle, pen: Pen) -> f32 {
        if entries.is_empty() {
            return area.y;
        }
        match style {
            RowStyle::Columns => self.columns_of(entries, area, pen),
            RowStyle::ValuesRight => self.values_right(entries, area, pen),
            RowStyle::Inline => self.inline_rows(entries, area, pen, Align::Left),
            RowStyle::InlineRight => self.inline_rows(entries, area, pen, Align::Right),
            RowStyle::CaptionsRight => self.captions_right(entries, area, pen),
            RowStyle::Stacked => self.stacked(entries, area, pen),
            RowStyle::Grid => self.grid(entries, area, pen),
            RowStyle::Across => self.across(entries, area, pen),
        }
    }

    fn columns_of(&mut self, entries: Vec<Entry>, area: Area, pen: Pen) -> f32 {
        let widest = entries.iter().map(|entry| pen.width(&entry.caption)).fold(0.0, f32::max);
        let tight = self.dice.chance(0.6);
        let offset = if tight {
            (widest + pen.size * self.dice.length(0.6, 3.0)).min(area.width * 0.75)
        } else {
            (area.width * self.dice.length(0.35, 0.62)).max(widest + pen.size * 0.5).min(area.width * 0.85)
        };
        let mut y = area.y;
        for entry in entries {
            let left = offset.max(pen.width(&entry.caption) + pen.size * 0.4);
            self.canvas.put(&entry.caption, area.left, y + pen.line(), pen, Align::Left);
            let room = (area.width - left).max(80.0);
            y = self.canvas.wrap(&entry.value, area.left + left, y, room, pen, Align::Left);
        }
        y
    }

    fn values_right(&mut self, entries: Vec<Entry>, area: Area, pen: Pen) -> f32 {
        let mut y = area.y;
        for entry in entries {
            y += pen.line();
            let needed = pen.width(&entry.caption) + pen.width(&entry.value) + pen.size;
            let right = area.right().max(area.left + needed);
            self.canvas.put(&entry.caption, area.left, y, pen, Align::Left);
            self.canvas.put(&entry.value, right, y, pen, Align::Right);
        }
        y
    }

    fn inline_rows(&mut self, entries: Vec<Entry>, area: Area, pen: Pen, align: Align) -> f32 {
        let lines: Vec<Run> = entries.into_iter().map(Entry::inline).collect();
        self.lines(&lines, area, pen, align)
    }

    fn captions_right(&mut self, entries: Vec<Entry>, area: Area, pen: Pen) -> f32 {
        let widest = entries.iter().map(|entry| pen.width(&entry.caption)).fold(0.0, f32::max);
        let middle = area.left + (area.width * self.dice.length(0.4, 0.6)).max(widest);
        let mut y = area.y;
        for entry in entries {
            y += pen.line();
            self.canvas.put(&entry.caption, middle - pen.size * 0.4, y, pen, Align::Right);
            self.canvas.put(&entry.value, middle + pen.size * 0.3, y, pen, Align::Left);
        }
        y
    }

    fn stacked(&mut self, entries: Vec<Entry>, area: Area, pen: Pen) -> f32 {
        let caption_pen = pen.scaled(self.dice.pick([0.8, 0.9, 1.0, 1.0]));
        let (align, x) =
            if self.dice.chance(0.15) { (Align::Right, area.right()) } else { (Align::Left, area.left) };
        let mut y = area.y;
        for entry in entries {
            y = self.line(&entry.caption, x, y, caption_pen, align);
            y = self.line(&entry.value, x, y, pen, align) + pen.size * 0.35;
        }
        y
    }

    fn grid(&mut self, entries: Vec<Entry>, area: Area, pen: Pen) -> f32 {
        let columns = self.dice.count(2, 4);
        let align = self.dice.pick([Align::Left, Align::Left, Align::Centre]);
        let framed = self.look.ruled && self.dice.chance(0.6);
        let cell = area.width / columns as f32;
        let mut y = area.y + pen.size * 0.3;
        for row in entries.chunks(columns) {
            let top = y;
            let caption_line = y + pen.line();
            let value_line = caption_line + pen.line();
            for (column, entry) in row.iter().enumerate() {
                let left = area.left + cell * column as f32 + if framed { 3.0 } else { 0.0 };
                let x = if align == Align::Centre { left + cell / 2.0 } else { left };
                self.canvas.put(&entry.caption, x, caption_line, pen.scaled(0.9), align);
                self.canvas.put(&entry.value, x, value_line, pen, align);
                if framed {
                    let edges = (left - 3.0, top, left - 3.0 + cell, value_line + pen.size * 0.4);
                    self.canvas.frame(edges, 0.5);
                }
            }
            y = value_line + pen.size * 0.5;
        }
        y
    }

    /// One row of captions over one row of values; several such pairs where there are many.
    pub(crate) fn across(&mut self, entries: Vec<Entry>, area: Area, pen: Pen) -> f32 {
        let per_row = self.dice.count(3, 7).min(entries.len());
        let align = self.dice.pick([Align::Left, Align::Left, Align::Centre, Align::Right]);
        let gap = self.dice.length(0.95, 1.6);
        let framed = self.look.ruled;
        let mut y = area.y;
        for row in entries.chunks(per_row) {
            let cell = area.width / row.len() as f32;
            // Two lines of captions, for captions that do not fit into one.
            let top = y + pen.size * 0.3;
            let caption_line = y + pen.line() * 2.0;
            let value_line = caption_line + pen.line() * gap;
            for (column, entry) in row.iter().enumerate() {
                let left = area.left + cell * column as f32;
                let x = match align {
                    Align::Left => left + 2.0,
                    Align::Centre => left + cell / 2.0,
                    Align::Right => left + cell - 4.0,
                };
                self.head(&entry.caption, x, caption_line, cell - 4.0, pen, align);
                self.canvas.put(&entry.value, x, value_line, pen, align);
                if framed {
                    self.canvas.frame((left, top, left + cell, value_line + pen.size * 0.5), 0.5);
                }
            }
            y = value_line + pen.size * 0.5;
        }
        y
    }

    /// The header of a column; if it is too wide, its first words are set in a line above.
    pub(crate) fn head(&mut self, head: &Run, x: f32, baseline: f32, width: f32, pen: Pen, align: Align) {
        if pen.width(head) <= width.max(20.0) {
            self.canvas.put(head, x, baseline, pen, align);
        } else {
            let lines = head.broken_in_two();
            self.canvas.put(&lines.0, x, baseline - pen.size * 1.1, pen, align);
            self.canvas.put(&lines.1, x, baseline, pen, align);
        }
    }

    /// Sometimes a frame or a fill behind the text between two baselines.
    pub(crate) fn boxed(&mut self, area: Area, bottom: f32, pen: Pen) {
        let edges = (area.left - 5.0, area.y + pen.size * 0.1, area.right() + 5.0, bottom + pen.size * 0.6);
        if self.dice.chance(0.5) {
            self.canvas.frame(edges, 0.6);
        } else {
            self.canvas.fill(edges, 0.93);
        }
    }
}
