//! What a person may have meant.

/// The most edits between what was written and what was meant.
const EDITS_MAX: usize = 2;
/// The most candidates looked at.
const CANDIDATES_MAX: usize = 200;
/// The longest text, in bytes, that is compared: the work grows with the square of it.
const TEXT_BYTES_MAX: usize = 64;

/// "did you mean", if one of the candidates is close to what was written.
pub(crate) fn nearest<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    if written.len() > TEXT_BYTES_MAX {
        return None;
    }
    let close = candidates
        .take(CANDIDATES_MAX)
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= EDITS_MAX)
        .map(|candidate| (edits(written.as_bytes(), candidate.as_bytes()), candidate));
    let (_, nearest) = close.filter(|(edits, _)| *edits <= EDITS_MAX).min()?;
    Some(format!("did you mean {nearest}?"))
}

/// How many bytes are to be added, left out or replaced to make one text of the other.
fn edits(from: &[u8], to: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, left) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, right) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(!left.eq_ignore_ascii_case(right));
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}
