//! Where to listen: from what the user wrote to a socket, and back to a URL.

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
        if host.is_empty() || host.contains(char::is_whitespace) {
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
    let ip = match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

#[cfg(test)]
mod tests {
    use super::{Listen, url};

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
        for text in ["", ":8000", "a:", "a:b", "a:65536", "a:1:2", "[::1", "[::1]x", "[a]:1", "a b"] {
            assert!(text.parse::<Listen>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_url_can_be_reached() {
        let check = |address: &str, expected: &str| assert_eq!(url(address.parse().unwrap()), expected);
        check("127.0.0.1:8000", "http://127.0.0.1:8000");
        check("0.0.0.0:1", "http://127.0.0.1:1");
        check("[::]:1", "http://[::1]:1");
    }
}
