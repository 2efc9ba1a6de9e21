"""Types of the numpy arrays that the solving core works on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
SmallArray = npt.NDArray[np.int16] | npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
