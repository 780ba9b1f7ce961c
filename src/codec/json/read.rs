//! A plan from JSON. Strict about what it does not know, so that no typing error is lost; helpful about what can be worked out.

use std::fmt;

use crate::codec::bytes::{bytes_from_hex, hash};
use crate::codec::json::value::{self, Json};
use crate::codec::json::{FORMAT, VERSION, owner_word, quoted, rounding_word};
use crate::plan::{ItemId, Lineage, Owner, Period, Place, Plan, Refusal, Rounding, Rule, Segment, Stage, Step, limits};
use crate::units::{Count, Currency, Date, Days, Money, Month, Rate};

/// The longest document that is read, in bytes.
pub const MAX_JSON_BYTES: usize = 1_000_000;

/// Why a text is no plan: one line that names the field and says what is allowed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError(String);

impl fmt::Display for JsonError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for JsonError {}

const ROOT_FIELDS: [&str; 13] = [
    "format", "version", "lineage", "nextId", "name", "currency", "period", "asOf", "target", "rounding", "headline",
    "stages", "segments",
];
const STAGE_FIELDS: [&str; 6] = ["id", "singular", "plural", "owner", "definition", "available"];

const AMOUNT: &str = "an amount from 0 to 1000000000000000 with at most three decimals, like \"20000\" or \"0.5\"";
const RATE: &str = "a share from 0 to 1 with at most six decimals, like \"0.2\"";
const ID: &str = "a whole number from 0 to 4294967295";
const TEXT: &str = "a text";

/// The plan in the document.
///
/// May be left out: `lineage` (then made from the document), `nextId`, ids (then counted on from the highest given one: stages
/// first, then the segment), `headline` (the first stage), `rounding` (carry), `name`, one of `singular` and `plural`,
/// `definition`, `available`. Amounts and rates may be numbers instead of texts. `null` is the same as nothing.
///
/// # Errors
/// One line for the first thing that is wrong; see [`JsonError`].
pub fn plan_from_json(text: &str) -> Result<Plan, JsonError> {
    if text.len() > MAX_JSON_BYTES {
        return Err(JsonError(format!("the document is longer than {MAX_JSON_BYTES} bytes")));
    }
    let document = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = value::parse(document).map_err(|wrong| JsonError(format!("this is not JSON: {wrong}")))?;
    let root = At { path: String::new(), value: &value };
    if root.field("format").value.as_text() != Some(FORMAT) {
        return Err(root.field("format").wrong("\"backcast-plan\""));
    }
    let version = root.field("version");
    match version.value.as_whole() {
        Some(VERSION) => {}
        Some(newer) if newer > VERSION => {
            return Err(JsonError(format!("version: {newer} was made with a newer version; this one reads {VERSION}")));
        }
        _ => return Err(version.wrong("1")),
    }
    root.knows_only(&ROOT_FIELDS)?;
    let plan = plan_at(&root, text)?;
    plan.check().map_err(error_from_refusal)?;
    Ok(plan)
}

fn plan_at(root: &At<'_>, text: &str) -> Result<Plan, JsonError> {
    let period = root.field("period");
    period.knows_only(&["start", "months"])?;
    let months = "a whole number from 1 to 36";
    let period = Period {
        start: period.field("start").parsed(Month::parse_iso, "a month from 1970 to 2199, like \"2027-01\"")?,
        months: period.field("months").whole(u8::MAX.into(), months)?.try_into().unwrap_or_default(),
    };
    let stage_values =
        root.field("stages").list(limits::MIN_STAGES..=limits::MAX_STAGES, "a list of 2 to 10 stages")?;
    let segment_values = root.field("segments").list(1..=1, "a list of one segment")?;
    let mut ids = Ids::given(stage_values.iter().chain(&segment_values))?;
    let mut stages = Vec::new();
    for value in &stage_values {
        stages.push(stage_at(value, &mut ids)?);
    }
    let mut segments = Vec::new();
    for value in &segment_values {
        segments.push(segment_at(value, &mut ids)?);
    }
    let (Some(first), Some(segment)) = (stages.first().map(|stage| stage.id), segments.pop()) else {
        return Err(root.wrong("a plan with stages and a segment"));
    };
    let headline = root.field("headline");
    let lineage = root.field("lineage");
    Ok(Plan {
        lineage: Lineage(if lineage.is_absent() {
            hash(text.as_bytes())
        } else {
            lineage.parsed(bytes_from_hex, "16 hexadecimal digits")?
        }),
        name: root.field("name").text_or("")?.to_owned(),
        currency: root.field("currency").parsed(Currency::new, "three letters, like \"EUR\"")?,
        period,
        as_of: root.field("asOf").parsed(Date::parse_iso, "a day from 1970 to 2199, like \"2026-11-22\"")?,
        target: root.field("target").money()?,
        rounding: rounding_at(&root.field("rounding"))?,
        headline: if headline.is_absent() { first } else { ItemId(headline.id()?) },
        // Last: the items without an id have theirs by now.
        next_id: if root.field("nextId").is_absent() { ids.next } else { root.field("nextId").id()? },
        stages,
        segment,
    })
}

