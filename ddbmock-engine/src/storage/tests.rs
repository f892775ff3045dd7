use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};

use proptest::prelude::*;

use super::{Batch, Cleared, Direction, Memory, Read, Space, Storage, Write};

const SPACE: Space = Space { table: 7, part: 0 };

fn write(key: &[u8], bytes: Option<&[u8]>) -> Write {
    Write { space: SPACE, key: key.into(), bytes: bytes.map(Into::into) }
}

fn walked(read: &dyn Read, range: super::Range<'_>, direction: Direction) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    read.walk(SPACE, range, direction, &mut |key, _| {
        keys.push(key.to_vec());
        ControlFlow::Continue(())
    })
    .unwrap();
    keys
}

#[test]
fn a_view_is_unmoved_by_later_writes() {
    let memory = Memory::default();
    memory.stage(Batch { writes: vec![write(b"a", Some(b"1"))], cleared: vec![] }).unwrap();
    let view = memory.view(&[7]).unwrap();
    memory
        .stage(Batch { writes: vec![write(b"a", None), write(b"b", Some(b"2"))], cleared: vec![] })
        .unwrap();
    let all = (Bound::Unbounded, Bound::Unbounded);
    assert_eq!(walked(&*view, all, Direction::Forward), [b"a"]);
    assert_eq!(walked(&memory, all, Direction::Forward), [b"b"]);
    assert_eq!(view.get(SPACE, b"a").unwrap().as_deref(), Some(&b"1"[..]));
}

#[test]
fn a_table_that_is_dropped_leaves_nothing() {
    let memory = Memory::default();
    memory.stage(Batch { writes: vec![write(b"a", Some(b"1"))], cleared: vec![] }).unwrap();
    memory.stage(Batch { writes: vec![], cleared: vec![Cleared::Table(7)] }).unwrap();
    assert_eq!(memory.get(SPACE, b"a").unwrap(), None);
}

#[test]
fn a_part_that_is_emptied_leaves_the_others() {
    let memory = Memory::default();
    let other = Space { part: 1, ..SPACE };
    let entry = Write { space: other, ..write(b"a", Some(b"2")) };
    memory.stage(Batch { writes: vec![write(b"a", Some(b"1")), entry], cleared: vec![] }).unwrap();
    memory.stage(Batch { writes: vec![], cleared: vec![Cleared::Part(other)] }).unwrap();
    assert_eq!(memory.get(other, b"a").unwrap(), None);
    assert!(memory.get(SPACE, b"a").unwrap().is_some());
}

#[test]
fn a_walk_stops_when_its_visitor_has_enough() {
    let memory = Memory::default();
    let writes = (0u8..10).map(|key| write(&[key], Some(b""))).collect();
    memory.stage(Batch { writes, cleared: vec![] }).unwrap();
    let mut seen = Vec::new();
    memory
        .walk(SPACE, (Bound::Excluded(&[8]), Bound::Unbounded), Direction::Forward, &mut |key, _| {
            seen.push(key[0]);
            ControlFlow::Continue(())
        })
        .unwrap();
    memory
        .walk(SPACE, (Bound::Unbounded, Bound::Included(&[5])), Direction::Backward, &mut |key, _| {
            seen.push(key[0]);
            if key[0] == 4 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!(seen, [9, 5, 4]);
}

proptest! {
    #[test]
    fn any_writes_leave_what_a_plain_map_would(
        writes in prop::collection::vec((prop::collection::vec(0u8..4, 0..3), prop::option::of(any::<u8>())), 0..40),
        low in prop::collection::vec(0u8..4, 0..3),
        high in prop::collection::vec(0u8..4, 0..3),
    ) {
        let memory = Memory::default();
        let mut plain = BTreeMap::new();
        for (key, byte) in &writes {
            let bytes = byte.map(|byte| [byte]);
            let batch = Batch { writes: vec![write(key, bytes.as_ref().map(|bytes| &bytes[..]))], cleared: vec![] };
            memory.stage(batch).unwrap();
            match byte {
                Some(byte) => drop(plain.insert(key.clone(), *byte)),
                None => drop(plain.remove(key)),
            }
        }
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        let expected: Vec<_> = plain.range(low.clone()..=high.clone()).map(|(key, _)| key.clone()).collect();
        let range = (Bound::Included(&low[..]), Bound::Included(&high[..]));
        prop_assert_eq!(&walked(&memory, range, Direction::Forward), &expected);
        let mut backward = walked(&memory, range, Direction::Backward);
        backward.reverse();
        prop_assert_eq!(backward, expected);
    }
}
