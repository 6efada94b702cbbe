"""Changed content takes effect without a restart; a broken file never reaches a patient."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from houlu.api.app import create_app
from houlu.knowledge import current
from houlu.knowledge.case import Case
from houlu.knowledge.current import Current
from houlu.replies import Incoming, Reply, Turn
from houlu.safety.guard import Guard
from houlu.settings import Settings, get_settings
from houlu.understanding import artefacts
from tests.clinician.conftest import edit
from tests.support.brain import EchoBrain
from tests.support.patient import Patient
from tests.support.server import served

ADC = "answers/adc.yaml"


@pytest.fixture
def tables(folder: Path) -> Current:
    return current.of(folder)


def look(tables: Current) -> None:
    """Two looks: a change counts when it has stood still for one interval."""
    tables.look()
    tables.look()


def short(tables: Current) -> str:
    return tables.knowledge.answer("adc", "先查什么", Case()).short


def test_a_changed_text_is_served_with_a_new_version(tables: Current, folder: Path) -> None:
    version = tables.knowledge.version
    edit(folder / ADC, "先查TROP2", "先检查TROP2")
    look(tables)
    assert "先检查TROP2" in short(tables)
    assert tables.knowledge.version != version
    assert tables.warnings() == []


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A clinician's own copy of the pictures."""
    copy = Path(shutil.copytree(get_settings().media, tmp_path / "media"))
    monkeypatch.setenv("HOULU_MEDIA", str(copy))
    get_settings.cache_clear()
    yield copy
    monkeypatch.undo()
    get_settings.cache_clear()


def test_a_changed_picture_is_a_new_version(media: Path, tables: Current) -> None:
    version = tables.knowledge.version
    edit(media / "mechanisms.svg", "三种变法", "三种原因")
    look(tables)
    assert tables.knowledge.version != version
    assert tables.warnings() == []


def test_a_picture_that_goes_is_told_until_it_is_back(media: Path, tables: Current) -> None:
    before = tables.knowledge
    picture = media / "decision.svg"
    picture.rename(media / "elsewhere.txt")
    look(tables)
    assert tables.knowledge is before
    assert any("no picture decision.svg" in warning for warning in tables.warnings())
    (media / "elsewhere.txt").rename(picture)
    look(tables)
    assert tables.warnings() == []


def test_a_file_still_being_written_waits(tables: Current, folder: Path) -> None:
    before = tables.knowledge
    edit(folder / ADC, "先查TROP2", "先检查TROP2")
    tables.look()
    assert tables.knowledge is before
    tables.look()
    assert tables.knowledge is not before


def test_the_same_content_keeps_its_version(tables: Current, folder: Path) -> None:
    version = tables.knowledge.version
    (folder / ADC).touch()
    look(tables)
    assert tables.knowledge.version == version


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        (ADC, "  topic: adc\n", "  topic: abc\n", ("adc.yaml:3", "row adc_test", "field topic", "mean adc")),
        (ADC, "  short: ", "  shrot: ", ("adc.yaml", "row adc_test", "field shrot", "allowed:", "mean short")),
        (ADC, "- id: adc_test", "- id: [adc_test", ("adc.yaml", "not valid YAML")),
        (ADC, "[b_lung04_cn,", "[b_lung04_ch,", ("adc.yaml:11", "field sources", "mean b_lung04_cn")),
        (ADC, "review_due: 2027-02-22", "review_due: 2027-02-30", ("adc.yaml:14", "day is out of range")),
        (ADC, "  - 先查什么", "  - 先查(什么", ("adc.yaml:9", "field cues", "no regular expression")),
        ("strategies/egfr.yaml", "drugs: [osimertinib]", "drugs: [osimertinip]",
         ("egfr.yaml:16", "row t790m_osimertinib", "field drugs", "mean osimertinib")),
        ("strategies/egfr.yaml", "role: option", "role: opton", ("field role", "caution, context", "mean option")),
        ("emergencies.yaml", "- topic: ild", "- topic: dyspnea", ("dyspnea stands twice",)),
        ("refusals.yaml", "kind: refusal", "kind: refuse", ("refusals.yaml:4", "field kind", "mean refusal")),
        ("phrases/door.yaml", "  agree: 同意\n", "", ("door.yaml", "door.consent.agree", "missing")),
        ("phrases/dialogue.yaml", "{regimen}", "{remigen}", ("dialogue.strategies.row", "{remigen}")),
        ("red_flags.yaml", "topic: self_harm", "topic: self_ham", ("red_flags.yaml", "mean self_harm")),
    ],
)
def test_a_broken_file_keeps_the_old_version_and_is_named(
    tables: Current, folder: Path, caplog: pytest.LogCaptureFixture,
    file: str, old: str, new: str, named: tuple[str, ...],
) -> None:
    _ = tables.rules
    before = tables.knowledge
    text = (folder / file).read_text(encoding="utf-8")
    edit(folder / file, old, new)
    with caplog.at_level(logging.INFO, "houlu"):
        look(tables)
        look(tables)
    assert tables.knowledge is before
    told = " ".join(tables.warnings())
    for words in (*named, before.version):
        assert words in told
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(lines) == 1, "told once, not with every look"
    assert named[0] in lines[0]
    (folder / file).write_text(text, encoding="utf-8")
    look(tables)
    assert tables.warnings() == []


