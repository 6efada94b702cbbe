"""The guided journey under any sequence of messages and taps, with a classifier that may be wrong every time."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from houlu.dialogue.respond import respond
from houlu.dialogue.scene import Message, Response
from houlu.dialogue.state import State
from houlu.journey.questions import QUESTIONS, next_question
from houlu.knowledge import current, ids
from houlu.replies import Choice
from houlu.understanding import artefacts
from houlu.understanding.account import inferred_family
from houlu.understanding.profile import Profile

KNOWLEDGE = current.knowledge()
TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[3]
#: intent -> act, from the rules that Rasa is trained with.
ACTS = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"].removeprefix("action_")
    for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
}
ASKED = sorted(intent for intent in ACTS if intent not in ids.EMERGENCY_TOPICS and intent != "choose")
SAID = (
    "易瑞沙吃了11个月",
    "我爸肺腺癌19缺失",
    "CT大了",
    "抽血查出T790M",
    "T790M阴性",
    "穿刺查出MET扩增",
    "MET阳性",
    "没查到突变",
    "什么都没查到",
    "先吃易瑞沙后吃奥希替尼",
    "阿来替尼吃了两年",
    "ALK融合",
    "还没再查",
    "在等报告",
    "脑子里长了两个",
    "慢慢长的",
    "只有一处大了",
    "全身都是",
    "医生说进展了",
    "CEA涨了",
    "说错了，是特罗凯",
    "不是19缺失，是L858R",
    "HER2阳性",
    "报告写的是扩增",
    "20突变",
    "吃的三代药",
    "吃的安洛西替尼",
    "转成小细胞了",
    "没有",
    "有",
    "好",
    "不清楚",
    "跳过",
    "上一步",
    "重新开始",
    "换个人，我婆婆的",
    "继续",
    "再说详细点",
    "那准不准呢",
    "多少钱",
    "怎么办",
    "不等了",
    "谢谢",
    "乳腺癌赫赛汀耐药",
    "糖尿病",
    "C797S",
    "做了化疗",
    "PD-L1 80%",
    "1",
    "",
    "？？",
    "😀",
    "G1202R",
    "不用了",
    "野生型",
)
said = st.one_of(st.sampled_from(SAID), st.sampled_from(SAID), st.text(max_size=12))
speaks = st.tuples(
    st.just("say"), said, st.sampled_from(ASKED), st.sampled_from((0.05, 0.3, 0.9)), st.sampled_from(ASKED)
)
taps = st.tuples(st.just("tap"), st.integers(0, 40))
steers = st.tuples(
    st.just("say"),
    st.just(""),
    st.sampled_from(("skip", "unknown", "go_back", "continue", "affirm", "deny", "more")),
    st.just(0.9),
    st.just("inform"),
)
danger = st.tuples(st.just("flag"), st.sampled_from(ids.EMERGENCY_TOPICS))
steps = st.lists(st.one_of(speaks, taps, taps, steers, danger), max_size=14)


@dataclass
class Talk:
    """A conversation with the dialogue alone: the state travels as JSON, as it does in the tracker's slot."""

    state: State = field(default_factory=State)
    offered: list[Choice] = field(default_factory=list)

    def say(self, text: str, intent: str, confidence: float = 0.9, second: str = "inform", **more: Any) -> Response:
        plain = artefacts.normaliser()(text).text
        entities = tuple(artefacts.recogniser()(plain))
        ranking = ((intent, confidence), (second, (1 - confidence) / 2))
        return self._turn(ACTS[intent], Message(plain, intent, confidence, ranking, entities, **more))

    def tap(self, number: int) -> Response | None:
        if not self.offered:
            return None
        choice = self.offered[-1 - number % len(self.offered)]
        if choice.means.get("act") == "say":
            return self.say(choice.means["text"], "strategy")
        return self._turn("choose", Message(choice.title, "choose", 1.0, choice=choice.means))

    def flag(self, topic: str) -> Response:
        return self.say("出事了", topic)

    def _turn(self, act: str, message: Message) -> Response:
        before = self.state
        response = respond(act, self.state, message, KNOWLEDGE, today=TODAY, phone="021-1")
        self.state = State.from_dict(json.loads(json.dumps(response.state.to_dict())))
        assert self.state == response.state
        _check(before, response, message)
        self.offered += [choice for reply in response.replies for choice in reply.choices]
        return response


