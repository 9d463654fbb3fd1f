"""Random choices that come out the same on every machine and in every version of Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Only `Random.random` is promised never to change for a seed, so everything here is built on it."""

    def __init__(self, seed: str) -> None:
        self.source = Random(seed)

    def below(self, limit: int) -> int:
        return int(self.source.random() * limit)

    def between(self, least: int, most: int) -> int:
        return least + self.below(most - least + 1)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def percent(self, chance: int) -> bool:
        return self.below(100) < chance
