//! The segments as a table: to look at, to take to a spreadsheet, and to paste from one.

use crate::engine::{self, Outcome};
use crate::plan::{Own, Plan, Scope, Segment, SegmentGoal, Tag, clean_text, joined, limits};
use crate::report::number::{self, Kind};
use crate::report::table::{self, Table, Value, need};
use crate::report::{Format, amount, parts};
use crate::units::{Count, Days, Money, Rate};

/// What a column of the table holds, and what it is called at its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Tag(Tag),
    Share,
    Amount,
    Asp,
    Accounts,
    Booked,
    Rate(usize),
    Days(usize),
}

/// Every column, as it is written and understood.
fn columns(plan: &Plan) -> Vec<(String, Column)> {
    let mut columns = vec![
        ("Segment".to_owned(), Column::Name),
        ("Region".to_owned(), Column::Tag(Tag::Region)),
        ("Vertical".to_owned(), Column::Tag(Tag::Vertical)),
        ("Deal type".to_owned(), Column::Tag(Tag::DealType)),
        ("Share".to_owned(), Column::Share),
        ("Target".to_owned(), Column::Amount),
        ("Average selling price".to_owned(), Column::Asp),
        ("Accounts".to_owned(), Column::Accounts),
        ("Booked".to_owned(), Column::Booked),
    ];
    for (position, stage) in plan.stages.iter().enumerate().take(plan.base.steps.len()) {
        columns.push((format!("Rate from {}", stage.singular), Column::Rate(position)));
        columns.push((format!("Days from {}", stage.singular), Column::Days(position)));
    }
    columns
}

/// What a tag is called.
pub fn tag(tag: Tag) -> &'static str {
    match tag {
        Tag::Region => "Region",
        Tag::Vertical => "Vertical",
        Tag::DealType => "Deal type",
    }
}

/// One row per segment, with everything that can be pasted back; what is inherited is written out.
pub fn table(plan: &Plan, outcome: &Outcome, format: &dyn Format) -> Table {
    let columns = columns(plan);
    let money = |amount_of: Money| table::number(amount_of.major(), amount(format, amount_of.major(), plan.currency));
    let row = |segment: &Segment| {
        let part = outcome.part(Scope::Segment(segment.id));
        let cell = |column: Column| match column {
            Column::Name => Value::Text(parts::segment(plan, segment)),
            Column::Tag(tag) => Value::Text(tag.of(segment).to_owned()),
            Column::Share => match segment.goal {
                SegmentGoal::Share(share) => percent(share, format),
                SegmentGoal::Amount(_) => Value::Text(String::new()),
            },
            Column::Amount => match segment.goal {
                SegmentGoal::Share(_) => Value::Text(String::new()),
                SegmentGoal::Amount(_) => table::number(part.target, amount(format, part.target, plan.currency)),
            },
            Column::Asp => money(plan.asp(Some(segment), None)),
            Column::Accounts => segment.addressable.map_or(Value::Text(String::new()), |count| {
                table::number(count.as_f64(), format.number(count.as_f64(), 0))
            }),
            Column::Booked => money(segment.booked),
            Column::Rate(stage) => plan
                .step(stage, Some(segment), None)
                .map_or(Value::Text(String::new()), |step| percent(step.rate, format)),
            Column::Days(stage) => {
                let days = plan.step(stage, Some(segment), None).map_or(0, |step| step.days.get());
                table::number(days.into(), days.to_string())
            }
        };
        columns.iter().map(|(_, column)| cell(*column)).collect()
    };
    let rows = plan.segments.iter().map(row).collect();
    Table { head: columns.iter().map(|(name, _)| name.clone()).collect(), rows }
}

/// As a share for spreadsheets and in per cent for people.
fn percent(rate: Rate, format: &dyn Format) -> Value {
    table::number(rate.fraction(), format.percent(rate.fraction()))
}

