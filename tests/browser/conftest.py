"""Debian's Chromium, without a network, and what it says while a page is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from staffing.plan.plan import Plan
from staffing.report.answers.document import Record
from staffing.report.page import save


def chromium() -> str:
    """Find Chromium; a page nobody looked at must not pass, so its absence is a failure and no skip."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("the browser tests need Chromium: apt-get install chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium())
        yield running
        running.close()


@dataclass
class Opened:
    """A page in the browser: its elements, what it asked the network for, what it said."""

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def texts(self, selector: str) -> list[str]:
        """Texts of elements, as people see them, open or folded; without the marks that isolate names."""
        found: list[str] = self.page.eval_on_selector_all(selector, "all => all.map(one => one.textContent.trim())")
        return found

    def width_beyond(self) -> int:
        """Pixels by which the page is wider than the window."""
        beyond: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return beyond

    def dismiss(self, dialog: Dialog) -> None:
        """Note what a dialog says, which only a script opens, and close it."""
        self.said.append(dialog.message)
        dialog.dismiss()


Open = Callable[..., AbstractContextManager[Opened]]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Open:
    """Write plans as a page and open it offline."""

    @contextmanager
    def opening(
        plans: Sequence[Plan], width: int = 1280, answers: Sequence[Record] = (), **look: Any
    ) -> Iterator[Opened]:
        file = tmp_path / "report.html"
        save(plans, file, answers)
        context = browser.new_context(offline=True, viewport={"width": width, "height": 800}, **look)
        seen = Opened(context.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("console", lambda message: seen.said.append(message.text))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("dialog", seen.dismiss)
        seen.page.goto(file.as_uri())
        try:
            yield seen
            assert seen.requests == [file.as_uri()]
            assert seen.said == []
        finally:
            context.close()

    return opening
