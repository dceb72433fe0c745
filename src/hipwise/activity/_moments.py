"""Times as texts say them, many at once."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from hipwise.activity._totals import Column

__all__ = ["moment", "moments", "moments_of"]

TO_SECONDS: Final = 19
"""Letters of a time up to its whole seconds: 2030-05-01T06:30:00."""

EPOCH_Y: Final = 1970
DIGITS: Final = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]
SIGNS: Final = [4, 7, 10, 13, 16], np.frombuffer(b"--T::", np.uint8)
"""Where the digits stand up to the second, and where what stands between them."""

NINE: Final = 9

NO_TAIL: Final = "?"
TAIL: Final = re.compile(r"([.,]\d{1,12})?\s*(?:[Zz]|([+-])(\d\d):?(\d\d)?)?")

PLAIN: Final = re.compile(r"([12]\d{3})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.0{1,12})?Z", re.ASCII)
"""How almost every program writes a time."""


def moments(texts: pl.Series) -> tuple[Column, Column]:
    """Return TEXTS (ISO 8601) as unix seconds, and the seconds by which each says to be ahead of UTC.

    NaN where it is not known. "Z", +00:00 (which many programs write for UTC) and no zone at all say nothing of local
    time; a time without a zone is taken as UTC.
    """
    if not len(texts):
        return np.empty(0), np.empty(0)
    text = pl.col("text").str.strip_chars()
    whole = text.str.slice(0, TO_SECONDS).str.replace(" ", "T", literal=True)
    parts = pl.DataFrame({"text": texts}).select(
        whole.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False).dt.epoch("s").cast(pl.Float64).alias("whole"),
        text.str.slice(TO_SECONDS).fill_null(NO_TAIL).alias("tail"),
    )
    tails = parts["tail"]
    if tails.n_unique() == 1:
        place, unique = np.zeros(len(tails), np.int64), tails[:1]
    else:
        unique = tails.unique()
        place = tails.replace_strict(unique, range(len(unique)), return_dtype=pl.Int64).to_numpy()
    fraction, zone = np.array([_tail(tail) for tail in unique])[place].T
    return parts["whole"].to_numpy() + fraction - zone, np.where(zone == 0, np.nan, zone)


def moments_of(texts: Sequence[str | None]) -> tuple[Column, Column]:
    """Return what `moments` does of TEXTS; far sooner where all are written alike, as one device writes them."""
    alike = _alike(texts)
    return moments(pl.Series(texts, dtype=pl.String)) if alike is None else alike


def _alike(texts: Sequence[str | None]) -> tuple[Column, Column] | None:
    """Return the times of TEXTS that differ in nothing but their digits up to the second; None where they do not."""
    said = [text for text in texts if text is not None]
    letters = _letters(said) if said and len(said) == len(texts) else None
    if (
        letters is None
        or (letters[:, SIGNS[0]] != SIGNS[1]).any()
        or (letters[:, TO_SECONDS:] != letters[0, TO_SECONDS:]).any()
    ):
        return None
    digits = letters[:, DIGITS] - ord("0")
    century, year, month, day, hour, minute, second = (digits[:, ::2] * 10 + digits[:, 1::2]).astype(np.int64).T
    months = (century * 100 + year - EPOCH_Y) * 12 + month - 1
    days = months.astype("M8[M]").astype("M8[D]") + (day - 1)
    fits = (century >= 10) & (month <= 12) & (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004 (the clock)
    fits &= days.astype("M8[M]").astype(np.int64) == months
    if (digits > NINE).any() or not fits.all():
        return None
    fraction, zone = _tail(said[0][TO_SECONDS:])
    whole = days.astype(np.int64) * 86400 + hour * 3600 + minute * 60 + second
    return whole + fraction - zone, np.full(len(said), zone or np.nan)


def _letters(texts: list[str]) -> npt.NDArray[np.uint8] | None:
    """Return TEXTS as letters, one a row; None where they are no plain texts of one length."""
    width, joined = len(texts[0]), "".join(texts)
    if width < TO_SECONDS or set(map(len, texts)) != {width} or not joined.isascii() or joined[-1].isspace():
        return None
    return np.frombuffer(joined.encode(), np.uint8).reshape(len(texts), width)


def _tail(tail: str) -> tuple[float, float]:
    """Return the fraction of a second and the zone in seconds; NaN where TAIL is not understood."""
    found = TAIL.fullmatch(tail)
    if found is None:
        return math.nan, math.nan
    fraction, sign, hours, minutes = found.groups()
    zone = int(hours or 0) * 3600 + int(minutes or 0) * 60
    return float((fraction or "0").replace(",", ".")), float(-zone if sign == "-" else zone)


def moment(text: str) -> float:
    """Return TEXT (ISO 8601) as unix seconds, NaN where it is not understood."""
    plain = PLAIN.fullmatch(text.strip())
    if plain is not None:
        year, month, day, hour, minute, second = map(int, plain.groups())
        with suppress(ValueError):  # no day of the calendar: the long way decides what it is
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
    return float(moments(pl.Series([text.strip()]))[0][0])
