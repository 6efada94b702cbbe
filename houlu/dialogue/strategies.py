"""The ways forward for this case, with reason, evidence, approval and source; the AI label with every set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from houlu.dialogue.scene import Response, Scene
from houlu.journey.questions import next_question
from houlu.knowledge.matcher import Match, match
from houlu.knowledge.strategies import Strategy
from houlu.replies import Choice, Reply

_OTHERS = re.compile(r"还有|别的|其他|其它|另外|除了")

#: Rows in one message: what fits a phone without becoming a wall.
ROWS = 4


def handle(scene: Scene) -> Response:
    """「下一步怎么办」: the strategies when the case is known well enough, else the journey's next question."""
    from houlu.dialogue import answer, clarify, journey  # they lead to each other

    if question := clarify.unclear(scene):
        return question
    state = scene.state
    if state.step in ("strategy", "advice", "done") and not scene.heard.said:
        return show(scene, start=state.shown if _OTHERS.search(scene.message.text) else 0)
    if _gave_up_telling(scene) or not next_question(state.profile, scene.family, state.passed):
        return show(scene)
    if state.topic == "strategy":  # answered in general already: on with the questions that make it this case's
        return journey.go_on(scene)
    told = answer.reply_for(scene, "strategy")
    return told.then(journey.go_on(scene.after(told)))


def show(scene: Scene, lead: str = "", *, start: int = 0) -> Response:
    """Rows from `start` on, the cautions that matter here, and where to go from here."""
    from houlu.dialogue import refine

    case = scene.case
    found = match(scene.knowledge.strategies, case)
    scene = scene.with_state(
        step="strategy" if scene.state.step not in ("advice", "done") else scene.state.step,
        asked=None,
        misses=0,
        offered=False,
    )
    if not found:
        return _nothing(scene, lead)
    start = start if start < len(found) else 0
    rows = found[start : start + ROWS]
    cautions = match(scene.knowledge.strategies, case, "caution")[:2] if start == 0 else []
    scene = scene.with_state(shown=start + len(rows), topic="strategy", answer=None)
    before = _lines(lead, _intro(scene, start))
    left = len(found) - scene.state.shown
    asking, answers = refine.question(scene) if start == 0 else ("", ())
    after = _lines(*_closing(scene, cautions, left), asking)
    sources = [s for m in (*rows, *cautions) for s in m.row.sources]
    reply = scene.reply(
        "strategies",
        "strategy",
        _lines(before, *(_row(scene, m, number) for number, m in enumerate(rows, start + 1)), after),
        (*answers, *_onward(scene, left > 0)),
        sources=sources,
        strategies=[{"number": number, **payload(scene, m)} for number, m in enumerate(rows, start + 1)],
        around={"before": before, "after": after},
    )
    return Response(scene.state, (reply,))


def noted(scene: Scene) -> Response:
    """Words that change nothing after the strategies: they are not shown all over again."""
    reply = scene.reply("smalltalk", "capabilities", scene.text("saved"), _onward(scene, False))
    return Response(scene.state, (reply,))


def further(scene: Scene) -> Response:
    """「还有呢」 after the strategies: the rows not shown yet, or more about those shown."""
    left = scene.state.shown < len(match(scene.knowledge.strategies, scene.case))
    if left and _OTHERS.search(scene.message.text):
        return show(scene, start=scene.state.shown)
    return details(scene)


def details(scene: Scene) -> Response:
    """想多了解一点: the studies behind the rows shown last, what they did not show, the side effects to ask about."""
    found = match(scene.knowledge.strategies, scene.case)
    rows = found[max(0, scene.state.shown - ROWS) : scene.state.shown] or found[:ROWS]
    text = "\n".join([*(_detail(scene, m.row) for m in rows), scene.text("ai_label")])
    sources = [source for m in rows for source in m.row.sources]
    choices = _onward(scene, scene.state.shown < len(found))
    return Response(scene.state, (scene.reply("answer", "strategy", text, choices, sources=sources),))


def _detail(scene: Scene, row: Strategy) -> str:
    lines = [row.regimen, evidence(scene, row)]
    lines += [scene.text("strategies.ask_effects", effects="、".join(row.side_effects))] if row.side_effects else []
    return "\n".join(f"· {line}" if i else line for i, line in enumerate(lines))


