use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, ControlFlow, RangeBounds as _};

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Batch, Bytes, Cleared, Direction, Memory, Range, Read, Space, Storage, Write};

const SPACE: Space = Space { table: 7, part: 0 };
const ALL: Range<'_> = (Bound::Unbounded, Bound::Unbounded);

/// Holds each storage against a check, empty.
fn check(check: impl Fn(&dyn Storage)) {
    check(&Memory::default());
    #[cfg(feature = "sqlite")]
    check(&super::Sqlite::temporary(&std::env::temp_dir()).unwrap());
}

fn write(key: &[u8], bytes: Option<&[u8]>) -> Write {
    Write { space: SPACE, key: key.into(), bytes: bytes.map(Into::into) }
}

fn stage(storage: &dyn Storage, writes: impl IntoIterator<Item = Write>) {
    let batch = Batch { writes: writes.into_iter().collect(), cleared: vec![] };
    storage.stage(batch).unwrap().wait().unwrap();
}

fn walked(read: &dyn Read, space: Space, range: Range<'_>, direction: Direction) -> Vec<(Vec<u8>, Bytes)> {
    let mut entries = Vec::new();
    read.walk(space, range, direction, &mut |key, bytes| {
        entries.push((key.to_vec(), Bytes::clone(bytes)));
        ControlFlow::Continue(())
    })
    .unwrap();
    entries
}

fn keys(read: &dyn Read) -> Vec<Vec<u8>> {
    walked(read, SPACE, ALL, Direction::Forward).into_iter().map(|(key, _)| key).collect()
}

#[test]
fn a_view_is_unmoved_by_later_writes() {
    check(|storage| {
        stage(storage, [write(b"a", Some(b"1"))]);
        let view = storage.view(&[7]).unwrap();
        stage(storage, [write(b"a", None), write(b"b", Some(b"2"))]);
        assert_eq!(keys(&*view), [b"a"]);
        assert_eq!(keys(storage), [b"b"]);
        assert_eq!(view.get(SPACE, b"a").unwrap().as_deref(), Some(&b"1"[..]));
    });
}

#[test]
fn a_view_still_has_what_is_cleared() {
    check(|storage| {
        stage(storage, [write(b"a", Some(b"1"))]);
        let view = storage.view(&[7]).unwrap();
        storage.stage(Batch { writes: vec![], cleared: vec![Cleared::Table(7)] }).unwrap().wait().unwrap();
        assert_eq!(storage.staged(SPACE, b"a").unwrap(), None);
        assert_eq!(keys(&*view), [b"a"]);
    });
}

#[test]
fn a_part_that_is_cleared_leaves_the_others() {
    check(|storage| {
        let other = Space { part: 1, ..SPACE };
        let entry = Write { space: other, ..write(b"a", Some(b"2")) };
        stage(storage, [write(b"a", Some(b"1")), entry]);
        storage.stage(Batch { writes: vec![], cleared: vec![Cleared::Part(other)] }).unwrap().wait().unwrap();
        assert_eq!(storage.staged(other, b"a").unwrap(), None);
        assert!(storage.get(SPACE, b"a").unwrap().is_some());
    });
}

