//! How long to wait after failed attempts.

use crate::sessions::model::Tally;
use crate::values::Instant;

/// So many failures wait for nothing; each one more doubles the wait; quiet time forgives them one by one.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    free: u32,
    first_seconds: i64,
    longest_seconds: i64,
    forgives_each_seconds: i64,
}

const HOUR: i64 = 3600;

/// Of one account, or of one known device: five failures, then 1, 2, 4 ... seconds, at most an hour. Who goes on
/// guessing gets about one guess an hour.
pub const ACCOUNT: Patience =
    Patience { free: 5, first_seconds: 1, longest_seconds: HOUR, forgives_each_seconds: HOUR };

/// Of one source, behind which may be a whole office: fifty failures, one forgiven each minute.
pub const SOURCE: Patience =
    Patience { free: 50, first_seconds: 1, longest_seconds: HOUR, forgives_each_seconds: 60 };

/// Mails for a new password to one address: three, then after 5, 10, 20 ... minutes, at most an hour.
pub const RESET: Patience =
    Patience { free: 3, first_seconds: 300, longest_seconds: HOUR, forgives_each_seconds: HOUR };

/// The same from one source.
pub const RESET_SOURCE: Patience =
    Patience { free: 20, first_seconds: 60, longest_seconds: HOUR, forgives_each_seconds: 300 };

impl Patience {
    /// The whole seconds to wait from now; zero if the next attempt is looked at.
    pub fn wait(&self, tally: &Tally, now: Instant) -> i64 {
        let Some(last) = tally.last_at else { return 0 };
        let left = self.wait_after(tally.failures) * 1000 - elapsed(last, now);
        if left <= 0 { 0 } else { (left + 999) / 1000 }
    }

    /// The tally with one failure more.
    pub fn failed(&self, tally: &Tally, now: Instant) -> Tally {
        let forgiven =
            tally.last_at.map_or(0, |last| elapsed(last, now) / (self.forgives_each_seconds * 1000));
        let forgiven = u32::try_from(forgiven).unwrap_or(u32::MAX);
        let failures = tally.failures.saturating_sub(forgiven).saturating_add(1);
        Tally { failures: failures.min(self.most()), last_at: Some(now) }
    }

    /// The tally as it is kept after an attempt that was not looked at: such attempts do not count, or whoever is
    /// impatient would never get in. A clock that went back waits from now on, not until its old time comes again.
    pub fn refused(&self, tally: &Tally, now: Instant) -> Tally {
        Tally { failures: tally.failures, last_at: tally.last_at.map(|last| last.min(now)) }
    }

    /// More failures than this would change nothing but how long they take to be forgiven.
    const fn most(&self) -> u32 {
        self.free + 12
    }

    fn wait_after(&self, failures: u32) -> i64 {
        let Some(doublings) = failures.checked_sub(self.free) else { return 0 };
        let seconds = 1i64.checked_shl(doublings).and_then(|times| times.checked_mul(self.first_seconds));
        seconds.filter(|seconds| *seconds > 0).unwrap_or(i64::MAX).min(self.longest_seconds)
    }
}

/// Milliseconds; none if the clock went back.
fn elapsed(from: Instant, to: Instant) -> i64 {
    (to.millis() - from.millis()).max(0)
}

#[cfg(test)]
mod tests {
    use super::{ACCOUNT, SOURCE};
    use crate::sessions::model::Tally;
    use crate::values::Instant;

    fn at(seconds: i64) -> Instant {
        Instant::from_millis(1_000_000_000_000 + seconds * 1000).unwrap()
    }

    fn failures(count: u32, time: i64) -> Tally {
        Tally { failures: count, last_at: Some(at(time)) }
    }

    #[test]
    fn b17_five_failures_are_free_and_each_one_more_doubles_the_wait() {
        let mut tally = Tally::default();
        let mut waits = Vec::new();
        for _ in 0..9 {
            waits.push(ACCOUNT.wait(&tally, at(0)));
            tally = ACCOUNT.failed(&tally, at(0));
        }
        assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!(ACCOUNT.wait(&failures(17, 0), at(0)), 3600, "an hour at most");
        assert_eq!(ACCOUNT.wait(&failures(u32::MAX, 0), at(0)), 3600);
        assert_eq!(SOURCE.wait(&failures(49, 0), at(0)), 0);
        assert_eq!(SOURCE.wait(&failures(50, 0), at(0)), 1);
    }

    #[test]
    fn b17_the_wait_passes_and_quiet_hours_forgive() {
        assert_eq!(ACCOUNT.wait(&failures(8, 0), at(7)), 1);
        assert_eq!(ACCOUNT.wait(&failures(8, 0), at(8)), 0);
        assert_eq!(ACCOUNT.failed(&failures(8, 0), at(3599)).failures, 9);
        assert_eq!(ACCOUNT.failed(&failures(8, 0), at(3 * 3600)).failures, 6);
        assert_eq!(ACCOUNT.failed(&failures(8, 0), at(1_000_000)).failures, 1);
        assert_eq!(ACCOUNT.failed(&failures(17, 0), at(0)).failures, 17, "no more are remembered");
    }

    #[test]
    fn b17_a_clock_that_goes_back_neither_forgives_nor_locks_out_for_long() {
        let tally = failures(8, 1_000_000);
        assert_eq!(ACCOUNT.wait(&tally, at(0)), 8, "the whole wait, from now");
        let kept = ACCOUNT.refused(&tally, at(0));
        assert_eq!(kept, failures(8, 0));
        assert_eq!(ACCOUNT.wait(&kept, at(8)), 0);
        assert_eq!(ACCOUNT.failed(&tally, at(0)), failures(9, 0));
    }
}
