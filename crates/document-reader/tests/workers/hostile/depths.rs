//! Trees that are deeper than any real ones, and trees with loops: of fields, outlines, names,
//! labels, pages, structure, actions, references, colour spaces, functions, patterns, fonts, masks
//! and brackets.

use super::makers::sketch::{FREE, INVOICE, PAGE, Sketch};

/// A file and what it is.
pub type Named = (&'static str, Vec<u8>);

const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 400 600]";

/// How a tree ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With a leaf.
    Leaf,
    /// With its own root.
    Root,
}

/// A tree of each kind with this many levels. With [`End::Root`] the last level refers to the
/// first.
pub fn trees(levels: u32, end: End) -> Vec<Named> {
    let last = FREE + levels;
    let chain = Chain { last, end };
    vec![
        ("fields", fields(chain)),
        ("parents of a field", parents(chain)),
        ("outlines", outlines(chain)),
        ("names", names(chain)),
        ("page labels", labels(chain)),
        ("pages", pages(chain)),
        ("structure", structure(chain)),
        ("actions", actions(chain)),
        ("references", references(chain)),
        ("colour spaces", colour_spaces(chain)),
        ("functions", functions(chain)),
        ("patterns", patterns(chain)),
        ("fonts", fonts(chain)),
        ("masks", masks(chain)),
    ]
}

/// Nested brackets, this many levels, closed and open.
pub fn brackets(levels: usize) -> Vec<Named> {
    let nested = |open: &str, close: &str| format!("{}0{}", open.repeat(levels), close.repeat(levels));
    let in_catalog = |text: &str| Sketch::one_page().with_catalog(&format!("/X {text}")).file();
    let in_content = |text: &str| Sketch::showing(format!("{text} {INVOICE}")).file();
    vec![
        ("arrays", in_catalog(&nested("[", "]"))),
        ("open arrays", in_catalog(&"[".repeat(levels))),
        ("dictionaries", in_catalog(&nested("<< /A ", ">>"))),
        ("arrays in content", in_content(&format!("{} TJ", nested("[", "]")))),
        ("dictionaries in content", in_content(&format!("/P {} BDC", nested("<< /A ", ">>")))),
        ("states in content", in_content(&"q ".repeat(levels))),
    ]
}

/// Nested colour spaces, this many levels.
pub fn colour_spaces_alone(levels: u32) -> Vec<u8> {
    colour_spaces(Chain { last: FREE + levels, end: End::Leaf })
}

/// Objects from [`FREE`] on, each of which refers to the next one.
#[derive(Clone, Copy)]
struct Chain {
    last: u32,
    end: End,
}

impl Chain {
    /// Adds the objects to a file; `make` gets an object's own number and the next one's. The last
    /// object is a leaf or refers to the first.
    fn onto(self, sketch: Sketch, make: impl Fn(u32, u32) -> String, leaf: &str) -> Sketch {
        let inner =
            (FREE..self.last).fold(sketch, |sketch, number| sketch.with(number, make(number, number + 1)));
        match self.end {
            End::Leaf => inner.with(self.last, leaf),
            End::Root => inner.with(self.last, make(self.last, FREE)),
        }
    }
}

fn stream(entries: &str, bytes: &str) -> String {
    format!("<< /Length {} {entries} >>\nstream\n{bytes}\nendstream", bytes.len())
}

fn fields(chain: Chain) -> Vec<u8> {
    let page = format!("/Annots [{} 0 R]", chain.last);
    let sketch = Sketch::one_page().with_catalog("/AcroForm << /Fields [6 0 R] >>").with_page(&page, "");
    let node = |number, next| format!("<< /T (a) /Kids [{next} 0 R] /Parent {} 0 R >>", number - 1);
    let leaf = format!(
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (z) /V (x) /Rect [0 0 99 99] /Parent {} 0 R >>",
        chain.last - 1
    );
    chain.onto(sketch, node, &leaf).file()
}

fn parents(chain: Chain) -> Vec<u8> {
    let form = "/AcroForm << /Fields [6 0 R] >>";
    let sketch = Sketch::one_page().with_catalog(form).with_page("/Annots [6 0 R]", "");
    let node =
        |_, next| format!("<< /Type /Annot /Subtype /Widget /T (a) /Rect [0 0 9 9] /Parent {next} 0 R >>");
    chain.onto(sketch, node, "<< /FT /Tx /T (z) >>").file()
}

fn outlines(chain: Chain) -> Vec<u8> {
    let node = |number, next| {
        format!(
            "<< /Title (a) /Parent {} 0 R /First {next} 0 R /Last {next} 0 R /Next {next} 0 R >>",
            number - 1
        )
    };
    chain.onto(Sketch::one_page().with_catalog("/Outlines 6 0 R"), node, "<< /Title (z) >>").file()
}

