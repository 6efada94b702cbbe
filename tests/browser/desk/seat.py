"""What a nurse does at the desk, and what she sees."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect
from typing_extensions import Self

from houlu.settings import ROOT
from tests.browser.axe import violations

PICTURES = ROOT / "build" / "screenshots"


class Seat:
    """The desk's page and the one who sits at it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.mine = page.get_by_role("region", name="我的对话")
        self.queue = page.get_by_role("region", name="排队")
        self.case = page.locator("aside.case")
        self.notice = page.locator(".notice")
        self.alarm = page.locator(".banner.alarm")

    def arrive(self) -> Self:
        """Open the page."""
        self.page.goto(f"{self.url}/desk")
        return self

    def log_in(self, name: str, password: str, code: str | None = None) -> Self:
        """Fill in the log-in and wait for the desk."""
        self.page.get_by_label("账号", exact=True).fill(name)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.button("登录").click()
        if code is not None:
            self.page.get_by_label("手机上的六位验证码").fill(code)
            self.button("登录").click()
        expect(self.page.get_by_role("banner")).to_be_visible()
        return self

    def claim(self, ticket: str) -> Self:
        """Take one out of the queue and wait until its talk is there."""
        self.button(f"接 {ticket}").click()
        expect(self.input(ticket)).to_be_visible()
        return self

    def write(self, ticket: str, text: str) -> Self:
        """Type and send; does not wait."""
        self.input(ticket).fill(text)
        self.input(ticket).press("Enter")
        return self

    def say(self, ticket: str, text: str) -> Self:
        """Type, send, and wait until it is out."""
        self.write(ticket, text)
        expect(self.talk(ticket).locator(".unsent")).to_have_count(0)
        expect(self.said(ticket, "expert").last).to_contain_text(text)
        return self

    def talk(self, ticket: str) -> Locator:
        """The column of a ticket."""
        return self.page.locator("section.talk").filter(has=self.page.get_by_role("heading", name=ticket, exact=True))

    def said(self, ticket: str, who: str) -> Locator:
        """What user, bot or expert said in it."""
        return self.talk(ticket).locator(f".said.{who}:not(.unsent) .bubble")

    def input(self, ticket: str) -> Locator:
        """Where the answer is written."""
        return self.talk(ticket).get_by_label("给患者的回复")

    def tab(self, name: str) -> Locator:
        """Turn to 建议, 常用语 or 备注."""
        self.case.get_by_role("tab", name=name).click()
        return self.case.get_by_role("tabpanel")

    def button(self, name: str) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def answer(self, question: str, yes: str) -> Self:
        """Press a button, and the one in the dialog that it opens."""
        self.button(question).click()
        self.page.get_by_role("dialog").get_by_role("button", name=yes, exact=True).click()
        return self

    def picture(self, name: str) -> Self:
        """Keep what the screen shows, for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"desk-{name}.png")
        return self

    def barriers(self) -> list[str]:
        """What axe finds on the screen now."""
        return violations(self.page)
