//! The tags of a table, and what is wrong with those of a request.
//!
//! Source: captures of October 2026, tags; what is wrong with several at once is assumed to be said in this order.

use ddbmock_model::{Error, Rule, Said, Tag};

/// The most tags of a table.
const TAGS_MAX: usize = 50;
/// The most characters of a key, and of a value.
const KEY_CHARACTERS_MAX: usize = 128;
const VALUE_CHARACTERS_MAX: usize = 256;

/// Checks the tags of a request. All are refused if one is.
pub(crate) fn check_tags(said: &Said, tags: &[Tag]) -> Result<(), Error> {
    check_count(tags.len())?;
    for (at, tag) in (1..).zip(tags) {
        let is_sent = |member: &str| !said.is_missing(&format!("tags.{at}.member.{member}"));
        check_key(Some(&*tag.key).filter(|_| is_sent("key")))?;
        check_value(Some(&*tag.value).filter(|_| is_sent("value")))?;
    }
    let repeated = |at: &usize| tags[..*at].iter().any(|earlier| earlier.key == tags[*at].key);
    (0..tags.len()).find(repeated).map_or(Ok(()), |at| {
        let key = &tags[at].key;
        let text = format!("Duplicate Tag Keys provided as input: Duplicate Tag Key found {key}");
        Err(Error::validation(Rule("tags.twice"), text))
    })
}

/// Checks the keys of tags that are to be taken away: they are not counted in any other way.
pub(crate) fn check_keys(keys: &[String]) -> Result<(), Error> {
    check_count(keys.len())?;
    keys.iter().try_for_each(|key| check_key(Some(key)))
}

/// Tags with more of them, or with other values.
pub(crate) fn with(tags: &[Tag], added: &[Tag]) -> Result<Vec<Tag>, Error> {
    let mut after = tags.to_vec();
    for tag in added {
        match after.iter_mut().find(|there| there.key == tag.key) {
            Some(there) => there.value.clone_from(&tag.value),
            None => after.push(tag.clone()),
        }
    }
    check_count(after.len()).map(|()| after)
}

/// Tags without some.
pub(crate) fn without(tags: &[Tag], keys: &[String]) -> Vec<Tag> {
    tags.iter().filter(|tag| !keys.contains(&tag.key)).cloned().collect()
}

fn check_count(count: usize) -> Result<(), Error> {
    if count <= TAGS_MAX {
        return Ok(());
    }
    let text = "Number of Tags exceed the current limit for the provided ResourceArn";
    Err(Error::validation(Rule("tags.count"), text))
}

fn check_key(key: Option<&str>) -> Result<(), Error> {
    let Some(key) = key.filter(|key| !key.is_empty() && is_fit(key, KEY_CHARACTERS_MAX)) else {
        let text = format!("The Tag Key provided is invalid, Key: {}", key.unwrap_or("null"));
        return Err(Error::validation(Rule("tags.key"), text));
    };
    if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
        let text = format!("Tag Key cannot be prefixed with aws:, Key: {key}");
        return Err(Error::validation(Rule("tags.reserved"), text));
    }
    Ok(())
}

fn check_value(value: Option<&str>) -> Result<(), Error> {
    if value.is_some_and(|value| is_fit(value, VALUE_CHARACTERS_MAX)) {
        return Ok(());
    }
    let text = format!("The Tag Value provided is invalid, Value: {}", value.unwrap_or("null"));
    Err(Error::validation(Rule("tags.value"), text))
}

/// Whether a text is not too long, and of letters, digits and blanks of any script and a few signs.
fn is_fit(text: &str, characters_max: usize) -> bool {
    let allowed = |character: char| {
        let is_blank = character.is_whitespace() && !character.is_control();
        character.is_alphanumeric() || is_blank || "+-=._:/@".contains(character)
    };
    text.chars().count() <= characters_max && text.chars().all(allowed)
}
