//! Operations that are one step of a booking's life and nothing else, each by its row.

/// An operation a row. `$step` is how the calling file takes a step: it is given what happened and the action.
macro_rules! booking_steps {
    ($step:ident: $($(#[$doc:meta])* $name:ident $text:literal $action:ident $change:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            pub shift: ShiftId,
            pub booking: BookingId,
        }

        impl Operation for $name {
            const NAME: &'static str = $text;
            const EFFECT: Effect = Effect::Command;
            type Reply = BookingView;

            fn run(&self, tx: &mut Tx) -> Run<BookingView> {
                $step(tx, self.shift, self.booking, BookingChange::$change, Action::$action)
            }
        }
    )+};
}
pub(super) use booking_steps;
