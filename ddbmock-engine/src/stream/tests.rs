use std::collections::BTreeSet;

use ddbmock_model::StreamViewType;
use proptest::prelude::*;

use super::shard::slot;
use super::{Layout, Position, Shard, ShardIterator, Stream};
use crate::clock::Timestamp;
use crate::definition::Identity;

const HOUR: u64 = 3_600_000;

fn stream(layouts: Vec<Layout>) -> Stream {
    let table = Identity { account: "1".into(), region: "r".into(), name: "t".into() };
    Stream { number: 7, table, key: Vec::new(), view: StreamViewType::KeysOnly, label: Timestamp(9), layouts }
}

fn first(since: u64, shards: u32) -> Stream {
    stream(vec![Layout::first(Timestamp(since), shards)])
}

proptest! {
    #[test]
    fn keys_sort_as_sequence_numbers_do(
        one in (0..10_000_000_000_000_u64, any::<u64>()),
        other in (0..10_000_000_000_000_u64, any::<u64>()),
    ) {
        let [one, other] = [one, other].map(|(at, sequence)| Position { at: Timestamp(at), sequence });
        prop_assert_eq!(one.key(3).cmp(&other.key(3)), one.cmp(&other));
        prop_assert_eq!(Position::of_key(&one.key(3)), Some(one));
        prop_assert_eq!(Position::read(&one.number()), Some(one));
        prop_assert!((21..=40).contains(&one.number().len()));
        let number = |position: Position| position.number().parse::<u128>().unwrap();
        prop_assert_eq!(number(one).cmp(&number(other)), one.cmp(&other));
    }

    #[test]
    fn any_text_is_an_iterator_or_refused(text in ".{0,80}") {
        let _ = ShardIterator::read(&text);
        let _ = ShardIterator::read(&format!("arn|1|{text}"));
    }

    /// Rounds follow on each other without a gap, and the shard of an item goes on in its child.
    #[test]
    fn an_item_stays_in_the_line_of_its_shard(
        shards in 1..9_u32,
        splits in prop::collection::vec((1..5_u32, 0..20 * HOUR), 0..4),
        hash in any::<[u8; 8]>(),
    ) {
        let mut stream = first(1_000, shards);
        for (times, after) in splits {
            let moment = Timestamp(stream.began().0 + after);
            stream = stream.split(stream.shards() * times, moment);
        }
        let of = |number: u32| {
            let round = stream.round(number);
            Shard { round, slot: slot(&hash, round.shards) }
        };
        for number in 0..40 {
            let (parent, child) = (of(number), of(number + 1));
            prop_assert_eq!(parent.round.end, child.round.start);
            prop_assert!(parent.round.start < parent.round.end);
            prop_assert_eq!(stream.parent(child), Some(parent));
            for at in [parent.round.start, Timestamp(parent.round.end.0 - 1)] {
                prop_assert_eq!(stream.round_at(at), parent.round);
            }
        }
        prop_assert_eq!(stream.parent(of(0)), None);
    }
}

#[test]
fn an_iterator_is_read_as_it_was_written() {
    let position = Position { at: Timestamp(5), sequence: 6 };
    let iterator = ShardIterator { stream: 1, round: 2, slot: 3, position, issued: Timestamp(4) };
    let text = iterator.text("arn");
    assert_eq!(ShardIterator::read(&text).unwrap(), ("arn", iterator));
    assert!(ShardIterator::read(&text.replace("AAAA", "AAAB")).is_err());
}

#[test]
fn a_stream_is_divided_into_1024_shards_at_most() {
    let shards = |before: u32, wanted: u32| first(1_000, before).split(wanted, Timestamp(2_000)).shards();
    assert_eq!(
        [shards(4, 5), shards(512, 513), shards(512, 5_000), shards(1024, 1025)],
        [8, 1024, 1024, 1024]
    );
    assert_eq!([shards(3, 1024), shards(1, 1024)], [768, 1024]);
}

#[test]
fn shards_have_ids_of_their_own() {
    let stream = first(1_414_562_045_508, 1024);
    let round = stream.round(0);
    let ids: BTreeSet<_> = (0..round.shards).map(|slot| stream.shard_id(Shard { round, slot })).collect();
    assert_eq!(ids.len(), 1024);
    assert!(ids.iter().all(|id| id.starts_with("shardId-00000001414562045508-") && id.len() == 37));
}
