//! The checksums that exports have: MD5, in base64.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};

/// A digest that grows with what is read or written.
#[derive(Clone, Default)]
pub(super) struct Digest(Rc<RefCell<Md5>>);

impl Digest {
    /// The digest of all of a text.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(Rc::new(RefCell::new(Md5::new_with_prefix(bytes))))
    }

    /// What it is by now.
    pub(super) fn base64(&self) -> String {
        STANDARD.encode(self.bytes())
    }

    /// The tag that the service's store gives to an object that came in one part: the digest of its digest.
    pub(super) fn etag(&self) -> String {
        let digest = u128::from_be_bytes(Md5::digest(self.bytes()).into());
        format!("{digest:032x}-1")
    }

    fn bytes(&self) -> [u8; 16] {
        self.0.borrow().clone().finalize().into()
    }
}

/// Something that is read or written, and digested on the way.
pub(super) struct Digesting<T> {
    pub(super) inner: T,
    pub(super) digest: Digest,
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.digest.0.borrow_mut().update(&buffer[..read]);
        Ok(read)
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.0.borrow_mut().update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
