"""The part of the FIT profile that hipwise reads and writes: numbers of messages and fields, their units, their names.

Facts of the public profile (21.x), by number; a field is (number, scale, offset): value = raw / scale - offset.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = [
    "FILE_KINDS",
    "FIT_EPOCH_S",
    "FRACTION_OF_CADENCE",
    "LAP_LENGTH",
    "LAP_TRIGGER",
    "MAKERS",
    "RECORD_COLUMNS",
    "SPORTS",
    "SUB_SPORTS",
    "Message",
    "Scaled",
]

FIT_EPOCH_S: Final = 631_065_600
"""1989-12-31T00:00:00Z in unix seconds."""

SYSTEM_TIME_BELOW: Final = 0x1000_0000
"""A smaller timestamp counts from when the device was switched on."""


class Message:
    """Global message numbers."""

    FILE_ID = 0
    DEVICE_SETTINGS = 2
    SPORT = 12
    SESSION = 18
    LAP = 19
    RECORD = 20
    EVENT = 21
    ACTIVITY = 34
    FILE_CREATOR = 49
    HEART_RATE = 132
    FIELD_DESCRIPTION = 206
    DEVELOPER = 207


class Scaled(NamedTuple):
    """A field by its number, and how its raw value becomes a number with a unit."""

    number: int
    scale: float = 1.0
    offset: float = 0.0


LAP_LENGTH: Final = Scaled(9, 100)
LAP_TRIGGER: Final = Scaled(24)

SEMICIRCLES: Final = 2**31 / 180

RECORD_COLUMNS: Final[dict[str, tuple[Scaled, ...]]] = {
    "latitude_deg": (Scaled(0, SEMICIRCLES),),
    "longitude_deg": (Scaled(1, SEMICIRCLES),),
    "altitude_m": (Scaled(78, 5, 500), Scaled(2, 5, 500)),
    "distance_m": (Scaled(5, 100),),
    "speed_mps": (Scaled(73, 1000), Scaled(6, 1000)),
    "heart_rate_bpm": (Scaled(3),),
    "cadence_spm": (Scaled(4), Scaled(52, 256)),
    "power_w": (Scaled(7),),
    "vertical_oscillation_mm": (Scaled(39, 10),),
    "ground_contact_ms": (Scaled(41, 10),),
    "ground_contact_balance_pct": (Scaled(84, 100),),
    "step_length_mm": (Scaled(85, 10),),
    "vertical_ratio_pct": (Scaled(83, 100),),
}
"""Columns of SAMPLES by the record fields that hold them, the better one first (newer watches write only the wide)."""

FRACTION_OF_CADENCE: Final = Scaled(53, 128)
SPEED_AND_DISTANCE: Final = 8
"""Three bytes of old foot pods: 12 bits speed in cm/s, 12 bits distance in 1/16 m that start again at 256 m."""

SESSION_TOTALS: Final = {
    "elapsed_s": Scaled(7, 1000),
    "timer_s": Scaled(8, 1000),
    "distance_m": Scaled(9, 100),
    "heart_rate_bpm": Scaled(16),
    "cadence_spm": Scaled(18),
    "ascent_m": Scaled(22),
    "descent_m": Scaled(23),
    "perceived_effort": Scaled(193, 10),
}
SESSION_FRACTION_OF_CADENCE: Final = Scaled(92, 128)

FILE_KINDS: Final = {
    1: "device",
    2: "settings",
    3: "sport",
    4: "activity",
    5: "workout",
    6: "course",
    7: "schedule",
    9: "weight",
    10: "totals",
    11: "goals",
    14: "blood_pressure",
    15: "monitoring",
    20: "activity_summary",
    28: "monitoring",
    32: "monitoring",
    34: "segment",
    35: "segment_list",
    40: "device_layout",
}

SPORTS: Final = {
    1: "running",
    2: "cycling",
    3: "transition",
    4: "fitness_equipment",
    5: "swimming",
    6: "basketball",
    7: "soccer",
    8: "tennis",
    9: "american_football",
    10: "training",
    11: "walking",
    12: "cross_country_skiing",
    13: "alpine_skiing",
    14: "snowboarding",
    15: "rowing",
    16: "mountaineering",
    17: "hiking",
    18: "multisport",
    19: "paddling",
    21: "e_biking",
    25: "golf",
    27: "horseback_riding",
    30: "inline_skating",
    31: "rock_climbing",
    32: "sailing",
    33: "ice_skating",
    35: "snowshoeing",
    37: "stand_up_paddleboarding",
    38: "surfing",
    41: "kayaking",
    47: "boxing",
    48: "floor_climbing",
    49: "baseball",
    53: "diving",
    62: "hiit",
    64: "racket",
    65: "wheelchair_push_walk",
    66: "wheelchair_push_run",
    67: "meditation",
    70: "team_sport",
    71: "cricket",
    72: "rugby",
    73: "hockey",
    75: "volleyball",
    80: "mixed_martial_arts",
    83: "dance",
    84: "jump_rope",
    86: "mobility",
}
"""Sports of which the profile and we know the name; any other is "other"."""

SUB_SPORTS: Final = {
    1: "treadmill",
    2: "street",
    3: "trail",
    4: "track",
    5: "spin",
    6: "indoor_cycling",
    7: "road",
    8: "mountain",
    14: "indoor_rowing",
    15: "elliptical",
    16: "stair_climbing",
    17: "lap_swimming",
    18: "open_water",
    19: "flexibility_training",
    20: "strength_training",
    21: "warm_up",
    26: "cardio_training",
    27: "indoor_walking",
    30: "casual_walking",
    31: "speed_walking",
    43: "yoga",
    44: "pilates",
    45: "indoor_running",
    46: "gravel_cycling",
    58: "virtual_activity",
    59: "obstacle",
    67: "ultra",
    70: "hiit",
    81: "swim_run",
    82: "adventure_race",
    124: "rucking",
}

MAKERS: Final = {
    1: "garmin",
    15: "dynastream",
    16: "timex",
    23: "suunto",
    32: "wahoo",
    40: "concept2",
    70: "sigma",
    71: "tomtom",
    95: "stryd",
    111: "technogym",
    112: "bryton",
    115: "igpsport",
    123: "polar",
    128: "ifit",
    129: "coros",
    140: "decathlon",
    142: "tag_heuer",
    144: "zwift",
    255: "development",
    260: "zwift",
    265: "strava",
    267: "bryton",
    276: "life_fitness",
    294: "coros",
    305: "whoop",
    310: "decathlon",
    326: "nike",
    337: "runna",
    339: "zepp",
    340: "peloton",
    348: "huawei",
}
