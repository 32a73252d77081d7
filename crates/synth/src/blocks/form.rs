//! Parties as forms: every line has its caption ("Name:", "Street:", "Number:").

use fieldmark_domain::detection::{BlockRole, SpanClass};
use fieldmark_domain::field::Field;

use crate::canvas::{Align, Run};
use crate::composer::{Area, Composer, Entry, Item};
use crate::hard_cases::HardCase;
use crate::identifiers::{Serial, serial_number};
use crate::look::RowStyle;

/// The words for name, address and number, by language.
struct FormWords {
    name: &'static [&'static str],
    address: &'static [&'static str],
    place: &'static [&'static str],
    number: &'static [&'static str],
    contact: &'static [&'static str],
}

const fn form_words(language: &str) -> FormWords {
    // The first two letters identify the language.
    match language.as_bytes() {
        b"sv" => FormWords {
            name: &["Namn", "Företag", "Företagsnamn", "Firma"],
            address: &["Adress", "Gatuadress", "Postadress"],
            place: &["Ort", "Postnr och ort", "Postort"],
            number: &["Nummer", "Nr", "ID"],
            contact: &["Kontaktperson", "Kontakt", "Referens"],
        },
        b"nb" => FormWords {
            name: &["Navn", "Firma", "Foretak"],
            address: &["Adresse", "Gateadresse", "Postadresse"],
            place: &["Poststed", "Postnr./sted", "Sted"],
            number: &["Nummer", "Nr.", "ID"],
            contact: &["Kontaktperson", "Kontakt"],
        },
        b"da" => FormWords {
            name: &["Navn", "Firma", "Virksomhed"],
            address: &["Adresse", "Vej"],
            place: &["By", "Postnr. og by"],
            number: &["Nummer", "Nr.", "ID"],
            contact: &["Kontaktperson", "Kontakt"],
        },
        b"fi" => FormWords {
            name: &["Nimi", "Yritys", "Toiminimi"],
            address: &["Osoite", "Katuosoite", "Lähiosoite"],
            place: &["Postitoimipaikka", "Paikkakunta"],
            number: &["Numero", "Nro", "Tunnus"],
            contact: &["Yhteyshenkilö", "Lisätietoja"],
        },
        b"de" => FormWords {
            name: &["Name", "Firma", "Unternehmen"],
            address: &["Anschrift", "Straße", "Adresse"],
            place: &["Ort", "PLZ/Ort", "PLZ, Ort"],
            number: &["Nummer", "Nr.", "ID", "Globale Nummer"],
            contact: &["Ansprechpartner", "Kontakt", "Sachbearbeiter"],
        },
        b"nl" => FormWords {
            name: &["Naam", "Bedrijf", "Bedrijfsnaam"],
            address: &["Adres", "Straat"],
            place: &["Plaats", "Postcode en plaats"],
            number: &["Nummer", "Nr.", "ID"],
            contact: &["Contactpersoon", "Contact"],
        },
        b"fr" => FormWords {
            name: &["Nom", "Raison sociale", "Société", "Dénomination"],
            address: &["Adresse", "Rue"],
            place: &["Ville", "CP Ville", "Localité"],
            number: &["Numéro", "N°", "ID"],
            contact: &["Contact", "Interlocuteur"],
        },
        b"es" => FormWords {
            name: &["Nombre", "Razón social", "Empresa"],
            address: &["Dirección", "Domicilio"],
            place: &["Población", "C.P. y población", "Localidad"],
            number: &["Número", "N.º", "ID"],
            contact: &["Contacto", "Persona de contacto"],
        },
        b"it" => FormWords {
            name: &["Nome", "Denominazione", "Ragione sociale"],
            address: &["Indirizzo", "Sede"],
            place: &["Comune", "Città", "CAP e città"],
            number: &["Numero", "N.", "ID"],
            contact: &["Referente", "Contatto"],
        },
        _ => FormWords {
            name: &["Name", "Company", "Legal name", "Company name", "Business name"],
            address: &["Address", "Street", "Street address"],
            place: &["City", "Town", "City / postcode"],
            number: &["Number", "No.", "ID", "Reference"],
            contact: &["Contact", "Contact person", "Contact name"],
        },
    }
}

/// The party of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Supplier,
    Customer,
}

