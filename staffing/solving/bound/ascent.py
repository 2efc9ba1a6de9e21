"""Ascent to prices with a high bound, by a subgradient method.

The bound is a concave function of the prices λ, and how far each row is overrun is a subgradient g of it. With all rows
scaled alike, each step is

    λ ← max(0, λ + η · m ÷ √Σ g²),   m ← β · m + (1 − β) · g,

so each price has a step of its own: the shorter, the more its row has been overrun or spared before. The direction m
remembers those before it. η falls to 0 in the course of a pass. The next pass begins at the best prices, all but
forgets Σ g², and is longer. A pass that gains hardly anything, be it the first, is the last. A pass that would leave
too little time for another takes all that is left.

Source: J. Duchi, E. Hazan and Y. Singer, Adaptive subgradient methods for online learning and stochastic optimization
(AdaGrad), Journal of Machine Learning Research 12 (2011).
"""

from __future__ import annotations

import numpy as np

from staffing.solving.arrays import FloatArray
from staffing.solving.tuning import TUNING


class Ascent:
    """The state of the ascent; `scale` is the usual size of each row, `worth` what a step of work is usually worth.

    Attributes
    ----------
    prices
        Where to evaluate the bound next.
    best, best_prices
        The highest bound so far, and its prices.
    steps
        How many steps were taken.
    over
        Whether another pass is not worth its time.
    """

    def __init__(self, start: FloatArray, scale: FloatArray, worth: float) -> None:
        self.prices = self.best_prices = start
        self.best = self.best_before = -np.inf
        self.steps = 0
        self.over = False
        self._at, self._length = 0, TUNING.price_pass_steps
        """Steps of this pass, taken and planned."""
        self._scale, self._eta = scale, TUNING.price_step_factor * worth
        self._squares, self._direction = np.zeros((2, len(start)))

    def step(self, bound: float, overrun: FloatArray) -> None:
        """Move the prices, given the bound at them and how far each row is overrun."""
        if not self.steps:
            self.best_before = bound
        if bound > self.best:
            self.best, self.best_prices = bound, self.prices
        slope = overrun / self._scale
        slope[(self.prices <= 0) & (slope < 0)] = 0
        self._direction = TUNING.price_momentum_share * self._direction + (1 - TUNING.price_momentum_share) * slope
        self._squares += slope**2
        self.steps += 1
        self._at += 1
        stride = self._eta * (1 - self._at / self._length) / np.sqrt(np.maximum(self._squares, 1e-12))
        self.prices = np.maximum(0, self.prices + stride * self._direction / self._scale)

    def end_step(self, target: int, spent: float) -> None:
        """Begin another pass where this one ends, and fit it into the time left, given the share that is spent."""
        if self._at >= self._length:
            self._next_pass(target)
        if self._at == 0 or self.steps == TUNING.price_timed_steps:
            left = self.steps * (1 - spent) / max(spent, 1e-9)
            if left < TUNING.price_stretch_factor * (self._length - self._at):
                self._length = self._at + max(1, round(left))

    def _next_pass(self, target: int) -> None:
        """Go back to the best prices with shorter steps; no bound exceeds the target."""
        self.over = self.best - self.best_before < TUNING.price_gain_share * (target - self.best)
        self.best_before, self.prices = self.best, self.best_prices
        self._direction = np.zeros(len(self.prices))
        self._at, self._length = 0, TUNING.price_pass_factor * self._length
        self._eta *= TUNING.price_shorter_factor
        self._squares *= TUNING.price_memory_share