def _intro(scene: Scene, start: int) -> str:
    profile = scene.state.profile
    if start:
        return scene.text("strategies.more_intro")
    lines = []
    if profile.rebiopsy == "pending":
        lines.append(scene.text("strategies.pending"))
    elif profile.rebiopsy == "none":
        lines.append(scene.text("strategies.no_test"))
    elif profile.rebiopsy == "blood" and "none" in profile.findings:
        lines.append(scene.text("strategies.blood_negative"))
    if profile.progression in ("marker_only", "symptoms_only"):
        lines.append(scene.text("strategies.confirm_first"))
    known = profile.findings or profile.drugs or profile.pattern
    lines.append(scene.text("strategies.intro" if known else "strategies.intro_general"))
    return "\n".join(lines)


def _closing(scene: Scene, cautions: list[Match], left: int) -> Iterator[str]:
    yield from (scene.text("strategies.caution", regimen=m.row.regimen, text=m.row.summary) for m in cautions)
    if left > 0:
        yield scene.text("strategies.left", count=left)
    yield scene.text("strategies.closing")
    yield scene.text("ai_label")


def _row(scene: Scene, match: Match, number: int) -> str:
    row = match.row
    return scene.text(
        "strategies.row",
        number=number,
        regimen=row.regimen,
        summary=row.summary,
        evidence=row.evidence_level,
        approval=approval(scene, row),
    )


def approval(scene: Scene, row: Strategy) -> str:
    """What a patient may read of the approval: what is not verified sends them to the hospital."""
    if row.approval.status == "not_applicable":
        return row.approval.text or scene.text("strategies.approval_not_applicable")
    if not row.approval.verified or row.approval.status == "unknown":
        return scene.text("strategies.approval_ask")
    return row.approval.text or scene.text("strategies.approval_ask")


def evidence(scene: Scene, row: Strategy) -> str:
    """The study in plain words and what it did not show; an unverified row shows no figures."""
    told = row.evidence if row.verified and row.evidence else row.evidence_level
    missing = scene.text("strategies.not_shown", text=row.not_shown) if row.not_shown and row.verified else ""
    return "\n".join(part for part in (told, missing) if part)


def why(scene: Scene, match: Match) -> str:
    """The reason for a row, in the patient's own facts."""
    facts = "、".join(match.because)
    return scene.text("strategies.why", facts=facts) if facts else scene.text("strategies.why_general")


def payload(scene: Scene, match: Match) -> dict[str, Any]:
    """A row as it stands in the reply contract."""
    row = match.row
    return {
        "id": row.id,
        "category": row.category,
        "regimen": row.regimen,
        "summary": row.summary,
        "evidence_level": row.evidence_level,
        "why": why(scene, match),
        "evidence": evidence(scene, row),
        "approval": approval(scene, row),
        "side_effects": row.side_effects,
        "source_ids": row.sources,
    }


def _onward(scene: Scene, more: bool) -> tuple[Choice, ...]:
    onward = [scene.choice("more_ways", act="more_ways")] if more else []
    prepare, sheet = scene.choice("prepare", act="ask", topic="advice"), scene.choice("visit_sheet", act="visit_sheet")
    return (*onward, prepare, sheet, scene.choice("expert", act="expert"))


def _nothing(scene: Scene, lead: str) -> Response:
    """No sourced row fits: say so, and offer what helps."""
    told = scene.knowledge.answer("strategy", scene.message.text, scene.case)
    known = scene.family or scene.state.profile.drugs or scene.state.profile.findings
    words = scene.text("strategies.none") if known else told.short  # nothing told is no case without a way
    text = _lines(lead, words, scene.text("ai_label"))
    choices = _onward(scene, False)
    scene = scene.with_state(offered=True)
    reply: Reply = scene.reply("answer", "strategy", text, choices, sources=told.sources)
    return Response(scene.state, (reply,))


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _gave_up_telling(scene: Scene) -> bool:
    """The patient has let two questions pass and asks for a direction."""
    return len(scene.state.passed) >= 2