impl Composer {
    /// Sets a party as a form.
    pub(crate) fn party_form(&mut self, side: Side, area: Area) -> f32 {
        let role = if side == Side::Supplier { BlockRole::Supplier } else { BlockRole::Customer };
        self.within(role, |hand| hand.set_party_form(side, area))
    }

    fn set_party_form(&mut self, side: Side, area: Area) -> f32 {
        let key = if side == Side::Supplier { "supplier" } else { "customer" };
        let heading = self.caption(key);
        let pen = self.pen();
        let pen = pen.bold_if(self.dice.chance(0.6));
        let y = self.lines(&[heading], area, pen, Align::Left);
        let entries = self.form_entries(side);
        let style = self.dice.weighted([
            (RowStyle::Columns, 50),
            (RowStyle::Inline, 30),
            (RowStyle::ValuesRight, 8),
            (RowStyle::Stacked, 12),
        ]);
        self.rows(entries, area.at(y), style)
    }

    fn form_entries(&mut self, side: Side) -> Vec<Entry> {
        let words = form_words(self.facts.locale.language());
        let (party, field, class) = match side {
            Side::Supplier => {
                (self.facts.supplier.clone(), Field::SupplierName, SpanClass::Value(Field::SupplierAddress))
            }
            Side::Customer => {
                (self.facts.customer.clone(), Field::CustomerName, SpanClass::Value(Field::CustomerAddress))
            }
        };
        let mut entries = Vec::new();
        if self.dice.chance(0.35) {
            entries.push(self.form_number(side, words.number));
        }
        if side == Side::Customer || !self.hides_supplier() {
            entries.push(self.form_entry(words.name, Run::value(field, party.name.clone())));
        } else {
            self.meet(HardCase::HiddenSupplier);
        }
        if self.dice.chance(0.35) {
            entries.push(self.form_entry(words.contact, Run::plain(party.contact.clone())));
        }
        entries.extend(self.form_address(&party.address, class, &words));
        let numbers: &[(Item, f64)] = match side {
            Side::Supplier => &[
                (Item::Phone, 0.5),
                (Item::Field(Field::SupplierEmail), 0.45),
                (Item::Field(Field::SupplierVatId), 0.65),
                (Item::Field(Field::SupplierOrgNumber), 0.55),
                (Item::Field(Field::SupplierIban), 0.1),
            ],
            Side::Customer => {
                &[(Item::Field(Field::CustomerVatId), 0.45), (Item::Field(Field::CustomerOrgNumber), 0.3)]
            }
        };
        for (item, likelihood) in numbers {
            if self.dice.chance(*likelihood) {
                entries.extend(self.entry(*item));
            }
        }
        entries
    }

    fn form_entry(&mut self, words: &'static [&'static str], value: Run) -> Entry {
        let word = self.dice.of(words).copied().unwrap_or("Name");
        let caption = self.caption_of(SpanClass::OtherCaption, word);
        Entry { caption, value, glued: false }
    }

    /// "Number": the customer's own number within the customer's form, otherwise any number.
    fn form_number(&mut self, side: Side, words: &'static [&'static str]) -> Entry {
        let word = self.dice.of(words).copied().unwrap_or("No.");
        match self.facts.customer_number.clone() {
            Some(number) if side == Side::Customer && self.dice.chance(0.7) => {
                let caption = self.caption_of(SpanClass::Caption(Field::CustomerNumber), word);
                Entry { caption, value: Run::value(Field::CustomerNumber, number), glued: false }
            }
            _ => {
                let year = self.facts.invoice_date.year();
                let number = serial_number(Serial::Customer, year, &mut self.dice);
                let caption = self.caption_of(SpanClass::OtherCaption, word);
                Entry { caption, value: Run::span(SpanClass::OtherIdentifier, number), glued: false }
            }
        }
    }

    fn form_address(&mut self, address: &[String], class: SpanClass, words: &FormWords) -> Vec<Entry> {
        if self.dice.chance(0.35) {
            return vec![self.form_entry(words.address, Run::span(class, address.join(", ")))];
        }
        let mut entries = Vec::new();
        for (index, line) in address.iter().enumerate() {
            let value = Run::span(class, line.clone());
            entries.push(match index {
                0 => self.form_entry(words.address, value),
                1 if self.dice.chance(0.6) => self.form_entry(words.place, value),
                _ => Entry { caption: Run::default(), value, glued: false },
            });
        }
        entries
    }
}
