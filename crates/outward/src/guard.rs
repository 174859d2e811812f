//! Which addresses the server may be sent to. Whoever enters an address in a form must not be
//! able to make the server ask inside the house on their behalf (SSRF): a host is allowed if
//! all its addresses are public and the line is protected, or if the operator named it.

use platform::App;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The addresses the operator allows, whatever they are.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    hosts: Vec<String>,
}

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Whether the line is protected.
    pub tls: bool,
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Path and query.
    pub path: String,
}

impl Target {
    /// An address of a web server; without a name and password in it, which logs would keep.
    pub fn parse(url: &str) -> Option<Self> {
        let uri: hyper::Uri = url.trim().parse().ok()?;
        let tls = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = uri.authority()?;
        if authority.as_str().contains('@') {
            return None;
        }
        let host = authority.host().trim_matches(['[', ']']).to_ascii_lowercase();
        if host.is_empty() {
            return None;
        }
        let port = match authority.as_str().rsplit_once(':') {
            Some((_, port)) if !port.contains(']') => port.parse().ok().filter(|port| *port > 0)?,
            _ if tls => 443,
            _ => 80,
        };
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Some(Self { tls, host, port, path })
    }
}

impl Guard {
    /// Allows these hosts, as they stand in an address.
    pub fn allowing(hosts: impl IntoIterator<Item = String>) -> Self {
        Self { hosts: hosts.into_iter().map(|host| host.trim().to_ascii_lowercase()).collect() }
    }

    /// Allows what the operator of this installation named.
    pub fn of(app: &App) -> Self {
        Self::allowing(app.config.outward.hosts.iter().cloned())
    }

    /// Whether the operator named the host.
    pub fn knows(&self, host: &str) -> bool {
        self.hosts.iter().any(|known| known == host)
    }

    /// Whether a request may be sent there, before anybody asks where the name leads.
    pub fn lets(&self, target: &Target) -> bool {
        self.knows(&target.host)
            || (target.tls && target.host.parse().map_or(true, |address: IpAddr| is_public(address)))
    }

    /// Whether a request may be sent to this host at that address.
    pub fn lets_to(&self, target: &Target, address: IpAddr) -> bool {
        self.knows(&target.host) || is_public(address)
    }
}

/// Whether an address is one of the public internet (IANA's special-purpose registries, RFC
/// 6890 and its successors); one that carries another inside is as public as that.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_unspecified()
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = a == 192 && b == 0 && c == 0;
    let relay = a == 192 && b == 88 && c == 99;
    let benchmark = a == 198 && (18..20).contains(&b);
    !(special || shared || protocol || relay || benchmark || a == 0 || a >= 240)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    if let Some(inside) = address.to_ipv4_mapped() {
        return is_public_v4(inside);
    }
    // NAT64 (RFC 6052): the last 32 bits are the address behind it.
    if segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        let [.., a, b, c, d] = address.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    // Only 2000::/3 is given out; in it 6to4, Teredo and the documentation's lead elsewhere.
    let global = segments[0] & 0xe000 == 0x2000;
    let elsewhere = segments[0] == 0x2002
        || (segments[0] == 0x2001 && segments[1] < 0x200)
        || (segments[0] == 0x2001 && segments[1] == 0xdb8)
        || (segments[0] == 0x3fff && segments[1] < 0x1000);
    global && !elsewhere
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn target(url: &str) -> Target {
        Target::parse(url).expect("an address")
    }

    #[test]
    fn an_address_is_read_or_refused() {
        let read = target("https://Hook.Example.cn/in?x=1");
        assert_eq!((read.host.as_str(), read.port, read.path.as_str()), ("hook.example.cn", 443, "/in?x=1"));
        assert_eq!(target("http://127.0.0.1:8080").port, 8080);
        assert_eq!(target("https://[2606:4700::1]:8443/").host, "2606:4700::1");
        for none in [
            "",
            "hook.example.cn",
            "ftp://a.cn/",
            "https://user:pw@a.cn/",
            "https:///x",
            "https://a.cn:0/",
            "file:///etc/passwd",
        ] {
            assert_eq!(Target::parse(none), None, "{none}");
        }
    }

    #[test]
    fn inside_the_house_nobody_is_sent() {
        let guard = Guard::default();
        assert!(guard.lets(&target("https://hook.example.cn/")));
        assert!(!guard.lets(&target("http://hook.example.cn/")), "in the clear");
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "ff02::1",
        ] {
            let address: IpAddr = inside.parse().expect("an address");
            assert!(!is_public(address), "{inside}");
            let host = if address.is_ipv6() { format!("[{inside}]") } else { inside.to_owned() };
            assert!(!guard.lets(&target(&format!("https://{host}/"))), "{inside}");
        }
        for outside in ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::101:101"] {
            assert!(is_public(outside.parse().expect("an address")), "{outside}");
        }
        let named = Guard::allowing(["Hook.intra".to_owned(), "10.1.2.3".to_owned()]);
        assert!(named.lets(&target("http://hook.intra:8080/")) && named.lets(&target("https://10.1.2.3/")));
        assert!(named.lets_to(&target("https://hook.intra/"), [10, 0, 0, 1].into()));
        assert!(!named.lets(&target("https://10.1.2.4/")));
    }

    proptest! {
        #[test]
        fn an_address_in_other_clothes_is_as_public(bits: u32) {
            let plain = Ipv4Addr::from(bits);
            let mapped = plain.to_ipv6_mapped();
            prop_assert_eq!(is_public(plain.into()), is_public(mapped.into()));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text: String) {
            let _ = Target::parse(&text);
        }
    }
}
