//! E6: whatever an anonymised candidate is made of, no byte for a client depends on who it is.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};
use staffgate::{Refusal, Reply};

use crate::world::{ANNA, BRUNO, NOW, PLANNER, World, candidate, job, questions};

/// What may be known of a candidate who is anonymised: the same in two worlds.
#[derive(Clone, Debug)]
struct Open {
    summary: Option<String>,
    /// Of each document that is shown: the type of its anonymised file.
    documents: Vec<usize>,
    /// Of each activity that is shown: its other text.
    activities: Vec<Option<String>>,
    number: u32,
}

/// What may not. Every text here is one of a kind, so that it is found wherever it comes out.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each by itself there or not")]
struct Secret {
    seed: u32,
    worker: bool,
    email: bool,
    phone: bool,
    picture: bool,
    shows_contact: bool,
    summary: bool,
    note: bool,
    /// Documents that are withheld: for the agency alone, or without an anonymised file.
    withheld: Vec<bool>,
    /// Activities for the agency alone.
    inside: usize,
    /// How often the agency has changed it.
    revision: u32,
}

const TYPES: [(&str, &str); 3] = [("application/pdf", "pdf"), ("image/jpeg", "jpg"), ("text/plain", "txt")];

fn open() -> impl Strategy<Value = Open> {
    let text = || option::of("Open[a-z]{3,8}");
    (text(), vec(0..TYPES.len(), 0..4), vec(text(), 0..4), 1..300_u32)
        .prop_map(|(summary, documents, activities, number)| Open { summary, documents, activities, number })
}

fn secret() -> impl Strategy<Value = Secret> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let others = (any::<bool>(), any::<bool>(), any::<bool>());
    (10_000_000..99_000_000_u32, flags, others, vec(any::<bool>(), 0..4), 0..4_usize, 1..50_u32).prop_map(
        |(
            seed,
            (worker, email, phone, picture),
            (shows_contact, summary, note),
            withheld,
            inside,
            revision,
        )| {
            Secret {
                seed,
                worker,
                email,
                phone,
                picture,
                shows_contact,
                summary,
                note,
                withheld,
                inside,
                revision,
            }
        },
    )
}

/// Makes secrets of one seed and writes down each that it made.
struct Maker {
    seed: u32,
    made: Vec<String>,
}

impl Maker {
    fn text(&mut self, kind: &str) -> String {
        let text = format!("Secret{kind}{}x{}", self.seed, self.made.len());
        self.made.push(text.clone());
        text
    }

    fn some(&mut self, there: bool, kind: &str) -> Option<String> {
        there.then(|| self.text(kind))
    }

    fn id(&mut self) -> String {
        let id = format!("5ec2e700-0000-4000-8000-{:04x}{:08}", self.made.len(), self.seed);
        self.made.push(id.clone());
        id
    }

    fn hash(&mut self) -> String {
        let hash = format!("{:08}{:056x}", self.seed, self.made.len() + 0xabcd);
        self.made.push(hash.clone());
        hash
    }

    fn bytes(&mut self) -> u32 {
        let bytes = self.seed + u32::try_from(self.made.len()).unwrap();
        self.made.push(bytes.to_string());
        bytes
    }

    fn file(&mut self, id: Option<String>, (media_type, ending): (&str, &str)) -> Value {
        let id = id.unwrap_or_else(|| self.id());
        let name = format!("{}.{ending}", self.text("Name"));
        json!({
            "id": id, "name": name, "media_type": media_type, "bytes": self.bytes(), "sha256": self.hash(),
        })
    }
}

fn document_id(index: usize) -> String {
    format!("00000000-0000-0000-0000-{:012x}", 0xd0c0 + index)
}

