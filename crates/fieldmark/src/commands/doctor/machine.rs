//! The machine: its cores, its memory, its fonts.

use std::fs;
use std::path::{Path, PathBuf};

use fieldmark_document_reader::{FONT_FOLDERS, ReaderOptions};

use super::finding::Finding;
use crate::settings::Settings;
use crate::{engine, open_files};

const GROUP: &str = "machine";
/// No folder of fonts has more; a loop of links has no end.
const MOST_FILES: usize = 100_000;
/// Endings of the fonts that pdfium takes.
const ENDINGS: [&str; 4] = ["ttf", "ttc", "otf", "pfb"];

/// What the machine has for reading.
pub fn look(options: &ReaderOptions, settings: &Settings) -> Vec<Finding> {
    let folders: Vec<PathBuf> = FONT_FOLDERS.iter().map(PathBuf::from).collect();
    let open_files = files_open_at_once(settings, options.workers, open_files::limit_once_raised());
    vec![cores(options), main_memory(options, total_memory()), open_files, fonts(&folders)]
}

/// The limit under which `fieldmark serve` runs.
fn files_open_at_once(settings: &Settings, slots: usize, limit: usize) -> Finding {
    let name = "file_limit";
    let (wanted, given) = (settings.http.max_connections, open_files::connections(settings, slots, limit));
    let may = format!("the service may have {limit} open");
    if given < wanted {
        let detail = format!("{may}: {given} connections at once, not the {wanted} of http.max_connections");
        return Finding::doubtful(GROUP, name, detail)
            .mended_by("raise the hard limit (ulimit -Hn, or LimitNOFILE of systemd)");
    }
    Finding::good(GROUP, name, format!("{may}, enough for {given} connections at once"))
}

fn cores(options: &ReaderOptions) -> Finding {
    let detail = format!("{}, {} documents are read at once", engine::cores(), options.workers);
    Finding::good(GROUP, "cores", detail)
}

fn main_memory(options: &ReaderOptions, total: Option<u64>) -> Finding {
    let name = "main_memory";
    let each = options.memory_bytes;
    let all = each.saturating_mul(u64::try_from(options.workers).unwrap_or(u64::MAX));
    let limit = format!(
        "at most {} MiB for each reading process, {} MiB for all {}",
        each >> 20,
        all >> 20,
        options.workers
    );
    match total {
        Some(total) if total < all => {
            Finding::doubtful(GROUP, name, format!("{limit}, and the machine has {} MiB", total >> 20))
                .mended_by("lower the setting `reader.memory_bytes` or `reader.workers`")
        }
        Some(total) => Finding::good(GROUP, name, format!("{limit}, of {} MiB", total >> 20)),
        None => Finding::good(GROUP, name, limit),
    }
}

/// In bytes, as proc(5) tells it.
fn total_memory() -> Option<u64> {
    let told = fs::read_to_string("/proc/meminfo").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// Only pictures of pages need them, and only for files that do not bring their own.
fn fonts(folders: &[PathBuf]) -> Finding {
    match count_fonts(folders) {
        0 => Finding::doubtful(GROUP, "fonts", "none: pages are drawn with pdfium's own typefaces")
            .mended_by("apt-get install fonts-liberation, or what your system calls it"),
        count => Finding::good(GROUP, "fonts", format!("{count} in the folders where pdfium looks")),
    }
}

fn count_fonts(folders: &[PathBuf]) -> usize {
    let mut left: Vec<PathBuf> = folders.to_vec();
    let (mut seen, mut fonts) = (0, 0);
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            seen += 1;
            if seen > MOST_FILES {
                return fonts;
            }
            let path = entry.path();
            if path.is_dir() {
                left.push(path);
            } else {
                fonts += usize::from(is_font(&path));
            }
        }
    }
    fonts
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::finding::State;

    #[test]
    fn memory_is_compared_with_what_all_workers_may_take() {
        let options = ReaderOptions { memory_bytes: 1 << 30, workers: 4, ..ReaderOptions::default() };
        for (total, state) in
            [(Some(4 << 30), State::Good), (Some((4 << 30) - 1), State::Doubtful), (None, State::Good)]
        {
            let finding = main_memory(&options, total);
            assert_eq!((finding.name, finding.state), ("main_memory", state), "{total:?}");
            assert_eq!(finding.remedy.is_some(), state == State::Doubtful);
            assert!(finding.detail.contains("1024 MiB") && finding.detail.contains("4096 MiB"));
        }
    }

    #[test]
    fn open_files_are_compared_with_the_connections_that_are_wanted() {
        for (limit, state) in [(65_536, State::Good), (1024, State::Doubtful)] {
            let finding = files_open_at_once(&Settings::default(), 2, limit);
            assert_eq!((finding.state, finding.remedy.is_some()), (state, state == State::Doubtful));
            assert!(finding.detail.contains(&limit.to_string()), "{}", finding.detail);
        }
    }

    #[test]
    fn fonts_are_counted_through_all_folders() {
        let folder = tempfile::tempdir().unwrap();
        let deeper = folder.path().join("truetype/some");
        fs::create_dir_all(&deeper).unwrap();
        let folders = [folder.path().to_owned(), PathBuf::from("/nowhere/fonts")];
        assert!(fonts(&folders).remedy.unwrap().contains("fonts-liberation"));
        for name in ["a.ttf", "b.OTF", "notes.txt"] {
            fs::write(deeper.join(name), "").unwrap();
        }
        assert_eq!(count_fonts(&folders), 2);
        assert!(fonts(&folders).remedy.is_none());
    }
}
