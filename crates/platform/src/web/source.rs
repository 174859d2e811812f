//! The address a request comes from, as far as it can be known: what limits on guessing
//! and filing count by.

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The source of a request; `local` where it came over no network.
pub(super) fn of(request: &Parts, trusted: &[IpAddr]) -> String {
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    peer.map_or_else(|| "local".into(), |peer| asked_from(peer, &request.headers, trusted))
}

/// `X-Forwarded-For` counts only from trusted proxies, and of it the last address that is
/// not one of them. An IPv4 address written as IPv6 is that IPv4 address. A subscriber of
/// IPv6 owns a whole /64 (RFC 6177), so that is what counts as one source.
fn asked_from(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> String {
    let is_trusted = |ip: &IpAddr| trusted.iter().any(|proxy| proxy.to_canonical() == *ip);
    let peer = peer.to_canonical();
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let chain: Vec<IpAddr> = forwarded
        .flat_map(|value| value.split(','))
        .filter_map(|ip| ip.trim().parse().ok())
        .map(|ip: IpAddr| ip.to_canonical())
        .collect();
    let source = match is_trusted(&peer) {
        true => chain.into_iter().rev().find(|ip| !is_trusted(ip)).unwrap_or(peer),
        false => peer,
    };
    match source {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(peer: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().expect("a test's header"));
        let ip = |text: &str| text.parse().expect("a test's address");
        asked_from(ip(peer), &headers, &[ip("10.0.0.1"), ip("10.0.0.2")])
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(source("192.0.2.7", "198.51.100.1"), "192.0.2.7");
        assert_eq!(source("10.0.0.1", "198.51.100.1"), "198.51.100.1");
    }

    #[test]
    fn what_a_client_wrote_itself_does_not_count() {
        assert_eq!(source("10.0.0.1", "127.0.0.1, 198.51.100.1, 10.0.0.2"), "198.51.100.1");
        assert_eq!(source("10.0.0.1", "nonsense"), "10.0.0.1");
    }

    #[test]
    fn a_proxy_that_listens_on_both_families_is_known() {
        assert_eq!(source("::ffff:10.0.0.1", "198.51.100.1"), "198.51.100.1");
    }

    #[test]
    fn one_subscriber_of_ipv6_is_one_source() {
        assert_eq!(source("2001:db8:1:2:aaaa::1", "x"), source("2001:db8:1:2:bbbb::2", "x"));
        assert_ne!(source("2001:db8:1:2::1", "x"), source("2001:db8:1:3::1", "x"));
    }
}
