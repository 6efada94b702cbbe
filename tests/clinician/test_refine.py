"""Under the strategies stands at most one optional question: the one whose answers separate the most rows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houlu.dialogue import journey, strategies
from houlu.dialogue.respond import respond
from houlu.dialogue.scene import Message, Response, Scene
from houlu.dialogue.state import State
from houlu.journey.questions import PATTERN
from houlu.journey.refine import askable, most_telling
from houlu.knowledge.table import Knowledge
from houlu.replies import Reply
from houlu.understanding.profile import Profile

FOUND = Profile(driver="egfr", drugs=("gefitinib",), findings=("t790m",))
TODAY = date(2026, 11, 22)


def shown(knowledge: Knowledge, profile: Profile, passed: tuple[str, ...] = ()) -> Response:
    return strategies.show(Scene(knowledge, State(profile=profile, passed=passed), Message("", "strategy")))


def offered(reply: Reply) -> list[str]:
    return [str(choice.means["slot"]) for choice in reply.choices if "value" in choice.means]


rows = st.frozensets(st.sampled_from("abcdef"))


def test_the_slot_that_separates_most_wins() -> None:
    a, ab, c = frozenset("a"), frozenset("ab"), frozenset("c")
    assert most_telling({"pattern": [a, ab], "rebiopsy": [a, c]}) == "rebiopsy"
    assert most_telling({"pattern": [a, c], "rebiopsy": [c, a]}) == "pattern", "the first of equals"
    assert most_telling({"pattern": [a, a], "driver": []}) is None
    assert most_telling({}) is None


@given(st.dictionaries(st.sampled_from(["pattern", "rebiopsy", "driver"]), st.lists(rows, max_size=4)))
def test_a_question_is_asked_only_when_two_of_its_answers_differ(outcomes: dict[str, list[frozenset[str]]]) -> None:
    best = most_telling(outcomes)
    differ = {slot for slot, found in outcomes.items() if len(set(found)) > 1}
    assert best in differ if differ else best is None


def test_what_is_known_or_passed_is_not_asked() -> None:
    assert [q.slot for q in askable(FOUND, "egfr", ())] == ["pattern"]
    assert askable(FOUND.with_(pattern="oligo"), "egfr", ()) == []
    assert askable(FOUND, "egfr", ("pattern",)) == []


def test_the_unknown_pattern_is_asked_with_the_strategies(knowledge: Knowledge) -> None:
    response = shown(knowledge, FOUND)
    (reply,) = response.replies
    assert reply.kind == "strategies"
    assert offered(reply) == ["pattern"] * len(PATTERN.choices)
    assert "长大的地方是哪种情况？" in reply.text.splitlines()[-1]
    assert response.state.asked is None, "it may be passed over without a word"


@pytest.mark.parametrize(("profile", "passed"), [(FOUND.with_(pattern="brain"), ()), (FOUND, ("pattern",))])
def test_nothing_is_asked_twice(knowledge: Knowledge, profile: Profile, passed: tuple[str, ...]) -> None:
    assert offered(shown(knowledge, profile, passed).replies[0]) == []


def test_more_ways_do_not_ask_again(knowledge: Knowledge) -> None:
    scene = Scene(knowledge, State(profile=FOUND), Message("", "strategy"))
    assert offered(strategies.show(scene, start=1).replies[0]) == []


def test_a_tap_brings_strategies_that_fit_better(knowledge: Knowledge) -> None:
    before = shown(knowledge, FOUND)
    choice = next(c for c in before.replies[0].choices if c.means.get("value") == "brain")
    after = respond(
        "choose", before.state, Message(choice.title, "choose", choice=choice.means), knowledge, today=TODAY)
    assert after.state.profile.pattern == "brain"
    assert after.replies[0].kind == "strategies"
    assert after.replies[0].text != before.replies[0].text


def test_the_journey_keeps_its_order(knowledge: Knowledge) -> None:
    scene = Scene(knowledge, State(profile=Profile(driver="egfr", drugs=("osimertinib",))), Message("", "inform"))
    assert journey.go_on(scene).state.asked == "progression"
