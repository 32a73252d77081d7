//! Entries that only one country prints: registers with their place, tax numbers that are not VAT
//! numbers, bank codes next to accounts.

use fieldmark_domain::detection::SpanClass;
use fieldmark_domain::field::Field;

use super::{Composer, Entry};
use crate::canvas::Run;

impl Composer {
    /// The register's number in the notation of notaries: "Amtsgericht München HRB 1234", "RCS Lyon
    /// 123 456 789". Nothing in countries that name no court.
    pub(super) fn register_entry(&mut self) -> Option<Entry> {
        let number = self.facts.supplier.organisation.clone()?;
        let city = self.facts.supplier.city.clone();
        let class = SpanClass::Caption(Field::SupplierOrgNumber);
        let printed = number.print(&mut self.dice);
        if self.dice.chance(0.4)
            && let Some(entry) = self.court_behind(&printed, &city)
        {
            return Some(entry);
        }
        let (caption, value) = match self.facts.locale.country() {
            "DE" => {
                let court = self.dice.pick([
                    "Amtsgericht",
                    "AG",
                    "Registergericht",
                    "Handelsregister",
                    "Handelsregister:",
                    "Registergericht:",
                ]);
                (Run::span(class, court).and(Run::plain(city)), printed)
            }
            "AT" => {
                let words = self.dice.pick(["Firmenbuch", "FB-Gericht", "HG", "LG"]);
                (Run::span(class, words).and(Run::plain(city)), printed)
            }
            "FR" => {
                let siren = number.normal.get(..9).unwrap_or(&number.normal).to_owned();
                let spaced = crate::identifiers::grouped(&siren, 3, " ");
                let printed = if number.normal.len() == 9 { spaced } else { printed };
                let words = self.dice.pick(["RCS", "R.C.S.", "RCS de", "Immatriculée au RCS de"]);
                if self.dice.chance(0.3) {
                    return Some(self.french_register(&printed, &city));
                }
                (Run::span(class, words).and(Run::plain(city)), printed)
            }
            "NL" => (Run::span(class, "KvK").and(Run::plain(city)), printed),
            "BE" => {
                (Run::span(class, self.dice.pick(["RPM", "RPR", "RPR/RPM"])).and(Run::plain(city)), printed)
            }
            "NO" => {
                let value = Run::value(Field::SupplierOrgNumber, printed).and(Run::plain(self.dice.pick([
                    "MVA",
                    "MVA Foretaksregisteret",
                    "- Foretaksregisteret",
                ])));
                let caption = self.caption("supplier_org_number");
                return Some(Entry { caption, value, glued: false });
            }
            "SE" => {
                let caption = self.caption("supplier_org_number");
                let seat = self.dice.pick(["Säte:", "Styrelsens säte:", "Säte"]);
                let value =
                    Run::value(Field::SupplierOrgNumber, printed).and(Run::plain(seat)).and(Run::plain(city));
                return Some(Entry { caption, value, glued: false });
            }
            _ => return None,
        };
        Some(Entry { caption, value: Run::value(Field::SupplierOrgNumber, value), glued: false })
    }

    /// The number followed by its court: "HRB 1234, Amtsgericht München", "FN 123456a (HG Wien)",
    /// "NO 123 456 789 MVA", "DK 12 34 56 78". Court and letters are not part of the number.
    fn court_behind(&mut self, printed: &str, city: &str) -> Option<Entry> {
        let behind = match self.facts.locale.country() {
            "DE" => self.dice.pick(["Amtsgericht", "AG", "Registergericht", "beim Amtsgericht"]),
            "AT" => self.dice.pick(["HG", "Handelsgericht", "LG", "Firmenbuchgericht", "Landesgericht"]),
            "NO" => {
                let caption = self.caption("supplier_org_number");
                let number = Run::value(Field::SupplierOrgNumber, printed);
                let value = Run::plain("NO").and(number).and(Run::plain("MVA"));
                return Some(Entry { caption, value, glued: false });
            }
            "DK" => {
                let caption = self.caption("supplier_org_number");
                let value = Run::plain("DK").and(Run::value(Field::SupplierOrgNumber, printed));
                return Some(Entry { caption, value, glued: false });
            }
            "BE" => self.dice.pick(["RPM", "RPR"]),
            "NL" => self.dice.pick(["KvK", "Kamer van Koophandel"]),
            _ => return None,
        };
        let number = Run::value(Field::SupplierOrgNumber, printed);
        let value = match self.dice.count(0, 2) {
            0 => number.glue(Run::plain(",")).and(Run::plain(format!("{behind} {city}"))),
            1 => number.and(Run::plain(format!("({behind} {city})"))),
            _ => number.and(Run::plain(format!("{behind} {city}"))),
        };
        let caption =
            if self.dice.chance(0.4) { Run::default() } else { self.caption("supplier_org_number") };
        Some(Entry { caption, value, glued: false })
    }

