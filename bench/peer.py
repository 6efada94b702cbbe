"""The bot to compare with: what `rasa init` gives, its data replaced by a part of ours."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = 20
ACTIONS = "peer_actions"
ACTION_MARK = "［动作］"
_EVERY = 3  # each third intent is answered through the action server

_ACTION = f'''"""The peer's custom action."""
from rasa_sdk import Action


class Look(Action):
    def name(self):
        return "action_look"

    def run(self, dispatcher, tracker, domain):
        intent = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(text="{ACTION_MARK}关于" + intent + "：请把最近的检查结果带给主治医生看。")
        return []
'''


def lay_out(folder: Path, template: Path, nlu: Path) -> None:
    """Write the project: config.yml and credentials.yml stay as `rasa init` writes them, so that `rasa train` fills in
    Rasa's own default pipeline and policies."""
    for name in ("config.yml", "credentials.yml"):
        shutil.copy(template / name, folder / name)
    examples = read_examples(nlu)
    intents = sorted(examples)
    replies = {intent: "action_look" if i % _EVERY == 0 else f"utter_{intent}" for i, intent in enumerate(intents)}
    _write(folder / "data" / "nlu.yml", {"nlu": [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in examples[intent])} for intent in intents
    ]})
    _write(folder / "data" / "rules.yml", {"rules": [
        {"rule": intent, "steps": [{"intent": intent}, {"action": action}]}
        for intent, action in {**replies, "nlu_fallback": "utter_nlu_fallback"}.items()
    ]})
    _write(folder / "data" / "stories.yml", {"stories": [
        {"story": f"story {i}", "steps": [
            step for intent in intents[i::10] for step in ({"intent": intent}, {"action": replies[intent]})
        ]} for i in range(10)
    ]})
    _write(folder / "domain.yml", {
        "intents": intents,
        "actions": ["action_look"],
        "responses": {
            f"utter_{intent}": [{"text": f"关于{intent}：各家的情况不一样，请和主治医生商量。"}]
            for intent in (*intents, "nlu_fallback") if replies.get(intent) != "action_look"
        },
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    })
    (folder / f"{ACTIONS}.py").write_text(_ACTION, encoding="utf-8")


def read_examples(nlu: Path) -> dict[str, list[str]]:
    """At most EXAMPLES utterances of each intent, taken evenly from all of its voices."""
    every: dict[str, list[str]] = {}
    for path in sorted(nlu.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.removeprefix("- ").strip() for line in block.get("examples", "").splitlines()]
            every.setdefault(block["intent"], []).extend(filter(None, lines))
    return {
        intent: [texts[i * len(texts) // EXAMPLES] for i in range(EXAMPLES)] if len(texts) > EXAMPLES else texts
        for intent, texts in every.items()
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = yaml.safe_dump({"version": "3.1", **content}, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
