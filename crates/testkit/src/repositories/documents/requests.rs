//! Repeated requests: the same key is the same request.

use fieldmark_domain::blob::Sha256;
use fieldmark_domain::ports::{Created, IdempotencyKey, NewDocument};

use super::Bench;
use crate::breach::{Breach, promised_same, succeeds};
use crate::repositories::sample::moment;
use fieldmark_domain::ports::Repositories;

pub(super) async fn keep_their_promises(repositories: &Repositories) -> Result<(), Breach> {
    a_repeated_request_is_known(repositories).await?;
    a_key_is_for_one_request(repositories).await?;
    keys_are_forgotten_by_their_age(repositories).await
}

/// A document with its own bytes, created with a key.
pub(super) fn with_key(bench: &Bench<'_>, seconds: i64, key: &str, request: u8) -> NewDocument {
    let key = IdempotencyKey { key: key.to_owned(), request: Sha256([request; 32]) };
    NewDocument { idempotency: Some(key), ..bench.owner.incoming(moment(seconds)) }
}

async fn a_repeated_request_is_known(repositories: &Repositories) -> Result<(), Breach> {
    let bench = Bench::new(repositories);
    let first = with_key(&bench, 0, "ключ 1", 7);
    promised_same("a new request is done", &bench.create(&first).await?, &Created::New)?;
    let again = with_key(&bench, 5, "ключ 1", 7);
    let wanted = Created::Existing(Box::new(first.document.clone()));
    promised_same("a repeated request has its answer", &bench.create(&again).await?, &wanted)?;
    promised_same("nothing was written", &bench.find(again.document.id).await?, &None)?;
    promised_same("no event is written", &bench.events().await?.len(), &1)?;
    let other = with_key(&bench, 5, "ключ 2", 7);
    promised_same("another key is another request", &bench.create(&other).await?, &Created::New)?;
    bench.delete(first.document, 20).await?;
    let anew = with_key(&bench, 30, "ключ 1", 7);
    promised_same("a deleted document answers no request", &bench.create(&anew).await?, &Created::New)
}

async fn a_key_is_for_one_request(repositories: &Repositories) -> Result<(), Breach> {
    let (bench, other) = (Bench::new(repositories), Bench::new(repositories));
    let first = with_key(&bench, 0, "key", 7);
    promised_same("a new request is done", &bench.create(&first).await?, &Created::New)?;
    let reused = with_key(&bench, 5, "key", 8);
    promised_same("a key is for one request", &bench.create(&reused).await?, &Created::KeyReused)?;
    promised_same("nothing was written", &bench.find(reused.document.id).await?, &None)?;
    promised_same("no event is written", &bench.events().await?.len(), &1)?;
    let mut same_bytes = with_key(&bench, 5, "key", 8);
    same_bytes.document.sha256 = first.document.sha256;
    let answer = bench.create(&same_bytes).await?;
    promised_same("a key is for one request, whatever the bytes", &answer, &Created::KeyReused)?;
    let theirs = with_key(&other, 5, "key", 8);
    promised_same("another owner's keys are their own", &other.create(&theirs).await?, &Created::New)
}

async fn keys_are_forgotten_by_their_age(repositories: &Repositories) -> Result<(), Breach> {
    let (bench, other) = (Bench::new(repositories), Bench::new(repositories));
    for (seconds, key) in [(10, "a"), (20, "b"), (30, "c")] {
        let created = bench.create(&with_key(&bench, seconds, key, 1)).await?;
        promised_same("a new request is done", &created, &Created::New)?;
    }
    let forget = |scope, seconds| async move {
        let forgotten = repositories.erasures.forget_keys(&scope, moment(seconds)).await;
        succeeds("keys are forgotten", forgotten)
    };
    promised_same("another owner forgets nothing", &forget(other.scope(), 99).await?, &0)?;
    promised_same("keys used before are forgotten", &forget(bench.scope(), 30).await?, &2)?;
    promised_same("once", &forget(bench.scope(), 30).await?, &0)?;
    let kept = bench.create(&with_key(&bench, 40, "c", 2)).await?;
    promised_same("a key that was not forgotten is known", &kept, &Created::KeyReused)?;
    let forgotten = bench.create(&with_key(&bench, 40, "a", 2)).await?;
    promised_same("a removed key can be used again", &forgotten, &Created::New)
}
