"""The Brain over Rasa: one message in, replies out, in this process."""

from __future__ import annotations

import asyncio
import gc
import logging
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT

from houlu.dialogue.respond import greet
from houlu.knowledge import current, ids
from houlu.rasa.in_process import InProcessActions
from houlu.rasa.store import MemoryStore
from houlu.replies import Incoming, Reply, Turn
from houlu.safety.check import sentinels
from houlu.understanding import artefacts, focus

_log = logging.getLogger(__name__)


class SilentEngineError(RuntimeError):
    """Rasa answered nothing: an action failed."""


class RasaBrain:
    """Loads a trained model; `problems()` says why it cannot answer."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._store = MemoryStore(Domain.empty())
        self._agent: Agent | None = None
        self._problems = ["model: not loaded yet"]

    @property
    def knowledge_version(self) -> str:
        """The version of the knowledge in use."""
        return current.knowledge().version

    async def load(self) -> None:
        """Load model, actions and knowledge, then let sentinel sentences prove that they work."""
        knowledge = current.knowledge()
        agent = await asyncio.to_thread(self._load)  # the door answers meanwhile that it is starting
        self._agent = agent
        self._problems = await sentinels(self._understand, knowledge)
        if not self._problems:
            await self._warm_up()
        gc.collect()
        gc.set_threshold(50_000, 20, 20)  # a turn makes some thousand objects, and hardly a cycle
        gc.freeze()  # a million objects that live as long as the process need no walk in every collection

    def _load(self) -> Agent:
        agent = Agent.load(
            str(self._model),
            action_endpoint=InProcessActions(),
            tracker_store=self._store,
            lock_store=InMemoryLockStore(),
        )
        # Rasa wraps the store in one that answers from a blank tracker when the store fails: that would lose what a
        # patient said without a word.
        agent.tracker_store = agent.processor.tracker_store = self._store
        return agent

    def problems(self) -> list[str]:
        """Empty when ready."""
        return list(self._problems)

    def warnings(self) -> list[str]:
        """What is wrong with changed knowledge files; the tables in use serve on."""
        return current.of(artefacts.knowledge_folder()).warnings()

    async def start(self, conversation: str) -> Turn:
        """The greeting; the tracker begins with the first message."""
        return Turn(greet(current.knowledge()).replies)

    async def turn(self, conversation: str, message: Incoming) -> Turn:
        """Answer one message. Raises SilentEngineError when the dialogue engine had nothing to say."""
        channel = CollectingOutputChannel()
        choice = message.choice if message.choice is not None else typed_choice(message)
        if choice is not None and choice.get("act") == "say":
            message, choice = replace(message, text=choice["text"], choice=None, latest=()), None
        metadata = {"choice": choice, "owner": message.owner}
        parsed = _chosen(message.text) if choice is not None else await self._read(message.text)
        user = UserMessage(_harmless(message.text), channel, conversation, metadata=metadata, parse_data=parsed)
        with self._store.remembering(conversation, message.memory) as kept:
            await self._processor().handle_message(user)  # not the agent's, which locks what the caller has locked
            return replace(_turn(channel.messages), memory=kept.memory)

    async def danger(self, text: str) -> str | None:
        """The emergency topic that a text speaks of, or None."""
        intent = str((await self._understand(text))["intent"]["name"])
        return intent if intent in ids.EMERGENCY_TOPICS else None

    async def understand(self, text: str) -> dict[str, Any]:
        """What the pipeline makes of a text, without a conversation (evaluation, self-check)."""
        return await self._understand(text)

    async def _read(self, text: str) -> dict[str, Any]:
        """A message as a whole, with what its questions ask by themselves (`asked`)."""
        parsed = await self._understand(text)
        whole = _intent(parsed)
        if whole[0] in ids.EMERGENCY_TOPICS or whole[0] == "other_cancer":
            return parsed
        read = [(question, _intent(await self._understand(question))) for question in focus.questions(parsed[TEXT])]
        asked = focus.counting(whole, read, artefacts.decider().names_our_subject)
        name, confidence = focus.chosen(whole, asked)
        return {**parsed, INTENT: {INTENT_NAME_KEY: name, "confidence": confidence}, "asked": asked}

    async def _understand(self, text: str) -> dict[str, Any]:
        return await self._processor().parse_message(UserMessage(_harmless(text)))

    async def _warm_up(self) -> None:
        """The first turn compiles and caches; no patient shall wait for that."""
        await self.turn("warm-up", Incoming("易瑞沙吃了十个月"))

    def _ready(self) -> Agent:
        if self._agent is None:
            raise SilentEngineError("not loaded")
        return self._agent

    def _processor(self) -> MessageProcessor:
        processor = self._ready().processor
        if processor is None:
            raise SilentEngineError("no model")
        return processor


def typed_choice(message: Incoming) -> dict[str, Any] | None:
    """A typed title or number of the latest choices counts as a tap."""
    said = message.text.strip().rstrip("。.!！")
    for choice in message.latest:
        if said == choice.title:
            return choice.means or None
    number = _NUMBERS.get(said.removeprefix("选").removeprefix("第").removesuffix("个").removesuffix("项"))
    if number is not None and number <= len(message.latest):
        return message.latest[number - 1].means or None
    return None


_NUMBERS = {
    sign: value
    for value, signs in enumerate(
        ("1１①一", "2２②二", "3３③三", "4４④四", "5５⑤五", "6６⑥六", "7７⑦七", "8８⑧八", "9９⑨九"), 1
    )
    for sign in signs
}


def _harmless(text: str) -> str:
    """Rasa takes a leading slash for a command, even behind a space, and our normaliser makes one of its wide form; a
    patient's slash is only text."""
    if "/" not in unicodedata.normalize("NFKC", text):
        return text
    return f"。{text}" if artefacts.normaliser()(text).text.lstrip().startswith("/") else text


def _intent(parsed: dict[str, Any]) -> focus.Asked:
    return str(parsed[INTENT][INTENT_NAME_KEY]), float(parsed[INTENT]["confidence"])


def _chosen(title: str) -> dict[str, Any]:
    return {TEXT: title, INTENT: {INTENT_NAME_KEY: "choose", "confidence": 1.0}, ENTITIES: [], "intent_ranking": []}


def _turn(messages: list[dict[str, Any]]) -> Turn:
    replies: list[Reply] = []
    end: dict[str, Any] = {}
    for message in messages:
        custom = message.get("custom") or {}
        if "reply" in custom:
            replies.append(Reply.from_dict(custom["reply"]))
        end = custom.get("turn", end)
    if not replies:
        raise SilentEngineError("no reply")
    return Turn(tuple(replies), end.get("effect"), end.get("question") or "", end.get("summary") or "")