def _check(before: State, response: Response, message: Message) -> None:
    state = response.state
    assert response.replies
    for reply in response.replies:
        assert reply.text.strip()
        assert reply.topic in (
            *ids.IN_SCOPE_TOPICS,
            *ids.REFUSAL_TOPICS,
            *ids.HANDOFF_TOPICS,
            *ids.EMERGENCY_TOPICS,
            "greeting",
            "thanks",
            "goodbye",
            "capabilities",
            "restart",
        )
        assert reply.custom["step"] in (*ids.STEPS, None)
        assert reply.kind != "strategies" or reply.custom["strategies"]
        assert reply.kind != "strategies" or _is_made_of(reply.text, reply.custom)
        assert reply.kind not in ("answer", "strategies") or reply.custom["sources"]
        assert json.loads(json.dumps(reply.to_dict())) == reply.to_dict()
        titles = [choice.title for choice in reply.choices]
        assert len(titles) == len(set(titles)), titles
    assert response.replies[-1].custom["profile"] == state.profile.to_dict()
    if message.intent in ids.EMERGENCY_TOPICS:
        assert response.replies[0].kind == "emergency"
    restarted = any(reply.topic == "restart" for reply in response.replies)
    assert before.step is None or state.step is not None or restarted
    _check_question(response)


def _is_made_of(text: str, custom: dict[str, Any]) -> bool:
    """The page shows cards and the words around them: all that the text says, in its order."""
    around, parts = custom["around"], []
    for row in custom["strategies"]:
        parts += [f"{row['number']}. {row['regimen']}", row["summary"], row["evidence_level"], row["approval"]]
    pattern = "\n.*?".join(re.escape(part) for part in (around["before"], *parts, around["after"]))
    return re.fullmatch(pattern, text) is not None


def _check_question(response: Response) -> None:
    """What the journey asks is neither known nor passed."""
    last, state = response.replies[-1], response.state
    if last.kind != "question" or state.paused:
        return
    family = inferred_family(state.profile, KNOWLEDGE.lexicon)
    assert state.asked in QUESTIONS
    assert state.asked not in state.passed
    known = {
        "drug": bool(state.profile.drugs),
        "findings": bool(state.profile.findings),
        "driver": family is not None,
        "progression": state.profile.progression is not None,
        "pattern": state.profile.pattern is not None,
        "rebiopsy": state.profile.rebiopsy is not None,
    }
    assert not known[str(state.asked)]


def _act(talk: Talk, step: tuple[Any, ...]) -> None:
    if step[0] == "say":
        talk.say(*step[1:])
    elif step[0] == "tap":
        talk.tap(step[1])
    else:
        talk.flag(step[1])


@given(steps)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_conversation_goes_on_and_ends_with_ways_forward(said: list[tuple[Any, ...]]) -> None:
    talk = Talk()
    for step in said:
        _act(talk, step)
    _ends(talk)


def _ends(talk: Talk) -> None:
    """From wherever it stands: 继续, then 不清楚 to every question, leads to the strategies or the advice."""
    response = talk.say("继续", "continue")
    for _ in range(len(QUESTIONS) + 1):
        if response.replies[-1].kind not in ("question", "clarify"):
            break
        response = talk.say("不清楚", "unknown")
    last = response.replies[-1]
    assert last.kind in ("strategies", "answer"), (last.kind, last.topic, talk.state)
    assert last.topic in ("strategy", "advice")
    assert talk.state.step in ("strategy", "advice", "done")


profiles = st.builds(
    Profile,
    driver=st.none() | st.sampled_from(ids.DRIVERS),
    drugs=st.lists(st.sampled_from(sorted(KNOWLEDGE.lexicon.drugs)), max_size=3, unique=True).map(tuple),
    progression=st.none() | st.sampled_from(ids.PROGRESSIONS),
    pattern=st.none() | st.sampled_from(ids.PATTERNS),
    rebiopsy=st.none() | st.sampled_from(ids.REBIOPSIES),
    findings=st.lists(st.sampled_from(ids.FINDINGS), max_size=2, unique=True).map(tuple),
)


