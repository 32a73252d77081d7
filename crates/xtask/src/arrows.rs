//! The allowed dependencies between our crates, and the allowed dependencies of the domain.
//!
//! The rule is a pure function on lists of names; cargo supplies the lists.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::{process, report};

const DOMAIN: &str = "fieldmark-domain";
const PRODUCT: &str = "fieldmark";
const CHORES: &str = "xtask";
/// Crates for development and training, which no released crate uses.
const DEVELOPMENT: [&str; 2] = ["fieldmark-synth", "fieldmark-testkit"];

/// The shapes of JSON.
const REPORT: &str = "fieldmark-report";
/// The crates that write JSON in these shapes; no other adapter knows them.
const WRITE_JSON: [&str; 2] = ["fieldmark-evaluation", "fieldmark-http-actix"];

/// Dependencies that the domain may always have: no I/O, no driver, no JSON, no HTTP.
const DOMAIN_ALWAYS: &[&str] = &[
    "async-trait",
    "iban_validate",
    "iso_currency",
    "jiff",
    "rust_decimal",
    "thiserror",
    "tracing",
    "unicode-normalization",
    "uuid",
];

/// Dependencies that the domain may have behind a feature.
const DOMAIN_BEHIND_FEATURES: &[&str] = &["mockall", "serde", "sha2"];

/// Direct normal dependencies by package.
type Dependencies = BTreeMap<String, Vec<String>>;

/// Checks the whole workspace.
///
/// # Errors
/// When a dependency is forbidden; all of them are printed before.
pub fn run() -> Result<()> {
    let packages = names(&tree(&["--workspace", "--depth", "0"])?);
    let mut everything = Dependencies::new();
    for package in &packages {
        everything.insert(package.clone(), dependencies_of(package, &["--all-features"])?);
    }
    let mut breaches = forbidden_arrows(&everything);
    breaches.extend(domain_breaches(
        &dependencies_of(DOMAIN, &[])?,
        everything.get(DOMAIN).map_or(&[], Vec::as_slice),
    ));
    for breach in &breaches {
        report::complain(breach);
    }
    if !breaches.is_empty() {
        bail!("{} forbidden dependencies", breaches.len());
    }
    report::line(&format!("{} crates use only what they may", packages.len()));
    Ok(())
}

fn dependencies_of(package: &str, features: &[&str]) -> Result<Vec<String>> {
    let arguments: Vec<&str> =
        ["--package", package, "--depth", "1"].iter().chain(features).copied().collect();
    Ok(names(&tree(&arguments)?).into_iter().filter(|name| name != package).collect())
}

/// One line per package: `name v1.2.3 …`. For all targets, so that the result is the same on every
/// machine.
fn tree(arguments: &[&str]) -> Result<String> {
    let common = ["tree", "--edges", "normal", "--target", "all", "--prefix", "none", "--format", "{p}"];
    process::output(&mut process::cargo(common.iter().chain(arguments))?)
}

fn names(tree: &str) -> Vec<String> {
    tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Every forbidden dependency between two of our crates, in words.
fn forbidden_arrows(everything: &Dependencies) -> Vec<String> {
    let mut breaches = Vec::new();
    for (from, dependencies) in everything {
        for to in dependencies.iter().filter(|name| everything.contains_key(*name)) {
            if let Some(rule) = rule_against(from, to) {
                breaches.push(format!("{from} uses {to}: {rule}"));
            }
        }
    }
    breaches
}

/// The rule that a dependency breaks, if any. A crate without another role is an adapter, so that
/// the rule also applies to new adapters.
fn rule_against(from: &str, to: &str) -> Option<&'static str> {
    if from == CHORES {
        return Some("the chores use none of our crates, so that they compile in seconds");
    }
    if to == CHORES || to == PRODUCT {
        return Some("nothing uses the binary or the chores");
    }
    if from == DOMAIN {
        return Some("the domain knows nobody");
    }
    if DEVELOPMENT.contains(&from) {
        return None;
    }
    if DEVELOPMENT.contains(&to) {
        return Some("what is shipped uses nothing made for development");
    }
    if to == REPORT && WRITE_JSON.contains(&from) {
        return None;
    }
    if from != PRODUCT && to != DOMAIN {
        return Some("adapters know the domain and their own library, never each other");
    }
    None
}

