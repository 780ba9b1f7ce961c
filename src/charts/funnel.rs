//! The funnel: a shape per stage, its width by the logarithm of the volume.

use std::convert::Infallible;

use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendTextStyle, FontFamily};

use crate::charts::svg::{Drawn, Svg};
use crate::engine::{Outcome, Part, math};
use crate::plan::{Owner, Plan};
use crate::report::{DateStyle, Format, row, words};

/// What to say beside every drawing of the funnel.
pub const SCALE_NOTE: &str = "Widths are on a logarithmic scale: a tenth of the volume is one step narrower.";

/// The width of the narrowest shape, as a share of the widest.
const NARROWEST: f64 = 0.3;
/// A funnel over fewer powers of ten than this is drawn as steep as one over this many, so that small differences look small.
const FEWEST_DECADES: f64 = 3.0;

/// The width of each stage's shape as a share of the widest; a volume out of reach is as wide as the widest, and what is within
/// reach is then as narrow as it can be.
pub fn widths(part: &Part) -> Vec<f64> {
    let volumes: Vec<Option<f64>> = part.stages.iter().map(|stage| stage.carried.figure()).collect();
    let largest = volumes.iter().flatten().fold(0.0, |largest: f64, &volume| largest.max(volume));
    let decades = |volume: f64| if volume > 0.0 { math::log10(largest / volume) } else { f64::INFINITY };
    let depths = volumes.iter().flatten().map(|&volume| decades(volume)).filter(|decades| decades.is_finite());
    let deepest = depths.fold(0.0, f64::max);
    let span = deepest.max(FEWEST_DECADES);
    let first = if volumes.contains(&None) { span - deepest } else { 0.0 };
    let narrowed = |volume| 1.0 - (1.0 - NARROWEST) * ((first + decades(volume)) / span).min(1.0);
    volumes.iter().map(|volume| volume.map_or(1.0, narrowed)).collect()
}

/// The shape of one stage, to be stretched into its row: from its own width to that of the next stage.
///
/// `top` and `bottom` are shares of the full width.
pub fn row(top: f64, bottom: f64, owner: Owner) -> String {
    let mut svg = Svg::new(ROW, STRETCHED);
    fill_and_outline(&mut svg, trapezium((500, 4), 496.0, top, bottom, 92), owner).ok();
    svg.finish()
}

/// A drawing to be stretched into its place by the page, told nothing twice: the figures stand beside it.
pub(super) const STRETCHED: &str = "preserveAspectRatio=\"none\" aria-hidden=\"true\"";

/// The class that gives a team its hue on the page.
pub fn team_class(owner: Owner) -> &'static str {
    match owner {
        Owner::Marketing => "marketing",
        Owner::SalesDevelopment => "development",
        Owner::Sales => "sales",
    }
}

/// The drawing of a row, in its own units.
const ROW: (u32, u32) = (1000, 100);

/// The whole picture as a file of its own: names, owners, shapes, volumes and dates, on white.
pub fn picture(plan: &Plan, outcome: &Outcome, title: &str, format: &dyn Format) -> String {
    let title = wrapped(title, 84);
    let bottom = top_of(&title, plan.stages.len()) + 56;
    let size = (PICTURE_WIDTH.unsigned_abs(), bottom.unsigned_abs());
    let mut svg = Svg::new(size, "role=\"img\"");
    draw_picture(&mut svg, (plan, outcome), &title, format).ok();
    svg.finish()
}

const PICTURE_WIDTH: i32 = 1200;
const ROW_HEIGHT: i32 = 84;
pub(super) const INK: BackendColor = rgb(27, 26, 23);
const SOFT: BackendColor = rgb(95, 91, 83);
const PAPER: BackendColor = rgb(255, 255, 255);

/// Where a row begins: below the title and the rows before it.
fn top_of(title: &[String], row: usize) -> i32 {
    72 + whole(title.len()) * 30 + whole(row) * ROW_HEIGHT
}

fn whole(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(0)
}

/// The size at which a line of a stage's name ends before its shape begins.
fn name_size(line: &str) -> f64 {
    // In average letters, of which twenty-four fit. Nothing is measured, so capitals and wide scripts are counted as wider.
    let letters = line.chars().map(|letter| match letter {
        '\u{1100}'.. => 2.0,
        'A'..='Z' => 1.4,
        _ => 1.0,
    });
    19.0 * (24.0 / letters.sum::<f64>()).min(1.0)
}

