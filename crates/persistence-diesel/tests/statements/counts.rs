//! A list takes at most two statements, however long it is.

use fieldmark_domain::document::DocumentQuery;
use fieldmark_domain::listing::Window;
use fieldmark_domain::ports::NewDocument;
use fieldmark_testkit::repositories::sample::{SampleOwner, moment};

use crate::ground::Ground;
use crate::recorded::{queries, record};

async fn two_at_most(ground: Ground) {
    let _turn = record().await;
    let documents = ground.migrated().await.repositories().documents;
    let owner = SampleOwner::fresh();
    let mut kept = 0;
    for wanted in [0, 1, 100] {
        for second in kept..wanted {
            let new = NewDocument { job: None, ..owner.incoming(moment(second)) };
            documents.create(&owner.scope(), &new).await.unwrap();
        }
        kept = wanted;
        for (with_labels, offset, most) in [(false, 0, 1), (true, 0, 2), (true, 1000, 2)] {
            let window = Window { limit: 100, offset };
            let query = DocumentQuery { with_labels, window, ..DocumentQuery::default() };
            queries();
            let listing = documents.list(&owner.scope(), &query).await.unwrap();
            assert_eq!(i64::try_from(listing.total).unwrap(), wanted);
            let run = queries();
            assert!(!run.is_empty() && run.len() <= most, "{wanted} documents: {run:#?}");
        }
    }
}

#[tokio::test]
async fn two_at_most_on_sqlite() {
    two_at_most(Ground::sqlite()).await;
}

#[tokio::test]
async fn two_at_most_on_postgres() {
    two_at_most(Ground::postgres()).await;
}