def test_all_mistakes_are_told_at_once(tables: Current, folder: Path) -> None:
    edit(folder / ADC, "topic: adc", "topic: abc")
    edit(folder / "refusals.yaml", "kind: refusal", "kind: refuse")
    look(tables)
    assert len(tables.warnings()) == 2


@pytest.mark.parametrize("wreck", [b"\xff\xfe", b"a: \x01", b"", b"[" * 5000, b"- [", b"{}", b"- 1"])
def test_nothing_unreadable_stops_the_service(tables: Current, folder: Path, wreck: bytes) -> None:
    before = tables.knowledge
    (folder / ADC).write_bytes(wreck)
    look(tables)
    assert tables.knowledge is before
    assert "adc" in tables.warnings()[0]


def test_a_removed_file_is_a_missing_topic(tables: Current, folder: Path) -> None:
    (folder / ADC).unlink()
    look(tables)
    assert "answers/*.yaml: no row for adc" in tables.warnings()[0]


def test_a_changed_lexicon_asks_for_training_and_the_old_one_serves(tables: Current, folder: Path) -> None:
    before = tables.knowledge.lexicon
    edit(folder / "lexicon" / "drugs.yaml", "names: [", "names: [新的名字, ")
    edit(folder / ADC, "先查TROP2", "先检查TROP2")
    look(tables)
    assert "houlu train" in tables.warnings()[0]
    assert tables.knowledge.lexicon is before
    assert "先检查TROP2" in short(tables), "texts change all the same"


def test_the_guard_speaks_from_the_tables_in_use(tables: Current, folder: Path) -> None:
    guard = Guard(tables, artefacts.normaliser())
    assert guard.find("突然咯血一大口") is not None
    edit(folder / "emergencies.yaml", "现在就打120。", "马上拨打120。")
    look(tables)
    reply = guard.reply("hemoptysis")
    assert reply.text.startswith("马上拨打120。")
    assert reply.custom["knowledge_version"] == tables.knowledge.version


class Teller(EchoBrain):
    """Answers from the tables in use, as the real one does."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._tables = current.of(folder)

    @property
    def knowledge_version(self) -> str:  # type: ignore[override]
        return self._tables.knowledge.version

    def warnings(self) -> list[str]:
        return self._tables.warnings()

    async def turn(self, conversation: str, message: Incoming) -> Turn:
        custom = {"sources": [], "knowledge_version": self.knowledge_version}
        return Turn((Reply("answer", "adc", short(self._tables), custom=custom),))


@pytest.fixture
def service(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(current, "LOOK_EVERY", 0.1)
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{tmp_path / 'houlu.db'}", rate_limit="off", open_limit="off",
        knowledge=folder)
    guard = Guard(current.of(folder), artefacts.normaliser())
    with served(create_app(settings, Teller(folder), guard)) as url, httpx.Client(base_url=url, timeout=20) as client:
        yield client


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_running_service_follows_its_files(service: httpx.Client, folder: Path) -> None:
    patient = Patient(service)
    first = patient.say("先查什么")["replies"][0]
    assert service.get("/ready").json() == {"status": "ok", "problems": []}

    edit(folder / ADC, "topic: adc", "topic: abc")
    until(lambda: service.get("/ready").json()["problems"] != [])
    ready = service.get("/ready")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ok"
    assert "answers/adc.yaml:3: row adc_test, field topic: 'abc' is not allowed" in ready.json()["problems"][0]
    assert patient.say("先查什么")["replies"][0]["custom"] == first["custom"]

    edit(folder / ADC, "topic: abc", "topic: adc")
    edit(folder / ADC, "先查TROP2", "先检查TROP2")
    edit(folder / "phrases" / "door.yaml", "  agree: 同意\n", "  agree: 我同意\n")
    until(lambda: "先检查TROP2" in patient.say("先查什么")["replies"][0]["text"])
    after = patient.say("先查什么")["replies"][0]
    assert after["custom"]["knowledge_version"] != first["custom"]["knowledge_version"]
    assert service.get("/ready").json()["problems"] == []
    asked = Patient(service, consent=False).say("你好")["replies"][-1]
    assert asked["choices"][0]["title"] == "我同意", "the door's own words follow too"
