"""The quick reply 就诊清单."""

from __future__ import annotations

from houlu.dialogue.respond import respond
from houlu.dialogue.scene import Message, Response
from houlu.dialogue.state import State
from houlu.knowledge.table import Knowledge
from houlu.understanding.profile import Profile
from tests.visit.conftest import TODAY

TOLD = State(profile=Profile(driver="egfr", drugs=("osimertinib",), findings=("met_amp",)), step="strategy", shown=4)


def titles(response: Response) -> list[str]:
    return [choice.title for choice in response.replies[-1].choices]


def say(state: State, text: str, knowledge: Knowledge, act: str = "clarify", **message: object) -> Response:
    return respond(act, state, Message(text, "nlu_fallback", **message), knowledge, today=TODAY)  # type: ignore[arg-type]


def test_it_is_offered_after_strategies_and_advice(knowledge: Knowledge) -> None:
    shown = respond("strategies", TOLD, Message("下一步怎么办", "strategy"), knowledge, today=TODAY)
    assert shown.replies[-1].kind == "strategies"
    assert "就诊清单" in titles(shown)
    advised = respond("answer", TOLD, Message("去复诊要带什么", "advice"), knowledge, today=TODAY)
    assert "就诊清单" in titles(advised)
    early = respond("answer", State(), Message("去复诊要带什么", "advice"), knowledge, today=TODAY)
    assert "就诊清单" not in [choice.title for choice in early.replies[0].choices]


def test_tapped_or_typed_it_says_where_the_sheet_is(knowledge: Knowledge) -> None:
    for response in (
        say(TOLD, "就诊清单", knowledge, choice={"act": "visit_sheet"}),
        say(TOLD, "就诊清单。", knowledge),
        say(TOLD.with_(step="advice"), "就诊清单", knowledge, act="answer"),
    ):
        reply = response.replies[0]
        assert (reply.kind, reply.topic) == ("answer", "advice")
        assert reply.custom["step"] == "advice"
        assert reply.custom["sources"]
        assert "就诊清单" in reply.text


def test_an_old_button_after_a_restart_goes_on_with_the_journey(knowledge: Knowledge) -> None:
    response = say(State(), "就诊清单", knowledge, choice={"act": "visit_sheet"})
    assert response.replies[0].kind == "question"
