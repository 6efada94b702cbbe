"""What patients read: never a dose, no figure that is not verified, always a source, an answer for every topic."""

from __future__ import annotations

import re

import pytest

from houlu.dialogue import strategies
from houlu.knowledge import current, ids
from houlu.knowledge.strategies import FIGURE, Refusal, Strategy
from tests.unit.knowledge.cases import case, scene
from tests.unit.knowledge.patient_texts import texts

KNOWLEDGE = current.knowledge()
OPTIONS = [row for row in KNOWLEDGE.strategies if row.role == "option"]
UNVERIFIED = [row for row in KNOWLEDGE.strategies if not row.verified]
DOSE = re.compile(
    r"\d[\d.]*\s*(?:mg|毫克|µg|μg|微克|g/m|毫升)|[\d一二两三四五六][\d.]*\s*(?:片|粒|颗)(?!子|段)"
    r"|(?:一天|每天|每日)[一二两三四1-4]次|\b(?:qd|bid|tid)\b",
    re.IGNORECASE,
)


def name(row: Strategy | Refusal) -> str:
    return row.id


@pytest.mark.parametrize(("where", "text"), [pytest.param(w, t, id=w) for w, t in texts(KNOWLEDGE) if DOSE.search(t)])
def test_no_dose_stands_anywhere(where: str, text: str) -> None:
    pytest.fail(f"{where} names a dose: {DOSE.search(text)}")


def test_no_id_that_travels_with_a_reply_looks_like_a_dose() -> None:
    """The ids of rows and sources are in every payload: `osimertinib160` would be read as a dose."""
    drugs = "|".join(re.escape(part) for drug in KNOWLEDGE.lexicon.drugs for part in {drug, drug.replace(" ", "_")})
    dose = re.compile(rf"(?:{drugs})[_-]?\d{{2,}}|\d+_?(?:mg|ug|ml)(?![a-z])")
    rows = [*KNOWLEDGE.strategies, *KNOWLEDGE.answers, *KNOWLEDGE.refusals, *KNOWLEDGE.visit]
    found = [id for id in (*(row.id for row in rows), *KNOWLEDGE.sources) if dose.search(id)]
    assert found == []


def test_no_text_tells_the_patient_what_to_take() -> None:
    orders = re.compile(
        r"[您你](?:应该|应当|必须|可以自己|最好)(?:吃|用|换|停|加|减|打)|建议[您你](?:吃|用|换|停|加|减|打)"
    )
    faults = [(where, found.group()) for where, text in texts(KNOWLEDGE) if (found := orders.search(text))]
    assert faults == []


@pytest.mark.parametrize("row", UNVERIFIED, ids=name)
def test_an_unverified_row_shows_no_figure(row: Strategy) -> None:
    assert not FIGURE.search(strategies.evidence(scene(), row) + row.summary + row.evidence_level)


@pytest.mark.parametrize("row", [r for r in KNOWLEDGE.strategies if not r.approval.verified], ids=name)
def test_an_unverified_approval_sends_to_the_hospital(row: Strategy) -> None:
    told = strategies.approval(scene(), row)
    assert "问医" in told or "请问" in told or row.approval.status == "not_applicable"
    assert "批准：" not in told


@pytest.mark.parametrize("row", KNOWLEDGE.strategies, ids=name)
def test_a_summary_has_no_figure(row: Strategy) -> None:
    assert not FIGURE.search(row.summary + row.evidence_level)


@pytest.mark.parametrize("row", [r for r in OPTIONS if r.sources], ids=name)
def test_an_option_says_what_doctors_consider_with_evidence_side_effects_and_source(row: Strategy) -> None:
    assert row.summary
    assert row.evidence_level
    assert row.side_effects
    assert all(source in KNOWLEDGE.sources for source in row.sources)