fn draw_picture(backend: &mut Svg, (plan, outcome): (&Plan, &Outcome), title: &[String], format: &dyn Format) -> Drawn {
    let (_, height) = backend.get_size();
    let bottom = i32::try_from(height).unwrap_or(0);
    backend.draw_rect((0, 0), (PICTURE_WIDTH, bottom), &PAPER, true)?;
    backend.draw_text(&plan.name, &style(16.0, &SOFT, HPos::Left), (48, 32))?;
    for (line, text) in title.iter().enumerate() {
        let below = whole(line) * 30;
        backend.draw_text(text, &style(23.0, &INK, HPos::Left), (48, 66 + below))?;
    }
    let widths = widths(outcome.whole());
    for (position, (stage, figures)) in plan.stages.iter().zip(&outcome.whole().stages).enumerate() {
        let top = top_of(title, position);
        let middle = top + ROW_HEIGHT / 2 - 4;
        let (team, _) = colours(stage.owner);
        let name = wrapped(&stage.plural, 24);
        let mut y = middle - whole(name.len()) * 11;
        for line in &name {
            backend.draw_text(line, &style(name_size(line), &INK, HPos::Left), (48, y))?;
            y += 22;
        }
        backend.draw_text(words::owner(stage.owner), &style(15.0, &team, HPos::Left), (48, y + 2))?;
        let width = widths.get(position).copied().unwrap_or(1.0);
        let next = widths.get(position + 1).copied().unwrap_or(width);
        fill_and_outline(backend, trapezium((620, top), 300.0, width, next, ROW_HEIGHT - 8), stage.owner)?;
        let needed = row::needed(figures, format);
        let by = format!("by {}", format.date(figures.last_useful, DateStyle::Full));
        backend.draw_text(&needed, &style(23.0, &INK, HPos::Right), (1152, middle - 11))?;
        backend.draw_text(&by, &style(15.0, &SOFT, HPos::Right), (1152, middle + 15))?;
    }
    backend.draw_text(SCALE_NOTE, &style(14.0, &SOFT, HPos::Left), (48, bottom - 30))?;
    Ok(())
}

/// Four corners around the vertical line at `top_middle`, clockwise from the upper left.
fn trapezium(top_middle: (i32, i32), half_width: f64, top: f64, bottom: f64, height: i32) -> [(i32, i32); 4] {
    let (middle, y) = top_middle;
    #[expect(clippy::cast_possible_truncation, reason = "a few hundred pixels")]
    let half = |share: f64| (half_width * share).round() as i32;
    let (above, below) = (half(top), half(bottom));
    [(middle - above, y), (middle + above, y), (middle + below, y + height), (middle - below, y + height)]
}

fn fill_and_outline(backend: &mut Svg, corners: [(i32, i32); 4], owner: Owner) -> Drawn {
    let (team, wash) = colours(owner);
    backend.fill_polygon(corners, &wash)?;
    let [first, second, third, last] = corners;
    backend.draw_path([first, second, third, last, first], &team)
}

/// The hue of a team and its wash, as in the light theme of the page.
pub(super) fn colours(owner: Owner) -> (BackendColor, BackendColor) {
    match owner {
        Owner::Marketing => (rgb(168, 76, 6), rgb(253, 240, 224)),
        Owner::SalesDevelopment => (rgb(109, 40, 217), rgb(241, 234, 254)),
        Owner::Sales => (rgb(29, 78, 216), rgb(230, 237, 253)),
    }
}

const fn rgb(red: u8, green: u8, blue: u8) -> BackendColor {
    BackendColor { alpha: 1.0, rgb: (red, green, blue) }
}

fn style(size: f64, colour: &BackendColor, side: HPos) -> Label {
    Label { size, colour: *colour, side }
}

/// A line of text that is anchored, never measured. Plotters' own text style brings its fonts with it.
struct Label {
    size: f64,
    colour: BackendColor,
    side: HPos,
}

impl BackendTextStyle for Label {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.colour
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn anchor(&self) -> Pos {
        Pos::new(self.side, VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::SansSerif
    }

    fn layout_box(&self, _: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        Ok(((0, 0), (0, 0)))
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _: &str,
        _: (i32, i32),
        _: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        // Only for backends of pixels; the SVG backend writes the text itself.
        Ok(Ok(()))
    }
}

/// Lines of at most about `width` characters, broken at spaces.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::report::Plain;
    use crate::units::{Date, Money, Rate};

