//! ISO 4217 currencies in use, with their exponents.

use std::fmt;

use serde::{Serialize, Serializer};

use super::reading::parsed_text;
use super::{Fault, FaultCode};

/// An active ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Currency(&'static str, u32);

/// Codes whose minor unit is a hundredth.
const TWO: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
    CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS \
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN \
    NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN \
    SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";

impl Currency {
    pub const EUR: Self = Self("EUR", 2);

    pub fn parse(code: &str) -> Result<Self, Fault> {
        [(NONE, 0), (TWO, 2), (THREE, 3)]
            .into_iter()
            .find_map(|(codes, exponent)| {
                // Codes stand four bytes apart and in order; the last lacks the blank behind it.
                let (most, last) = codes.as_bytes().as_chunks::<4>();
                let wanted = code.as_bytes();
                let at = match most.binary_search_by(|[a, b, c, _]| [*a, *b, *c].as_slice().cmp(wanted)) {
                    Ok(at) => at,
                    Err(_) if last == wanted => most.len(),
                    Err(_) => return None,
                };
                codes.get(at * 4..at * 4 + 3).map(|known| Self(known, exponent))
            })
            .ok_or_else(|| Fault::new(FaultCode::UnknownCurrency, "an ISO 4217 code such as EUR"))
    }

    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Digits after the point: 2 for EUR, 0 for JPY, 3 for BHD.
    pub const fn exponent(self) -> u32 {
        self.1
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

parsed_text!(Currency, "format": "currency");

#[cfg(test)]
mod tests {
    use super::Currency;

    #[test]
    fn exponents_of_iso_4217() {
        for (code, exponent) in
            [("EUR", 2), ("JPY", 0), ("BHD", 3), ("KRW", 0), ("ZWG", 2), ("AED", 2), ("TND", 3)]
        {
            assert_eq!(Currency::parse(code).unwrap().exponent(), exponent, "{code}");
        }
        for code in [super::TWO, super::NONE, super::THREE].iter().flat_map(|codes| codes.split(' ')) {
            assert_eq!(Currency::parse(code).unwrap().code(), code);
        }
        for bad in ["", "eur", "EURO", "XXX", "EUR GBP", " "] {
            assert!(Currency::parse(bad).is_err(), "{bad}");
        }
    }
}
