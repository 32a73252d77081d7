//! Terms of payment and periods of service, in the words of each language.

use crate::locale::Locale;
use crate::random::Dice;

/// Words by language; English where a language has none.
pub(crate) type Words = &'static [(&'static str, &'static [&'static str])];

/// The words of a language.
pub(crate) fn words_of(words: Words, language: &str) -> &'static [&'static str] {
    let of = |wanted: &str| words.iter().find(|(code, _)| *code == wanted).map(|(_, words)| *words);
    of(language).or_else(|| of("en")).unwrap_or_default()
}

/// Captions of terms of payment.
pub(crate) const TERMS_CAPTIONS: Words = &[
    (
        "sv",
        &[
            "Betalningsvillkor",
            "Bet.villkor",
            "Betalvillkor",
            "Betalningsvillkor:",
            "Villkor",
            "Bet. villkor",
            "Betalningstid",
            "Kreditvillkor",
        ],
    ),
    (
        "nb",
        &[
            "Betalingsbetingelser",
            "Betalingsvilkår",
            "Bet.bet.",
            "Bet. betingelser",
            "Betingelser",
            "Betalingsfrist",
        ],
    ),
    (
        "da",
        &[
            "Betalingsbetingelser",
            "Bet.betingelser",
            "Betalingsvilkår",
            "Betaling",
            "Bet.bet.",
            "Betalingsfrist",
        ],
    ),
    ("fi", &["Maksuehto", "Maksuehdot", "Maksuaika", "Maksuehto:", "Ehdot"]),
    (
        "de",
        &[
            "Zahlungsbedingungen",
            "Zahlungsbedingung",
            "Zahlungsziel",
            "Zahlungskonditionen",
            "Zahlbar",
            "Zahlungsbed.",
            "Zahlungsfrist",
            "Konditionen",
        ],
    ),
    (
        "nl",
        &[
            "Betalingstermijn",
            "Betalingsvoorwaarden",
            "Betaalconditie",
            "Betalingsconditie",
            "Termijn",
            "Betaaltermijn",
        ],
    ),
    (
        "fr",
        &[
            "Conditions de paiement",
            "Conditions de règlement",
            "Modalités de paiement",
            "Délai de paiement",
            "Règlement",
            "Cond. paiement",
            "Mode de règlement",
        ],
    ),
    ("es", &["Condiciones de pago", "Forma de pago", "Plazo de pago", "Cond. pago", "Términos de pago"]),
    (
        "it",
        &[
            "Condizioni di pagamento",
            "Modalità di pagamento",
            "Termini di pagamento",
            "Cond. pagamento",
            "Pagamento",
        ],
    ),
    ("pl", &["Warunki płatności", "Forma płatności", "Sposób płatności", "Płatność", "Sposób zapłaty"]),
    ("pt", &["Condições de pagamento", "Forma de pagamento", "Prazo de pagamento", "Cond. pagamento"]),
    ("cs", &["Platební podmínky", "Způsob platby", "Způsob úhrady", "Forma úhrady"]),
    (
        "en",
        &[
            "Payment terms",
            "Terms",
            "Terms of payment",
            "Payment Terms",
            "Credit terms",
            "Pay terms",
            "Payment conditions",
            "TERMS",
        ],
    ),
];

/// Captions of a period of service, of its first day and of its last day.
pub(crate) const PERIOD_CAPTIONS: [Words; 3] = [
    &[
        (
            "sv",
            &[
                "Period",
                "Avser period",
                "Hyresperiod",
                "Faktureringsperiod",
                "Debiteringsperiod",
                "Avtalsperiod",
                "Perioden",
                "Tjänsteperiod",
                "Förbrukningsperiod",
            ],
        ),
        (
            "nb",
            &[
                "Periode",
                "Faktureringsperiode",
                "Avtaleperiode",
                "Leieperiode",
                "For perioden",
                "Leveringsperiode",
            ],
        ),
        (
            "da",
            &["Periode", "Faktureringsperiode", "Abonnementsperiode", "Afregningsperiode", "For perioden"],
        ),
        ("fi", &["Laskutuskausi", "Laskutusjakso", "Ajalta", "Kausi", "Palvelujakso", "Toimitusjakso"]),
        (
            "de",
            &[
                "Leistungszeitraum",
                "Abrechnungszeitraum",
                "Zeitraum",
                "Rechnungszeitraum",
                "Lieferzeitraum",
                "Leistungsperiode",
                "Periode",
            ],
        ),
        ("nl", &["Periode", "Factuurperiode", "Over de periode", "Leveringsperiode", "Abonnementsperiode"]),
        (
            "fr",
            &["Période", "Période de facturation", "Période du", "Période de service", "Période facturée"],
        ),
        ("es", &["Período", "Periodo de facturación", "Período facturado", "Periodo"]),
        ("it", &["Periodo", "Periodo di fatturazione", "Periodo di riferimento", "Competenza"]),
        ("pl", &["Okres", "Okres rozliczeniowy", "Za okres", "Okres świadczenia usług"]),
        ("pt", &["Período", "Período de faturação", "Período de referência"]),
        ("cs", &["Období", "Zúčtovací období", "Fakturační období"]),
        (
            "en",
            &[
                "Billing period",
                "Service period",
                "Period",
                "Period of service",
                "Invoice period",
                "Usage period",
                "For the period",
                "Subscription period",
            ],
        ),
    ],
    &[
        ("sv", &["Fr.o.m.", "Från och med", "Startdatum", "Period från", "From"]),
        ("nb", &["Fra dato", "F.o.m.", "Periode fra", "Startdato"]),
        ("da", &["Fra dato", "Periode fra", "Startdato", "Fra og med"]),
        ("fi", &["Alkupäivä", "Alkaen", "Jakso alkaa"]),
        ("de", &["Leistungsbeginn", "Zeitraum von", "Leistung von", "Beginn"]),
        ("nl", &["Periode van", "Begindatum", "Startdatum", "Vanaf"]),
        ("fr", &["Début de période", "Date de début", "Du", "Date de début de prestation"]),
        ("es", &["Desde", "Fecha de inicio", "Inicio"]),
        ("it", &["Dal", "Inizio periodo", "Data inizio"]),
        ("pl", &["Od", "Data początkowa", "Okres od"]),
        ("pt", &["De", "Data de início", "Início"]),
        ("cs", &["Od", "Období od", "Začátek období"]),
        ("en", &["Period start", "Service start", "Start date", "From", "Period from", "Service from"]),
    ],
    &[
        ("sv", &["T.o.m.", "Till och med", "Slutdatum", "Period till", "Tom"]),
        ("nb", &["Til dato", "T.o.m.", "Periode til", "Sluttdato"]),
        ("da", &["Til dato", "Periode til", "Slutdato", "Til og med"]),
        ("fi", &["Loppupäivä", "Päättyen", "Jakso päättyy"]),
        ("de", &["Leistungsende", "Zeitraum bis", "Leistung bis", "Ende"]),
        ("nl", &["Periode tot", "Einddatum", "Tot en met"]),
        ("fr", &["Fin de période", "Date de fin", "Au", "Date de fin de prestation"]),
        ("es", &["Hasta", "Fecha de fin", "Fin"]),
        ("it", &["Al", "Fine periodo", "Data fine"]),
        ("pl", &["Do", "Data końcowa", "Okres do"]),
        ("pt", &["Até", "Data de fim", "Fim"]),
        ("cs", &["Do", "Období do", "Konec období"]),
        ("en", &["Period end", "Service end", "End date", "To", "Period to", "Service until"]),
    ],
];

