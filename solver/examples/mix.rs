//! A mix of the largest size: what to buy for 10 segments over 24 months from 8 channels in two price tiers each, with ceilings and
//! floors by month, people by month, and a need by segment and month that counts what entered some months before.
//!
//!     cargo run --release --features solve --example mix            solves it and says how long that took
//!     cargo run --release --features solve --example mix -- FOLDER  writes it there as it goes by wire
#![allow(clippy::cast_precision_loss, reason = "small counts")]

use std::time::Instant;

use backcast_solver::programme::{Limits, Row, Variable};
use backcast_solver::{Answer, Programme, solve, wire};

const SEGMENTS: usize = 10;
const MONTHS: usize = 24;
const CHANNELS: usize = 8;
const TIERS: usize = 2;

/// A mix: `room` is how much the channels hold, as a share of what makes the need easy to meet.
fn mix(room: f64) -> Programme {
    // Some unevenness, the same each time.
    let uneven = |a: usize, b: usize| 0.6 + ((a * 7 + b * 13 + a * b) % 17) as f64 / 20.0;
    let mut variables = Vec::new();
    let mut add = |cost: f64, limits: Limits| {
        variables.push(Variable { cost, limits });
        variables.len() - 1
    };
    let bought: Vec<usize> = (0..SEGMENTS * MONTHS * CHANNELS).map(|_| add(0.0, Limits::COUNT)).collect();
    let bought =
        |segment: usize, month: usize, channel: usize| bought.get((segment * MONTHS + month) * CHANNELS + channel);
    let mut rows = Vec::new();
    for month in 0..MONTHS {
        let mut minutes = Vec::new();
        for channel in 0..CHANNELS {
            let price = 40.0 * uneven(channel, 3) * uneven(month, channel);
            let ceiling = (900.0 * uneven(channel, month) * room).round();
            let width = (ceiling / 2.0).round();
            // The tiers: as many as the segments take, the dearer ones above a width.
            let tiers = [(price, Limits { most: width, ..Limits::COUNT }), (price * 1.6, Limits::COUNT)];
            let tiers: [usize; TIERS] = tiers.map(|(cost, limits)| add((cost * 100.0).round() / 100.0, limits));
            let taken = (0..SEGMENTS).filter_map(|segment| bought(segment, month, channel)).map(|&place| (place, -1.0));
            let together: Vec<_> = tiers.iter().map(|&place| (place, 1.0)).collect();
            rows.push(Row { terms: together.iter().copied().chain(taken).collect(), limits: Limits::exactly(0.0) });
            minutes.extend(tiers.map(|place| (place, 4.0 + channel as f64)));
            let floor = if channel == 2 { ceiling / 10.0 } else { f64::NEG_INFINITY };
            rows.push(Row { terms: together, limits: Limits { least: floor, most: ceiling, liftable: true } });
        }
        rows.push(Row { terms: minutes, limits: Limits::at_most(48_000.0 * room).liftable() });
    }
    for segment in 0..SEGMENTS {
        let mut before = None;
        for month in 0..MONTHS {
            let need = (month as f64 - 4.0).max(0.0) * 1.5 * uneven(segment, 5);
            let won = add(0.0, Limits::at_least((need * 100.0).round() / 100.0));
            let mut terms = vec![(won, -1.0)];
            terms.extend(before.map(|place| (place, 1.0)));
            for channel in 0..CHANNELS {
                let lag = 1 + (segment + channel) % 4;
                let entered = month.checked_sub(lag).and_then(|month| bought(segment, month, channel));
                terms.extend(entered.map(|&place| (place, (0.004 * uneven(segment, channel) * 1e4).round() / 1e4)));
            }
            rows.push(Row { terms, limits: Limits::exactly(0.0) });
            before = Some(won);
        }
    }
    Programme::new(variables, rows).unwrap_or_else(|| unreachable!("each number is finite"))
}

fn main() -> std::io::Result<()> {
    for (name, room) in [("best", 1.0), ("impossible", 0.25)] {
        let programme = mix(room);
        if let Some(folder) = std::env::args().nth(1) {
            let bytes: Vec<u8> = wire::encode(&programme).iter().flat_map(|number| number.to_le_bytes()).collect();
            std::fs::write(std::path::Path::new(&folder).join(name), bytes)?;
            continue;
        }
        let terms: usize = programme.rows().iter().map(|row| row.terms.len()).sum();
        let mut times = Vec::new();
        let mut answer = Answer::Stalled;
        for _ in 0..5 {
            let start = Instant::now();
            answer = solve(&programme);
            times.push(start.elapsed());
        }
        times.sort();
        let said = match answer {
            Answer::Best { objective, .. } => format!("best, {objective:.2}"),
            Answer::Impossible { rows, bounds } => format!("impossible: {} rows, {} bounds", rows.len(), bounds.len()),
            other => format!("{other:?}"),
        };
        let [_, _, median, ..] = times.as_slice() else { continue };
        println!("{} × {}, {terms} terms: {said}; {median:?}", programme.rows().len(), programme.variables().len());
    }
    Ok(())
}
