//! Reading and writing dates and times digit by digit: lists of shifts hold thousands of them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// `2026-10-24T20:00:00Z`, of which each use takes what it wants. Years have four digits here.
pub(super) struct DateTimeText([u8; 20]);

impl DateTimeText {
    pub(super) fn of(time: NaiveDateTime) -> Self {
        let mut text = *b"0000-00-00T00:00:00Z";
        let year = time.year().unsigned_abs();
        let fields = [
            (0, year / 100),
            (2, year % 100),
            (5, time.month()),
            (8, time.day()),
            (11, time.hour()),
            (14, time.minute()),
            (17, time.second()),
        ];
        for (at, value) in fields {
            if let Some([tens, ones]) = text.get_mut(at..at + 2) {
                *tens = b'0' + u8::try_from(value / 10 % 10).unwrap_or(0);
                *ones = b'0' + u8::try_from(value % 10).unwrap_or(0);
            }
        }
        Self(text)
    }

    /// `2026-10-24T20:00`
    pub(super) fn minutes(&self) -> &str {
        self.until(16)
    }

    /// `2026-10-24T20:00:00`
    pub(super) fn seconds(&self) -> &str {
        self.until(19)
    }

    /// `2026-10-24T20:00:00Z`
    pub(super) fn in_utc(&self) -> &str {
        self.until(20)
    }

    fn until(&self, end: usize) -> &str {
        self.0.get(..end).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default()
    }
}

/// `2026-10-24T20:00`, to the minute and to the letter.
pub(super) fn read_date_time(text: &[u8]) -> Option<NaiveDateTime> {
    let Reading { date, minute } = Reading::of(text.try_into().ok()?)?;
    date.and_hms_opt(minute / 60, minute % 60, 0)
}

/// The same, as whole minutes since 1970; whoever wants no more than a number need not go through a calendar twice.
pub(super) fn read_minutes(text: &[u8; 16]) -> Option<i64> {
    let Reading { date, minute } = Reading::of(text)?;
    Some(i64::from(date.to_epoch_days()) * 1440 + i64::from(minute))
}

/// What a clock with a calendar shows.
struct Reading {
    date: NaiveDate,
    /// Of the day.
    minute: u32,
}

impl Reading {
    fn of(text: &[u8; 16]) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', o1, o2, b'-', d1, d2, b'T', h1, h2, b':', m1, m2] = text else {
            return None;
        };
        let century = two_digits(*y1, *y2)?;
        let year = i32::try_from(century * 100 + two_digits(*y3, *y4)?).ok()?;
        let date = NaiveDate::from_ymd_opt(year, two_digits(*o1, *o2)?, two_digits(*d1, *d2)?)?;
        let (hour, minute) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?);
        (hour < 24 && minute < 60).then_some(Self { date, minute: hour * 60 + minute })
    }
}

/// Two decimal digits and nothing else.
pub(super) fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}
