//! Showing one's password again while signed in: before the password or the second factor changes.
//!
//! Failures count for the account as those at sign-in do, so that a session left open is no place for guessing.

use super::attempt::{policy, tally, tally_id, too_many};
use super::model::{Attempts, Counted, SignInPolicy, Tally};
use super::rules::ACCOUNT;
use crate::access::{Grant, Principal};
use crate::codes::Code;
use crate::engine::{Refusal, Run, Stop, Tx, Want};
use crate::users::model::{Credential, User};
use crate::users::passwords;
use crate::users::rules::may_sign_in;
use crate::values::Password;

/// What to prefetch once the user is read.
pub fn wants(tx: &mut Tx, user: &User) -> Run<[Want; 2]> {
    let id = tally_id(tx, Counted::Account, &user.email.folded())?;
    Ok([Want::record::<Attempts>(id), Want::record::<SignInPolicy>(tx.context().agency)])
}

/// Refuses at `path`, and counts it, unless the password is the user's own.
pub fn prove(
    tx: &mut Tx,
    grant: &Grant,
    user: &User,
    principal: &Principal,
    password: &Password,
    path: &str,
) -> Run<()> {
    let id = tally_id(tx, Counted::Account, &user.email.folded())?;
    let mut attempts = tally(tx, id)?;
    let credential: Option<Credential> = tx.find(user.id)?;
    let credential = credential.filter(|kept| may_sign_in(principal, kept, tx.now()));
    let nobody = passwords::nobody(policy(tx)?.hash);
    let kept = credential.as_ref().map_or(nobody.as_str(), |kept| kept.password.as_str());
    let fits = passwords::verified(tx, password, kept)?;
    let now = tx.now();
    let wait = ACCOUNT.wait(&attempts.tally, now);
    if wait > 0 {
        attempts.tally = ACCOUNT.refused(&attempts.tally, now);
        tx.put(grant, &attempts)?;
        return Err(Stop::Counted(too_many(wait)));
    }
    if !fits {
        attempts.tally = ACCOUNT.failed(&attempts.tally, now);
        tx.put(grant, &attempts)?;
        return Err(Stop::Counted(Refusal::new(Code::CredentialsWrong).at(path)));
    }
    if attempts.tally != Tally::default() {
        attempts.tally = Tally::default();
        tx.put(grant, &attempts)?;
    }
    Ok(())
}
