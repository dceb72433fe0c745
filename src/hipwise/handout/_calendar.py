"""The plan as a calendar (RFC 5545): its days, check-ins and next check; under a referral only whom to see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hipwise.errors import HipwiseError
from hipwise.handout._sessions import Dated, Offer
from hipwise.plan import Referral
from hipwise.texts import say

if TYPE_CHECKING:
    from icalendar import Alarm, Event

__all__ = ["Entry", "HandedOut", "Hours", "calendar_bytes", "calendar_entries", "zone_of"]

MINUTES_A_SESSION = 60
"""How long a session with an hour blocks the calendar; its true length stands in its words."""

REMIND_D = 7
"""So many days a visit is called to mind, but for what cannot wait until tomorrow."""

STEADY = ("checkin", "see", "check")
"""Kinds of which a calendar holds one, whatever its day."""

NOW = ("emergency", "same_day")
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Hours:
    """When: the daily CHECK-IN, and SESSIONS (None: they take no hour). ZONE None: wherever the runner then is."""

    checkin: time = time(7)
    sessions: time | None = None
    zone: ZoneInfo | None = None


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of a NAME.

    Raises:
        HipwiseError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise HipwiseError("no_such_zone", where=name) from problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: KIND names it together with its day, so that a later calendar takes its place.

    AT None takes the whole day. UNTIL repeats it daily. RINGS: with an alarm. GONE: it was handed out, and holds no
    more. WHOSE: under what id it was handed out, where that is another than that of the calendar it stands in.
    """

    kind: str
    on: date
    title: str
    says: str
    at: time | None = None
    minutes: int = MINUTES_A_SESSION
    until: date | None = None
    rings: bool = False
    gone: bool = False
    whose: str | None = None


HandedOut: TypeAlias = tuple[str, date, str | None]
"""Kind and day of an entry, and under what id it was handed out (None: that of the calendar that follows)."""


def calendar_entries(
    offered: Offer, on: date, hours: Hours, handed_out: Collection[HandedOut] = ()
) -> tuple[Entry, ...]:
    """Return what stands in the calendar of the day ON; what was HANDED_OUT before is taken out of it.

    Under a referral there is nothing of running and no exercise in it, and what was handed out of them goes; so does
    all that was handed out for another pain.
    """
    first = offered.referral
    made = tuple(_plan(offered, on, hours)) if first is None else (_referral(first, on, hours),)
    kept = {(_name(each.kind, each.on), None) for each in made}
    gone = {
        (_name(kind, day), whose): (kind, day, whose) for kind, day, whose in handed_out if kind in STEADY or day >= on
    }
    title = say("handout.calendar_gone")
    old = sorted(
        (each for name, each in gone.items() if name not in kept), key=lambda each: (each[1], each[0], each[2] or "")
    )
    return (*made, *(Entry(kind, day, title, "", gone=True, whose=whose) for kind, day, whose in old))


def _name(kind: str, on: date) -> str:
    """Return what an entry is called from one calendar to the next."""
    return kind if kind in STEADY else f"{kind} {on.isoformat()}"


def _referral(referral: Referral, on: date, hours: Hours) -> Entry:
    number = [say("handout.emergency_number", number=referral.number)] if referral.number else []
    words = "\n".join((f"{referral.what} {referral.how_fast}", *number, *referral.until_then))
    until = None if referral.level in NOW else on + timedelta(REMIND_D - 1)
    title = say("handout.calendar_see")
    return Entry("see", on, title, words, at=hours.checkin, minutes=15, until=until, rings=True)


def _plan(offered: Offer, on: date, hours: Hours) -> Iterator[Entry]:
    checkin = say("handout.calendar_checkin"), say("handout.calendar_checkin_says")
    last = max(offered.check_on or on, on + timedelta(REMIND_D - 1))
    yield Entry("checkin", on, *checkin, at=hours.checkin, minutes=5, until=last, rings=True)
    for day in offered.days:
        if day.run:
            yield Entry("run", day.on, say("handout.calendar_run"), _run_words(day), at=hours.sessions)
        if day.strength:
            words = "\n".join(say("handout.exercise", name=each.name, dose=each.dose) for each in offered.exercises)
            yield Entry("strength", day.on, say("handout.calendar_strength"), words, at=hours.sessions)
    if offered.check_on is not None and offered.check_on >= on:
        yield Entry("check", offered.check_on, say("handout.calendar_check"), say("handout.calendar_check_says"))


def _run_words(day: Dated) -> str:
    session = () if day.session is None else (day.session.says,)
    return "\n".join((*session, say("handout.calendar_run_says")))


def calendar_bytes(entries: Collection[Entry], whose: str, now: datetime, hours: Hours) -> bytes:
    """Return ENTRIES as an iCalendar file. WHOSE (an id) keeps calendars of two runners or pains apart.

    The same entry has the same UID in every file, and a SEQUENCE that grows with the minutes, so a later file takes the
    place of an earlier one. Times are those of the zone of HOURS, or of wherever the runner is.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//hipwise//hipwise//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("handout.calendar_name"))
    for each in entries:
        calendar.add_component(_event(each, whose, now, hours))
    if hours.zone is not None:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, whose: str, now: datetime, hours: Hours) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", _uid(entry, whose))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int((now - EPOCH).total_seconds() // 60))
    event.add("summary", entry.title)
    if entry.says:
        event.add("description", entry.says)
    event.add("status", "CANCELLED" if entry.gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    _when(event, entry, hours)
    if entry.rings:
        event.add_component(_alarm(entry))
    return event


def _uid(entry: Entry, whose: str) -> str:
    """Return the UID of an entry, which tells nothing to a stranger."""
    return f"{sha256(f'{entry.whose or whose} {_name(entry.kind, entry.on)}'.encode()).hexdigest()[:32]}@hipwise"


def _when(event: Event, entry: Entry, hours: Hours) -> None:
    if entry.at is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + DAY)
    else:
        begin = datetime.combine(entry.on, entry.at, hours.zone)
        event.add("dtstart", begin)
        event.add("dtend", begin + timedelta(minutes=entry.minutes))
    if entry.until is not None:
        event.add("rrule", {"freq": "daily", "count": (entry.until - entry.on).days + 1})


def _alarm(entry: Entry) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", timedelta(0))
    return alarm