fn names(chain: Chain) -> Vec<u8> {
    let catalog = "/Names << /EmbeddedFiles 6 0 R /Dests 6 0 R >>";
    let node = |_, next| format!("<< /Kids [{next} 0 R] /Limits [(a) (z)] >>");
    let leaf = "<< /Names [(a) << /F (x) >>] /Limits [(a) (z)] >>";
    chain.onto(Sketch::one_page().with_catalog(catalog), node, leaf).file()
}

fn labels(chain: Chain) -> Vec<u8> {
    let node = |_, next| format!("<< /Kids [{next} 0 R] /Limits [0 9] >>");
    let sketch = Sketch::one_page().with_catalog("/PageLabels 6 0 R");
    chain.onto(sketch, node, "<< /Nums [0 << /S /D >>] /Limits [0 9] >>").file()
}

fn pages(chain: Chain) -> Vec<u8> {
    let node = |_, next| format!("<< /Type /Pages /Kids [{next} 0 R] /Count 1 /MediaBox [0 0 400 600] >>");
    let leaf = "<< /Type /Page /Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> >>";
    chain.onto(Sketch::one_page().with_catalog("/Pages 6 0 R"), node, leaf).file()
}

fn structure(chain: Chain) -> Vec<u8> {
    let catalog = "/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>";
    let sketch = Sketch::one_page().with_catalog(catalog).with_page("/StructParents 0", "");
    let node = |number, next| {
        format!(
            "<< /Type /StructElem /S /P /K {next} 0 R /P {} 0 R /ParentTree 6 0 R /Pg 4 0 R >>",
            number - 1
        )
    };
    chain.onto(sketch, node, "<< /S /P /K 0 /Pg 4 0 R >>").file()
}

fn actions(chain: Chain) -> Vec<u8> {
    let page = "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A 6 0 R >>]";
    let sketch = Sketch::one_page().with_catalog("/OpenAction 6 0 R").with_page(page, "");
    let node = |_, next| format!("<< /S /URI /URI (x) /Next {next} 0 R >>");
    chain.onto(sketch, node, "<< /S /GoTo /D [4 0 R /Fit] >>").file()
}

fn references(chain: Chain) -> Vec<u8> {
    let sketch = Sketch::one_page().with_page("/MediaBox 6 0 R /Rotate 6 0 R", "");
    chain.onto(sketch, |_, next| format!("{next} 0 R"), "[0 0 400 600]").file()
}

fn colour_spaces(chain: Chain) -> Vec<u8> {
    let sketch = Sketch::showing(format!("/C cs 0 sc 0 0 50 50 re f {INVOICE}"));
    let sketch = sketch.with_page("", "/ColorSpace << /C 6 0 R >>");
    chain.onto(sketch, |_, next| format!("[/Indexed {next} 0 R 1 <0001>]"), "/DeviceRGB").file()
}

fn functions(chain: Chain) -> Vec<u8> {
    let shading = "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 400 600] /Function 6 0 R >> >>";
    let sketch = Sketch::showing(format!("/S sh {INVOICE}")).with_page("", shading);
    let node = |_, next| {
        format!("<< /FunctionType 3 /Domain [0 1] /Functions [{next} 0 R] /Bounds [] /Encode [0 1] >>")
    };
    chain.onto(sketch, node, "<< /FunctionType 2 /Domain [0 1] /N 1 >>").file()
}

fn patterns(chain: Chain) -> Vec<u8> {
    const PAINT: &str = "/Pattern cs /P scn 0 0 9 9 re f";
    const PATTERN: &str =
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9";
    let sketch = Sketch::showing(format!("{PAINT} {INVOICE}")).with_page("", "/Pattern << /P 6 0 R >>");
    let node = |_, next| stream(&format!("{PATTERN} /Resources << /Pattern << /P {next} 0 R >> >>"), PAINT);
    chain.onto(sketch, node, &stream(PATTERN, "0 0 9 9 re f")).file()
}

fn fonts(chain: Chain) -> Vec<u8> {
    let sketch = Sketch::showing("BT /G 12 Tf 50 500 Td (aa) Tj ET");
    let page = "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /G 6 0 R >> >> >>";
    let glyph = stream("", "9 0 d0 BT /F 9 Tf (a) Tj ET");
    let own = chain.last + 1;
    let sketch = sketch.with(PAGE, page).with(own, glyph);
    let node = |_, next| {
        format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 \
             /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a {own} 0 R >> \
             /Resources << /Font << /F {next} 0 R >> >> >>"
        )
    };
    chain.onto(sketch, node, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>").file()
}

fn masks(chain: Chain) -> Vec<u8> {
    let group = "/Group << /S /Transparency /CS /DeviceGray >>";
    let first = "/ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >>";
    let sketch = Sketch::showing(format!("/G gs {INVOICE}")).with_page("", first);
    let node = |_, next| {
        let mask = format!("/ExtGState << /G << /SMask << /S /Luminosity /G {next} 0 R >> >> >>");
        stream(&format!("{FORM} {group} /Resources << {mask} >>"), "/G gs 0 0 9 9 re f")
    };
    chain.onto(sketch, node, &stream(&format!("{FORM} {group}"), "0 0 9 9 re f")).file()
}