#[test]
fn a_walk_stops_when_its_visitor_has_enough() {
    check(|storage| {
        stage(storage, (0u8..10).map(|key| write(&[key], Some(b""))));
        let mut seen = Vec::new();
        storage
            .walk(SPACE, (Bound::Excluded(&[8]), Bound::Unbounded), Direction::Forward, &mut |key, _| {
                seen.push(key[0]);
                ControlFlow::Continue(())
            })
            .unwrap();
        storage
            .walk(SPACE, (Bound::Unbounded, Bound::Included(&[5])), Direction::Backward, &mut |key, _| {
                seen.push(key[0]);
                if key[0] == 4 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
            .unwrap();
        assert_eq!(seen, [9, 5, 4]);
    });
}

#[test]
fn a_long_walk_meets_every_entry_once() {
    check(|storage| {
        // Some are larger than what is read at once, and one key goes on where another ends.
        let entry = |number: u16| {
            let key =
                if number.is_multiple_of(3) { vec![1; number.into()] } else { number.to_be_bytes().to_vec() };
            (key, vec![7; if number.is_multiple_of(100) { 400_000 } else { number.into() }])
        };
        let plain: BTreeMap<Vec<u8>, Vec<u8>> = (0..700).map(entry).collect();
        stage(storage, plain.iter().map(|(key, bytes)| write(key, Some(bytes))));
        let expected: Vec<_> =
            plain.into_iter().map(|(key, bytes)| (key, Bytes::from(bytes.as_slice()))).collect();
        let mut backward = walked(storage, SPACE, ALL, Direction::Backward);
        backward.reverse();
        assert!(walked(storage, SPACE, ALL, Direction::Forward) == expected);
        assert!(backward == expected);
    });
}

#[test]
fn a_visitor_may_read_and_write() {
    check(|storage| {
        stage(storage, (0u8..250).map(|key| write(&[key], Some(&[key]))));
        let view = storage.view(&[7]).unwrap();
        for read in [&*view, storage as &dyn Read] {
            let mut seen = 0;
            read.walk(SPACE, ALL, Direction::Forward, &mut |key, bytes| {
                seen += 1;
                assert_eq!(storage.get(SPACE, key).unwrap().as_ref(), Some(bytes));
                stage(storage, [write(key, Some(bytes))]);
                ControlFlow::Continue(())
            })
            .unwrap();
            assert_eq!(seen, 250);
        }
    });
}

#[test]
fn a_view_outlives_its_storage() {
    #[cfg(feature = "sqlite")]
    let sqlite = super::Sqlite::temporary(&std::env::temp_dir()).unwrap();
    let storages: Vec<Box<dyn Storage>> = vec![
        Box::new(Memory::default()),
        #[cfg(feature = "sqlite")]
        Box::new(sqlite),
    ];
    for storage in storages {
        stage(&*storage, [write(b"a", Some(b"1"))]);
        let view = storage.view(&[7]).unwrap();
        drop(storage);
        assert_eq!(keys(&*view), [b"a"]);
    }
}

/// What a storage holds, written to be obviously right.
#[derive(Debug, Clone, Default)]
struct Plain(BTreeMap<(Space, Vec<u8>), Vec<u8>>);

impl Plain {
    fn stage(&mut self, Step { writes, .. }: &Step) {
        for (space, key, bytes) in writes {
            match bytes {
                Some(bytes) => drop(self.0.insert((*space, key.clone()), bytes.clone())),
                None => drop(self.0.remove(&(*space, key.clone()))),
            }
        }
    }

    /// Asks the same of a storage and of this.
    fn compare(
        &self,
        read: &dyn Read,
        (low, high): &(Bound<Vec<u8>>, Bound<Vec<u8>>),
        cleared: &BTreeSet<u64>,
    ) {
        for space in SPACES.into_iter().filter(|space| !cleared.contains(&space.table)) {
            let here = self.0.iter().filter(|((other, _), _)| *other == space);
            let within = here.filter(|((_, key), _)| (low.as_ref(), high.as_ref()).contains(key));
            let expected: Vec<_> =
                within.map(|((_, key), bytes)| (key.clone(), Bytes::from(&bytes[..]))).collect();
            let range = (low.as_ref().map(Vec::as_slice), high.as_ref().map(Vec::as_slice));
            let mut backward = walked(read, space, range, Direction::Backward);
            backward.reverse();
            assert_eq!(walked(read, space, range, Direction::Forward), expected);
            assert_eq!(backward, expected);
            for key in [vec![], vec![1], vec![2, 2]] {
                let expected = self.0.get(&(space, key.clone())).map(|bytes| Bytes::from(&bytes[..]));
                assert_eq!(read.get(space, &key).unwrap(), expected);
            }
        }
    }
}

const SPACES: [Space; 4] = [
    Space { table: 1, part: 0 },
    Space { table: 1, part: u32::MAX },
    Space { table: 2, part: 0 },
    Space { table: u64::MAX, part: 0 },
];

#[derive(Debug, Clone)]
struct Step {
    /// Tables that go for good.
    cleared: Vec<u64>,
    writes: Vec<(Space, Vec<u8>, Option<Vec<u8>>)>,
}

impl Step {
    fn batch(&self) -> Batch {
        let write = |(space, key, bytes): &(Space, Vec<u8>, Option<Vec<u8>>)| Write {
            space: *space,
            key: key.as_slice().into(),
            bytes: bytes.as_deref().map(Into::into),
        };
        let cleared = self.cleared.iter().map(|table| Cleared::Table(*table)).collect();
        Batch { writes: self.writes.iter().map(write).collect(), cleared }
    }
}

fn key() -> impl Strategy<Value = Vec<u8>> {
    vec(prop::sample::select(vec![0, 1, 2, 255]), 0..3)
}

fn step() -> impl Strategy<Value = Step> {
    let cleared = prop_oneof![4 => Just(vec![]), 1 => vec(1u64..4, 1..3)];
    let write =
        (prop::sample::select(SPACES.to_vec()), key(), prop::option::weighted(0.7, vec(any::<u8>(), 0..9)));
    (cleared, vec(write, 0..6)).prop_map(|(cleared, writes)| Step { cleared, writes })
}

fn bound() -> impl Strategy<Value = Bound<Vec<u8>>> {
    prop_oneof![key().prop_map(Bound::Included), key().prop_map(Bound::Excluded), Just(Bound::Unbounded)]
}

proptest! {
    #[test]
    fn any_batches_leave_what_a_plain_map_would(
        steps in vec(step(), 0..12),
        viewed in 0_usize..12,
        range in (bound(), bound()),
    ) {
        check(|storage| {
            let (mut plain, mut cleared) = (Plain::default(), BTreeSet::new());
            let mut views = Vec::new();
            for (number, mut step) in steps.iter().cloned().enumerate() {
                if number == viewed {
                    views.push((storage.view(&[1, 2, 3, u64::MAX]).unwrap(), plain.clone(), cleared.clone()));
                }
                cleared.extend(&step.cleared);
                step.writes.retain(|(space, _, _)| !cleared.contains(&space.table));
                storage.stage(step.batch()).unwrap().wait().unwrap();
                plain.stage(&step);
            }
            plain.compare(storage, &range, &cleared);
            for (view, plain, cleared) in &views {
                plain.compare(&**view, &range, cleared);
            }
        });
    }
}