/// The segments by a tag, with what they have in common first.
pub fn groups(plan: &Plan, outcome: &Outcome, by: Tag, format: &dyn Format) -> Table {
    let currency = plan.currency.code();
    let headline = plan.stages.get(outcome.headline).map_or("", |stage| stage.plural.as_str());
    let head = [
        tag(by).to_owned(),
        format!("Target ({currency})"),
        "Deals".to_owned(),
        headline.to_owned(),
        "Won of them".to_owned(),
        format!("Pipeline to create ({currency})"),
    ];
    let money = |value: f64| table::number(value, amount(format, value, plan.currency));
    let mut rows = Vec::new();
    for group in engine::groups(plan, outcome, by) {
        rows.push(vec![
            Value::Text(if group.name.is_empty() { "not said".to_owned() } else { group.name }),
            money(group.target),
            need(Some(group.wins), format),
            need(Some(group.headline), format),
            group.rate.map_or(Value::Text(String::new()), |rate| table::number(rate, format.percent(rate))),
            group.pipeline.figure().map_or_else(|| need(Some(group.pipeline), format), money),
        ]);
    }
    Table { head: head.into(), rows }
}

/// The segments that a table holds, pasted from a spreadsheet: a row of headings, then a row for each.
///
/// Headings are those of [`table`], in any order; columns that are not there are left as they are, empty cells inherit. A segment
/// that the plan knows by its name keeps what the table does not say. Where no figure of a column is above one, but for those with
/// a sign of per cent, its rates are shares of one.
///
/// # Errors
/// Says in which row and column something cannot be read, and what is allowed there.
pub fn pasted(plan: &mut Plan, text: &str, format: &dyn Format) -> Result<(), String> {
    let first = text.trim_start_matches(['\u{feff}', '\r', '\n']).lines().next().unwrap_or_default();
    let separator = ['\t', ';', ','].into_iter().find(|&mark| first.chars().any(|character| character == mark));
    let rows = rows(text, separator.unwrap_or('\t')).ok_or("A quotation mark begins a cell and none ends it.")?;
    let (head, rows) = rows.split_first().ok_or("Paste a table with a row of headings.")?;
    let known = columns(plan);
    let mut wanted: Vec<Heading<'_>> = Vec::new();
    for (place, name) in head.iter().enumerate() {
        // A column that was left free.
        if name.is_empty() && rows.iter().all(|row| row.get(place).is_none_or(String::is_empty)) {
            continue;
        }
        let close_rate = Column::Rate(plan.base.steps.len().saturating_sub(1));
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        let column = match known.iter().find(|(known, _)| is(known)) {
            Some((_, column)) => Some(*column),
            None if is("Close rate") => Some(close_rate),
            None if is("Selling price") || is("ASP") => Some(Column::Asp),
            None => None,
        };
        let Some(column) = column else {
            let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
            return Err(format!(
                "There is no column “{}”. There are: {}.",
                clean_text(name, limits::TAG_CHARS),
                joined(&names, ", ")
            ));
        };
        if wanted.iter().any(|taken| taken.column == column) {
            return Err(format!("The column “{name}” is there twice."));
        }
        let mut cells = rows.iter().filter_map(|row| row.get(place)).filter(|cell| !cell.contains(['%', '\u{66a}']));
        let are_shares = cells.all(|cell| cell.is_empty() || share_of_one(cell).is_some());
        wanted.push(Heading { place, column, name, are_shares });
    }
    if !wanted.iter().any(|heading| heading.column == Column::Name) {
        return Err("One column must be headed “Segment”.".to_owned());
    }
    let mut segments: Vec<Segment> = Vec::new();
    for (row, cells) in rows.iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
        if cells.len() > head.len() {
            return Err(format!("Row {} has more cells than there are headings.", row + 2));
        }
        let name_at = wanted.iter().find(|heading| heading.column == Column::Name).map_or(0, |heading| heading.place);
        let name = clean_text(cells.get(name_at).map_or("", |name| plain(name)), limits::TAG_CHARS);
        let old = plan.segments.iter().find(|segment| parts::segment(plan, segment) == name).cloned();
        let mut segment = match old.filter(|old| segments.iter().all(|taken| taken.id != old.id)) {
            Some(old) => old,
            None => Segment::new(plan.new_id(), &name),
        };
        segment.name = name;
        for heading in &wanted {
            take(plan, &mut segment, heading, cells.get(heading.place).map_or("", String::as_str), format)
                .map_err(|wrong| format!("Row {}, {}: {wrong}", row + 2, heading.name))?;
        }
        segments.push(segment);
    }
    if !(1..=limits::MAX_SEGMENTS).contains(&segments.len()) {
        return Err(format!("The table has {} segments; a plan has 1 to {}.", segments.len(), limits::MAX_SEGMENTS));
    }
    let amounts = segments.iter().filter(|segment| matches!(segment.goal, SegmentGoal::Amount(_))).count();
    if amounts > 0 && amounts < segments.len() {
        return Err("Some segments state a share, some an amount: have all state the same.".to_owned());
    }
    // One that is left is the whole.
    if let [only] = segments.as_mut_slice() {
        only.goal = SegmentGoal::Share(Rate::ONE);
    }
    plan.segments = segments;
    Ok(())
}

