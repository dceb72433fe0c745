"""Commands about a plan that lives: changes, accept, decline, swap, move, lock, done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hipwise.cli._app import AsJson, Where, command, emit_json, open_journal, paper
from hipwise.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hipwise.plan import Change

DATES = ["%Y-%m-%d"]


class Kind(StrEnum):
    """What of a day is moved."""

    ALL = "all"
    RUN = "run"
    STRENGTH = "strength"
    CROSS = "cross"


ChangeId = Annotated[str, typer.Argument(help=say("cli.arg_change"), metavar="ID")]
Item = Annotated[str, typer.Argument(help=say("cli.arg_item"), metavar="PART")]


@command("changes", "do")
def changes(journal: Where = None, as_json: AsJson = False) -> None:
    """Show what is proposed for the plan, what is locked, and what was changed."""
    from hipwise.handout import EVERYDAY

    with open_journal(journal) as opened:
        proposed, locks, versions = opened.proposals(), opened.locks(), opened.versions()
        held = opened.is_held()
    if as_json:
        emit_json(
            {
                "held": held,
                "proposals": [each.as_dict() for each in proposed],
                "locks": [_lock(each) for each in locks.values()],
                "versions": [_version(each) for each in versions],
            }
        )
        return
    page = paper()
    if held:
        page.line(say("cli.changes_held"), "yellow")
        return
    page.head(say("cli.changes_proposed"))
    _show(proposed, say("cli.changes_none"))
    for each in locks.values():
        page.line(say("cli.changes_lock", item=each.item, by=each.by, on=each.on, reason=each.reason), "yellow")
    made = [each.body for each in versions if each.kind == "change" and each.body["rule"] not in EVERYDAY]
    page.head(say("cli.changes_made"))
    page.bullets(say("cli.changes_line", item=each["item"], reason=each["reason"]) for each in made[-MOST_SHOWN:])


MOST_SHOWN = 8
"""Changes that say something new to do, newest last; the JSON has all of them."""


def _lock(lock: Any) -> dict[str, str]:
    return {"item": lock.item, "by": lock.by, "reason": lock.reason, "on": lock.on.isoformat()}


def _version(version: Any) -> dict[str, Any]:
    return {"number": version.number, "on": version.on.isoformat(), "kind": version.kind, "body": version.body}


def _show(found: Iterable[Change], nothing: str) -> None:
    lines = [
        say("cli.changes_held_by", id=each.id, item=each.item, reason=each.reason, by=each.locked)
        if each.locked
        else say("cli.changes_proposal", id=each.id, item=each.item, reason=each.reason)
        for each in found
    ]
    paper().bullets(lines or [nothing])


@command("accept", "do")
def accept(change: ChangeId, journal: Where = None, as_json: AsJson = False) -> None:
    """Make a proposed change."""
    from hipwise.handout import plan_data

    with open_journal(journal) as opened:
        made = opened.accept(change)
    if as_json:
        emit_json(plan_data(made))
        return
    paper().line(say("cli.accepted"))


@command("decline", "do")
def decline(change: ChangeId, journal: Where = None, as_json: AsJson = False) -> None:
    """Leave a proposed change."""
    with open_journal(journal) as opened:
        opened.decline(change)
    _done(say("cli.declined"), as_json=as_json, declined=change)


@command("swap", "do")
def swap(
    old: Annotated[str, typer.Argument(help=say("cli.arg_old"))],
    new: Annotated[str, typer.Argument(help=say("cli.arg_new"))],
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Put another exercise for the same target in the place of one."""
    with open_journal(journal) as opened:
        opened.swap(old, new)
    _done(say("cli.swapped"), as_json=as_json, old=old, new=new)


@command("move", "do")
def move(
    since: Annotated[datetime, typer.Argument(formats=DATES, help=say("cli.arg_move_from"), metavar="FROM")],
    to: Annotated[datetime | None, typer.Argument(formats=DATES, help=say("cli.arg_move_to"), metavar="TO")] = None,
    only: Annotated[Kind, typer.Option(help=say("cli.option_only"))] = Kind.ALL,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Move a session to another day, or see where it may go."""
    from hipwise.handout import plan_data
    from hipwise.plan import Moves

    with open_journal(journal) as opened:
        found = opened.moves(since.date()) if to is None else opened.move(since.date(), to.date(), only.value)
    if as_json:
        emit_json(found.as_dict() if isinstance(found, Moves) else plan_data(found))
        return
    page = paper()
    if not isinstance(found, Moves):
        page.line(say("cli.move_moved"))
        return
    page.bullets([] if found.why_not is None else [found.why_not])
    for each in found.moves if only is Kind.ALL else [one for one in found.moves if one.kind == only.value]:
        page.head(each.says)
        page.bullets(target.says for target in each.days)


@command("lock", "do")
def lock(
    item: Item,
    by: Annotated[str, typer.Option(help=say("cli.option_by"))] = "",
    reason: Annotated[str, typer.Option(help=say("cli.option_reason"))] = "",
    release: Annotated[bool, typer.Option("--open", help=say("cli.option_open"))] = False,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Hold a part of the plan as it is, or open such a lock."""
    with open_journal(journal) as opened:
        if release:
            opened.unlock(item)
        else:
            opened.lock(item, by, reason)
    _done(say("cli.lock_opened" if release else "cli.locked"), as_json=as_json, item=item)


@command("done", "do")
def done(
    exercises: Annotated[list[str], typer.Argument(help=say("cli.arg_exercises"), metavar="EXERCISE...")],
    sets: Annotated[int | None, typer.Option(min=0, max=50, help=say("cli.option_sets"))] = None,
    pain: Annotated[int | None, typer.Option(min=0, max=10, help=say("cli.option_pain"))] = None,
    felt: Annotated[str | None, typer.Option(help=say("cli.option_felt"))] = None,
    journal: Where = None,
    as_json: AsJson = False,
) -> None:
    """Tell which exercises were done, and how it went."""
    from hipwise.plan import Done

    with open_journal(journal) as opened:
        done = [Done(on=opened.on, exercise=each, sets=sets, pain=pain, felt=felt) for each in exercises]
        made = opened.session(done)
    if as_json:
        emit_json({"exercises": exercises, "changes": [each.as_dict() for each in made]})
        return
    paper().line(say("cli.done"))
    paper().bullets(each.reason for each in made)


def _done(says: str, *, as_json: bool, **data: str) -> None:
    if as_json:
        emit_json(data | {"says": says})
    else:
        paper().line(says)
