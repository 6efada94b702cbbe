"""What a person does on the page, and what they see."""

from __future__ import annotations

import re
import uuid
from typing import Any

from playwright.sync_api import Locator, Page, expect
from typing_extensions import Self

_TICKET = re.compile(r"H-\d+")


class Person:
    """A page and the one who uses it."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.log = page.get_by_role("log")
        self.input = page.get_by_role("textbox", name="想说的话")
        self.mine = page.locator(".said.user:not(.unsent) .bubble")
        self.unsent = page.locator(".unsent .bubble")
        self.bot = page.locator(".said.bot:not(.typing) .bubble")
        self.choices = page.locator(".log .choices:not(.lesser) .choice")

    def arrive(self) -> Self:
        """Open the page."""
        self.page.goto(f"{self.site}/")
        return self

    def agree(self) -> Self:
        """Agree to the notice and wait for the greeting."""
        self.page.get_by_role("button", name="同意，开始聊").click()
        expect(self.bot.first).to_be_visible()
        return self

    def write(self, text: str) -> Self:
        """Type and send; does not wait."""
        self.input.fill(text)
        self.input.press("Enter")
        return self

    def say(self, text: str) -> Self:
        """Type, send, and wait for the answer."""
        self.write(text)
        return self.answered()

    def tap(self, title: str) -> Self:
        """Tap a quick reply and wait for the answer."""
        self.log.get_by_role("button", name=title, exact=True).last.click()
        return self.answered()

    def answered(self) -> Self:
        """Wait until all is out, nobody is typing, and the last that the server told is there.

        The event stream shows that words arrived before it brings their answer.
        """
        expect(self.unsent).to_have_count(0)
        expect(self.page.locator(".typing")).to_have_count(0)
        if kept := self.history():
            expect(self.page.locator(f"#m{kept[-1]['seq']}")).to_be_attached()
        return self

    def button(self, name: str) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def menu(self, *names: str) -> Self:
        """Open the menu and tap through."""
        self.button("更多").click()
        for name in names:
            self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
        return self

    def identity(self) -> dict[str, str]:
        """Conversation and token of this device."""
        return dict(self.page.evaluate("() => JSON.parse(localStorage.getItem('houlu.conversation'))"))

    def history(self) -> list[dict[str, Any]]:
        """What the server keeps of this conversation."""
        who = self.identity()
        answer = self.page.request.get(
            f"{self.site}/api/v1/conversations/{who['id']}/messages",
            headers={"Authorization": f"Bearer {who['token']}"})
        return list(answer.json()["messages"])

    def said(self) -> list[str]:
        """The person's own words as the server has them."""
        return [one["text"] for one in self.history() if one["from"] == "user"]

    def ticket(self) -> str:
        """The number of the ticket that the bot told."""
        expect(self.log).to_contain_text(_TICKET)
        found = _TICKET.search(self.log.inner_text())
        assert found, self.log.inner_text()
        return found[0]


def unique(text: str) -> str:
    """Words that no other test says."""
    return f"{text}（{uuid.uuid4().hex[:6]}）"