    /// "123 456 789 R.C.S. Lyon": the number first.
    fn french_register(&mut self, printed: &str, city: &str) -> Entry {
        let words = self.dice.pick(["RCS", "R.C.S."]);
        let caption = self.caption("supplier_org_number");
        let value = Run::value(Field::SupplierOrgNumber, printed).and(Run::plain(format!("{words} {city}")));
        Entry { caption, value, glued: false }
    }

    /// A number that looks like a tax or register number but is neither: Steuernummer, code APE,
    /// capital, GLN.
    pub(super) fn national_number(&mut self) -> Entry {
        let identifier = SpanClass::OtherIdentifier;
        let (caption, value) = match self.facts.locale.country() {
            "DE" => {
                let words = self.dice.pick([
                    "Steuernummer",
                    "St.-Nr.",
                    "Steuer-Nr.",
                    "StNr.",
                    "Steuernr.",
                    "USt.-Nr. Finanzamt",
                ]);
                let pattern =
                    self.dice.pick(["##/###/#####", "###/####/####", "##/###/####", "### / ### / #####"]);
                (words, Run::span(identifier, self.dice.pattern(pattern)))
            }
            "AT" => {
                let words = self.dice.pick(["Steuernummer", "St.Nr.", "DVR", "ARA-Lizenznummer"]);
                (words, Run::span(identifier, self.dice.pattern("## ###/####")))
            }
            "FR" => match self.dice.count(0, 2) {
                0 => (
                    "Capital",
                    Run::span(SpanClass::OtherAmount, self.bare_amount(1_000_000)).and(Run::plain("€")),
                ),
                1 => (
                    self.dice.pick(["APE", "NAF", "Code APE", "Code NAF"]),
                    Run::span(identifier, self.dice.pattern("####@")),
                ),
                _ => ("NAF/APE", Run::span(identifier, self.dice.pattern("##.##@"))),
            },
            "DK" => (
                self.dice.pick(["EAN-nr.", "EAN", "P-nr.", "GLN"]),
                Run::span(identifier, self.dice.number(13)),
            ),
            "SE" => (
                self.dice.pick(["GLN", "Peppol-ID", "Leverantörsnr", "VAT-intyg"]),
                Run::span(identifier, self.dice.pattern("0007:##########")),
            ),
            "NO" => (self.dice.pick(["GLN", "ELMA", "Avd."]), Run::span(identifier, self.dice.number(9))),
            "FI" => (
                self.dice.pick(["OVT-tunnus", "Verkkolaskuosoite", "OVT", "Operaattoritunnus"]),
                Run::span(identifier, self.dice.pattern("0037########")),
            ),
            "IT" => match self.dice.count(0, 2) {
                0 => ("Cod. SDI", Run::span(identifier, self.dice.pattern("@##@@#@"))),
                1 => (
                    "Cap. Soc.",
                    Run::plain("€").and(Run::span(SpanClass::OtherAmount, self.bare_amount(1_000_000))),
                ),
                _ => ("CIG", Run::span(identifier, self.dice.pattern("@#########"))),
            },
            "PL" => (
                self.dice.pick(["BDO", "KRS", "Nr rej."]),
                Run::span(identifier, self.dice.pattern("0000######")),
            ),
            "MY" => (
                self.dice.pick(["GST ID", "GST Reg No", "GST ID No", "SST No.", "GST No."]),
                Run::span(identifier, self.dice.pattern("000#########")),
            ),
            "GB" | "IE" => (
                self.dice.pick(["EORI", "UTR", "WEEE Reg. No.", "FCA No."]),
                Run::span(identifier, self.dice.pattern("GB############")),
            ),
            _ => (
                self.dice.pick(["GLN", "EORI", "ILN", "Tax No."]),
                Run::span(identifier, self.dice.number(12)),
            ),
        };
        let caption = self.caption_of(SpanClass::OtherCaption, caption);
        Entry { caption, value, glued: false }
    }

    /// The code of the bank or branch of a national account: BLZ, sort code, routing number.
    pub(super) fn bank_code(&mut self) -> Option<Entry> {
        let (words, pattern) = match self.facts.locale.country() {
            "DE" | "AT" => {
                (self.dice.pick(["BLZ", "Bankleitzahl"]), self.dice.pick(["########", "### ### ##"]))
            }
            "GB" | "IE" => (
                self.dice.pick(["Sort code", "Sort Code", "S/C", "Sort"]),
                self.dice.pick(["##-##-##", "######", "## ## ##"]),
            ),
            "US" => (self.dice.pick(["Routing number", "ABA", "Routing No.", "ABA/Routing"]), "#########"),
            "AU" => ("BSB", "###-###"),
            "SE" => (self.dice.pick(["Clearingnr", "Clearing", "Clearingnummer"]), "####"),
            "CH" => (self.dice.pick(["BC-Nr.", "Clearing"]), "####"),
            _ => return None,
        };
        let caption = self.caption_of(SpanClass::OtherCaption, words);
        let value = Run::span(SpanClass::OtherIdentifier, self.dice.pattern(pattern));
        Some(Entry { caption, value, glued: false })
    }
}
