"""The review in the terminal: one message after the other, until it has a label or is put away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from houlu.learning.mask import mask
from houlu.learning.shelf import DuplicateError, Shelf
from houlu.learning.unsure import Unsure

Suggest = Callable[[str], Sequence[tuple[str, float]]]
_HELP = "number or intent's name; e: change the words, s: skip, d: discard, q: quit"


def review_all(waiting: Sequence[Unsure], shelf: Shelf, suggest: Suggest) -> int:
    """Ask for a label of each message. Returns how many utterances were added."""
    added = 0
    for number, one in enumerate(waiting, 1):
        click.echo(f"\n[{number}/{len(waiting)}] {one.reason}")
        answer, text = _ask(one.text, shelf, suggest)
        if answer == "q":
            break
        if answer == "s":
            continue
        added += answer != "d" and _add(shelf, answer, text)
        shelf.mark(one.keys)
    return added


def _ask(text: str, shelf: Shelf, suggest: Suggest) -> tuple[str, str]:
    """(an intent, or d, s, q) and the words, which may have been changed."""
    while True:
        click.echo(f"  {text}")
        offered = [(name, share) for name, share in suggest(text) if name in shelf.intents]
        for place, (name, share) in enumerate(offered, 1):
            click.echo(f"    {place} {name} {share:.0%}")
        answer = click.prompt(f"  {_HELP}", prompt_suffix=" > ").strip()
        if answer == "e":
            text = mask(click.prompt("  the words", default=text))
        elif answer.isdigit() and 1 <= int(answer) <= len(offered):
            return offered[int(answer) - 1][0], text
        elif answer in ("d", "s", "q") or answer in shelf.intents:
            return answer, text
        else:
            click.echo(f"  {answer!r} is no intent; there are: {', '.join(shelf.intents)}")


def _add(shelf: Shelf, intent: str, text: str) -> bool:
    try:
        shelf.add(intent, text)
    except DuplicateError as there:
        click.echo(f"  already in data/nlu as {there}; not added")
        return False
    click.echo(f"  added to {intent}")
    return True
