//! Lists of words.

/// Words, sorted: a line for each letter of the alphabet that they begin with.
pub(crate) struct Words(pub(crate) [&'static str; 26]);

impl Words {
    /// The word that a name is, in whatever case.
    pub(crate) fn find(&self, name: &str) -> Option<&'static str> {
        let initial = name.as_bytes().first()?.to_ascii_lowercase();
        let words = self.0.get(usize::from(initial.checked_sub(b'a')?))?;
        words.split(' ').find(|word| word.eq_ignore_ascii_case(name))
    }
}