def test_every_row_that_a_patient_sees_has_a_source() -> None:
    for profile in (
        {},
        {"driver": "egfr", "drugs": ["gefitinib"], "findings": ["none"], "pattern": "oligo"},
        {"driver": "alk", "drugs": ["lorlatinib"]},
    ):
        told = strategies.show(scene(**profile)).replies[0]
        cited = {source["id"] for source in told.custom["sources"]}
        for row in told.custom.get("strategies", ()):
            assert row["source_ids"]
            assert set(row["source_ids"]) <= cited
        assert cited


def test_every_answer_has_a_source_with_a_title_and_a_link_or_none() -> None:
    assert all(answer.sources for answer in KNOWLEDGE.answers)
    for source in KNOWLEDGE.sources.values():
        assert source.title.strip()
        assert source.url is None or source.url.startswith("https://") or source.url.startswith("http://")


@pytest.mark.parametrize("topic", ids.IN_SCOPE_TOPICS)
def test_every_topic_in_scope_has_a_default_answer(topic: str) -> None:
    defaults = [row for row in KNOWLEDGE.answers if row.topic == topic and not row.cues and not row.applies]
    assert len(defaults) == 1
    assert KNOWLEDGE.answer(topic, "", case()) == defaults[0]
    assert KNOWLEDGE.answer(topic, "", case(cancer="crc")) == defaults[0]


@pytest.mark.parametrize(
    "topic", [t for t in (*ids.REFUSAL_TOPICS, *ids.HANDOFF_TOPICS) if t not in ("ask_expert", "phone")]
)
def test_every_topic_that_is_refused_or_handed_over_has_a_text(topic: str) -> None:
    row = KNOWLEDGE.refusal(topic, "")
    assert row.topic == topic
    assert row.kind == ("refusal" if topic in ids.REFUSAL_TOPICS else "handoff")
    assert len(row.text) > 20


@pytest.mark.parametrize(
    ("topic", "asked", "row"),
    [
        ("hospital_doctor", "哪家医院好", "hospital_default"),
        ("hospital_doctor", "哪个主任厉害", "hospital_doctor_best"),
        ("hospital_doctor", "国产的和进口的哪个好", "hospital_brand"),
        ("dosing", "漏吃了一次怎么补", "dosing_missed"),
        ("dosing", "", "dosing_default"),
        ("prognosis", "能过年吗", "prognosis_festival"),
        ("unlicensed_drug", "原料药自己灌胶囊", "unlicensed_raw"),
        ("insurance_price", "医保能报吗", "insurance_reimbursed"),
        ("cancer_general", "会不会传染", "cancer_general_contagious"),
        ("cancer_general", "", "cancer_general_default"),
    ],
)
def test_the_text_fits_what_was_asked(topic: str, asked: str, row: str) -> None:
    assert KNOWLEDGE.refusal(topic, asked).id == row


@pytest.mark.parametrize("row", KNOWLEDGE.refusals, ids=name)
def test_every_refusal_can_be_reached(row: Refusal) -> None:
    """By its intent: cancer_general is the one intent that is handed over under another topic."""
    intent = "cancer_general" if row.id.startswith("cancer_general") else row.topic
    of_intent = [r for r in KNOWLEDGE.refusals if r.topic == row.topic]
    assert KNOWLEDGE.refusal(intent, "") in of_intent
    assert row.cues or KNOWLEDGE.refusal(intent, "") == row


def test_the_expert_and_the_telephone_have_their_phrases() -> None:
    words = scene()
    assert words.text("expert.confirm")
    assert "120" in words.text("phone.none")
    assert "021-1" in words.text("phone.offered", phone="021-1")


@pytest.mark.parametrize("topic", ids.EMERGENCY_TOPICS)
def test_the_first_line_of_an_emergency_says_what_to_do_now(topic: str) -> None:
    row = KNOWLEDGE.emergency(topic)
    assert row.topic == topic
    assert row.sources
    assert re.search("12356" if topic == "self_harm" else "120|急诊", row.text.splitlines()[0])


def test_texts_are_short_enough_for_a_phone() -> None:
    for answer in KNOWLEDGE.answers:
        assert len(answer.short) <= 220, answer.id
        assert len(answer.suggestions) <= 3, answer.id
