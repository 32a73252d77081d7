//! What people say of a document's fields.

use serde_json::Value;

use super::place::Place;
use crate::bench::invoice;

fn label(place: &Place, document: &str, field: &str) -> Option<Value> {
    let labels = place.rows(&["labels", "list", document]);
    labels.into_iter().find(|label| label["field"] == field)
}

#[test]
fn what_a_person_says_stays_and_what_the_model_said_is_remembered() {
    for place in Place::both() {
        let place = place.with("a.pdf", invoice());
        let id = place.rows(&["submit", "a.pdf"])[0]["document_id"].as_str().unwrap().to_owned();
        place.run(&["worker", "--drain"]).printed(0);
        let read = label(&place, &id, "total_gross").unwrap();

        place.run(&["labels", "correct", &id, "total_gross", "1234.50"]).printed(0);
        place.run(&["labels", "add", &id, "order_number", "PO-17"]).printed(0);
        place.run(&["labels", "delete", &id, "invoice_date"]).printed(0);
        let refused = place.run(&["labels", "correct", &id, "total_gross", "plenty"]);
        assert_eq!(refused.status, Some(1));
        assert!(refused.said.contains("validation_failed"), "{refused:?}");
        let twice = place.run(&["labels", "add", &id, "order_number", "PO-18"]);
        assert!(twice.said.contains("label_exists"), "{twice:?}");

        // Reading it again leaves alone what a person said.
        place.run(&["documents", "process", &id]).printed(0);
        place.run(&["worker", "--drain"]).printed(0);
        let corrected = label(&place, &id, "total_gross").unwrap();
        assert_eq!((&corrected["value"], &corrected["source"]), (&"1234.50".into(), &"person".into()));
        assert_eq!(corrected["id"], read["id"]);
        assert!(corrected["reviewed_by"].is_string());
        assert_eq!(label(&place, &id, "order_number").unwrap()["value"], "PO-17");
        assert!(label(&place, &id, "invoice_date").is_none());
        assert!(label(&place, &id, "invoice_number").is_some());

        let history = place.rows(&["labels", "history", &id, "--limit", "100"]);
        let correction = history.iter().find(|entry| entry["act"] == "corrected").unwrap();
        assert_eq!(correction["before"]["value"], read["value"]);
        assert_eq!(correction["before"]["source"], read["source"]);
        assert_eq!(correction["after"]["value"], "1234.50");
        assert!(correction["by"].is_string() && correction["at"].is_string());
        assert_eq!(place.rows(&["documents", "--field", "total_gross=1234.50"]).len(), 1);

        let approved = place.rows(&["documents", "approve", &id]);
        assert_eq!(approved[0]["status"], "approved");
    }
}
