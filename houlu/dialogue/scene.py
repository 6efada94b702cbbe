"""One message in its place: the state before and after hearing it, the knowledge, and how a reply is made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from houlu.dialogue.state import State
from houlu.knowledge.case import Case
from houlu.knowledge.table import Knowledge
from houlu.replies import Choice, Kind, Owner, Reply
from houlu.understanding.account import inferred_family
from houlu.understanding.hear import Heard
from houlu.understanding.profile import Profile
from houlu.understanding.recognise import Entity


@dataclass(frozen=True)
class Message:
    """What was understood of one message. text: normalised. ranking: (intent, confidence), best first.
    choice: what a tapped or typed quick reply means. owner: as in Incoming. asked: intent and confidence of each
    question by itself that counts beside the whole (houlu.understanding.focus)."""

    text: str
    intent: str
    confidence: float = 1.0
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    choice: dict[str, Any] | None = None
    owner: Owner = "bot"
    asked: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Response:
    """What a handler returns: the state after it, the replies, and what the desk shall do."""

    state: State
    replies: tuple[Reply, ...]
    effect: Literal["open_ticket", "cancel_ticket"] | None = None
    question: str = ""

    def then(self, other: Response) -> Response:
        """This response and behind it another one's replies and state."""
        return Response(
            other.state, (*self.replies, *other.replies), self.effect or other.effect, self.question or other.question
        )


@dataclass(frozen=True)
class Scene:
    """knowledge: the tables. state: after the message was heard. heard: what it said. message: its words and intent."""

    knowledge: Knowledge
    state: State
    message: Message
    heard: Heard = field(default_factory=lambda: Heard(Profile()))
    phone: str | None = None

    def text(self, key: str, **values: object) -> str:
        """A phrase of `data/knowledge/phrases/dialogue.yaml`."""
        return self.knowledge.phrases.text(f"dialogue.{key}", **values)

    def value(self, item: str) -> str:
        """A canonical id in the patient's words."""
        if item in self.knowledge.lexicon.drugs:
            return self.knowledge.lexicon.drug_name(item)
        return self.text(f"value.{item}")

    def choice(self, key: str, **means: Any) -> Choice:
        """A quick reply with a fixed title."""
        return Choice(self.text(f"choice.{key}"), means)

    @property
    def family(self) -> str | None:
        return inferred_family(self.state.profile, self.knowledge.lexicon)

    @property
    def case(self) -> Case:
        return case_of(self)

    def with_state(self, **changes: Any) -> Scene:
        """The same scene with a changed state."""
        return replace(self, state=self.state.with_(**changes))

    def after(self, told: Response) -> Scene:
        """The same scene, in which this was just answered."""
        return self.with_state(topic=told.state.topic, answer=told.state.answer, picture=told.state.picture)

    def reply(
        self,
        kind: Kind,
        topic: str,
        text: str,
        choices: tuple[Choice, ...] = (),
        *,
        sources: list[str] | None = None,
        image: str | None = None,
        **custom: Any,
    ) -> Reply:
        """A reply that carries the contract's keys: step, profile, sources, knowledge version."""
        payload = {
            "step": self.state.step,
            "profile": self.state.profile.to_dict(),
            "sources": self.knowledge.cite(sources or []),
            "knowledge_version": self.knowledge.version,
            **custom,
        }
        return Reply(kind, topic, text, choices, image, payload)


def case_of(scene: Scene) -> Case:
    """The matcher's view of the profile."""
    profile, lexicon = scene.state.profile, scene.knowledge.lexicon
    family = scene.family
    taken = [lexicon.drugs[drug] for drug in profile.drugs if drug in lexicon.drugs]
    generations = {d.generation for d in taken if d.generation and family in d.families}
    words = {item: scene.value(item) for item in (*profile.drugs, *profile.findings) if item}
    if profile.pattern:
        words[profile.pattern] = scene.value(profile.pattern)
    if family:
        words[family] = scene.value(profile.driver or family)
    tkis = [d.zh for d in taken if family in d.families]
    if tkis:
        words["tki"] = "、".join(tkis)
    histology = profile.histology
    if "squamous_transformation" in profile.findings:
        histology = "squamous"
    return Case(
        lung=profile.cancer in (None, "nsclc"),
        family=family,
        drugs=frozenset(profile.drugs),
        generations=frozenset(g for g in generations if g),
        findings=frozenset(profile.findings),
        negative=frozenset(profile.negative),
        pattern=profile.pattern,
        histology=histology,
        rebiopsy=profile.rebiopsy,
        words=words,
    )
