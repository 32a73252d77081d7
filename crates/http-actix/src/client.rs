//! Whose request it is, by address: that of the connection, or what a trusted proxy says of it.
//!
//! `X-Forwarded-For` is a list to which each proxy adds the address from which it was asked; whoever asks first may
//! have put anything before. So it is read from the right, and only as far as those who wrote are trusted.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use actix_web::http::header::{HeaderMap, HeaderName};

/// A list of addresses, each added by the proxy that it had asked (not standardised; RFC 7239 tells of it).
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Addresses that begin with the same bits, as in `10.0.0.0/8`; one address without the length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

/// A text that is no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address such as 192.0.2.7, or a network such as 10.0.0.0/8")]
pub struct NotANetwork;

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().map_err(|_| NotANetwork)?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NotANetwork)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        match bits.unwrap_or(most) {
            bits if bits <= most => Ok(Self { address, bits }),
            _ => Err(NotANetwork),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.address, self.bits)
    }
}

impl Network {
    /// Whether an address is one of its own.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let differing = match (self.address, address) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => (ours.to_bits() ^ theirs.to_bits()).leading_zeros(),
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => (ours.to_bits() ^ theirs.to_bits()).leading_zeros(),
            _ => return false,
        };
        differing >= self.bits
    }
}

/// The address of the client for which the proxies in between ask: the last one that no trusted proxy has.
pub fn address(peer: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.ip().to_canonical();
    let lists: Vec<&str> =
        headers.get_all(FORWARDED_FOR).map(|list| list.to_str().unwrap_or_default()).collect();
    let mut before = lists.iter().rev().flat_map(|list| list.rsplit(','));
    while is_trusted(client) {
        match before.next().and_then(|address| parsed(address.trim())) {
            Some(address) => client = address,
            None => break,
        }
    }
    client
}

/// An address, with a port or without.
fn parsed(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let address: Option<IpAddr> = text.parse().ok().or_else(with_port).or_else(in_brackets);
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn client(peer: &str, lists: &[&str], trusted: &[&str]) -> String {
        let mut request = TestRequest::default();
        for list in lists {
            request = request.append_header(("X-Forwarded-For", *list));
        }
        let trusted: Vec<Network> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        let request = request.to_http_request();
        address(peer.parse().unwrap(), request.headers(), &trusted).to_string()
    }

    #[test]
    fn a_network_holds_the_addresses_that_begin_like_it() {
        let holds = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse().unwrap())
        };
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("192.0.2.7", "192.0.2.7") && !holds("192.0.2.7", "192.0.2.6"));
        assert!(holds("0.0.0.0/0", "1.2.3.4") && !holds("0.0.0.0/0", "::1"));
        assert!(holds("fd00::/8", "fd12::1") && !holds("fd00::/8", "fe80::1"));
        for text in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "proxy", "10.0.0.0/-1"] {
            assert_eq!(text.parse::<Network>(), Err(NotANetwork), "{text}");
        }
    }

    #[test]
    fn without_a_trusted_proxy_it_is_the_connections() {
        assert_eq!(client("192.0.2.7:80", &["203.0.113.9"], &[]), "192.0.2.7");
        assert_eq!(client("192.0.2.7:80", &["203.0.113.9"], &["10.0.0.0/8"]), "192.0.2.7");
        assert_eq!(client("[::ffff:192.0.2.7]:80", &[], &["192.0.2.7"]), "192.0.2.7");
    }

    #[test]
    fn the_list_is_read_from_the_right_as_far_as_it_is_trusted() {
        let trusted = &["10.0.0.0/8"];
        let of = |lists: &[&str]| client("10.0.0.1:80", lists, trusted);
        assert_eq!(of(&["203.0.113.9"]), "203.0.113.9");
        // What a client put there itself is on the left.
        assert_eq!(of(&["127.0.0.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(of(&["127.0.0.1, 203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(of(&["127.0.0.1", "203.0.113.9", "10.0.0.2"]), "203.0.113.9");
        assert_eq!(of(&["203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(of(&["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(of(&["[2001:db8::1]"]), "2001:db8::1");
        // Nothing that is there says more than the last proxy's own address.
        assert_eq!(of(&["unknown"]), "10.0.0.1");
        assert_eq!(of(&["203.0.113.9, nonsense, 10.0.0.2"]), "10.0.0.2");
        assert_eq!(of(&[""]), "10.0.0.1");
    }
}