/// The cells of each row from the first that is not empty on, without empty ones at its end. A cell that begins with a quotation
/// mark ends with the next single one; within, the separator and line breaks are text, and two marks are one. `None` where no mark
/// ends it.
fn rows(text: &str, separator: char) -> Option<Vec<Vec<String>>> {
    let (mut rows, mut cells, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    // A last line ends, too.
    let text = format!("{text}\n");
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let rest = characters.as_str();
        match character {
            '\u{feff}' => {}
            '"' if is_quoted => {
                is_quoted = rest.starts_with('"');
                if is_quoted {
                    characters.next();
                    cell.push('"');
                }
            }
            '"' if cell.is_empty() => is_quoted = true,
            '\r' if !is_quoted && rest.starts_with('\n') => {}
            '\n' | '\r' if !is_quoted => {
                cells.push(std::mem::take(&mut cell).trim().to_owned());
                while cells.pop_if(|cell| cell.is_empty()).is_some() {}
                if !(rows.is_empty() && cells.is_empty()) {
                    rows.push(std::mem::take(&mut cells));
                }
            }
            _ if character == separator && !is_quoted => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            _ => cell.push(if character.is_control() { ' ' } else { character }),
        }
    }
    (!is_quoted).then_some(rows)
}

/// A text without the apostrophe that keeps spreadsheets from taking it for a formula.
fn plain(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

/// Millionths of a share as programs write it, like 0.2 or 1, whatever the decimal sign; nothing where it is written otherwise.
fn share_of_one(text: &str) -> Option<u32> {
    // What a digit behind the decimal sign is worth; nothing before it.
    let (mut share, mut place) = (None, None);
    for character in text.chars() {
        let so_far = share.unwrap_or(0_u32);
        match (number::digit(character).and_then(|digit| digit.to_digit(10)), place) {
            (Some(digit), None) => share = Some(so_far.saturating_mul(10).saturating_add(digit * 1_000_000)),
            (Some(digit), Some(worth)) => {
                (share, place) = (Some(so_far.saturating_add(digit * worth)), Some(worth / 10));
            }
            (None, None) if matches!(character, '.' | ',' | '\u{66b}') => place = Some(100_000),
            _ => return None,
        }
    }
    share.filter(|&millionths| millionths <= 1_000_000)
}

/// The heading of a pasted column.
struct Heading<'a> {
    /// Its place among the cells of a row.
    place: usize,
    column: Column,
    /// As it was written.
    name: &'a str,
    /// Whether rates in it are shares of one: a spreadsheet hands out 0.2 for 20 %.
    are_shares: bool,
}

