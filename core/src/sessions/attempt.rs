//! One attempt to prove a login: the same work and the same answer for unknown, wrong, locked and disabled.
//!
//! Every attempt loads the same records, computes one hash, and, if it fails, writes the tallies. What it answers
//! hangs on the tallies alone, which are kept for addresses that are nobody's like for those that are somebody's.

use uuid::Uuid;

use super::model::{Attempts, Counted, Device, SignInPolicy, Tally, UserSessions};
use super::rules::{self, ACCOUNT, Patience, SOURCE};
use crate::access::{Grant, Principal, guest, keyed_hash};
use crate::access::{PersonToken, Purpose};
use crate::codes::Code;
use crate::engine::{Refusal, Run, Stop, Tx, Want};
use crate::users::logins::email_claim;
use crate::users::model::Credential;
use crate::users::passwords;
use crate::users::rules::may_sign_in;
use crate::users::second_factor::SecondFactor;
use crate::values::{DeviceId, Email, OneTimeCode, OneTimeSecret, Password, Source, Token, UserId};

/// What somebody shows.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    pub email: &'a Email,
    pub password: &'a Password,
    pub code: Option<&'a OneTimeCode>,
    pub source: Option<&'a Source>,
    pub device: Option<&'a Token>,
}

/// Who was proved to be there. The caller puts the sessions.
#[derive(Debug)]
pub struct Proved {
    pub user: UserId,
    pub principal: Principal,
    pub policy: SignInPolicy,
    pub sessions: UserSessions,
    /// A token for the device, if it was not known.
    pub device: OneTimeSecret,
}

/// The id of the tally of an account or a source: the first 20 bits of a keyed hash.
pub fn tally_id(tx: &mut Tx, of: Counted, name: &str) -> Run<String> {
    let space = match of {
        Counted::Account => "account",
        Counted::Source => "source",
        Counted::Reset => "reset",
        Counted::ResetSource => "reset_source",
    };
    let hash = keyed_hash(tx, space, name)?;
    Ok(format!("{space}/{}", hash.get(..5).unwrap_or_default()))
}

/// The tally of failures, none if there is no record.
pub fn tally(tx: &mut Tx, id: String) -> Run<Attempts> {
    let kept: Option<Attempts> = tx.find(&id)?;
    Ok(kept.unwrap_or(Attempts { id, tally: Tally::default() }))
}

/// What the agency has set, else the defaults.
pub fn policy(tx: &mut Tx) -> Run<SignInPolicy> {
    let agency = tx.context().agency;
    Ok(tx.find(agency)?.unwrap_or(rules::default_policy(agency)))
}

/// The refusal to look at an attempt before so many seconds have passed.
pub fn too_many(seconds: i64) -> Refusal {
    Refusal::new(Code::TooManyAttempts).with("seconds", seconds)
}

/// Proves a login, or refuses it and counts the failure.
pub fn prove(tx: &mut Tx, shown: &Shown) -> Run<(Grant, Proved)> {
    tx.prefetch([email_claim(shown.email)])?;
    let grant = guest(tx)?;
    let holder = tx.holder(email_claim(shown.email))?;
    // Nobody's records are looked for in the same way as somebody's.
    let id = holder.and_then(|text| text.parse::<Uuid>().ok()).unwrap_or_default();
    let user = UserId::new(id);
    let account = tally_id(tx, Counted::Account, &shown.email.folded())?;
    let source = shown.source.map(|source| tally_id(tx, Counted::Source, &source.counted())).transpose()?;
    let tallies = [Some(&account), source.as_ref()].into_iter().flatten().map(Want::record::<Attempts>);
    let person = [
        Want::record::<Principal>(id),
        Want::record::<Credential>(id),
        Want::record::<SecondFactor>(id),
        Want::record::<UserSessions>(id),
        Want::record::<SignInPolicy>(tx.context().agency),
    ];
    tx.prefetch(person.into_iter().chain(tallies))?;
    let policy = policy(tx)?;
    let principal: Option<Principal> = tx.find(id)?;
    let credential: Option<Credential> = tx.find(id)?;
    let second: Option<SecondFactor> = tx.find(id)?;
    let sessions: Option<UserSessions> = tx.find(id)?;
    let sessions = sessions.unwrap_or(UserSessions::none(user));
    let known = known_device(tx, &sessions, shown.device);
    let mut guards = match known {
        Some(device) => Guards::Device { device, sessions },
        None => Guards::Strangers {
            account: tally(tx, account)?,
            source: source.map(|id| tally(tx, id)).transpose()?,
            sessions,
        },
    };

    // The hash is computed whatever the tallies say, or the time taken would tell.
    let nobody = passwords::nobody(policy.hash);
    let kept = credential.as_ref().map_or(nobody.as_str(), |kept| kept.password.as_str());
    let fits = passwords::verified(tx, shown.password, kept)?;
    let wait = guards.wait(tx);
    if wait > 0 {
        guards.refused(tx, &grant)?;
        return Err(Stop::Counted(too_many(wait)));
    }
    let may = principal
        .zip(credential)
        .filter(|(principal, credential)| fits && may_sign_in(principal, credential, tx.now()));
    let Some((principal, credential)) = may else {
        guards.failed(tx, &grant)?;
        return Err(Stop::Counted(Refusal::new(Code::CredentialsWrong)));
    };
    if let Some(mut second) = second.filter(SecondFactor::is_on) {
        let Some(code) = shown.code else {
            return Err(Refusal::new(Code::CodeNeeded).at("code").into());
        };
        if !second.take(code, tx.now()) {
            guards.failed(tx, &grant)?;
            return Err(Stop::Counted(Refusal::new(Code::CodeWrong).at("code")));
        }
        tx.put(&grant, &second)?;
    }
    if passwords::is_below(&credential.password, policy.hash) {
        let password = passwords::hashed(tx, shown.password)?;
        tx.put(&grant, &Credential { password, ..credential })?;
    }
    let (sessions, device) = guards.passed(tx, &grant, user)?;
    Ok((grant, Proved { user, principal, policy, sessions, device }))
}

