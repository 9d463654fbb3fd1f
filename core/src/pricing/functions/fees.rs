//! Cancellation fees as functions: what it costs, in words, and what is odd about a policy.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Function;
use crate::engine::Refusal;
use crate::pricing::fees::{self, Cancellation, CancellationPolicy, FeePreview, FindingCode, Severity};
use crate::values::Locale;

/// What a cancellation or change costs under a policy, before VAT, and until when it costs something else.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewFee {
    pub policy: CancellationPolicy,
    pub cancellation: Cancellation,
}

impl Function for PreviewFee {
    const NAME: &'static str = "preview_fee";
    type Reply = FeePreview;

    fn compute(self) -> Result<FeePreview, Refusal> {
        fees::preview(&self.policy, &self.cancellation)
    }
}

/// The same fee in sentences: one for each line, or why nothing is charged.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainFee {
    pub policy: CancellationPolicy,
    pub cancellation: Cancellation,
    #[serde(default)]
    pub locale: Locale,
}

impl Function for ExplainFee {
    const NAME: &'static str = "explain_fee";
    type Reply = Vec<String>;

    fn compute(self) -> Result<Vec<String>, Refusal> {
        Ok(fees::explain(&fees::preview(&self.policy, &self.cancellation)?, self.locale))
    }
}

/// What an agency should hear about a cancellation policy before it publishes it, in the order of its tiers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckCancellation {
    pub policy: CancellationPolicy,
    #[serde(default)]
    pub locale: Locale,
}

/// Something odd about a cancellation policy.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CancellationFinding {
    pub severity: Severity,
    pub code: FindingCode,
    /// The tier, such as `tiers[2]`; empty for the whole policy.
    pub path: String,
    /// One sentence for a person.
    pub message: &'static str,
}

impl Function for CheckCancellation {
    const NAME: &'static str = "check_cancellation";
    type Reply = Vec<CancellationFinding>;

    fn compute(self) -> Result<Vec<CancellationFinding>, Refusal> {
        fees::validate(&self.policy).map_err(|refusal| refusal.under("policy"))?;
        let findings = fees::check(&self.policy).into_iter();
        let told = findings.map(|found| CancellationFinding {
            severity: found.severity,
            code: found.code,
            path: found.path,
            message: found.code.message(self.locale),
        });
        Ok(told.collect())
    }
}