fn stage_at(at: &At<'_>, ids: &mut Ids) -> Result<Stage, JsonError> {
    at.knows_only(&STAGE_FIELDS)?;
    let (singular, plural, available) = (at.field("singular"), at.field("plural"), at.field("available"));
    if singular.is_absent() && plural.is_absent() {
        return Err(singular.wrong("what one of them is called, like \"Lead\""));
    }
    let owner = at.field("owner");
    let find_owner = |word: &str| Owner::ALL.into_iter().find(|&owner| owner_word(owner) == word);
    let count = "a whole number from 0 to 1000000000000";
    Ok(Stage {
        id: ids.of(at)?,
        singular: singular.text_or(plural.value.as_text().unwrap_or_default())?.to_owned(),
        plural: plural.text_or(singular.value.as_text().unwrap_or_default())?.to_owned(),
        owner: owner.parsed(find_owner, "\"marketing\", \"salesDevelopment\" or \"sales\"")?,
        definition: at.field("definition").text_or("")?.to_owned(),
        available: if available.is_absent() { None } else { Count::new(available.whole(Count::MAX.get(), count)?) },
    })
}

fn segment_at(at: &At<'_>, ids: &mut Ids) -> Result<Segment, JsonError> {
    at.knows_only(&["id", "asp", "steps"])?;
    let mut steps = Vec::new();
    let steps_between = limits::MIN_STAGES - 1..=limits::MAX_STAGES - 1;
    for step in at.field("steps").list(steps_between, "a list of steps, one for each stage but the last")? {
        step.knows_only(&["rate", "days"])?;
        let rate = step.field("rate");
        let millionths = rate.scaled(6).and_then(|millionths| millionths.try_into().ok());
        let days = step.field("days").whole(Days::MAX.get().into(), "a whole number of days from 0 to 3650")?;
        steps.push(Step {
            rate: millionths.and_then(Rate::from_millionths).ok_or_else(|| rate.wrong(RATE))?,
            days: days.try_into().ok().and_then(Days::new).unwrap_or_default(),
        });
    }
    Ok(Segment { id: ids.of(at)?, asp: at.field("asp").money()?, steps })
}

fn rounding_at(at: &At<'_>) -> Result<Rounding, JsonError> {
    if at.is_absent() {
        return Ok(Rounding::default());
    }
    let find = |word: &str| Rounding::ALL.into_iter().find(|&rounding| rounding_word(rounding) == word);
    at.parsed(find, "\"carry\", \"ceil\" or \"round\"")
}

/// The ids of items that have none.
struct Ids {
    next: u32,
}

impl Ids {
    /// Counts on from the highest id that is given.
    fn given<'a>(items: impl Iterator<Item = &'a At<'a>>) -> Result<Self, JsonError> {
        let mut next = 1;
        for id in items.map(|item| item.field("id")) {
            if !id.is_absent() {
                next = next.max(id.id()?.saturating_add(1));
            }
        }
        Ok(Self { next })
    }

    fn of(&mut self, item: &At<'_>) -> Result<ItemId, JsonError> {
        let id = item.field("id");
        if !id.is_absent() {
            return Ok(ItemId(id.id()?));
        }
        let fresh = ItemId(self.next);
        self.next = self.next.saturating_add(1);
        Ok(fresh)
    }
}

/// A value and where it stands.
struct At<'a> {
    path: String,
    value: &'a Json,
}