    fn plan() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap())
    }

    #[test]
    fn a_tenth_is_the_same_step_narrower_everywhere() {
        let mut plan = plan();
        for step in &mut plan.base.steps {
            step.rate = Rate::from_percent(10);
        }
        let widths = widths(evaluate(&plan).whole());
        assert!((widths[0] - 1.0).abs() < 1e-12 && (widths[5] - NARROWEST).abs() < 1e-12, "{widths:?}");
        let steps: Vec<f64> = widths.windows(2).map(|pair| pair[0] - pair[1]).collect();
        assert!(steps.iter().all(|step| (step - steps[0]).abs() < 1e-12), "{steps:?}");
    }

    #[test]
    fn small_differences_look_small() {
        let plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
        let widths = widths(evaluate(&plan).whole());
        // 250 to 50 is 0.7 of a decade of three: 0.7 ÷ 3 × 0.7 of the width.
        assert!((widths[1] - (1.0 - 0.7 * 0.698_970_004 / 3.0)).abs() < 1e-9, "{widths:?}");
    }

    #[test]
    fn nothing_and_the_impossible_can_be_drawn() {
        let mut plan = plan();
        plan.base.steps[1].rate = Rate::ZERO;
        assert!(widths(evaluate(&plan).whole()).iter().all(|width| (NARROWEST..=1.0).contains(width)));
        plan.target = Money::ZERO;
        assert!(widths(evaluate(&plan).whole()).iter().all(|width| (NARROWEST..=1.0).contains(width)));
        assert!(picture(&plan, &evaluate(&plan), "Out of reach", &Plain).contains("out of reach"));
    }

    #[test]
    fn a_long_title_moves_the_rows_down_and_a_long_name_gets_smaller() {
        let mut plan = plan();
        let drawn = |plan: &Plan, title: &str| picture(plan, &evaluate(plan), title, &Plain);
        let height =
            |svg: &str| svg.split("height=\"").nth(1).unwrap().split('"').next().unwrap().parse::<i32>().unwrap();
        let (two, three) = (drawn(&plan, &"word ".repeat(30)), drawn(&plan, &"word ".repeat(45)));
        assert_eq!(height(&three) - height(&two), 30);
        assert!((name_size("Leads") - 19.0).abs() < 1e-9);
        assert!((name_size("OPPORTUNITIES IN TOTAL") - 19.0 * 24.0 / 30.0).abs() < 0.5);
        plan.stages[0].plural = "Product qualified opportunities in total".into();
        let svg = drawn(&plan, "A title");
        assert!(svg.contains(">Product qualified<") && svg.contains(">opportunities in total<"), "{svg}");
    }

    /// The colours of the page, by day.
    #[test]
    fn a_team_has_the_hue_that_it_has_on_the_page() {
        let tokens = include_str!("../../style/tokens.css");
        for (owner, class) in
            [(Owner::Marketing, ".marketing"), (Owner::SalesDevelopment, ".development"), (Owner::Sales, ".sales")]
        {
            let (team, wash) = colours(owner);
            let rule = tokens.split(class).nth(1).unwrap().split('}').next().unwrap();
            for colour in [team, wash] {
                let (red, green, blue) = colour.rgb;
                let hex = format!("light-dark(#{red:02x}{green:02x}{blue:02x},");
                assert!(rule.contains(&hex), "{class}: {hex}");
            }
        }
    }

    #[test]
    fn what_is_out_of_reach_does_not_widen_the_rest() {
        let mut plan = plan();
        plan.base.steps[4].rate = Rate::ZERO;
        let shown = widths(evaluate(&plan).whole());
        assert!((shown[4] - 1.0).abs() < 1e-12 && (shown[5] - NARROWEST).abs() < 1e-12, "{shown:?}");
        plan = self::plan();
        plan.base.steps[2].rate = Rate::ZERO;
        let shown = widths(evaluate(&plan).whole());
        assert!((shown[5] - NARROWEST).abs() < 1e-12 && shown[3] < 0.6, "{shown:?}");
    }

    #[test]
    fn names_are_escaped() {
        let mut plan = plan();
        plan.stages[0].plural = "<script>&\"".into();
        let svg = picture(&plan, &evaluate(&plan), "A title", &Plain);
        assert!(!svg.contains("<script>") && svg.contains("&lt;script>&amp;"), "{svg}");
    }
}
