//! Dates with names of months, in every supported language.

use crate::values::{CountryCode, Notation, read_dates};

fn days(text: &str) -> Vec<String> {
    read_dates(text).iter().map(|reading| reading.date.to_string()).collect()
}

#[test]
fn months_are_read_in_any_order_and_print() {
    for text in [
        "5 January 2024",
        "January 5, 2024",
        "Jan 5th, 2024",
        "5th of January 2024",
        "05-Jan-24",
        "05Jan2024",
        "5 januari 2024",
        "den 5 jan. 2024",
        "5. januar 2024",
        "d. 5. jan 2024",
        "5. tammikuuta 2024",
        "5. Januar 2024",
        "05. Jän. 2024",
        "5 januari 2024",
        "5 janvier 2024",
        "le 05 janv. 2024",
        "5 de enero de 2024",
        "5 gennaio 2024",
        "5 stycznia 2024 r.",
        "5 de janeiro de 2024",
        "5. ledna 2024",
        "Friday, January 5, 2024",
        "2024-Jan-05",
        "5/jan/2024",
    ] {
        assert_eq!(days(text), ["2024-01-05"], "{text}");
    }
    for (text, day) in [
        ("1er août 2024", "2024-08-01"),
        ("3 mrt 2024", "2024-03-03"),
        ("3. März 2024", "2024-03-03"),
        ("7 października 2024", "2024-10-07"),
        ("7. července 2024", "2024-07-07"),
        ("7. června 2024", "2024-06-07"),
        ("9 maja 2024", "2024-05-09"),
        ("9. elokuuta 2024", "2024-08-09"),
        ("9. marraskuuta 2024", "2024-11-09"),
        ("9 févr. 2024", "2024-02-09"),
        ("9 settembre 2024", "2024-09-09"),
        ("9 de março de 2024", "2024-03-09"),
        ("9 desember 2024", "2024-12-09"),
        ("9 lipca 2024", "2024-07-09"),
        ("9 lutego 2024", "2024-02-09"),
        ("9 mei 2024", "2024-05-09"),
        ("31 ott 2024", "2024-10-31"),
        ("9 out 2024", "2024-10-09"),
    ] {
        assert_eq!(days(text), [day], "{text}");
    }
}

