//! Where to listen: from what the user wrote to a socket, and back to a URL.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::str::FromStr;

/// The port where nothing names one: the one that clients of local DynamoDBs expect.
const PORT: u16 = 8000;

/// A host name or address, and perhaps a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listen {
    host: String,
    port: Option<u16>,
}

impl FromStr for Listen {
    type Err = &'static str;

    /// `HOST`, `HOST:PORT`, `::1`, `[::1]` or `[::1]:PORT`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (host, port) = if let Some(rest) = text.strip_prefix('[') {
            let (host, after) = rest.split_once(']').ok_or("the bracket is not closed")?;
            host.parse::<Ipv6Addr>().map_err(|_| "no IPv6 address stands in the brackets")?;
            (host, after.is_empty().then_some(None).or_else(|| after.strip_prefix(':').map(Some)))
        } else if text.parse::<Ipv6Addr>().is_ok() {
            (text, Some(None))
        } else {
            let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
            (host, Some(port))
        };
        let port = port.ok_or("what follows the bracket is no port")?.map(str::parse).transpose();
        let port = port.map_err(|_| "a port is a number from 0 to 65535")?;
        // No host has others, and what is printed for a shell holds nothing that a shell would understand.
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:%".contains(&byte);
        if host.is_empty() || !host.bytes().all(is_host) {
            return Err("a host name or address is missing, as in 127.0.0.1:8000");
        }
        Ok(Self { host: host.to_owned(), port })
    }
}

impl Listen {
    /// The port to listen at, where the user may have named one beside the host.
    pub(crate) fn port(&self, beside: Option<u16>) -> u16 {
        beside.or(self.port).unwrap_or(PORT)
    }

    /// The port beside the host, if there is one.
    pub(crate) fn own_port(&self) -> Option<u16> {
        self.port
    }

    /// The URL under which a client of this machine reaches a server that listens here.
    pub(crate) fn url(&self, beside: Option<u16>) -> Url {
        let host = match self.host.parse::<IpAddr>() {
            Ok(ip) => reachable(ip).to_string(),
            Err(_) => self.host.clone(),
        };
        Url(Self { host, port: Some(self.port(beside)) })
    }

    /// The addresses of the host: IPv4 first, for a client that is told `127.0.0.1` while the host is `localhost`.
    pub(crate) fn addresses(&self, port: u16) -> io::Result<Vec<SocketAddr>> {
        let mut addresses: Vec<_> = (self.host.as_str(), port).to_socket_addrs()?.collect();
        addresses.sort_by_key(SocketAddr::is_ipv6);
        Ok(addresses)
    }

    /// Why it cannot be listened at, in a line that says what to do.
    pub(crate) fn complain(&self, port: u16, error: &io::Error) -> String {
        let host = &self.host;
        match error.kind() {
            io::ErrorKind::AddrInUse => format!(
                "port {port} of {host} is in use by another program. \
                 Choose another with --port, or a free one with --port 0"
            ),
            io::ErrorKind::PermissionDenied => format!(
                "not allowed to listen at port {port} of {host}. Choose a port above 1023 with --port"
            ),
            io::ErrorKind::AddrNotAvailable => format!(
                "{host} is no address of this machine. Choose another with --listen: 127.0.0.1 for this machine only, \
                 0.0.0.0 for all"
            ),
            _ => format!(
                "cannot listen at port {port} of {host}: {error}. Choose another address with --listen or --port"
            ),
        }
    }
}

/// The URL under which a client of this machine reaches an address.
pub(crate) fn url(address: SocketAddr) -> String {
    format!("http://{}", SocketAddr::new(reachable(address.ip()), address.port()))
}

/// The address at which a client of this machine reaches who listens at another.
fn reachable(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    }
}

/// The URL of a server: `http://` and its host, and its port unless that is 80.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url(Listen);

impl FromStr for Url {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const REFUSAL: &str = "a URL is http:// and an address, as in http://127.0.0.1:8000";
        let rest = text.strip_prefix("http://").ok_or(REFUSAL)?;
        rest.strip_suffix('/').unwrap_or(rest).parse().map(Self)
    }
}

impl Url {
    /// The addresses of the host, with the port.
    pub(crate) fn addresses(&self) -> io::Result<Vec<SocketAddr>> {
        self.0.addresses(self.0.port.unwrap_or(80))
    }

    /// The host, and the port if it is given.
    pub(crate) fn authority(&self) -> String {
        let Listen { host, port } = &self.0;
        let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        port.map_or(host.clone(), |port| format!("{host}:{port}"))
    }
}

impl fmt::Display for Url {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "http://{}", self.authority())
    }
}

#[cfg(test)]
mod tests {
    use super::{Listen, Url, url};

    #[test]
    fn what_users_write_is_understood() {
        let check = |text: &str, host: &str, port: Option<u16>| {
            assert_eq!(text.parse(), Ok(Listen { host: host.into(), port }), "{text}");
        };
        check("127.0.0.1:8000", "127.0.0.1", Some(8000));
        check("localhost", "localhost", None);
        check("localhost:0", "localhost", Some(0));
        check("::1", "::1", None);
        check("[::1]", "::1", None);
        check("[::1]:9", "::1", Some(9));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", ":8000", "a:", "a:b", "a:65536", "a:1:2", "[::1", "[::1]x", "[a]:1", "a b", "a'b"] {
            assert!(text.parse::<Listen>().is_err(), "{text}");
        }
    }

    #[test]
    fn urls_are_read() {
        let check =
            |text: &str, expected: &str| assert_eq!(text.parse::<Url>().unwrap().to_string(), expected);
        check("http://127.0.0.1:8000", "http://127.0.0.1:8000");
        check("http://dynamodb/", "http://dynamodb");
        check("http://[::1]:1", "http://[::1]:1");
        for text in ["", "http://", "127.0.0.1:8000", "https://a", "http://a/b", "http://a'b", "http://a:b"] {
            assert!(text.parse::<Url>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_server_is_found_where_it_listens() {
        let check = |text: &str, port: Option<u16>, expected: &str| {
            assert_eq!(text.parse::<Listen>().unwrap().url(port).to_string(), expected);
        };
        check("0.0.0.0", None, "http://127.0.0.1:8000");
        check("[::]:1", Some(2), "http://[::1]:2");
        check("localhost:1", None, "http://localhost:1");
    }

    #[test]
    fn the_url_can_be_reached() {
        let check = |address: &str, expected: &str| assert_eq!(url(address.parse().unwrap()), expected);
        check("127.0.0.1:8000", "http://127.0.0.1:8000");
        check("0.0.0.0:1", "http://127.0.0.1:1");
        check("[::]:1", "http://[::1]:1");
    }
}
