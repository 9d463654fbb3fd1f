//! Sentences that were written by hand beside what is said. `~` stands for a space that does not break.

use serde_json::json;
use staffgate::pricing::demand::Demand;
use staffgate::pricing::explain::explain;
use staffgate::pricing::list::PriceList;
use staffgate::values::{Locale, Zone};

use crate::help::{components, demand, estimate, hourly, list, premium};

pub fn said(list: &PriceList, demand: &Demand, locale: Locale) -> Vec<String> {
    let lists = std::slice::from_ref(list);
    explain(&estimate(lists, demand), lists, &Zone::parse("Europe/Berlin").unwrap(), locale)
}

/// Compares the first sentences in both languages.
fn begins(list: &PriceList, demand: &Demand, english: &[&str], french: &[&str]) {
    for (locale, expected) in [(Locale::En, english), (Locale::Fr, french)] {
        let expected: Vec<String> = expected.iter().map(|text| text.replace('~', "\u{a0}")).collect();
        let said = said(list, demand, locale);
        assert_eq!(said[..expected.len().min(said.len())], expected, "{locale:?}");
    }
}

#[test]
fn a_clock_change_is_said() {
    let list = list(json!({ "rules": [hourly("base", "30.00", json!({}))] }));
    let autumn = json!([{ "headcount": 1, "start": "2026-10-24T22:00", "end": "2026-10-25T06:00" }]);
    begins(
        &list,
        &demand(autumn),
        &[
            "Position 1: EUR 270.00 for Work, 1 person from 24 October 2026 22:00 to 25 October 2026 06:00 (the clock goes \
           back by 1 h), 9 h at EUR 30.00 an hour; rule base always applies.",
        ],
        &[
            "Poste~1~: 270,00~EUR pour Work, 1~personne du 24 octobre 2026 à 22~h au 25 octobre 2026 à 6~h (l'horloge \
           recule de 1~h), 9~h à 30,00~EUR l'heure~; la règle base s'applique toujours.",
        ],
    );
}

#[test]
fn a_time_that_comes_twice_shows_its_offset() {
    let list = list(json!({ "rules": [hourly("base", "30.00", json!({}))] }));
    let hour =
        json!([{ "headcount": 1, "start": "2026-10-25T02:30+02:00", "end": "2026-10-25T02:30+01:00" }]);
    begins(
        &list,
        &demand(hour),
        &[
            "Position 1: EUR 30.00 for Work, 1 person on 25 October 2026 from 02:30 (+02:00) to 02:30 (+01:00) (the clock \
           goes back by 1 h), 1 h at EUR 30.00 an hour; rule base always applies.",
        ],
        &[
            "Poste~1~: 30,00~EUR pour Work, 1~personne le 25 octobre 2026 de 2~h~30 (+02:00) à 2~h~30 (+01:00) (l'horloge \
           recule de 1~h), 1~h à 30,00~EUR l'heure~; la règle base s'applique toujours.",
        ],
    );
}

#[test]
fn a_holiday_is_named_and_the_first_of_a_month_is_the_first() {
    let list = list(json!({
        "components": components(&[("base", "Work"), ("holiday", "Holiday")]),
        "calendar": { "holidays": [{ "name": "Labour Day", "from": "2026-05-01T00:00", "to": "2026-05-02T00:00" },
            { "name": "Christmas Eve", "from": "2026-12-24T18:00", "to": "2026-12-25T00:00" }] },
        "rules": [hourly("base", "30.00", json!({})), premium("holiday", "150", json!({ "holiday": true }))],
    }));
    let labour_day = json!([{ "headcount": 1, "start": "2026-05-01T10:00", "end": "2026-05-01T11:30" }]);
    begins(
        &list,
        &demand(labour_day),
        &[
            "Position 1: EUR 45.00 for Work, 1 person on 1 May 2026 from 10:00 to 11:30, 1 h 30 min at EUR 30.00 an hour; \
             rule base always applies.",
            "Position 1: EUR 67.50 for Holiday, 1 person on 1 May 2026 from 10:00 to 11:30, 1 h 30 min at EUR 45.00 an \
             hour, which is 150 % of EUR 30.00 (Work); rule holiday applies on the holiday Labour Day.",
        ],
        &[
            "Poste~1~: 45,00~EUR pour Work, 1~personne le 1er mai 2026 de 10~h à 11~h~30, 1~h~30~min à 30,00~EUR \
             l'heure~; la règle base s'applique toujours.",
            "Poste~1~: 67,50~EUR pour Holiday, 1~personne le 1er mai 2026 de 10~h à 11~h~30, 1~h~30~min à 45,00~EUR \
             l'heure, soit 150~% de 30,00~EUR (Work)~; la règle holiday s'applique le jour férié Labour Day.",
        ],
    );
}

