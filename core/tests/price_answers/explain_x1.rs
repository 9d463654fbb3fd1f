//! The composite vector of domain rule 5.8, sentence by sentence. `~` stands for a space that does not break.

use serde_json::{Value, json};
use staffgate::pricing::demand::Demand;
use staffgate::pricing::list::PriceList;
use staffgate::values::{Locale, zone_data_version};

use crate::explain::said;
use crate::help::{components, hourly, list, night, premium};

fn x1_list() -> PriceList {
    let labour = json!(["base", "night", "weekend"]);
    list(json!({
        "id": "stage-2026",
        "components": components(&[("base", "Work"), ("night", "Night"), ("weekend", "Weekend"), ("travel", "Travel"),
            ("late", "Late booking")]),
        "calendar": night(),
        "rules": [
            hourly("stagehand", "24.00", json!({ "skills": ["stagehand"], "role": "staff" })),
            hourly("lead", "30.00", json!({ "skills": ["stagehand"], "role": "lead" })),
            premium("night", "25", json!({ "window": "night" })),
            premium("weekend", "50", json!({ "weekdays": ["saturday"] })),
            { "id": "travel", "component": "travel", "unit": { "kind": "flat" },
              "rate": { "kind": "each", "amount": "15.00" } },
            { "id": "late", "component": "late", "when": { "lead_time_minutes": { "up_to": 2880 } },
              "unit": { "kind": "flat", "per": "order" }, "rate": { "kind": "percent", "percent": "10", "of": labour } },
        ],
    }))
}

fn x1_demand() -> Demand {
    let position = |label: Value, role: &str, headcount: u32| {
        json!({ "label": label, "start": "2026-06-19T18:00", "end": "2026-06-20T02:00", "skill": "stagehand",
            "role": role, "headcount": headcount, "breaks": [{ "from": "2026-06-19T22:00", "minutes": 30 }] })
    };
    serde_json::from_value(json!({ "zone": "Europe/Berlin", "ordered_at": "2026-06-18T12:00:00Z",
        "positions": [position(json!("Stage crew"), "staff", 3), position(json!(null), "lead", 1)] }))
    .unwrap()
}

#[test]
fn x1_in_english() {
    let last = format!(
        "Prices are those of the list stage-2026 (calculation 1); times are those of Europe/Berlin (time zone data {}).",
        zone_data_version()
    );
    let expected = [
        "Stage crew: EUR 540.00 for Work, 3 people from 19 June 2026 18:00 to 20 June 2026 02:00, 22 h 30 min \
         (3 times 7 h 30 min) at EUR 24.00 an hour; rule stagehand applies for the skill stagehand and for staff.",
        "Stage crew: EUR 27.00 for Night, 3 people from 19 June 2026 22:30 to 20 June 2026 00:00, 4 h 30 min \
         (3 times 1 h 30 min) at EUR 6.00 an hour, which is 25 % of EUR 24.00 (Work); rule night applies in the window \
         night (22:00 to 06:00).",
        "Stage crew: EUR 72.00 for Weekend, 3 people on 20 June 2026 from 00:00 to 02:00, 6 h (3 times 2 h) at \
         EUR 12.00 an hour, which is 50 % of EUR 24.00 (Work); rule weekend applies on Saturdays.",
        "Stage crew: EUR 45.00 for Travel, 3 people from 19 June 2026 18:00 to 20 June 2026 02:00, 3 times EUR 15.00; \
         rule travel applies once for each person.",
        "Position 2: EUR 225.00 for Work, 1 person from 19 June 2026 18:00 to 20 June 2026 02:00, 7 h 30 min at \
         EUR 30.00 an hour; rule lead applies for the skill stagehand and for leads.",
        "Position 2: EUR 11.25 for Night, 1 person from 19 June 2026 22:30 to 20 June 2026 00:00, 1 h 30 min at \
         EUR 7.50 an hour, which is 25 % of EUR 30.00 (Work); rule night applies in the window night (22:00 to 06:00).",
        "Position 2: EUR 30.00 for Weekend, 1 person on 20 June 2026 from 00:00 to 02:00, 2 h at EUR 15.00 an hour, \
         which is 50 % of EUR 30.00 (Work); rule weekend applies on Saturdays.",
        "Position 2: EUR 15.00 for Travel, 1 person from 19 June 2026 18:00 to 20 June 2026 02:00, once EUR 15.00; \
         rule travel applies once for each person.",
        "Whole order: EUR 90.53 for Late booking from 19 June 2026 18:00 to 20 June 2026 02:00, once EUR 90.53, which \
         is 10 % of EUR 905.25 (Work, Night and Weekend); rule late applies once for the order and for orders placed at \
         most 48 h before the start.",
        "VAT of 21 % on EUR 1,055.78 is EUR 221.71.",
        "The lines come to EUR 1,055.78 before VAT and EUR 1,277.49 with VAT.",
        &last,
    ];
    assert_eq!(said(&x1_list(), &x1_demand(), Locale::En), expected);
}

