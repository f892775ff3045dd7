//! Files of CSV that are read row by row.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ByteRecord, Position, Reader, ReaderBuilder};

use super::lines::LINE_BYTES_MAX;

/// A row that follows the last one, and is no text: if it is read as part of another, that has a quote that is not
/// closed.
const END: &[u8] = b"\n\xffend";

/// The rows of a file.
pub(super) struct Rows {
    reader: Reader<Bounded<Box<dyn Read>>>,
    room: Rc<Cell<u64>>,
    row: ByteRecord,
}

impl Rows {
    /// All of what is in a file.
    pub(super) fn of(source: Box<dyn BufRead>) -> Self {
        let room = Rc::new(Cell::new(0));
        let source: Box<dyn Read> = Box::new(source.chain(END));
        let source = Bounded { inner: source, room: Rc::clone(&room) };
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(source);
        Self { reader, room, row: ByteRecord::new() }
    }

    /// Reads the next row; nothing at the end. The number is that of the line in which it begins.
    ///
    /// # Errors
    /// Those of the file, and of kind `InvalidData` if a quote is not closed, with the number.
    pub(super) fn next(&mut self) -> Result<Option<(u64, &ByteRecord)>, (u64, io::Error)> {
        self.room.set(LINE_BYTES_MAX);
        let line = self.reader.position().line();
        let read = self.reader.read_byte_record(&mut self.row).map_err(|error| (line, error.into()))?;
        let line = self.row.position().map_or(line, Position::line);
        let last = self.row.iter().next_back().unwrap_or_default();
        if !read || (self.row.len() == 1 && last == &END[1..]) {
            return Ok(None);
        }
        if last.ends_with(END) {
            return Err((line, invalid("a quote in this row is not closed")));
        }
        Ok(Some((line, &self.row)))
    }
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// A source of which so much is read and no more: a row that is not closed is not looked for to the end of the file.
struct Bounded<R> {
    inner: R,
    room: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let Some(room) = self.room.get().checked_sub(read as u64) else {
            return Err(invalid("a row is longer than any item. Look for a quote that is not closed"));
        };
        self.room.set(room);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::Rows;

    /// The bound is that of a row, however many there are.
    #[test]
    fn all_rows_of_a_long_file_are_read() {
        let row = "x".repeat(1 << 20) + "\n";
        let mut rows = Rows::of(Box::new(Cursor::new(row.repeat(18))));
        for line in 1..=18 {
            let (number, row) = rows.next().unwrap().unwrap();
            assert_eq!((number, row.len(), row[0].len()), (line, 1, 1 << 20));
        }
        assert!(rows.next().unwrap().is_none());
    }
}
