"""The page /knowledge: everything as patients get it, read-only, and a case to try out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from houlu.api.app import create_app
from houlu.knowledge import current
from houlu.settings import Settings
from tests.clinician.conftest import edit
from tests.support.brain import EchoBrain, Rules
from tests.support.server import served


def serve(folder: Path, place: Path, **more: object) -> Iterator[httpx.Client]:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{place / 'houlu.db'}", knowledge=folder, **more)
    with served(create_app(settings, EchoBrain(), Rules())) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


@pytest.fixture
def http(folder: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    yield from serve(folder, tmp_path, knowledge_page="on")


class Cards(HTMLParser):
    """The rows on a page by section, and what else is there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.chosen: list[str] = []
        self._section = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        assert not any(name.startswith("on") or name == "style" for name in given)
        if tag == "section":
            self._section = given.get("class", "")
        if tag == "details" and given.get("class") == "card":
            self.found.setdefault(self._section, []).append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "option" and "selected" in given:
            self.chosen.append(given["value"])


def get(http: httpx.Client, **query: object) -> tuple[Cards, str]:
    answer = http.get("/knowledge", params=query)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return Cards(answer.text), answer.text


def test_it_is_off_unless_switched_on(folder: Path, tmp_path: Path) -> None:
    for client in serve(folder, tmp_path):
        answer = client.get("/knowledge")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


def test_everything_is_there_and_nothing_runs(http: httpx.Client, folder: Path) -> None:
    answer = http.get("/knowledge")
    knowledge = current.of(folder).knowledge
    cards = Cards(answer.text)
    assert {name: len(ids) for name, ids in cards.found.items()} == {
        "strategies": len(knowledge.strategies), "answers": len(knowledge.answers),
        "refusals": len(knowledge.refusals), "emergencies": len(knowledge.emergencies),
        "visit": len(knowledge.visit)}
    assert not cards.tags & {"script", "iframe", "style"}
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert knowledge.version in answer.text
    assert 'name="viewport"' in answer.text
    assert http.get("/static/knowledge.css").status_code == 200
    assert http.post("/knowledge").status_code == 405


def test_a_picture_is_shown_with_its_words(http: httpx.Client, folder: Path) -> None:
    row = next(row for row in current.of(folder).knowledge.answers if row.image)
    answer = http.get("/knowledge", params={"topic": row.topic})
    assert f'<img src="/media/{row.image}" alt="{row.image_alt}"' in answer.text
    assert f"<dd>{row.image_alt}</dd>" in answer.text
    assert "img-src 'self'" in answer.headers["content-security-policy"]
    assert http.get(f"/media/{row.image}").status_code == 200


def test_a_row_is_shown_as_patients_get_it(http: httpx.Client, folder: Path) -> None:
    sections = "\n  article_section: [3, 4]"
    edit(folder / "strategies" / "egfr.yaml", f"  verified: true{sections}", f"  verified: false{sections}")
    current.of(folder).look()
    current.of(folder).look()
    _, html = get(http, finding="t790m", driver="egfr")
    row = html[html.index('id="t790m_osimertinib"'):html.index('id="t790m_aumolertinib"')]
    assert "没有核实（不显示数字）" in row
    assert "71%" not in row
    assert "国内2017年3月批准" in row


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ({"driver": "alk"}, "alk_after_crizotinib_2g", "t790m_osimertinib"),
        ({"drug": "savolitinib"}, "met14_savolitinib", "t790m_osimertinib"),
        ({"finding": "t790m"}, "t790m_osimertinib", "met14_savolitinib"),
        ({"category": "immunotherapy"}, "driver_positive_ici", "t790m_osimertinib"),
        ({"role": "caution"}, "driver_positive_ici", "t790m_osimertinib"),
        ({"topic": "adc"}, "adc_test", "ad_second_opinion"),
        ({"topic": "dosing"}, None, "adc_test"),
        ({"topic": "ild"}, "ild", "dyspnea"),
        ({"mark": "unreviewed"}, "t790m_osimertinib", None),
    ],
)
def test_filters(http: httpx.Client, query: dict[str, str], there: str | None, not_there: str | None) -> None:
    cards, _ = get(http, **query)
    shown = [id for ids in cards.found.values() for id in ids]
    assert shown
    assert there is None or there in shown
    assert not_there not in shown
    assert list(query.values()) == cards.chosen


def test_overdue_rows_are_marked(http: httpx.Client, folder: Path) -> None:
    edit(folder / "answers" / "adc.yaml", "review_due: 2027-02-22", "review_due: 2020-01-31")
    current.of(folder).look()
    current.of(folder).look()
    cards, html = get(http, mark="overdue")
    assert cards.found == {"answers": ["adc_test"]}
    assert html.count("已过审阅日期") == 2, "the mark, and the choice in the form"


def test_sources_are_links_only_where_there_is_an_address(http: httpx.Client) -> None:
    cards, html = get(http, topic="adc")
    assert all(link == "/knowledge" or re.match("https?://", link) for link in cards.links)
    assert "OptiTROP-Lung04" in html


def test_text_is_escaped(http: httpx.Client, folder: Path) -> None:
    edit(folder / "answers" / "adc.yaml", "先查TROP2", "<script>alert(1)</script>{{ 7 * 7 }}\"><b>")
    current.of(folder).look()
    current.of(folder).look()
    cards, html = get(http, topic="adc")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in html
    assert not cards.tags & {"script", "b"}


@pytest.mark.parametrize("value", ["<script>", "../../etc", "x" * 3000, "%00"])
def test_unknown_values_are_passed_over(http: httpx.Client, value: str) -> None:
    cards, html = get(http, driver=value, topic=value, case_pattern=value, unknown=value)
    assert value not in html
    assert cards.chosen == []


def test_a_case_is_tried_out(http: httpx.Client) -> None:
    cards, html = get(http, case_driver="egfr_l858r", case_drugs=["gefitinib"], case_findings=["t790m"])
    assert cards.found["options"][0] == "t790m_osimertinib"
    assert "因为您提到T790M、EGFR L858R" in html
    assert "strategies" not in cards.found, "only the case is shown"
    assert set(cards.chosen) == {"egfr_l858r", "gefitinib", "t790m"}


def test_what_excludes_a_row_is_said(http: httpx.Client) -> None:
    cards, html = get(http, case_drugs=["osimertinib"], case_findings=["t790m"])
    assert "t790m_osimertinib" not in cards.found["options"]
    assert "t790m_osimertinib" in cards.found["left_out"]
    assert "按“EGFR突变”匹配。" in html
    left_out = html[html.index('id="t790m_osimertinib"'):]
    assert "因为这个情况：用过第几代药=3" in left_out[:2000]


def test_rows_without_a_source_are_said_to_be_withheld(http: httpx.Client, folder: Path) -> None:
    edit(folder / "strategies" / "alk.yaml",
         "sources: [after-alk-chemo-58, after-alectinib-pemetrexed, after-asco-2021-table]", "sources: []")
    current.of(folder).look()
    current.of(folder).look()
    cards, _ = get(http, mark="no_source")
    assert cards.found["strategies"] == ["alk_chemo_after_tki"]
    cards, html = get(http, case_driver="alk", case_drugs=["lorlatinib"])
    assert "alk_chemo_after_tki" in cards.found["left_out"]
    assert "没有出处，病人看不到" in html


def test_an_empty_case_gets_the_general_rows(http: httpx.Client) -> None:
    cards, _ = get(http, case_driver="")
    assert "t790m_osimertinib" not in cards.found.get("options", [])
    assert "没有。" in get(http, case_driver="")[1]
