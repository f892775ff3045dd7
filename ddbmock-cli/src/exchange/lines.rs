//! Files that are read line by line, packed by gzip or not.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

/// The most bytes of a line: an item of 400 KB is far below that, however it is written.
pub(super) const LINE_BYTES_MAX: u64 = 16 << 20;
/// How much is read from a file at once.
const BUFFER_BYTES: usize = 256 << 10;
/// What a file begins with that is packed. Source: RFC 1952.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What is in a file, unpacked.
pub(super) fn unpacked(file: impl Read + 'static) -> io::Result<Box<dyn BufRead>> {
    let mut source = BufReader::with_capacity(BUFFER_BYTES, file);
    if source.fill_buf()?.starts_with(&GZIP) {
        return Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(source))));
    }
    Ok(Box::new(source))
}

/// Reads the next line, without its end; whether there was one.
///
/// # Errors
/// Those of the file, and of kind `InvalidData` if it is longer than any item.
pub(super) fn next(source: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    source.take(LINE_BYTES_MAX).read_until(b'\n', line)?;
    if line.pop_if(|last| *last == b'\n').is_some() {
        return Ok(true);
    }
    if line.len() as u64 == LINE_BYTES_MAX {
        let why = format!("it is longer than {LINE_BYTES_MAX} bytes. Write one item a line");
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    Ok(!line.is_empty())
}
