//! The async half of the front door: it lives with the async driver, so that all other code of the core is plain.

use super::{AsyncStore, drive_async};
use crate::catalog;
use crate::engine::{Operation, Refusal, Reply};
use crate::portal::{Call, Portal, decode, encode};

impl<S: AsyncStore> Portal<S> {
    /// Runs a typed operation on an async store.
    pub async fn run_async<O>(&self, call: &Call, operation: &O) -> Result<O::Reply, Refusal>
    where
        O: Operation + serde::Serialize,
    {
        let input = encode(operation)?;
        let reply = self.run_json_async(call, O::NAME, &input).await?;
        decode::<O>(&reply)
    }

    /// Runs an operation by name on an async store, JSON in and JSON out.
    pub async fn run_json_async(&self, call: &Call, name: &str, input: &str) -> Result<Reply, Refusal> {
        let result = match catalog::machine(call.context.clone(), name, input) {
            Ok(mut machine) => drive_async(self.store(), &mut machine, self.slots()).await,
            Err(refusal) => Err(refusal),
        };
        self.show(&result);
        result
    }
}