/// Takes a cell over.
fn take(
    plan: &Plan,
    segment: &mut Segment,
    heading: &Heading<'_>,
    cell: &str,
    format: &dyn Format,
) -> Result<(), String> {
    let read = |kind: Kind| {
        if cell.is_empty() {
            return Ok(None);
        }
        kind.read(cell, format.marks()).map(Some).map_err(|problem| kind.explain(problem, "", format))
    };
    let money = || Ok::<_, String>(read(Kind::Money)?.and_then(Money::from_thousandths));
    let rate = || {
        let exact = match share_of_one(cell).filter(|_| heading.are_shares && !cell.is_empty()) {
            Some(share) => Some(share),
            None => read(Kind::Rate)?.and_then(|exact| u32::try_from(exact).ok()),
        };
        Ok::<_, String>(exact.and_then(Rate::from_millionths))
    };
    let change_step = |own: &mut Own, stage: usize, change: &dyn Fn(&mut crate::plan::OwnStep)| {
        if let Some(stage) = plan.stages.get(stage) {
            own.change_step(stage.id, change);
        }
    };
    match heading.column {
        Column::Name => {}
        Column::Tag(tag) => *tag.of_mut(segment) = clean_text(plain(cell), limits::TAG_CHARS),
        Column::Share => {
            if let Some(share) = rate()? {
                segment.goal = SegmentGoal::Share(share);
            }
        }
        Column::Amount => {
            if let Some(amount) = money()? {
                segment.goal = SegmentGoal::Amount(amount);
            }
        }
        Column::Asp => segment.own.asp = money()?.filter(|&asp| asp != plan.base.asp),
        Column::Accounts => {
            segment.addressable = read(Kind::Count)?.and_then(|exact| Count::new(u64::try_from(exact).ok()?));
        }
        Column::Booked => segment.booked = money()?.unwrap_or_default(),
        Column::Rate(stage) => {
            let inherited = plan.base.steps.get(stage).map(|step| step.rate);
            let rate = rate()?.filter(|&rate| Some(rate) != inherited);
            change_step(&mut segment.own, stage, &|own| {
                own.rate = rate.map(|rate| (rate, own.rate.map(|(_, basis)| basis).unwrap_or_default()));
            });
        }
        Column::Days(stage) => {
            let inherited = plan.base.steps.get(stage).map(|step| step.days);
            let exact = read(Kind::Days)?.and_then(|exact| Days::new(u16::try_from(exact).ok()?));
            let days = exact.filter(|&days| Some(days) != inherited);
            change_step(&mut segment.own, stage, &|own| own.days = days);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, examples};
    use crate::report::{Plain, spreadsheet};
    use crate::units::Date;

    fn plan() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap())
    }

    const TABLE: &str = "Segment\tRegion\tShare\tAverage selling price\tRate from Opportunity\tDays from Opportunity\n\
        Enterprise\tEMEA\t60 %\t80k\t15\t120\n\
        Small business\tEMEA\t25%\t\t\t\n\
        Partners\tUS\t0.15\t20,000\t20 %\t55\n";

    #[test]
    fn a_table_from_a_spreadsheet_becomes_segments() {
        let mut plan = plan();
        pasted(&mut plan, TABLE, &Plain).unwrap();
        assert_eq!(plan.check(), Ok(()));
        let names: Vec<&str> = plan.segments.iter().map(|segment| segment.name.as_str()).collect();
        assert_eq!(names, ["Enterprise", "Small business", "Partners"]);
        let enterprise = &plan.segments[0];
        assert_eq!(enterprise.own.asp, Some(Money::from_major(80_000)));
        let step = plan.step(4, Some(enterprise), None).unwrap();
        assert_eq!((step.rate, step.days.get()), (Rate::from_percent(15), 120));
        assert_eq!(plan.segments[2].goal, SegmentGoal::Share(Rate::from_percent(15)));
        assert_eq!(plan.segments[2].own, Own::default(), "what is as everywhere is inherited");
        assert_eq!(evaluate(&plan).issues, []);
        let groups = groups(&plan, &evaluate(&plan), Tag::Region, &Plain);
        assert_eq!(groups.rows[0][1].shown(), "EUR 1,700,000");
        assert_eq!(groups.rows[1][0].shown(), "US");
    }

    #[test]
    fn what_is_copied_pastes_back_as_the_same() {
        let mut plan = plan();
        pasted(&mut plan, TABLE, &Plain).unwrap();
        let copied = spreadsheet::tsv(&table(&plan, &evaluate(&plan), &Plain), &Plain);
        let mut again = plan.clone();
        pasted(&mut again, &copied, &Plain).unwrap();
        assert_eq!(again, plan);
        // To the last digit, by awkward names and over line ends of every kind.
        plan.segments[0].goal = SegmentGoal::Share(Rate::from_millionths(333_333).unwrap());
        plan.segments[1].goal = SegmentGoal::Share(Rate::from_millionths(1).unwrap());
        plan.set_rate(Scope::Segment(plan.segments[0].id), 4, Rate::from_millionths(123_456));
        for name in ["=1+1", "-y", "5\" pipes", "\"q\"", "a; b, c", "'quoted'"] {
            name.clone_into(&mut plan.segments[1].name);
            let mut again = plan.clone();
            let copied = spreadsheet::tsv(&table(&plan, &evaluate(&plan), &Plain), &Plain);
            for copied in [copied.clone(), format!("\u{feff}{}", copied.replace("\r\n", "\r"))] {
                pasted(&mut again, &copied, &Plain).unwrap();
                assert_eq!(again, plan, "{name}");
            }
        }
    }

    #[test]
    fn cells_may_hold_breaks_and_columns_other_names() {
        let mut plan = plan();
        pasted(&mut plan, "Segment,ASP,Close rate,Share\n\"The \"\"big\"\"\none\",\"80,000\",15,0.6\nB,,,40 %", &Plain)
            .unwrap();
        assert_eq!(plan.segments[0].name, "The \"big\" one");
        assert_eq!(plan.segments[0].own.asp, Some(Money::from_major(80_000)));
        assert_eq!(plan.step(4, Some(&plan.segments[0]), None).unwrap().rate, Rate::from_percent(15));
        pasted(&mut plan, "Segment\tShare\nA\t0.3", &Plain).unwrap();
        assert_eq!(plan.segments[0].goal, SegmentGoal::Share(Rate::ONE), "one is the whole");
    }

    /// As they come when more is marked than there is: empty columns and rows around the table and in it.
    #[test]
    fn what_is_empty_around_a_table_does_no_harm() {
        for end in ["\n", "\r\n"] {
            let mut plan = plan();
            let around = |last: &str| {
                let head = "\tSegment\t\tSelling price\tShare\t";
                ["\t\t", head, "\tA\t\t80000\t60\t", "\t\t\t", last, "\t"].join(end)
            };
            pasted(&mut plan, &around("\tB\t\t\t40\t"), &Plain).unwrap();
            assert_eq!(plan.segments.iter().map(|segment| segment.name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
            assert_eq!(plan.segments[0].own.asp, Some(Money::from_major(80_000)));
            // Rows count from the headings on, empty ones, too.
            let said = pasted(&mut plan, &around("\tB\t\tx\t40\t"), &Plain).unwrap_err();
            assert!(said.starts_with("Row 4, Selling price: "), "{said}");
            // The price of A is empty now, and was cut off with the row: it is inherited.
            pasted(&mut plan, &["Segment\tShare\tASP", "A\t60", "B\t40"].join(end), &Plain).unwrap();
            assert_eq!(plan.segments[0].own.asp, None);
        }
    }

    #[test]
    fn a_column_is_read_as_shares_of_one_or_in_per_cent() {
        let mut plan = plan();
        let mut rates = |cells: [&str; 3]| {
            let [one, two, three] = cells;
            pasted(&mut plan, &format!("Segment\tClose rate\nA\t{one}\nB\t{two}\nC\t{three}"), &Plain).unwrap();
            let rate = |segment: &Segment| plan.step(4, Some(segment), None).unwrap().rate.millionths() / 100;
            plan.segments.iter().map(rate).collect::<Vec<_>>()
        };
        assert_eq!(rates(["1", "2", "3"]), [100, 200, 300], "hundredths of a per cent");
        assert_eq!(rates(["1", "0.5", "0.25"]), [10_000, 5_000, 2_500]);
        assert_eq!(rates(["1", "0.5", "40"]), [100, 50, 4_000]);
        assert_eq!(rates(["0.5", "40 %", "1%"]), [5_000, 4_000, 100]);
        assert_eq!(rates(["0,5", ".25", "\u{660}\u{66b}\u{661}"]), [5_000, 2_500, 1_000], "whatever the decimal sign");
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let mut plan = plan();
        let before = plan.clone();
        for (text, said) in [
            ("", "Paste a table with a row of headings."),
            ("Region\nEMEA", "One column must be headed “Segment”."),
            ("Segment\tShare\nA\t120", "Row 2, Share: A rate is a share of those who enter: at most 100 %."),
            ("Segment\tShare\nA\t99999999999.9", "Row 2, Share: A rate is a share of those who enter: at most 100 %."),
            ("Segment\tShare\nA\t.", "Row 2, Share: This is not a number. Type one, like 20 or 12.5."),
            ("Segment\tShare\nA\tx1", "Row 2, Share: This is not a number. Type one, like 20 or 12.5."),
            ("Segment\tShare\n\"A\t60\nB\t40", "A quotation mark begins a cell and none ends it."),
            ("Segment\nA\tB", "Row 2 has more cells than there are headings."),
            ("Segment", "The table has 0 segments; a plan has 1 to 40."),
            ("Segment\tShare\tshare\nA\t1\t1", "The column “share” is there twice."),
            (
                "Segment\tShare\tTarget\nA\t0.5\t\nB\t\t500000",
                "Some segments state a share, some an amount: have all state the same.",
            ),
        ] {
            assert_eq!(pasted(&mut plan, text, &Plain), Err(said.to_owned()));
        }
        assert!(
            pasted(&mut plan, "Segment\tColour\nA\tred", &Plain)
                .unwrap_err()
                .starts_with("There is no column “Colour”.")
        );
        assert_eq!(plan.segments, before.segments);
    }
}