/// The domain's forbidden dependencies, in words.
fn domain_breaches(always: &[String], with_all_features: &[String]) -> Vec<String> {
    let is_core = |name: &&String| DOMAIN_ALWAYS.contains(&name.as_str());
    let is_optional = |name: &&String| DOMAIN_BEHIND_FEATURES.contains(&name.as_str());
    let without_feature = always
        .iter()
        .filter(|name| !is_core(name))
        .map(|name| format!("{DOMAIN} depends on {name}, which is not on its list"));
    let behind_features = with_all_features
        .iter()
        .filter(|name| !is_core(name) && !is_optional(name) && !always.contains(name))
        .map(|name| format!("{DOMAIN} depends behind a feature on {name}, which is not on its list"));
    without_feature.chain(behind_features).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(arrows: &[(&str, &[&str])]) -> Dependencies {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        arrows.iter().map(|(from, to)| ((*from).to_owned(), owned(to))).collect()
    }

    #[test]
    fn the_arrows_of_the_house_are_allowed() {
        let house = workspace(&[
            (DOMAIN, &["thiserror"]),
            ("fieldmark-document-reader", &[DOMAIN, "lopdf"]),
            ("fieldmark-detection-candle", &[DOMAIN, "candle-core"]),
            (REPORT, &[DOMAIN, "serde"]),
            ("fieldmark-http-actix", &[DOMAIN, REPORT]),
            ("fieldmark-evaluation", &[DOMAIN, REPORT]),
            ("fieldmark-persistence-memory", &[DOMAIN, "tokio"]),
            ("fieldmark-synth", &[DOMAIN, "fieldmark-detection-candle"]),
            ("fieldmark-testkit", &[DOMAIN]),
            (CHORES, &["zip"]),
            (PRODUCT, &[DOMAIN, REPORT, "fieldmark-document-reader", "fieldmark-evaluation"]),
        ]);
        assert_eq!(forbidden_arrows(&house), Vec::<String>::new());
    }

    #[test]
    fn every_forbidden_arrow_is_found_and_named() {
        let forbidden: [(&str, &str); 11] = [
            ("fieldmark-document-reader", "fieldmark-detection-candle"),
            ("fieldmark-brand-new-adapter", "fieldmark-document-reader"),
            ("fieldmark-document-reader", REPORT),
            (REPORT, "fieldmark-document-reader"),
            ("fieldmark-http-actix", "fieldmark-evaluation"),
            (DOMAIN, "fieldmark-document-reader"),
            (PRODUCT, "fieldmark-synth"),
            ("fieldmark-document-reader", "fieldmark-testkit"),
            ("fieldmark-persistence-memory", "fieldmark-testkit"),
            ("fieldmark-testkit", PRODUCT),
            (CHORES, DOMAIN),
        ];
        for (from, to) in forbidden {
            let found = forbidden_arrows(&workspace(&[(from, &[to]), (to, &[])]));
            assert_eq!(found.len(), 1, "{from} → {to}");
            assert!(found[0].starts_with(&format!("{from} uses {to}: ")), "{found:?}");
        }
    }

    #[test]
    fn the_domain_is_held_to_its_list() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(domain_breaches(&list(&["jiff"]), &list(&["jiff", "serde", "mockall"])).is_empty());
        let always = domain_breaches(&list(&["jiff", "serde"]), &list(&["jiff", "serde"]));
        assert_eq!(always, ["fieldmark-domain depends on serde, which is not on its list"]);
        let behind = domain_breaches(&list(&["jiff"]), &list(&["jiff", "serde_json"]));
        assert_eq!(
            behind,
            ["fieldmark-domain depends behind a feature on serde_json, which is not on its list"]
        );
    }

    #[test]
    fn names_are_the_first_words_of_a_tree() {
        let tree =
            "fieldmark-domain v0.1.0 (/a place)\nthiserror v2.0.1\nasync-trait v0.1.8 (proc-macro)\n\n";
        assert_eq!(names(tree), ["fieldmark-domain", "thiserror", "async-trait"]);
    }
}