#[test]
fn overtime_and_a_minimum_say_their_thresholds() {
    let list = list(json!({
        "components": components(&[("base", "Work"), ("minimum", "Minimum call"), ("overtime", "Overtime")]),
        "rules": [hourly("base", "20.00", json!({})),
            { "id": "least", "component": "minimum", "unit": { "kind": "minimum_call", "minutes": 240 },
              "rate": { "kind": "percent", "percent": "100", "of": ["base"] } },
            { "id": "over", "component": "overtime", "unit": { "kind": "in_shift_after", "minutes": 480 },
              "rate": { "kind": "percent", "percent": "50", "of": ["base"] } }],
    }));
    let two_and_nine = json!([{ "headcount": 1, "start": "2026-06-10T10:00", "end": "2026-06-10T12:00" },
        { "headcount": 1, "start": "2026-06-10T10:00", "end": "2026-06-10T19:00" }]);
    begins(
        &list,
        &demand(two_and_nine),
        &[
            "Position 1: EUR 40.00 for Work, 1 person on 10 June 2026 from 10:00 to 12:00, 2 h at EUR 20.00 an hour; rule \
             base always applies.",
            "Position 1: EUR 40.00 for Minimum call, 1 person on 10 June 2026 from 12:00 to 14:00, 2 h at EUR 20.00 an \
             hour, which is 100 % of EUR 20.00 (Work); rule least applies up to the minimum of 4 h.",
            "Position 2: EUR 180.00 for Work, 1 person on 10 June 2026 from 10:00 to 19:00, 9 h at EUR 20.00 an hour; \
             rule base always applies.",
            "Position 2: EUR 10.00 for Overtime, 1 person on 10 June 2026 from 18:00 to 19:00, 1 h at EUR 10.00 an hour, \
             which is 50 % of EUR 20.00 (Work); rule over applies after 8 h in the shift.",
        ],
        &[
            "Poste~1~: 40,00~EUR pour Work, 1~personne le 10 juin 2026 de 10~h à 12~h, 2~h à 20,00~EUR l'heure~; la règle \
             base s'applique toujours.",
            "Poste~1~: 40,00~EUR pour Minimum call, 1~personne le 10 juin 2026 de 12~h à 14~h, 2~h à 20,00~EUR l'heure, \
             soit 100~% de 20,00~EUR (Work)~; la règle least s'applique jusqu'au minimum de 4~h.",
            "Poste~2~: 180,00~EUR pour Work, 1~personne le 10 juin 2026 de 10~h à 19~h, 9~h à 20,00~EUR l'heure~; la \
             règle base s'applique toujours.",
            "Poste~2~: 10,00~EUR pour Overtime, 1~personne le 10 juin 2026 de 18~h à 19~h, 1~h à 10,00~EUR l'heure, soit \
             50~% de 20,00~EUR (Work)~; la règle over s'applique après 8~h de service.",
        ],
    );
}

#[test]
fn kilometres_and_pieces_are_counted_in_the_right_number() {
    let list = list(json!({
        "components": components(&[("base", "Work"), ("road", "Travel"), ("boxes", "Boxes")]),
        "rules": [hourly("base", "20.00", json!({})),
            { "id": "road", "component": "road", "unit": { "kind": "kilometre" }, "rate": { "kind": "each", "amount": "0.50" } },
            { "id": "boxes", "component": "boxes", "unit": { "kind": "piece", "code": "box" },
              "rate": { "kind": "each", "amount": "2.00" } }],
    }));
    let position = json!([{ "headcount": 1, "start": "2026-06-10T10:00", "end": "2026-06-10T11:00",
        "kilometres": "1.5", "pieces": [{ "code": "box", "count": "1200" }] }]);
    let (english, french) =
        ("1 person on 10 June 2026 from 10:00 to 11:00", "1~personne le 10 juin 2026 de 10~h à 11~h");
    begins(
        &list,
        &demand(position),
        &[
            &format!(
                "Position 1: EUR 20.00 for Work, {english}, 1 h at EUR 20.00 an hour; rule base always applies."
            ),
            &format!(
                "Position 1: EUR 0.75 for Travel, {english}, 1.5 kilometres at EUR 0.50 a kilometre; rule road always applies."
            ),
            &format!(
                "Position 1: EUR 2,400.00 for Boxes, {english}, 1,200 pieces box at EUR 2.00 a piece; rule boxes always \
                 applies."
            ),
        ],
        &[
            &format!(
                "Poste~1~: 20,00~EUR pour Work, {french}, 1~h à 20,00~EUR l'heure~; la règle base s'applique toujours."
            ),
            &format!(
                "Poste~1~: 0,75~EUR pour Travel, {french}, 1,5~kilomètre à 0,50~EUR le kilomètre~; la règle road \
                 s'applique toujours."
            ),
            &format!(
                "Poste~1~: 2~400,00~EUR pour Boxes, {french}, 1~200~pièces box à 2,00~EUR la pièce~; la règle boxes \
                 s'applique toujours."
            ),
        ],
    );
}