/// The candidate as it is kept, all secrets that it holds, and all documents that it has.
fn kept(open: &Open, secret: &Secret, anonymous: bool) -> (Value, Vec<String>, Vec<String>) {
    let mut maker = Maker { seed: secret.seed, made: Vec::new() };
    let mut documents = Vec::new();
    // Withheld ones stand between those that are shown.
    let mut withheld = secret.withheld.iter();
    let mut hide = |maker: &mut Maker, documents: &mut Vec<Value>| {
        if let Some(for_agency) = withheld.next() {
            let anonymised = for_agency.then(|| maker.file(None, TYPES[1]));
            let audience = if *for_agency { "agency" } else { "clients" };
            documents.push(json!({
                "id": maker.id(), "file": maker.file(None, TYPES[0]), "anonymised": anonymised,
                "audience": audience, "added_at": NOW,
            }));
        }
    };
    hide(&mut maker, &mut documents);
    for (index, media_type) in open.documents.iter().enumerate() {
        let blind = Some(format!("00000000-0000-0000-0000-{:012x}", 0xf11e + index));
        documents.push(json!({
            "id": document_id(index), "file": maker.file(None, TYPES[0]),
            "anonymised": maker.file(blind, TYPES[*media_type]), "audience": "clients", "added_at": NOW,
        }));
        hide(&mut maker, &mut documents);
    }
    let mut activities: Vec<Value> = (0..secret.inside)
        .map(|_| {
            json!({
                "id": maker.id(), "kind": "call", "text": maker.text("Inside"),
                "anonymous_text": maker.text("Inside"), "audience": "agency", "at": NOW,
            })
        })
        .collect();
    activities.extend(open.activities.iter().enumerate().map(|(index, text)| {
        json!({
            "id": format!("00000000-0000-0000-0000-{:012x}", 0xac70 + index), "kind": "test",
            "text": maker.text("Activity"), "anonymous_text": text, "audience": "clients", "at": NOW,
        })
    }));
    let mut kept = candidate(true);
    kept["anonymous"] = json!(anonymous);
    kept["number"] = json!(open.number);
    kept["anonymous_summary"] = json!(open.summary);
    kept["documents"] = json!(documents);
    kept["activities"] = json!(activities);
    kept["person"] = json!({
        "name": maker.text("Person"),
        "email": maker.some(secret.email, "mail").map(|name| format!("{name}@person.example")),
        "phone": secret.phone.then(|| format!("+{}", maker.bytes())),
        "picture": maker.some(secret.picture, "Picture").map(|name| json!({"reference": name, "media_type": "image/png"})),
    });
    kept["worker"] = json!(secret.worker.then(|| maker.id()));
    kept["shows_contact"] = json!(secret.shows_contact);
    kept["summary"] = json!(maker.some(secret.summary, "Summary"));
    kept["internal_note"] = json!(maker.some(secret.note, "Note"));
    kept["review_note"] = json!(maker.some(secret.note, "Review"));
    kept["revision"] = json!(secret.revision);
    let ids = documents.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    (kept, maker.made, ids)
}

fn bytes(answer: &Result<Reply, Refusal>) -> String {
    match answer {
        Ok(reply) => format!("{} in {} rounds", reply.json(), reply.rounds),
        Err(refusal) => format!("refused {}", serde_json::to_string(refusal).unwrap()),
    }
}

/// All that Anna, and Bruno of another client, are answered.
fn answers(kept: Value, documents: &[String]) -> Vec<String> {
    let world = World::new();
    world.put_job(job(true));
    world.put_candidate(kept);
    // The agency works on it meanwhile and lets the client be told.
    let add = json!({
        "candidate": crate::world::CANDIDATE, "kind": "note", "text": "Open word", "anonymous_text": "Open word",
        "audience": "clients", "notify_clients": true,
    });
    world.run(PLANNER, "candidates.add_activity", &add).unwrap();
    let asked = questions(documents);
    let both = [ANNA, BRUNO].into_iter().flat_map(|actor| asked.iter().map(move |one| (actor, one)));
    both.map(|(actor, (name, input))| format!("{name}: {}", bytes(&world.run(actor, name, input)))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn e6_no_answer_about_an_anonymised_candidate_holds_what_is_hidden(open in open(), secret in secret()) {
        let (kept, secrets, documents) = kept(&open, &secret, true);
        for answer in answers(kept, &documents) {
            for secret in &secrets {
                prop_assert!(!answer.contains(secret), "{secret} in {answer}");
            }
        }
    }

    #[test]
    fn e6_two_candidates_who_differ_in_what_is_hidden_are_the_same_bytes(
        open in open(), one in secret(), other in secret(),
    ) {
        let shown: Vec<String> = (0..4).map(document_id).collect();
        let of = |secret: &Secret| answers(kept(&open, secret, true).0, &shown);
        prop_assert_eq!(of(&one), of(&other));
    }

    #[test]
    fn e6_what_is_open_is_shown_and_with_the_name_the_rest_is_too(open in open(), secret in secret()) {
        let (blind, _, documents) = kept(&open, &secret, true);
        let answers_of = |kept: Value| answers(kept, &documents).join("\n");
        let seen = answers_of(blind);
        for text in open.summary.iter().chain(open.activities.iter().flatten()) {
            prop_assert!(seen.contains(text), "{text}");
        }
        for (index, media_type) in open.documents.iter().enumerate() {
            let name = format!("candidate-{}-{}.{}", open.number, index + 1, TYPES[*media_type].1);
            prop_assert!(seen.contains(&name), "{name}");
        }
        // The same candidate with the name: so the other laws would find what they look for.
        let (named, ..) = kept(&open, &secret, false);
        let (name, summary) = (named["person"]["name"].clone(), named["summary"].clone());
        let seen = answers_of(named);
        prop_assert!(seen.contains(name.as_str().unwrap()));
        prop_assert!(summary.as_str().is_none_or(|summary| seen.contains(summary)));
        prop_assert!(!seen.contains("SecretNote") && !seen.contains("SecretInside") && !seen.contains("SecretReview"));
    }
}