impl<'a> At<'a> {
    fn field(&self, name: &str) -> At<'a> {
        let dot = if self.path.is_empty() { "" } else { "." };
        At { path: [&self.path, dot, name].concat(), value: self.value.field(name) }
    }

    fn is_absent(&self) -> bool {
        *self.value == Json::Null
    }

    fn wrong(&self, allowed: &str) -> JsonError {
        let path = if self.path.is_empty() { "the document" } else { &self.path };
        JsonError(match shown(self.value) {
            Some(shown) => format!("{path}: must be {allowed}; got {shown}"),
            None => format!("{path}: is missing; must be {allowed}"),
        })
    }

    /// That this is an object, and has no other fields than these.
    fn knows_only(&self, known: &[&str]) -> Result<(), JsonError> {
        let known_list = known.join(", ");
        let Json::Object(fields) = self.value else { return Err(self.wrong(&format!("an object with {known_list}"))) };
        match fields.iter().map(|(name, _)| name).find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(unknown) => {
                let path = if self.path.is_empty() { "the document" } else { &self.path };
                Err(JsonError(format!("{path}: has no field {}; its fields are {known_list}", shown_text(unknown))))
            }
        }
    }

    fn list(&self, count: std::ops::RangeInclusive<usize>, allowed: &str) -> Result<Vec<At<'a>>, JsonError> {
        let Json::List(list) = self.value else { return Err(self.wrong(allowed)) };
        if !count.contains(&list.len()) {
            return Err(JsonError(format!("{}: must be {allowed}; got {}", self.path, list.len())));
        }
        let at = |(position, value)| At { path: format!("{}[{position}]", self.path), value };
        Ok(list.iter().enumerate().map(at).collect())
    }

    fn text_or(&self, default: &'a str) -> Result<&'a str, JsonError> {
        if self.is_absent() { Ok(default) } else { self.value.as_text().ok_or_else(|| self.wrong(TEXT)) }
    }

    /// The text as `parse` understands it.
    fn parsed<T>(&self, parse: impl Fn(&str) -> Option<T>, allowed: &str) -> Result<T, JsonError> {
        self.value.as_text().and_then(parse).ok_or_else(|| self.wrong(allowed))
    }

    fn whole(&self, max: u64, allowed: &str) -> Result<u64, JsonError> {
        self.value.as_whole().filter(|&number| number <= max).ok_or_else(|| self.wrong(allowed))
    }

    fn id(&self) -> Result<u32, JsonError> {
        self.value.as_whole().and_then(|id| id.try_into().ok()).ok_or_else(|| self.wrong(ID))
    }

    fn money(&self) -> Result<Money, JsonError> {
        let thousandths = self.scaled(3).and_then(|thousandths| thousandths.try_into().ok());
        thousandths.and_then(Money::from_thousandths).ok_or_else(|| self.wrong(AMOUNT))
    }

    /// The text or number times 10^`decimals`, if that is whole.
    fn scaled(&self, decimals: i32) -> Option<u64> {
        match self.value {
            Json::Text(text) | Json::Number(text) => scaled(text, decimals),
            _ => None,
        }
    }
}

/// A decimal number, perhaps with an exponent, times 10^`decimals`; `None` unless that is whole, not negative and fits.
fn scaled(text: &str, decimals: i32) -> Option<u64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let number: u64 = [whole, fraction].concat().parse().ok()?;
    let up = decimals.checked_add(exponent.parse().ok()?)?.checked_sub(fraction.len().try_into().ok()?)?;
    let power = 10_u64.checked_pow(up.unsigned_abs());
    match power {
        _ if number == 0 => Some(0),
        Some(power) if up >= 0 => number.checked_mul(power),
        Some(power) if number.is_multiple_of(power) => Some(number / power),
        _ => None,
    }
}

/// The value in a few characters; `None` for nothing.
fn shown(value: &Json) -> Option<String> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(yes) => yes.to_string(),
        Json::Number(digits) if digits.len() <= 40 => digits.clone(),
        Json::Number(_) => "a number of more than 40 digits".to_owned(),
        Json::Text(text) => shown_text(text),
        Json::List(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    })
}

fn shown_text(text: &str) -> String {
    let more = if text.chars().nth(40).is_some() { "…" } else { "" };
    quoted(&(crate::plan::clean_text(text, 40) + more))
}

fn error_from_refusal(refusal: Refusal) -> JsonError {
    let path = match refusal.place {
        Place::Name => "name".to_owned(),
        Place::Target => "target".to_owned(),
        Place::Asp => "segments[0].asp".to_owned(),
        Place::Period => "period".to_owned(),
        Place::AsOf => "asOf".to_owned(),
        Place::Headline => "headline".to_owned(),
        Place::Stages => "stages".to_owned(),
        Place::StageName(stage) => format!("stages[{stage}]"),
        Place::Definition(stage) => format!("stages[{stage}].definition"),
        Place::StageId(stage) => format!("stages[{stage}].id"),
        Place::Segment => "segments[0]".to_owned(),
        Place::Rate(step) => format!("segments[0].steps[{step}].rate"),
    };
    JsonError(match refusal.rule {
        Rule::StageCount => format!("{path}: must be a list of 2 to 10 stages"),
        Rule::StepCount => format!("{path}: must have one step for each stage but the last"),
        Rule::KnownStage => format!("{path}: must be the id of a stage"),
        Rule::FreshId => format!("{path}: ids must differ from each other and be lower than nextId"),
        Rule::AtMostChars(chars) => format!("{path}: must have at most {chars} characters"),
        Rule::PlainText => format!("{path}: must have no control or invisible characters"),
        Rule::PeriodLength => format!("{path}: must have 1 to 36 months and end before December 2199"),
        Rule::NothingAfterWon => format!("{path}: nothing can be available in the last stage"),
    })
}
