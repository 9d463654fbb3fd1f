//! What must not be found: no token, password or password hash in replies kept, in events, or in debug forms.

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::engine::decode;
use staffgate::store::{Read, Store, Tenant};
use staffgate::users::operations::{ChangePassword, JoinPortal, SetTemporaryPassword, VerifyPassword};

use crate::support::{PASSWORD, World, activate, delivery, join, operator, user};

const TEMPORARY: &str = "yellow boat 7 sails";

/// Everything that the store answers about the commands and events of the world.
fn kept(world: &World, commands: &[(String, String)]) -> String {
    let tenant = Tenant::new(&world.agency);
    let events = Read::Events { tenant: tenant.clone(), subject: None, after: 0, limit: 1000 };
    let of = |(actor, id): &(String, String)| Read::Command {
        tenant: tenant.clone(),
        id: format!("{actor}/{id}"),
    };
    let reads: Vec<Read> = commands.iter().map(of).chain([events]).collect();
    let rows = world.portal.store().load(&reads).unwrap();
    assert!(rows.iter().all(|rows| !rows.is_empty()), "every command and the events were found");
    format!("{rows:?}")
}

#[test]
fn a1_b5_secrets_are_in_no_kept_reply_and_in_no_event() {
    let world = World::new();
    let client = world.client("Astoria");
    let mut commands = Vec::new();
    // The store's rows hold kept replies in cipher; a retry reads what is in them.
    let mut replayed = String::new();
    let mut run = |actor: Actor, name: &str, input: Value| -> Value {
        let call = world.call(actor);
        let id = call.context.command_id.as_ref().unwrap().as_str().to_owned();
        commands.push((call.context.actor.to_string(), id));
        let reply = world.reply(&call, name, &input).unwrap();
        let again = world.reply(&call, name, &input).unwrap();
        assert!(again.replayed && !reply.replayed);
        replayed.push_str(again.json());
        let (first, again): (Value, Value) =
            (serde_json::from_str(reply.json()).unwrap(), serde_json::from_str(again.json()).unwrap());
        if first.get("token").is_some() {
            for path in ["/token", "/link", "/mail/text", "/mail/html"] {
                assert!(first.pointer(path).unwrap().is_string() && again.pointer(path).unwrap().is_null());
            }
        } else {
            assert_eq!(first, again);
        }
        first
    };
    let enable = json!({ "client": client, "delivery": delivery() });
    let client_token = run(operator(), "clients.enable_access", enable)["token"].clone();
    let anna = run(Actor::Guest, "users.join", join(&client_token, "Anna"))["user"].clone();
    let create = json!({
        "client": client, "name": "Bert", "email": "bert@hotel.example", "role": "viewer", "delivery": delivery(),
    });
    let invitation = run(operator(), "users.create", create);
    let invite = json!({ "user": invitation["user"], "client": client, "delivery": delivery() });
    let user_token = run(operator(), "users.invite", invite)["token"].clone();
    run(Actor::Guest, "users.join", activate(&user_token));
    run(operator(), "users.set_temporary_password", json!({ "user": anna, "password": TEMPORARY }));
    let changed = "green tea at nine";
    run(user(&anna), "users.change_password", json!({ "current": TEMPORARY, "password": changed }));
    let kept = kept(&world, &commands) + &replayed;
    for token in [&client_token, &invitation["token"], &user_token] {
        let secret = token.as_str().unwrap().rsplit('.').next().unwrap();
        assert!(secret.len() == 64 && !kept.contains(secret));
    }
    for secret in [PASSWORD, TEMPORARY, changed, "argon2"] {
        assert!(!kept.contains(secret), "{secret}");
    }
}

#[test]
fn h6_a_retry_with_another_password_is_the_same_command() {
    let world = World::new();
    let client = world.client("Astoria");
    let call = world.call(Actor::Guest);
    let token = world.link(&client);
    world.reply(&call, "users.join", &join(&token, "Anna")).unwrap();
    let mut other = join(&token, "Anna");
    other["password"] = json!("green tea at nine");
    assert!(world.reply(&call, "users.join", &other).unwrap().replayed, "the fingerprint knows no secret");
    let refused = world.reply(&call, "users.join", &join(&token, "Eve")).unwrap_err();
    assert_eq!(refused.code.text(), "command_reused");
}

#[test]
fn b5_debug_forms_of_inputs_show_no_secret() {
    let token = format!("sgi1.{}.{}.{}", "a".repeat(32), "b".repeat(32), "c".repeat(64));
    let join = json!({ "token": token, "password": PASSWORD }).to_string();
    let shown = [
        format!("{:?}", decode::<JoinPortal>(&join).unwrap()),
        format!(
            "{:?}",
            decode::<ChangePassword>(&json!({ "current": TEMPORARY, "password": PASSWORD }).to_string())
                .unwrap()
        ),
        format!(
            "{:?}",
            decode::<VerifyPassword>(&json!({ "email": "a@b.example", "password": PASSWORD }).to_string())
                .unwrap()
        ),
        format!(
            "{:?}",
            decode::<SetTemporaryPassword>(
                &json!({ "user": "00000000-0000-4000-8000-000000000001", "password": PASSWORD }).to_string()
            )
            .unwrap()
        ),
    ];
    for text in shown {
        assert!(!text.contains(PASSWORD) && !text.contains(TEMPORARY) && !text.contains("cccc"), "{text}");
        assert!(text.contains("hidden"), "{text}");
    }
}

#[test]
fn a1_a_refusal_repeats_no_secret() {
    let world = World::new();
    let client = world.client("Astoria");
    let token = world.link(&client);
    world.ok(Actor::Guest, "users.join", join(&token, "Anna"));
    let refusals = [
        world.run(Actor::Guest, "users.join", &join(&token, "Eve")).unwrap_err(),
        world.run(Actor::Guest, "users.join", &join(&json!("sgi1.nothing"), "Eve")).unwrap_err(),
        world
            .run(
                Actor::Guest,
                "users.verify_password",
                &json!({ "email": "a@b.example", "password": PASSWORD }),
            )
            .unwrap_err(),
    ];
    for refusal in refusals {
        let text = format!("{refusal:?} {refusal} {}", serde_json::to_string(&refusal).unwrap());
        assert!(!text.contains(PASSWORD) && !text.contains(token.as_str().unwrap()), "{text}");
    }
}

#[test]
fn a_rust_host_joins_through_the_typed_front_door() {
    let world = World::new();
    let client = world.client("Astoria");
    let input = join(&world.link(&client), "Anna").to_string();
    let operation = decode::<JoinPortal>(&input).unwrap();
    let joined = world.portal.run(&world.call(Actor::Guest), &operation).unwrap();
    assert_eq!(serde_json::to_value(joined.client).unwrap(), client);
}
