//! Addresses of machines: personal data where they stand for somebody, so the strict preset takes them.

use super::{Detector, DetectorId, Find, STRICT, position, texts};

pub(crate) const IPV4: DetectorId = position("network.ipv4");
pub(crate) const IPV6: DetectorId = position("network.ipv6");
pub(crate) const MAC: DetectorId = position("network.mac");

pub(crate) const DETECTORS: &[Detector] = &[
    Detector::masked("network.ipv4", Find::Own, STRICT, texts!["RFC 791, section 3.2", "RFC 4632, section 3.1, prefixes"]).with(
        texts!["from «203.0.113.7»:8080 via tcp", "allow «10.20.0.0»/16", "端口«198.51.100.23»已关闭", "peer /«10.1.2.3»:9092"],
        texts![
            "version 1.2.3.4",
            "app-1.2.3.4.jar",
            "Chrome/120.0.0.0 Safari",
            "v10.4.2.1",
            "1.3.6.1.4.1",
            "10.0.0.256",
            "1.2.3.4-rc1",
            "3.14.15"
        ],
    ),
    Detector::masked("network.ipv6", Find::Own, STRICT, texts!["RFC 4291, section 2.2", "RFC 4007, section 11, zones", "RFC 5952"]).with(
        texts![
            "from [«2001:db8:7::9f»]:443",
            "route «2001:db8:40::»/48 added",
            "at «fe80::21b:44ff:fe11:3ab7»%eth0.",
            "got «::ffff:198.51.100.4»",
            "listen «::1»"
        ],
        texts![
            "std::sync::Arc",
            "at 12:34:56",
            "dead::beef",
            "use a::b",
            "rows[1::2]",
            "2001:db8::7::1",
            "1:2:3:4:5:6:7",
            "fe80::12345",
            "a :: b"
        ],
    ),
    Detector::masked("network.mac", Find::Own, STRICT, texts!["IEEE 802-2014, clause 8, EUI-48 and EUI-64"]).with(
        texts!["eth0 «3c:07:54:1a:b2:9e» up", "ether «3C-07-54-1A-B2-9E»", "station «3c07.541a.b29e»", "wwn «50:01:43:80:02:a3:4f:11»"],
        texts!["3c:07:54:1a:b2", "MD5:3c:07:54:1a:b2:9e:10:22:31:42:53:64:75:86:97:a8", "20-24-05-01-10-20", "2024.1201.1130"],
    ),
];
