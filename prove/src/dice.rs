//! Random numbers that are the same on every run with the same seed.

/// `SplitMix64`.
#[derive(Clone, Debug)]
pub struct Dice(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

const fn mixed(state: u64) -> u64 {
    let mut z = state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// A seed stands for a far place in the row of all numbers: seeds one after another share none of them.
    pub const fn new(seed: u64) -> Self {
        Self(mixed(seed.wrapping_add(STEP)))
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// 0 to `sides` - 1; 0 if there are none.
    pub fn of(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides.max(1)).unwrap_or(1);
        usize::try_from(self.next() % sides).unwrap_or(0)
    }

    /// True in so many of a hundred throws.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.of(100) < chance
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.of(list.len()))
    }

    /// Each of the list with this chance, in their order.
    pub fn some<T: Clone>(&mut self, list: &[T], chance: usize) -> Vec<T> {
        list.iter().filter(|_| self.percent(chance)).cloned().collect()
    }
}
