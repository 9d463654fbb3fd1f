"""The errors that operations raise: one class per thing that a caller does next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.json import Decoder

from . import _native

__all__ = [
    "Conflict",
    "Contended",
    "Denied",
    "Internal",
    "Invalid",
    "NotFound",
    "OutcomeUnknown",
    "StaffgateError",
    "Throttled",
    "Unavailable",
]


class StaffgateError(Exception):
    """Why an operation did nothing. Catch this class for all of them."""

    code: str
    """Stable text such as `too_long`; all of them stand in `staffgate.codes`."""
    message: str
    """One sentence for a person, in the language of the call."""
    path: str | None
    """The field of the input, such as `positions[2].headcount`."""
    details: Mapping[str, str]
    """The values that the message mentions."""
    retryable: bool
    """Whether the same call can succeed later without a change."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        path: str | None = None,
        details: Mapping[str, str] | None = None,
        retryable: bool = False,
    ) -> None:
        super().__init__(message if path is None else f"{path}: {message}")
        self.code = code
        self.message = message
        self.path = path
        self.details = dict(details or {})
        self.retryable = retryable

    def __reduce__(self) -> tuple[Any, ...]:
        # Keyword arguments do not survive the usual way; errors cross between processes in test runners and queues.
        return _again, (type(self), self.message, self.code, self.path, self.details, self.retryable)


class Invalid(StaffgateError):
    """Correct the input; `path` says where."""


class Denied(StaffgateError):
    """The actor may not do this; asking again will not help."""


class NotFound(StaffgateError):
    """There is nothing with this id that the actor may see."""


class Conflict(StaffgateError):
    """The state does not allow it (any more); read again and decide anew."""


class Throttled(StaffgateError):
    """Wait, then try again."""


class Contended(StaffgateError):
    """Others changed the same records at the same time; try again."""


class Unavailable(StaffgateError):
    """The store cannot do it now; try again later."""


class OutcomeUnknown(StaffgateError):
    """The store did not say whether the commit happened; call again with the same command id."""


class Internal(StaffgateError):
    """A fault in the library or in a store."""


def _again(
    kind: type[StaffgateError],
    message: str,
    code: str,
    path: str | None,
    details: Mapping[str, str],
    retryable: bool,
) -> StaffgateError:
    return kind(message, code=code, path=path, details=details, retryable=retryable)


class _Refusal(Struct, rename={"class_": "class"}):
    code: str
    message: str
    path: str | None
    details: dict[str, str]
    retryable: bool
    class_: str

    kinds: ClassVar[dict[str, type[StaffgateError]]] = {
        "invalid": Invalid,
        "denied": Denied,
        "not_found": NotFound,
        "conflict": Conflict,
        "throttled": Throttled,
        "contended": Contended,
        "unavailable": Unavailable,
        "outcome_unknown": OutcomeUnknown,
        "internal": Internal,
    }


class _Sentence(Struct, rename={"class_": "class"}):
    code: str
    class_: str
    en: str
    fr: str


def refused(answer: bytes) -> StaffgateError:
    """The error that a refusal from the native module stands for."""
    refusal = _refusals.decode(answer)
    return _Refusal.kinds.get(refusal.class_, Internal)(
        refusal.message,
        code=refusal.code,
        path=refusal.path,
        details=refusal.details,
        retryable=refusal.retryable,
    )


_sentences: dict[str, _Sentence] = {}


def make(code: str, *, path: str | None = None, locale: str | None = None, **details: str) -> StaffgateError:
    """An error that is found on this side of the border, in the words that the library has for it."""
    if not _sentences:
        sentences = Decoder(list[_Sentence]).decode(_native.codes())
        _sentences.update((sentence.code, sentence) for sentence in sentences)
    sentence = _sentences[code]
    message = sentence.fr if locale == "fr" else sentence.en
    for name, value in details.items():
        message = message.replace("{" + name + "}", value)
    return _Refusal.kinds[sentence.class_](message, code=code, path=path, details=details)


_refusals = Decoder(_Refusal)
