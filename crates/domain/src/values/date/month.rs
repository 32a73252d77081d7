//! Names of months in the official languages of the European Union, in Norwegian and in Icelandic:
//! inflected and abbreviated.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names and stems without diacritics, in nominative and genitive (and the cases of dates in Baltic
/// languages and Irish) where they differ. Short forms are listed only if they are not a prefix of
/// a name, or are also a prefix of another month's name. The first match of a short form counts, so
/// that `mar` is March although a Finnish November starts with it.
const NAMES: [(u32, &str); 12] = [
    (
        1,
        "januar january januari januara janvier janner jaenner jan gennaio enero janeiro styczen stycznia leden ledna \
            tammi ianuarie jaanuar janvaris janvara janvari sausis sausio sijecanj sijecnja januarja ιανουαριος \
            ιανουαριου януари eanair jannar",
    ),
    (
        2,
        "februar february februari februara fevrier feber febbraio febrero fevereiro luty lutego unor unora helmi fev \
            februarie veebruar februaris vasaris vasario veljaca veljace februarja φεβρουαριος φεβρουαριου февруари \
            feabhra frar",
    ),
    (
        3,
        "mars marts march marz maerz maart marzo marco marzec marca brezen brezna maalis mrz mrt marec martie marta \
            kovas kovo ozujak ozujka marcius μαρτιος μαρτιου март mharta marzu",
    ),
    (
        4,
        "april avril aprile abril kwiecien kwietnia duben dubna huhti aprila aprilie aprill aprilis aprili balandis \
            balandzio travanj travnja απριλιος απριλιου април aibrean aibreain",
    ),
    (
        5,
        "maj maja mai may mei maggio mayo maio kveten kvetna touko maijs maija geguze geguzes svibanj svibnja majus \
            μαιος μαιου маи bealtaine mejju",
    ),
    (
        6,
        "juni june juin giugno junio junho czerwiec czerwca cerven cervna cvn kesa jun juna iunie juuni junijs junija \
            junij junius birzelis birzelio lipanj lipnja ιουνιος ιουνιου юни meitheamh mheithimh meithimh gunju",
    ),
    (
        7,
        "juli july juillet luglio julio julho lipiec lipca lip cervenec cervence cvc heina jul jula iulie juuli \
            julijs julija julij julius liepa liepos srpanj srpnja ιουλιος ιουλιου юли iuil lulju",
    ),
    (
        8,
        "august augusti aout agosto augustus sierpien sierpnia srpen srpna srp elo augusta augusts augusztus avgust \
            avgusta agust rugpjutis rugpjucio kolovoz kolovoza αυγουστος αυγουστου август lunasa awwissu",
    ),
    (
        9,
        "september septembre settembre septiembre setiembre setembro wrzesien wrzesnia zari syys septembra septembrie \
            szeptember septembris septembri rugsejis rugsejo rujan rujna σεπτεμβριος σεπτεμβριου септември mean mhean \
            settembru",
    ),
    (
        10,
        "oktober october octobre ottobre octubre outubro pazdziernik pazdziernika rijen rijna loka oktobra octombrie \
            oktoober oktobris oktobri spalis spalio οκτωβριος οκτωβριου октомври deireadh dheireadh ottubru",
    ),
    (
        11,
        "november novembre noviembre novembro listopad listopada listopadu marras novembra noiembrie novembris \
            novembri lapkritis lapkricio studeni studenog studenoga νοεμβριος νοεμβριου ноември samhain samhna \
            novembru",
    ),
    (
        12,
        "december decembre dezember dicembre diciembre dezembro desember grudzien grudnia prosinec prosince joulu \
            decembra decembrie detsember decembris decembri gruodis gruodzio prosinac prosinca δεκεμβριος δεκεμβριου \
            декември nollaig nollag dicembru",
    ),
];

/// Croatian names that mean another month in Polish and Czech.
const CROATIAN: [(u32, &str); 3] = [(6, "lip"), (7, "srp"), (10, "lis listopad listopada")];

/// The number of a month, 1 to 12, from its name in lower case; abbreviations need three letters.
pub(super) fn month_named(word: &str) -> Option<u32> {
    let plain = without_diacritics(word);
    if plain.chars().count() < 3 {
        return None;
    }
    let find = |fits: &dyn Fn(&str) -> bool| {
        NAMES.iter().find(|(_, names)| names.split_ascii_whitespace().any(fits)).map(|(month, _)| *month)
    };
    find(&|name| name == plain)
        .or_else(|| find(&|stem| is_finnish_case(&plain, stem)))
        .or_else(|| find(&|name| name.starts_with(&plain)))
}

/// The number of a Croatian month whose name [`month_named`] assigns to another month.
pub(super) fn croatian_month(word: &str) -> Option<u32> {
    let plain = without_diacritics(word);
    CROATIAN.iter().find(|(_, names)| names.split(' ').any(|name| name == plain)).map(|(month, _)| *month)
}

fn without_diacritics(word: &str) -> String {
    word.nfd().filter(|letter| !is_combining_mark(*letter)).collect()
}

/// Finnish months are a stem, `kuu`, and a case ending, or are abbreviated after the `k`.
fn is_finnish_case(word: &str, stem: &str) -> bool {
    word.strip_prefix(stem).is_some_and(|ending| ending.starts_with("kuu") || ending == "k")
}