/// The months of a language from January on: the full forms in dates, other cases, and short forms,
/// where they differ.
const LANGUAGES: &[(&str, &str)] = &[
    ("sv", "januari februari mars april maj juni juli augusti september oktober november december"),
    ("sv", "jan feb mar apr maj jun jul aug sep okt nov dec"),
    ("nb", "januar februar mars april mai juni juli august september oktober november desember"),
    ("nn", "jan feb mars april mai juni juli aug sept okt nov des"),
    ("da", "januar februar marts april maj juni juli august september oktober november december"),
    (
        "fi",
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta \
            marraskuuta joulukuuta",
    ),
    (
        "fi",
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    ),
    ("fi", "tammik helmik maalisk huhtik toukok kesäk heinäk elok syysk lokak marrask jouluk"),
    ("de", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    ("de", "Jänner Feber Maerz April Mai Juni Juli August September Oktober November Dezember"),
    ("de", "Jän Feb Mrz Apr Mai Jun Jul Aug Sept Okt Nov Dez"),
    ("nl", "januari februari maart april mei juni juli augustus september oktober november december"),
    ("nl", "jan feb mrt apr mei jun jul aug sep okt nov dec"),
    ("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    ("fr", "janv févr mars avr mai juin juil août sept oct nov déc"),
    ("es", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    ("es", "ene feb mar abr may jun jul ago set oct nov dic"),
    ("it", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    ("it", "gen feb mar apr mag giu lug ago set ott nov dic"),
    (
        "pl",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    ),
    (
        "pl",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    ),
    ("pl", "sty lut mar kwi maj cze lip sie wrz paź lis gru"),
    ("pt", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    ("pt", "jan fev mar abr mai jun jul ago set out nov dez"),
    ("cs", "ledna února března dubna května června července srpna září října listopadu prosince"),
    ("cs", "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec"),
    ("cs", "led úno bře dub kvě čvn čvc srp zář říj lis pro"),
    ("sk", "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra"),
    ("sk", "január február marec apríl máj jún júl august september október november december"),
    (
        "hu",
        "január február március április május június július augusztus szeptember október november december",
    ),
    ("hu", "jan febr márc ápr máj jún júl aug szept okt nov dec"),
    (
        "ro",
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    ),
    ("ro", "ian feb mar apr mai iun iul aug sept oct noi dec"),
    ("bg", "януари февруари март април май юни юли август септември октомври ноември декември"),
    ("bg", "яну фев мар апр май юни юли авг сеп окт ное дек"),
    ("sl", "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra"),
    ("sl", "januar februar marec april maj junij julij avgust september oktober november december"),
    ("et", "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember"),
    (
        "lv",
        "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
    ),
    ("lv", "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī"),
    (
        "lt",
        "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    ),
    ("lt", "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis"),
    (
        "el",
        "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου \
            Δεκεμβρίου",
    ),
    (
        "el",
        "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος \
            Δεκέμβριος",
    ),
    ("el", "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ"),
    ("is", "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember"),
    ("ga", "Eanáir Feabhra Márta Aibreán Bealtaine Meitheamh Iúil Lúnasa Meán Deireadh Samhain Nollaig"),
    ("ga", "Eanáir Feabhra Mhárta Aibreáin Bealtaine Mheithimh Iúil Lúnasa Mheán Dheireadh Samhna Nollag"),
    ("mt", "Jannar Frar Marzu April Mejju Ġunju Lulju Awwissu Settembru Ottubru Novembru Diċembru"),
    ("en", "January February March April May June July August September October November December"),
    ("en", "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec"),
];

/// Croatian names; three of them mean other months in Poland and Czechia.
const CROATIAN: [&str; 3] = [
    "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
    "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac",
    "sij velj ožu tra svi lip srp kol ruj lis stu pro",
];

#[test]
fn every_month_of_every_language_is_read() {
    for (language, months) in LANGUAGES {
        let months: Vec<&str> = months.split_whitespace().collect();
        assert_eq!(months.len(), 12, "{language}");
        for (index, month) in months.iter().enumerate() {
            let expected = format!("2024-{:02}-05", index + 1);
            for text in [format!("5. {month} 2024"), format!("5 {}. 2024", month.to_uppercase())] {
                assert_eq!(days(&text).first(), Some(&expected), "{language}: {text}");
            }
        }
    }
}

#[test]
fn a_croatian_month_is_one_in_croatia() {
    let croatia = Notation { country: CountryCode::parse("HR").ok(), ..Notation::default() };
    for months in CROATIAN {
        for (index, month) in months.split(' ').enumerate() {
            let text = format!("5. {month} 2024.");
            let expected = format!("2024-{:02}-05", index + 1);
            assert_eq!(croatia.date(&text).unwrap().to_string(), expected, "{text}");
        }
    }
    assert_eq!(days("5. listopada 2024"), ["2024-11-05", "2024-10-05"]);
    assert_eq!(Notation::default().date("5 listopada 2024").unwrap().to_string(), "2024-11-05");
}

#[test]
fn ordinals_and_small_words_may_be_in_between() {
    for text in [
        "5:e januari 2024",
        "den 5:e januari 2024",
        "den 5 januari 2024",
        "5e januari 2024",
        "5ème janvier 2024",
        "5.º de janeiro de 2024",
        "el 5 de enero del 2024",
        "5 ta' Jannar 2024",
        "5η Ιανουαρίου 2024",
        "5 януари 2024 г.",
        "5-ти януари 2024",
        "2024 m. sausio 5 d.",
        "2024. gada 5. janvāris",
        "2024. január 5.",
        "5 Eanáir 2024",
        "dne 5. ledna 2024",
        "Friday 5th of January, 2024",
    ] {
        assert_eq!(days(text), ["2024-01-05"], "{text}");
    }
    for (text, day) in [
        ("1er mars 2024", "2024-03-01"),
        ("1:a maj 2024", "2024-05-01"),
        ("1ste mei 2024", "2024-05-01"),
        ("1η Μαρτίου 2024", "2024-03-01"),
        ("5 Meán Fómhair 2024", "2024-09-05"),
        ("5 Dheireadh Fómhair 2024", "2024-10-05"),
        ("5 an Mheithimh 2024", "2024-06-05"),
        ("Faktura 2024 5 maj 2023", "2023-05-05"),
    ] {
        assert_eq!(days(text), [day], "{text}");
    }
}
