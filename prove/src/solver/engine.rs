//! The solver, and what is asked of it: whether policies deny every request of a kind, and if not, a request that they
//! allow.

use cedar_policy::{Authorizer, Decision, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::solver::LocalSolver;
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicy, CompiledPolicySet};
use tokio::runtime::{Builder, Runtime};

use super::words;
use crate::Fallible;

/// The longest that one question may take, in milliseconds of the solver.
const LONGEST: &str = "--tlimit-per=120000";

/// cvc5 behind Cedar's symbolic compiler.
#[derive(Debug)]
pub struct Solver {
    runtime: Runtime,
    compiler: CedarSymCompiler<LocalSolver>,
}

/// What the solver says of a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// It holds for all requests.
    Proved,
    /// It does not: such a request, in words.
    Refuted(String),
}

impl Found {
    pub const fn is_proved(&self) -> bool {
        matches!(self, Self::Proved)
    }
}

impl Solver {
    /// Starts cvc5, or what the environment variable `CVC5` names.
    pub fn start() -> Fallible<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let solver = runtime.block_on(async { LocalSolver::cvc5_with_args([LONGEST]) });
        let solver = solver.map_err(|error| {
            format!("cvc5 does not start ({error}): install it, or name it in the variable CVC5")
        })?;
        Ok(Self { runtime, compiler: CedarSymCompiler::new(solver)? })
    }

    /// Whether these policies deny every request of this kind.
    pub fn always_denies(
        &mut self,
        schema: &Schema,
        kind: &RequestEnv,
        policies: &PolicySet,
    ) -> Fallible<Found> {
        let compiled = CompiledPolicySet::compile(policies, kind, schema)?;
        let asked = self.compiler.check_always_denies_with_counterexample_opt(&compiled);
        let Some(found) = self.runtime.block_on(asked)? else { return Ok(Found::Proved) };
        // What the solver found must be so for the authoriser too.
        let response = Authorizer::new().is_authorized(&found.request, policies, &found.entities);
        if response.decision() != Decision::Allow {
            return Err(format!("the authoriser denies what the solver found: {found}").into());
        }
        Ok(Found::Refuted(words::of(&found.request, &found.entities)?))
    }

    /// Whether the first policies allow no request of this kind that the second do not.
    pub fn implies(
        &mut self,
        schema: &Schema,
        kind: &RequestEnv,
        first: &PolicySet,
        second: &PolicySet,
    ) -> Fallible<Found> {
        let less = CompiledPolicySet::compile(first, kind, schema)?;
        let more = CompiledPolicySet::compile(second, kind, schema)?;
        let asked = self.compiler.check_implies_with_counterexample_opt(&less, &more);
        let Some(found) = self.runtime.block_on(asked)? else { return Ok(Found::Proved) };
        let decides = |set| Authorizer::new().is_authorized(&found.request, set, &found.entities).decision();
        if decides(first) != Decision::Allow || decides(second) != Decision::Deny {
            return Err(format!("the authoriser decides otherwise of what the solver found: {found}").into());
        }
        Ok(Found::Refuted(words::of(&found.request, &found.entities)?))
    }

    /// Whether no policy ever fails instead of answering: one that does would be left out of the decision.
    pub fn never_errors(
        &mut self,
        schema: &Schema,
        kind: &RequestEnv,
        policies: &PolicySet,
    ) -> Fallible<Found> {
        for policy in policies.policies() {
            let compiled = CompiledPolicy::compile(policy, kind, schema)?;
            let asked = self.compiler.check_never_errors_with_counterexample_opt(&compiled);
            if let Some(found) = self.runtime.block_on(asked)? {
                return Ok(Found::Refuted(words::of(&found.request, &found.entities)?));
            }
        }
        Ok(Found::Proved)
    }
}
