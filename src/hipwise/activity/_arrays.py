"""The arrays of which samples consist while they are read."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

__all__ = ["Column", "Mask"]

Column: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
"""One value a sample; NaN is not known."""

Mask: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]
"""One answer a sample."""