#[test]
fn an_else_rule_says_what_it_is_the_else_of() {
    let list = list(json!({ "rules": [{ "id": "flat", "when": { "length_minutes": { "up_to": 300 } },
        "unit": { "kind": "flat" }, "rate": { "kind": "each", "amount": "1000.00" },
        "otherwise": [hourly("hourly", "250.00", json!({}))] }] }));
    let ten = json!([{ "headcount": 1, "start": "2026-06-10T08:00", "end": "2026-06-10T18:00" }]);
    begins(
        &list,
        &demand(ten),
        &[
            "Position 1: EUR 2,500.00 for Work, 1 person on 10 June 2026 from 08:00 to 18:00, 10 h at EUR 250.00 an hour; \
           rule hourly always applies except for shifts of at most 5 h.",
        ],
        &[
            "Poste~1~: 2~500,00~EUR pour Work, 1~personne le 10 juin 2026 de 8~h à 18~h, 10~h à 250,00~EUR l'heure~; la \
           règle hourly s'applique toujours sauf pour les services d'au plus 5~h.",
        ],
    );
}

#[test]
fn a_range_says_why() {
    let list = list(json!({ "rules": [hourly("base", "20.00", json!({})),
        hourly("equal", "25.00", json!({ "worker": { "qualified": true } }))] }));
    let one_hour =
        demand(json!([{ "headcount": 1, "start": "2026-06-10T10:00", "end": "2026-06-10T11:00" }]));
    begins(
        &list,
        &one_hour,
        &[
            "The price lies between EUR 24.20 and EUR 30.25 with VAT and depends on who comes: rule equal asks for what \
             is not known of the worker yet.",
            "The cheapest case comes to EUR 24.20 with VAT.",
            "Position 1: EUR 20.00 for Work, 1 person on 10 June 2026 from 10:00 to 11:00, 1 h at EUR 20.00 an hour; rule \
             base always applies.",
        ],
        &[
            "Le prix se situe entre 24,20~EUR et 30,25~EUR TVA comprise et dépend de qui vient~: la règle equal demande \
             ce que l'on ne sait pas encore du travailleur.",
            "Le cas le moins cher s'élève à 24,20~EUR TVA comprise.",
            "Poste~1~: 20,00~EUR pour Work, 1~personne le 10 juin 2026 de 10~h à 11~h, 1~h à 20,00~EUR l'heure~; la règle \
             base s'applique toujours.",
        ],
    );
    let english = said(&list, &one_hour, Locale::En);
    assert!(english.contains(&"The dearest case comes to EUR 30.25 with VAT.".to_owned()));
}

#[test]
fn what_has_no_price_says_which_skill_and_when() {
    let list = list(json!({ "rules": [hourly("cook", "20.00", json!({ "skills": ["cook"] }))] }));
    let two = json!([{ "label": "Bar", "headcount": 1, "skill": "barista", "start": "2026-06-10T18:30",
        "end": "2026-06-10T22:00" }, { "headcount": 1, "role": "lead", "start": "2026-06-01T18:00", "end": "2026-06-01T22:00" }]);
    begins(
        &list,
        &demand(two),
        &[
            "Bar has no price from 10 June 2026 18:30 on, because no list in force then has a rate for staff with the \
             skill barista.",
            "Position 2 has no price from 1 June 2026 18:00 on, because no list in force then has a rate for leads.",
        ],
        &[
            "Bar n'a pas de prix à partir du 10 juin 2026 à 18~h~30, car aucune liste en vigueur à ce moment n'a de \
             tarif pour le personnel ayant la compétence barista.",
            "Poste~2 n'a pas de prix à partir du 1er juin 2026 à 18~h, car aucune liste en vigueur à ce moment n'a de \
             tarif pour les chefs d'équipe.",
        ],
    );
}

#[test]
fn a_tax_that_the_client_owes_is_said() {
    let list = list(
        json!({ "vat": { "category": "AE", "percent": "0" }, "rules": [hourly("base", "20.00", json!({}))] }),
    );
    let one_hour =
        demand(json!([{ "headcount": 1, "start": "2026-06-10T10:00", "end": "2026-06-10T11:00" }]));
    let sentence = |locale| said(&list, &one_hour, locale)[1].clone();
    assert_eq!(sentence(Locale::En), "No VAT is charged on EUR 20.00, because the client owes the tax.");
    let french = "Aucune TVA n'est facturée sur 20,00~EUR, car le client est redevable de la taxe.";
    assert_eq!(sentence(Locale::Fr), french.replace('~', "\u{a0}"));
}
