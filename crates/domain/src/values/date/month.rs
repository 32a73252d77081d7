//! Months by their names in the languages of the invoices, inflected and abbreviated.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names and stems without diacritics. Of a short form that fits several months the first one counts,
/// so that `mar` is March although a Finnish November begins so.
const NAMES: [(u32, &str); 12] = [
    (
        1,
        "januar january januari janvier janner jaenner jan gennaio enero janeiro styczen stycznia leden ledna tammi",
    ),
    (
        2,
        "februar february februari fevrier feber febbraio febrero fevereiro luty lutego unor unora helmi fev",
    ),
    (3, "mars marts march marz maerz maart marzo marco marzec marca brezen brezna maalis mrz mrt"),
    (4, "april avril aprile abril kwiecien kwietnia duben dubna huhti"),
    (5, "maj maja mai may mei maggio mayo maio kveten kvetna touko"),
    (6, "juni june juin giugno junio junho czerwiec czerwca cerven cervna kesa"),
    (7, "juli july juillet luglio julio julho lipiec lipca cervenec cervence heina"),
    (8, "august augusti aout agosto augustus sierpien sierpnia srpen srpna elo"),
    (9, "september septembre settembre septiembre setiembre setembro wrzesien wrzesnia zari syys"),
    (10, "oktober october octobre ottobre octubre outubro pazdziernik pazdziernika rijen rijna loka"),
    (11, "november novembre noviembre novembro listopad listopada listopadu marras"),
    (
        12,
        "december decembre dezember dicembre diciembre dezembro desember grudzien grudnia prosinec prosince joulu",
    ),
];

/// The month of a name in lower case, 1 to 12; abbreviations need three letters.
pub(super) fn month_named(word: &str) -> Option<u32> {
    let plain: String = word.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    if plain.chars().count() < 3 {
        return None;
    }
    let find = |fits: &dyn Fn(&str) -> bool| {
        NAMES.iter().find(|(_, names)| names.split(' ').any(fits)).map(|(month, _)| *month)
    };
    find(&|name| name == plain)
        .or_else(|| find(&|stem| is_finnish_case(&plain, stem)))
        .or_else(|| find(&|name| name.starts_with(&plain)))
}

/// Finnish months are a stem, `kuu`, and a case ending.
fn is_finnish_case(word: &str, stem: &str) -> bool {
    word.strip_prefix(stem).is_some_and(|ending| ending.starts_with("kuu"))
}
