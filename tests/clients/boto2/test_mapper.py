"""dynamodb-mapper, a mapper of objects of the time of boto 2: what its users do."""

import boto
import pytest
from boto.dynamodb.condition import GT
from dynamodb_mapper.model import ConflictError, ConnectionBorg, DynamoDBModel, OverwriteError
from plugin import settings


class Song(DynamoDBModel):
    __table__ = "mapper-songs"
    __hash_key__ = "artist"
    __range_key__ = "year"
    __schema__ = {"artist": str, "year": int, "title": str, "tags": set, "notes": dict}


@pytest.fixture(autouse=True)
def songs():
    borg = ConnectionBorg()
    borg._connection = boto.connect_dynamodb(**settings("localhost"))
    table = borg.create_table(Song, 10, 10, wait_for_active=True)
    for year in (1964, 1965, 1966):
        song(year).save()
    yield table
    table.delete()
    borg._tables_cache.clear()


def song(year):
    return Song(artist="Nina Simone", year=year, title=f"title {year}", tags={"a", "b"}, notes={"live": year == 1964})


def years(songs):
    return [song.year for song in songs]


def test_a_song_is_read_as_it_was_saved():
    read = Song.get("Nina Simone", 1964, consistent_read=True)
    assert (read.title, read.tags, read.notes) == ("title 1964", {"a", "b"}, {"live": True})


def test_songs_are_queried():
    assert years(Song.query("Nina Simone")) == [1964, 1965, 1966]
    assert years(Song.query("Nina Simone", GT(1964))) == [1965, 1966]
    assert years(Song.query("Nina Simone", reverse=True, limit=2)) == [1966, 1965]


def test_songs_are_scanned():
    assert sorted(years(Song.scan())) == [1964, 1965, 1966]
    assert years(Song.scan({"year": GT(1965)})) == [1966]


def test_a_batch_leaves_out_what_is_not_there():
    keys = [("Nina Simone", 1964), ("Nina Simone", 1900), ("Nina Simone", 1966)]
    assert sorted(years(Song.get_batch(keys))) == [1964, 1966]


def test_of_two_who_change_a_song_one_is_told():
    one, other = Song.get("Nina Simone", 1965), Song.get("Nina Simone", 1965)
    one.tags = {"a"}
    one.save(raise_on_conflict=True)
    other.title = "Sinnerman"
    with pytest.raises(ConflictError):
        other.save(raise_on_conflict=True)
    with pytest.raises(OverwriteError):
        song(1965).save(raise_on_conflict=True)


def test_a_song_is_deleted_if_nobody_changed_it():
    one, other = Song.get("Nina Simone", 1965), Song.get("Nina Simone", 1965)
    one.title = ""
    one.save()
    with pytest.raises(ConflictError):
        other.delete(raise_on_conflict=True)
    Song.get("Nina Simone", 1965).delete(raise_on_conflict=True)
    assert years(Song.query("Nina Simone")) == [1964, 1966]
