#!/usr/bin/env python3
"""Says whether the runners of all languages got the same bytes from every story, and if not, where they part."""

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "target/scenario-digests"
LANGUAGES = ["rust", "python", "node"]


def lines(language: str, story: str) -> list[str]:
    path = FOLDER / language / f"{story}.txt"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def main() -> int:
    missing = [language for language in LANGUAGES if not (FOLDER / f"{language}.json").exists()]
    if missing:
        print(f"scenarios: no result of {', '.join(missing)}; run the runners first")
        return 1
    digests = {language: json.loads((FOLDER / f"{language}.json").read_text()) for language in LANGUAGES}
    stories = sorted({story for known in digests.values() for story in known})
    parted = [story for story in stories if len({digests[each].get(story) for each in LANGUAGES}) > 1]
    for story in parted:
        absent = [each for each in LANGUAGES if story not in digests[each]]
        if absent:
            print(f"scenarios: {story}: did not pass in {', '.join(absent)}")
            continue
        print(f"scenarios: {story}: the languages differ")
        told = {language: lines(language, story) for language in LANGUAGES}
        for step in range(max(map(len, told.values()))):
            answers = {
                each: told[each][step] if step < len(told[each]) else "(nothing)" for each in LANGUAGES
            }
            if len(set(answers.values())) > 1:
                for language, answer in answers.items():
                    print(f"  step {step + 1}, {language}: {answer}")
                break
    if not parted:
        print(f"scenarios: {len(stories)} stories, the same bytes in {', '.join(LANGUAGES)}")
    return int(bool(parted) or not stories)


if __name__ == "__main__":
    sys.exit(main())
