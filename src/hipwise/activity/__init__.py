"""A file becomes a Run.

`read` reads one file, folder or archive, `read_all` tells of each file what became of it, `by_hand` makes a run that no
device recorded; `same_run` and `merge` bring two sources of one run together;
`streams_of` is a run as curves to draw, `splits_of` the same kilometre by kilometre;
`look_at` says what runs are worth, `beyond` which totals of a run cannot be;
`write_fit` writes a run as a watch does, `workout_bytes` a workout for one.
"""

from hipwise.activity._fit_workout import Again, Effort, Workout, workout_bytes
from hipwise.activity._fit_write import fit_bytes, write_fit
from hipwise.activity._hand import by_hand
from hipwise.activity._home import at_home
from hipwise.activity._merge import merge, same_run
from hipwise.activity._possible import Bounds, beyond, possible_run
from hipwise.activity._quality import GRADES, Fault, Quality, QualityLimits, look_at
from hipwise.activity._read import FileRead, count, read, read_all
from hipwise.activity._run import SAMPLES, Lap, Note, Origin, Run, RunSummary
from hipwise.activity._shelf import Placed, Shelf
from hipwise.activity._streams import STREAMS, Break, Split, Stream, Streams, splits_of, streams_of

__all__ = [
    "GRADES",
    "SAMPLES",
    "STREAMS",
    "Again",
    "Bounds",
    "Break",
    "Effort",
    "Fault",
    "FileRead",
    "Lap",
    "Note",
    "Origin",
    "Placed",
    "Quality",
    "QualityLimits",
    "Run",
    "RunSummary",
    "Shelf",
    "Split",
    "Stream",
    "Streams",
    "Workout",
    "at_home",
    "beyond",
    "by_hand",
    "count",
    "fit_bytes",
    "look_at",
    "merge",
    "possible_run",
    "read",
    "read_all",
    "same_run",
    "splits_of",
    "streams_of",
    "workout_bytes",
    "write_fit",
]
