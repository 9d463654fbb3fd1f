//! Where a call came from, as the host says it.

use std::fmt;

use core::net::{IpAddr, Ipv6Addr};

use serde::Serialize;

use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// Where a call came from: an IP address, or whatever else the host tells sources by. 1 to 100 visible ASCII characters.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Source(String);

impl Source {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if (1..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Fault::new(FaultCode::Malformed, "an IP address, or 1 to 100 visible ASCII characters"))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which sources are counted: an IPv6 address by its first 64 bits, of which one household has all.
    pub fn counted(&self) -> String {
        match self.0.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(IpAddr::V6(address)) => {
                let network = Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX));
                format!("{network}/64")
            }
            Ok(IpAddr::V4(address)) => address.to_string(),
            Err(_) => self.0.clone(),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

parsed_text!(Source, "minLength": 1, "maxLength": 100);

#[cfg(test)]
mod tests {
    use super::Source;

    fn counted(text: &str) -> String {
        Source::parse(text).unwrap().counted()
    }

    #[test]
    fn b17_an_address_counts_by_what_one_household_has() {
        assert_eq!(counted("192.0.2.7"), "192.0.2.7");
        assert_eq!(counted("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(counted("2001:DB8:1:2::9"), "2001:db8:1:2::/64");
        assert_ne!(counted("2001:db8:1:3::9"), counted("2001:db8:1:2::9"));
        assert_eq!(counted("kiosk-7"), "kiosk-7");
        for bad in ["", "a b", "a\n", "\u{202e}", &"1".repeat(101)] {
            assert!(Source::parse(bad).is_err(), "{bad}");
        }
    }
}
