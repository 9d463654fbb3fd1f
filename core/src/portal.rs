//! The typed front door for Rust hosts: a store, a call, an operation.

use std::fmt;
use std::sync::Arc;

use crate::catalog;
use crate::codes::Code;
use crate::engine::{Actor, CommandId, Context, Entropy, Operation, Refusal, Reply};
use crate::hashing::HashingSlots;
use crate::store::{Store, drive};
use crate::values::{AgencyId, ImpersonationId, Instant, LinkId, Locale, MemberId, UserId, hex};

/// Who calls, when, under which command id, with which randomness.
#[derive(Clone, Debug)]
pub struct Call {
    /// What the engine gets with the operation.
    pub context: Context,
}

impl Call {
    /// `agency` is a UUID, `now` an RFC 3339 instant, `entropy` 32 fresh random bytes.
    pub fn new(
        agency: &str,
        actor: Actor,
        now: &str,
        command: &str,
        entropy: &[u8; 32],
    ) -> Result<Self, Refusal> {
        let agency = agency.parse::<uuid::Uuid>();
        let agency =
            agency.map_err(|_| Refusal::new(Code::Malformed).at("agency").with("expected", "a UUID"))?;
        let context = Context {
            agency: AgencyId::new(agency),
            actor,
            now: Instant::parse(now).map_err(|fault| Refusal::from(fault).at("now"))?,
            command_id: Some(
                CommandId::parse(command).map_err(|fault| Refusal::from(fault).at("command_id"))?,
            ),
            entropy: Some(
                Entropy::parse(&hex::encode(entropy)).map_err(|fault| Refusal::from(fault).at("entropy"))?,
            ),
            locale: None,
        };
        Ok(Self { context })
    }

    /// The embedding platform speaks.
    pub fn operator(agency: &str, now: &str, command: &str, entropy: &[u8; 32]) -> Result<Self, Refusal> {
        Self::new(agency, Actor::Operator, now, command, entropy)
    }

    /// A person at the agency speaks.
    #[must_use]
    pub fn as_member(mut self, id: MemberId) -> Self {
        self.context.actor = Actor::Member { id };
        self
    }

    /// A person at a client speaks.
    #[must_use]
    pub fn as_user(mut self, id: UserId) -> Self {
        self.context.actor = Actor::User { id };
        self
    }

    /// A person at the agency speaks in the place of a person at a client, in an impersonation that was started.
    #[must_use]
    pub fn as_impersonated(mut self, user: UserId, by: MemberId, session: ImpersonationId) -> Self {
        self.context.actor = Actor::Impersonated { user, by, session };
        self
    }

    /// A person at the agency sees what a person at a client would see.
    #[must_use]
    pub fn as_preview(mut self, user: UserId, by: MemberId) -> Self {
        self.context.actor = Actor::Preview { user, by };
        self
    }

    /// Somebody speaks who holds a link that shows a project, after opening it.
    #[must_use]
    pub fn as_holder(mut self, link: LinkId) -> Self {
        self.context.actor = Actor::Holder { link };
        self
    }

    /// The language of messages.
    #[must_use]
    pub fn in_locale(mut self, locale: Locale) -> Self {
        self.context.locale = Some(locale);
        self
    }
}

/// Sees every answer as it goes out: the JSON of a reply, or of a refusal.
///
/// For tests and demonstrations: replies hold personal data and, once, secrets.
pub type Watch = Arc<dyn Fn(&str) + Send + Sync>;

/// A portal over a store.
#[derive(Clone)]
pub struct Portal<S> {
    store: S,
    watch: Option<Watch>,
    slots: HashingSlots,
}

impl<S: fmt::Debug> fmt::Debug for Portal<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal").field("store", &self.store).finish_non_exhaustive()
    }
}

impl<S> Portal<S> {
    /// A portal over this store.
    pub fn new(store: S) -> Self {
        Self { store, watch: None, slots: HashingSlots::default() }
    }

    /// Hashes at most so many passwords at a time, 4 unless this is called; further calls are refused as `busy`.
    /// Clones of this portal share the limit.
    #[must_use]
    pub fn hashing_at_most(mut self, most: usize) -> Self {
        self.slots = HashingSlots::new(most);
        self
    }

    /// Shows every answer to `watch`.
    #[must_use]
    pub fn watched(mut self, watch: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.watch = Some(Arc::new(watch));
        self
    }

    /// The store that the portal runs on.
    pub const fn store(&self) -> &S {
        &self.store
    }
}

impl<S> Portal<S> {
    pub(crate) const fn slots(&self) -> &HashingSlots {
        &self.slots
    }

    /// Shows an answer to whoever watches.
    pub(crate) fn show(&self, result: &Result<Reply, Refusal>) {
        if let Some(watch) = &self.watch {
            match result {
                Ok(reply) => watch(reply.json()),
                Err(refusal) => watch(&crate::wire::refusal_json(refusal)),
            }
        }
    }
}

impl<S: Store> Portal<S> {
    /// Runs a typed operation to its typed reply.
    pub fn run<O: Operation + serde::Serialize>(
        &self,
        call: &Call,
        operation: &O,
    ) -> Result<O::Reply, Refusal> {
        let input = encode(operation)?;
        let reply = self.run_json(call, O::NAME, &input)?;
        decode::<O>(&reply)
    }

    /// Runs an operation by name, JSON in and JSON out.
    pub fn run_json(&self, call: &Call, name: &str, input: &str) -> Result<Reply, Refusal> {
        let machine = catalog::machine(call.context.clone(), name, input);
        let result = machine.and_then(|mut machine| drive(&self.store, &mut machine, &self.slots));
        self.show(&result);
        result
    }
}

pub(crate) fn encode<O: serde::Serialize>(operation: &O) -> Result<String, Refusal> {
    serde_json::to_string(operation).map_err(|error| Refusal::new(Code::Internal).with("reason", error))
}

pub(crate) fn decode<O: Operation>(reply: &Reply) -> Result<O::Reply, Refusal> {
    serde_json::from_str(reply.json()).map_err(|error| Refusal::new(Code::Internal).with("reason", error))
}
