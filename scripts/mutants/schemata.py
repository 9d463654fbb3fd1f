"""Puts changes into the text of a file, each behind its number.

A change is a whole body of its own at the head of the function, so that nothing needs to be known of what binds how:
`if crate::mutant(7) { return { the changed body }; }`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby

from .listing import Mutant, Position

# What may hold a brace that is none: comments, texts, letters; and the braces.
TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|\bb?r(?P<hash>\#*)".*?"(?P=hash)|b?"(?:\\.|[^"\\])*"|b?'(?:\\[^']*|[^'\\])'|[{}]""",
    re.S,
)
# It exists in the copy alone. Which changes were come by is written down once, to know which tests can notice them.
SWITCH = """
pub(crate) fn mutant(number: u32) -> bool {
    use std::sync::OnceLock;
    static ON: OnceLock<u32> = OnceLock::new();
    let on = *ON.get_or_init(|| {
        std::env::var("STAFFGATE_MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(0)
    });
    on == number || (on == 0 && reached(number))
}

fn reached(number: u32) -> bool {
    use std::io::Write;
    use std::sync::{Mutex, OnceLock};
    static LIST: OnceLock<Option<Mutex<(std::fs::File, std::collections::BTreeSet<u32>)>>> = OnceLock::new();
    let list = LIST.get_or_init(|| {
        let path = std::env::var_os("STAFFGATE_MUTANTS_REACHED")?;
        Some(Mutex::new((std::fs::File::create(path).ok()?, std::collections::BTreeSet::new())))
    });
    if let Some(list) = list {
        let mut list = list.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if list.1.insert(number) {
            let _ = writeln!(list.0, "{number}");
        }
    }
    false
}
"""


@dataclass
class Changed:
    """A file with changes in it, and on which of its lines each change and each function stands."""

    text: str
    lines: dict[int, range] = field(default_factory=dict)
    functions: list[tuple[range, list[Mutant]]] = field(default_factory=list)

    def at(self, line: int) -> list[Mutant]:
        """Whose line this is: one change's, or of the innermost function around it all."""
        around = [(len(lines), mutants) for lines, mutants in self.functions if line in lines]
        mutants = min(around, key=lambda one: one[0])[1] if around else []
        own = [one for one in mutants if line in self.lines[one.number]]
        return own or mutants


def with_changes(text: str, mutants: list[Mutant]) -> Changed:
    source = Source(text)
    edits: list[tuple[int, int, str, Mutant | None]] = []
    functions: list[tuple[int, int, list[Mutant]]] = []
    for (start, end), group in groupby(mutants, key=lambda one: (one.function_start, one.function_end)):
        inside = list(group)
        begin, stop = source.offset(start), source.offset(end)
        opening, closing = source.body(begin, stop)
        functions.append((begin, stop, inside))
        const = re.search(r"\bconst (?=(?:unsafe )?fn )", text[begin:opening])
        if const:
            edits.append((begin + const.start(), begin + const.end(), "", None))
        edits += [(opening, opening, branch(source, one, opening, closing), one) for one in inside]
    return apply(text, edits, functions)


def with_one(text: str, one: Mutant) -> str:
    """The text with one change in the place of what it changes."""
    source = Source(text)
    if one.whole_body:
        start, end = source.body(source.offset(one.function_start), source.offset(one.function_end))
    else:
        start, end = source.offset(one.start), source.offset(one.end)
    return f"{text[:start]} {one.replacement} {text[end:]}"


def branch(source: "Source", one: Mutant, opening: int, closing: int) -> str:
    if one.whole_body:
        body = one.replacement
    else:
        start, end = source.offset(one.start), source.offset(one.end)
        body = f"{source.text[opening:start]} {one.replacement} {source.text[end:closing]}"
    return f"\nif crate::mutant({one.number}) {{ return {{ {body} }}; }}\n"


def apply(
    text: str,
    edits: list[tuple[int, int, str, Mutant | None]],
    functions: list[tuple[int, int, list[Mutant]]],
) -> Changed:
    """Makes the edits and counts lines, in one go from the top."""
    changed = Changed("")
    parts: list[str] = []
    line, done = 1, 0
    offsets, lines = [0], [1]
    for start, end, new, mutant in sorted(edits, key=lambda edit: edit[0]):
        parts.append(text[done:start])
        line += text.count("\n", done, start)
        if mutant:
            changed.lines[mutant.number] = range(line + 1, line + new.count("\n"))
        parts.append(new)
        line += new.count("\n")
        offsets.append(end)
        lines.append(line)
        done = end
    changed.text = "".join([*parts, text[done:]])
    for begin, stop, inside in functions:
        changed.functions.append(
            (range(new_line(text, begin, offsets, lines), new_line(text, stop, offsets, lines) + 1), inside)
        )
    return changed


def new_line(text: str, offset: int, offsets: list[int], lines: list[int]) -> int:
    at = bisect_right(offsets, offset) - 1
    return lines[at] + text.count("\n", offsets[at], offset)


class Source:
    """A file's text, by line and column."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def offset(self, position: Position) -> int:
        line, column = position
        return self.starts[line - 1] + column - 1

    def body(self, begin: int, stop: int) -> tuple[int, int]:
        """Where a function's body begins, after its brace, and where it ends, before the last one."""
        open_braces: list[int] = []
        opening, closing = begin, stop
        for token in TOKEN.finditer(self.text, begin, stop):
            if token.group() == "{":
                open_braces.append(token.end())
            elif token.group() == "}":
                opening, closing = open_braces.pop(), token.start()
        return opening, closing