@given(profiles, st.sets(st.sampled_from(sorted(QUESTIONS))))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_next_question_depends_on_the_profile_alone_and_they_run_out(profile: Profile, passed: set[str]) -> None:
    family = inferred_family(profile, KNOWLEDGE.lexicon)
    asked = []
    while question := next_question(profile, family, passed | set(asked)):
        assert question == next_question(profile, family, [*passed, *asked])
        assert question.slot not in (*passed, *asked)
        asked.append(question.slot)
    assert len(asked) <= len(QUESTIONS)


@given(st.permutations(["drug", "progression", "pattern", "rebiopsy"]))
@settings(max_examples=24, deadline=None, derandomize=True)
def test_the_order_in_which_facts_are_told_does_not_change_the_end(order: list[str]) -> None:
    facts = {
        "drug": "吃的易瑞沙",
        "progression": "CT大了",
        "pattern": "只有一个地方长大了",
        "rebiopsy": "抽血查出T790M",
    }
    talk = Talk()
    for slot in order:
        response = talk.say(facts[slot], "inform")
    assert response.replies[-1].kind == "strategies"
    assert talk.state.profile.to_dict() == {
        "drugs": ["gefitinib"],
        "progression": "imaging",
        "pattern": "oligo",
        "rebiopsy": "blood",
        "findings": ["t790m"],
    }


def test_an_exact_finding_needs_no_question_about_the_course() -> None:
    assert next_question(Profile(findings=("t790m",)), "egfr", ()) is None
    assert next_question(Profile(findings=("met_amp",)), None, ()) == QUESTIONS["drug"]


@pytest.mark.parametrize(
    ("profile", "slot"),
    [
        (Profile(), "drug"),
        (Profile(drugs=("gefitinib",)), "progression"),
        (Profile(drugs=("gefitinib",), progression="imaging"), "pattern"),
        (Profile(drugs=("gefitinib",), progression="imaging", pattern="slow"), "rebiopsy"),
        (Profile(drugs=("gefitinib",), progression="imaging", pattern="slow", rebiopsy="blood"), "findings"),
        (Profile(drugs=("gefitinib",), progression="imaging", pattern="slow", rebiopsy="none"), None),
        (Profile(drugs=("crizotinib",), progression="imaging", pattern="slow", rebiopsy="none"), "driver"),
        (Profile(drugs=("gefitinib",), findings=("none",)), None),
        (Profile(drugs=("gefitinib",), progression="marker_only"), "rebiopsy"),
        (Profile(drugs=("gefitinib",), progression="symptoms_only"), "rebiopsy"),
    ],
)
def test_the_questions_come_in_the_order_of_the_article(profile: Profile, slot: str | None) -> None:
    question = next_question(profile, inferred_family(profile, KNOWLEDGE.lexicon), ())
    assert (question.slot if question else None) == slot


def test_three_misses_in_a_row_offer_a_human_and_yes_opens_a_ticket() -> None:
    talk = Talk()
    for _ in range(2):
        response = talk.say("那个那个", "nlu_fallback", 0.05, "nlu_fallback")
        assert response.effect is None
    offer = talk.say("就那个", "nlu_fallback", 0.05, "nlu_fallback")
    assert (offer.replies[-1].kind, offer.replies[-1].topic, offer.effect) == ("handoff", "ask_expert", None)
    assert talk.say("好", "affirm").effect == "open_ticket"


def test_how_much_after_a_test_is_the_price_of_the_test() -> None:
    talk = Talk()
    talk.say("抽血查基因准吗", "rebiopsy_how")
    assert talk.say("那多少钱", "insurance_price", 0.4).replies[0].topic == "test_cost"


def test_how_much_after_a_drug_is_not_the_drugs_answer_once_more() -> None:
    talk = Talk()
    talk.say("依沃西是什么", "immunotherapy")
    assert talk.say("那多少钱", "insurance_price", 0.4).replies[0].topic == "insurance_price"


def test_an_emergency_waits_for_continue_before_it_asks_again() -> None:
    talk = Talk()
    talk.say("易瑞沙吃了一年，CT大了", "inform")
    assert [reply.kind for reply in talk.flag("hemoptysis").replies] == ["emergency"]
    assert "继续" in talk.say("好的", "affirm").replies[0].text
    assert talk.say("继续", "continue").replies[-1].topic == "progression_pattern"


def test_restart_leaves_nothing() -> None:
    talk = Talk()
    talk.say("我爸19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M", "inform")
    talk.say("重新开始", "start_over")
    assert replace(talk.state, step=None, asked=None, trail=()) == State()