#[test]
fn x1_in_french() {
    let last = format!(
        "Les prix sont ceux de la liste stage-2026 (calcul 1)~; les heures sont celles de Europe/Berlin (données de \
         fuseaux {}).",
        zone_data_version()
    );
    let times = "du 19 juin 2026 à 18~h au 20 juin 2026 à 2~h";
    let expected = [
        format!(
            "Stage crew~: 540,00~EUR pour Work, 3~personnes {times}, 22~h~30~min (3 fois 7~h~30~min) à 24,00~EUR \
             l'heure~; la règle stagehand s'applique pour la compétence stagehand et pour le personnel."
        ),
        "Stage crew~: 27,00~EUR pour Night, 3~personnes du 19 juin 2026 à 22~h~30 au 20 juin 2026 à 0~h, 4~h~30~min \
         (3 fois 1~h~30~min) à 6,00~EUR l'heure, soit 25~% de 24,00~EUR (Work)~; la règle night s'applique dans la \
         plage night (de 22~h à 6~h)."
            .to_owned(),
        "Stage crew~: 72,00~EUR pour Weekend, 3~personnes le 20 juin 2026 de 0~h à 2~h, 6~h (3 fois 2~h) à 12,00~EUR \
         l'heure, soit 50~% de 24,00~EUR (Work)~; la règle weekend s'applique les samedis."
            .to_owned(),
        format!(
            "Stage crew~: 45,00~EUR pour Travel, 3~personnes {times}, 3 fois 15,00~EUR~; la règle travel s'applique une \
             fois par personne."
        ),
        format!(
            "Poste~2~: 225,00~EUR pour Work, 1~personne {times}, 7~h~30~min à 30,00~EUR l'heure~; la règle lead \
             s'applique pour la compétence stagehand et pour les chefs d'équipe."
        ),
        "Poste~2~: 11,25~EUR pour Night, 1~personne du 19 juin 2026 à 22~h~30 au 20 juin 2026 à 0~h, 1~h~30~min à \
         7,50~EUR l'heure, soit 25~% de 30,00~EUR (Work)~; la règle night s'applique dans la plage night (de 22~h à \
         6~h)."
            .to_owned(),
        "Poste~2~: 30,00~EUR pour Weekend, 1~personne le 20 juin 2026 de 0~h à 2~h, 2~h à 15,00~EUR l'heure, soit \
         50~% de 30,00~EUR (Work)~; la règle weekend s'applique les samedis."
            .to_owned(),
        format!(
            "Poste~2~: 15,00~EUR pour Travel, 1~personne {times}, une fois 15,00~EUR~; la règle travel s'applique une \
             fois par personne."
        ),
        format!(
            "Commande entière~: 90,53~EUR pour Late booking {times}, une fois 90,53~EUR, soit 10~% de 905,25~EUR (Work, \
             Night et Weekend)~; la règle late s'applique une fois pour la commande et pour les commandes passées au \
             plus 48~h avant le début."
        ),
        "La TVA de 21~% sur 1~055,78~EUR est de 221,71~EUR.".to_owned(),
        "Les lignes s'élèvent à 1~055,78~EUR hors TVA et à 1~277,49~EUR TVA comprise.".to_owned(),
        last,
    ];
    let expected = expected.map(|text| text.replace('~', "\u{a0}"));
    assert_eq!(said(&x1_list(), &x1_demand(), Locale::Fr), expected);
}