/// Terms with `#` for the days and `%` for a discount's percent.
const TERMS: Words = &[
    (
        "sv",
        &[
            "# dagar",
            "# dagar netto",
            "# dgr netto",
            "# dagar från fakturadatum",
            "#",
            "Netto # dagar",
            "Kontant",
            "# dagar, därefter dröjsmålsränta",
            "Förskott",
            "Autogiro",
        ],
    ),
    (
        "nb",
        &[
            "# dager",
            "# dager netto",
            "Netto pr. # dager",
            "Netto # dager",
            "# dgr",
            "Kontant",
            "Forskudd",
            "#",
            "Per # dager netto",
        ],
    ),
    (
        "da",
        &[
            "Netto # dage",
            "# dage netto",
            "# dage",
            "Lb. md. + # dage",
            "Netto kontant",
            "Løbende måned # dage",
            "#",
            "Kontant",
            "Forudbetaling",
        ],
    ),
    (
        "fi",
        &[
            "# pv netto",
            "# päivää netto",
            "# pv",
            "# päivää",
            "Netto # pv",
            "#",
            "Heti",
            "# pv, viivästyskorko",
        ],
    ),
    (
        "de",
        &[
            "# Tage netto",
            "# Tage",
            "Zahlbar innerhalb von # Tagen ohne Abzug",
            "# Tage rein netto",
            "netto # Tage",
            "sofort rein netto",
            "8 Tage % % Skonto, # Tage netto",
            "#",
            "Vorkasse",
            "Sofort fällig",
            "innerhalb # Tagen",
        ],
    ),
    (
        "nl",
        &[
            "# dagen",
            "# dagen netto",
            "Binnen # dagen",
            "# dagen na factuurdatum",
            "#",
            "Contant",
            "Automatische incasso",
        ],
    ),
    (
        "fr",
        &[
            "# jours",
            "# jours fin de mois",
            "# jours net",
            "Comptant",
            "Virement à # jours",
            "à réception",
            "# jours date de facture",
            "#",
            "30 jours fin de mois le #",
            "Prélèvement",
        ],
    ),
    (
        "es",
        &[
            "# días",
            "# días fecha factura",
            "Transferencia # días",
            "Contado",
            "#",
            "Giro a # días",
            "Al contado",
        ],
    ),
    (
        "it",
        &[
            "# giorni",
            "# gg d.f.",
            "# gg f.m.",
            "Bonifico # gg",
            "# giorni data fattura",
            "Rimessa diretta",
            "RIBA # gg",
            "#",
        ],
    ),
    ("pl", &["# dni", "przelew # dni", "Przelew", "gotówka", "# dni od daty faktury", "#"]),
    ("pt", &["# dias", "Pronto pagamento", "# dias da data da fatura", "Transferência # dias", "#"]),
    ("cs", &["# dní", "Převodem", "# dnů", "bankovní převod", "#"]),
    (
        "en",
        &[
            "# days",
            "Net #",
            "# days net",
            "Net # days",
            "Due on receipt",
            "# days from invoice date",
            "Payment within # days",
            "% / 10 net #",
            "# days EOM",
            "#",
            "Prepaid",
            "NET # DAYS",
            "Upon receipt",
        ],
    ),
];

/// Terms of payment in the locale's language.
pub(super) fn payment_terms(locale: Locale, days: i64, dice: &mut Dice) -> String {
    let pattern = dice.of(words_of(TERMS, locale.language())).copied().unwrap_or("#");
    let percent = dice.pick(["2", "3", "1", "2,5"]);
    let text = pattern.replacen('%', percent, 1).replace('#', &days.max(1).to_string());
    // Two marks are a number and its sign, one mark alone is the number.
    if dice.chance(0.05) { text.to_uppercase() } else { text }
}
