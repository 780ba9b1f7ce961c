//! SVG text as a backend of plotters.
//!
//! Plotters' own brings files, bitmaps and the printing of floats with it, which cost a first visit more than all drawings
//! together (README, *What it costs in bytes*). This one writes shapes and lines of text at whole coordinates.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};

use crate::report::table;

/// A drawing in the making.
pub(super) struct Svg {
    text: String,
    size: (u32, u32),
}

/// What drawing returns: writing text cannot fail.
pub(super) type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Svg {
    /// An empty drawing of this width and height, with these further attributes.
    pub(super) fn new(size: (u32, u32), attributes: &str) -> Self {
        let (width, height) = size;
        let text = format!(
            "<svg {attributes} width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">"
        );
        Self { text, size }
    }

    /// The drawing.
    pub(super) fn finish(mut self) -> String {
        self.text.push_str("</svg>");
        self.text
    }

    fn attribute(&mut self, name: &str, value: i32) {
        write!(self.text, " {name}=\"{value}\"").ok();
    }

    fn colour(&mut self, name: &str, colour: BackendColor) {
        let (red, green, blue) = colour.rgb;
        write!(self.text, " {name}=\"#{:06x}\"", u32::from_be_bytes([0, red, green, blue])).ok();
    }

    fn points(&mut self, path: impl IntoIterator<Item = BackendCoord>) {
        self.text.push_str(" points=\"");
        for (x, y) in path {
            write!(self.text, "{x},{y} ").ok();
        }
        self.text.push_str("\"/>");
    }
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.text.push_str("<rect");
        for (name, value) in [("x", left), ("y", top), ("width", right - left), ("height", bottom - top)] {
            self.attribute(name, value);
        }
        if fill {
            self.colour("fill", style.color());
        } else {
            self.text.push_str(" fill=\"none\"");
            self.colour("stroke", style.color());
        }
        self.text.push_str("/>");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.text.push_str("<polyline fill=\"none\"");
        self.colour("stroke", style.color());
        self.points(path);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.text.push_str("<polygon");
        self.colour("fill", style.color());
        self.points(path);
        Ok(())
    }

    /// A line of text at the height of its middle, anchored on its side: nothing is measured.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        self.text.push_str("<text");
        self.attribute("x", x);
        self.attribute("y", y);
        #[expect(clippy::cast_possible_truncation, reason = "some tens of pixels")]
        self.attribute("font-size", style.size().round() as i32);
        self.colour("fill", style.color());
        let side = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let family = style.family();
        write!(self.text, " dy=\"0.5ex\" text-anchor=\"{side}\" font-family=\"{}\">", family.as_str()).ok();
        table::push_escaped(&mut self.text, text);
        self.text.push_str("</text>");
        Ok(())
    }
}
