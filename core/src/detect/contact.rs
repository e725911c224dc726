//! Ways to reach a person.

use super::{CAREFUL, Detector, DetectorId, Find, PERSONAL, position, texts};
use crate::policy::Action;

pub(crate) const EMAIL: DetectorId = position("contact.email");
pub(crate) const PHONE: DetectorId = position("contact.phone");
pub(crate) const BIRTH_DATE: DetectorId = position("contact.birth-date");
pub(crate) const LOCATION: DetectorId = position("contact.location");

pub(crate) const DETECTORS: &[Detector] = &[
    Detector {
        id: "contact.email",
        find: Find::Own,
        action: Action::Partial,
        presets: PERSONAL,
        references: texts!["RFC 5321, section 4.1.2", "RFC 6531"],
        examples: texts![
            "mail to «ana.sousa+news@example.pt» sent",
            "<«o'neil@mail.example.org»>",
            "user=«joão@exemplo.pt»",
            "«x@example.com»:",
            "user=«ana%2540example.com»"
        ],
        counter_examples: texts![
            "mar***@example.com",
            "@property",
            "user@localhost:22",
            "pkg@1.2.3",
            "git@github.com:org/repo.git",
            "a@b",
            "[REDACTED]@example.com"
        ],
    },
    Detector {
        id: "contact.phone",
        find: Find::Own,
        action: Action::Mask,
        presets: PERSONAL,
        references: texts!["ITU-T E.164", "ITU-T E.123", "NANPA numbering plan"],
        examples: texts![
            "call «+351 912 345 678»",
            "phone=«912345678»",
            "«(914) 349-8600»",
            "reach me on «914-349-8600» today",
            "tel «020 7946 0958»",
            "telemóvel: «91 234 56 78»",
            "phone:«9123 4567».",
            "contact_no=«9876543210»",
            "फोन नंबर «9834257234»",
            "电话:«010-12345678»",
            "Mob: «98765 43210»",
            "«+14155550132»",
            "ring me on «087 123 4567»",
            "mi número es «612 34 56 78»"
        ],
        counter_examples: texts![
            "2024-05-01 12:30:45,123",
            "id 912345678",
            "amount 1 234 567.89",
            "192.168.100.200",
            "build 20240501123045",
            "took 1714567890123 ns",
            "at 12:9123 4567",
            "contact us 9876543210",
            "version 10.15.7",
            "mobile app 12.3.4567",
            "+0100",
            "pid 123456789",
            "order 2024-000123-88",
            "0.123456789",
            "part no 415-555-0137-A",
            "ring buffer 12345678",
            "liga 2023-2024",
            "ruf 12345678",
        ],
    },
    Detector::masked("contact.birth-date", Find::Own, CAREFUL, texts!["ISO 8601-1", "GDPR, article 4(1)"]).with(
        texts![
            "date of birth: «17/06/1976»",
            "born on «4 June 1976» in Faro",
            "Geburtsdatum «04.06.1976»",
            "data_nascimento=«1976-06-04»",
            "生年月日：«1976年6月4日»"
        ],
        texts!["created 1976-06-04", "born in 1976", "birthday party at 12:30", "birth rate 12.5 per 1000"],
    ),
    Detector::masked("contact.location", Find::Own, CAREFUL, texts!["ISO 6709", "RFC 5870"]).with(
        texts!["lat=«38.72231»", "gps: «38.7223, -9.1393» fixed", "longitude «-9.139337»"],
        texts!["size 38.7223, -9.1393", "lat 12 ms", "latency 38.7223 ms", "gps 1.2.345"],
    ),
];
