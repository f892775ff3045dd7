//! The keys whose signatures are taken, and their secrets.

use std::collections::HashMap;
use std::fmt;

/// Keys by their ids, as a file of credentials lists them.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Credentials {
    keys: HashMap<String, Key>,
}

/// A key beside its id.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Key {
    pub(crate) secret: String,
    /// The token that must come with it, if it is the key of a session.
    pub(crate) token: Option<String>,
}

impl Credentials {
    /// Reads the format of `~/.aws/credentials`: sections in brackets, one a profile, with `aws_access_key_id`,
    /// `aws_secret_access_key` and perhaps `aws_session_token`. What else stands there is passed over.
    ///
    /// ```
    /// use ddbmock_server::Credentials;
    ///
    /// let text = "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n";
    /// assert!(Credentials::read(text).is_ok());
    /// assert!(Credentials::read("[default]\naws_access_key_id = AKIDEXAMPLE\n").is_err());
    /// ```
    ///
    /// # Errors
    /// In one line, what is wrong with it: a profile with half a key, a key with two secrets, or no key at all.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut credentials = Self::default();
        for profile in profiles(text) {
            credentials.add(&profile)?;
        }
        if credentials.keys.is_empty() {
            return Err("it has no profile with aws_access_key_id and aws_secret_access_key".to_owned());
        }
        Ok(credentials)
    }

    fn add(&mut self, profile: &Profile<'_>) -> Result<(), String> {
        let name = profile.name;
        let [id, secret, token] = MEMBERS.map(|member| profile.member(member));
        let (id, secret) = match (id, secret) {
            (Some(id), Some(secret)) => (id, secret),
            (None, None) => return Ok(()),
            (None, Some(_)) => return Err(format!("profile {name} has no {}", MEMBERS[0])),
            (Some(_), None) => return Err(format!("profile {name} has no {}", MEMBERS[1])),
        };
        let key = Key { secret: secret.to_owned(), token: token.map(str::to_owned) };
        match self.keys.insert(id.to_owned(), key.clone()) {
            Some(other) if other != key => Err(format!("profile {name} has another secret for the key {id}")),
            _ => Ok(()),
        }
    }

    pub(crate) fn key(&self, id: &str) -> Option<&Key> {
        self.keys.get(id)
    }
}

/// How many keys there are, and none of them.
impl fmt::Debug for Credentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Credentials({} keys)", self.keys.len())
    }
}

const MEMBERS: [&str; 3] = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];

/// A section of the file: its name, and its lines.
struct Profile<'a> {
    name: &'a str,
    lines: Vec<(&'a str, &'a str)>,
}

impl<'a> Profile<'a> {
    fn member(&self, name: &str) -> Option<&'a str> {
        let mut lines = self.lines.iter().rev(); // the last counts
        lines
            .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
            .map(|(_, value)| *value)
    }
}

fn profiles(text: &str) -> Vec<Profile<'_>> {
    let mut profiles = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        if let Some(name) = line.strip_prefix('[') {
            profiles.push(Profile { name: name.trim_end_matches(']').trim(), lines: Vec::new() });
        } else if let (Some(profile), Some((key, value))) = (profiles.last_mut(), line.split_once('=')) {
            profile.lines.push((key.trim(), value.trim()));
        }
    }
    profiles
}

#[cfg(test)]
mod tests {
    use super::Credentials;

    #[test]
    fn profiles_are_read() {
        let text = "# mine\n[default]\naws_access_key_id=AK\r\n AWS_Secret_Access_Key = a=b/c+d \nregion = x\n\
                    [session]\naws_access_key_id = AS\naws_secret_access_key = s\naws_session_token = t\n\
                    [again]\naws_access_key_id=AK\naws_secret_access_key=a=b/c+d\n[sso]\nsso_session = y\n";
        let credentials = Credentials::read(text).unwrap();
        let key = credentials.key("AK").unwrap();
        assert_eq!((key.secret.as_str(), key.token.as_deref()), ("a=b/c+d", None));
        assert_eq!(credentials.key("AS").unwrap().token.as_deref(), Some("t"));
        assert!(credentials.key("ak").is_none());
        assert_eq!(format!("{credentials:?}"), "Credentials(2 keys)");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let check = |text: &str, expected: &str| assert_eq!(Credentials::read(text).unwrap_err(), expected);
        let none = "it has no profile with aws_access_key_id and aws_secret_access_key";
        check("", none);
        check("aws_access_key_id = AK\naws_secret_access_key = s\n", none); // in no profile
        check("[a]\naws_access_key_id = AK\n", "profile a has no aws_secret_access_key");
        check("[a]\naws_secret_access_key = s\n", "profile a has no aws_access_key_id");
        let two = "[a]\naws_access_key_id=K\naws_secret_access_key=s\n[b]\naws_access_key_id=K\n\
                   aws_secret_access_key=t\n";
        check(two, "profile b has another secret for the key K");
    }
}
