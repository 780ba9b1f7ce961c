//! What a plan is described to: four of them write it or read it, as bytes or as JSON.
//!
//! A description hands every value over by `&mut`: who writes takes it as it is, who reads puts another in its place. So each
//! part of a plan is described once, in [`describe`](crate::codec::describe), and whatever is written can be read.

use crate::codec::kinds::{Figure, Kind, List};
use crate::plan::ItemId;

/// When a value is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// In every document.
    Must,
    /// Whenever it is written; what it is without can be worked out.
    Said,
    /// When it is not as usual.
    Unusual,
}

/// Writes or reads a plan, in the order in which it is described.
pub trait Archive {
    /// Begins an object, of which the fields follow until [`Archive::close`]; without a name it is the next of a list.
    fn open(&mut self, name: &'static str, need: Need);
    /// Ends the object or list that was begun last.
    fn close(&mut self);
    /// Begins a list of `count`, which follow without a name until [`Archive::close`].
    fn list(&mut self, name: &'static str, of: &List, count: &mut usize);
    /// Whether the object or list of this name is there at all.
    fn has(&mut self, name: &'static str, is_there: &mut bool);
    /// A figure or a word, as a number.
    fn figure(&mut self, name: &'static str, kind: &'static Kind, need: Need, value: &mut Option<u64>);
    /// A text of at most so many characters, and whether it was there. Each need has its own bytes: with a length if it must be
    /// there, to the end of the section if it is said, else a tag.
    fn text(&mut self, name: &'static str, most: usize, need: Need, value: &mut String) -> bool;
    /// One of these stages.
    fn stage(&mut self, name: &'static str, among: &[ItemId], need: Need, value: &mut Option<ItemId>);
    /// The id of an item; those that are not given are counted on.
    fn id(&mut self, value: &mut ItemId);
    /// What was read cannot be: what is wrong with this field.
    fn refuse(&mut self, name: &'static str, wrong: &str);
}

/// A figure that is in every document.
pub fn must(archive: &mut dyn Archive, name: &'static str, kind: &'static Kind, value: &mut dyn Figure) {
    exchange(archive, name, kind, Need::Must, value, None);
}

/// A figure that is always written; it stays as it was when it is not there.
pub fn said(archive: &mut dyn Archive, name: &'static str, kind: &'static Kind, value: &mut dyn Figure) {
    exchange(archive, name, kind, Need::Said, value, None);
}

/// A figure that may be none, and is left out then.
pub fn maybe(archive: &mut dyn Archive, name: &'static str, kind: &'static Kind, value: &mut dyn Figure) {
    exchange(archive, name, kind, Need::Unusual, value, None);
}

/// A figure that is left out when it is as usual.
pub fn unusual(archive: &mut dyn Archive, name: &'static str, kind: &'static Kind, value: &mut dyn Figure, usual: u64) {
    exchange(archive, name, kind, Need::Unusual, value, Some(usual));
}

fn exchange(
    archive: &mut dyn Archive,
    name: &'static str,
    kind: &'static Kind,
    need: Need,
    value: &mut dyn Figure,
    usual: Option<u64>,
) {
    let mut number = value.number().filter(|&number| Some(number) != usual);
    archive.figure(name, kind, need, &mut number);
    value.set(number.or(usual));
}

/// A list, of which `describe` describes each and is told how many there are.
pub fn list<T>(
    archive: &mut dyn Archive,
    name: &'static str,
    of: &List,
    list: &mut Vec<T>,
    blank: fn() -> T,
    describe: &mut dyn FnMut(&mut dyn Archive, &mut T, usize),
) {
    let mut count = list.len();
    archive.list(name, of, &mut count);
    while list.len() < count {
        list.push(blank());
    }
    for one in list {
        describe(archive, one, count);
    }
    archive.close();
}