fn known_device(tx: &Tx, sessions: &UserSessions, token: Option<&Token>) -> Option<DeviceId> {
    let token = PersonToken::read(token?, Purpose::Device, tx.context().agency)?;
    let day = 24 * 60;
    sessions
        .devices
        .iter()
        .find(|device| device.id.uuid() == token.id() && token.fits(&device.secret))
        .filter(|device| tx.now().minutes_since(device.last_used_at) < rules::DEVICE_DAYS * day)
        .map(|device| device.id)
}

/// Whose failures stand against an attempt.
enum Guards {
    /// A device from which this user has signed in: its own failures alone.
    Device { device: DeviceId, sessions: UserSessions },
    /// Everybody else: those of the account and those of the source.
    Strangers { account: Attempts, source: Option<Attempts>, sessions: UserSessions },
}

impl Guards {
    fn each(&mut self, mut change: impl FnMut(Patience, &mut Tally)) {
        match self {
            Self::Device { device, sessions } => sessions
                .devices
                .iter_mut()
                .filter(|one| one.id == *device)
                .for_each(|one| change(ACCOUNT, &mut one.tally)),
            Self::Strangers { account, source, .. } => {
                change(ACCOUNT, &mut account.tally);
                if let Some(source) = source {
                    change(SOURCE, &mut source.tally);
                }
            }
        }
    }

    fn wait(&mut self, tx: &Tx) -> i64 {
        let mut longest = 0;
        self.each(|patience, tally| longest = longest.max(patience.wait(tally, tx.now())));
        longest
    }

    fn failed(&mut self, tx: &mut Tx, grant: &Grant) -> Run<()> {
        let now = tx.now();
        self.each(|patience, tally| *tally = patience.failed(tally, now));
        self.put(tx, grant)
    }

    fn refused(&mut self, tx: &mut Tx, grant: &Grant) -> Run<()> {
        let now = tx.now();
        self.each(|patience, tally| *tally = patience.refused(tally, now));
        self.put(tx, grant)
    }

    fn put(&self, tx: &mut Tx, grant: &Grant) -> Run<()> {
        match self {
            Self::Device { sessions, .. } => tx.put(grant, sessions),
            Self::Strangers { account, source, .. } => {
                tx.put(grant, account)?;
                source.iter().try_for_each(|source| tx.put(grant, source))
            }
        }
    }

    /// Forgives the account its failures, though not the source: who guesses from there may have an account too.
    fn passed(self, tx: &mut Tx, grant: &Grant, user: UserId) -> Run<(UserSessions, OneTimeSecret)> {
        let now = tx.now();
        match self {
            Self::Device { device, mut sessions } => {
                for known in sessions.devices.iter_mut().filter(|one| one.id == device) {
                    known.tally = Tally::default();
                    known.last_used_at = now;
                }
                Ok((sessions, OneTimeSecret::handed_out()))
            }
            Self::Strangers { mut account, mut sessions, .. } => {
                if account.tally != Tally::default() {
                    account.tally = Tally::default();
                    tx.put(grant, &account)?;
                }
                let id: DeviceId = tx.new_id();
                let secret = tx.secret_bytes(&format!("device/{id}"));
                let token = PersonToken::new(Purpose::Device, tx.context().agency, user, id.uuid(), &secret);
                if sessions.devices.len() >= rules::DEVICES_MOST {
                    forget_oldest(&mut sessions.devices);
                }
                let secret = token.hash();
                sessions.devices.push(Device { id, secret, last_used_at: now, tally: Tally::default() });
                Ok((sessions, OneTimeSecret::new(token.text())))
            }
        }
    }
}

fn forget_oldest(devices: &mut Vec<Device>) {
    let oldest = devices.iter().min_by_key(|device| device.last_used_at).map(|device| device.id);
    devices.retain(|device| Some(device.id) != oldest);
}
