"""Eight measured costs of Rasa 3.6.21 removed, without changing what it does. Call `remove` before Rasa is imported."""

from __future__ import annotations

import json
import os
from functools import cache
from types import SimpleNamespace
from typing import Any


def remove() -> None:
    """(1) skops before TensorFlow: 0.6 s in place of 7. (2) the constant schema of action results is not checked again
    for each action, 30 ms: our actions answer in this process, and rasa_sdk has checked their events. (3) the walk over
    all event classes remembered: it was made for each event of each turn. (4) the graph run in a straight line.
    (5) rules are looked for among those of the message's intent, and by its text only when one names a text.
    (6) copies made for debug lines that nobody reads. (7) the check of each message for intents that the domain does
    not have, which builds an empty domain to compare: `rasa data validate` has checked that. (8) the fingerprints for
    the cache of half-trained models, a third of the training time: Houlu always trains the whole."""
    # A second thread for products of sixty by a hundred numbers only waits, and takes a tenth of a core for it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    import skops.io  # noqa: F401

    _trust_our_actions()
    _remember_event_classes()
    _run_straight()
    _look_for_rules_by_intent()
    _copy_nothing_for_debugging()
    _know_all_features()
    _train_without_a_cache()


def _trust_our_actions() -> None:
    from rasa.core.actions.action import RemoteAction

    RemoteAction._validate_action_result = lambda self, result: True


def _remember_event_classes() -> None:
    from rasa.shared.core.events import Event

    original = Event.resolve_by_type
    known: dict[str, object] = {}

    def resolve(type_name: str, default: object = None) -> object:
        if type_name not in known:
            known[type_name] = original(type_name, default)
        return known[type_name]

    Event.resolve_by_type = staticmethod(resolve)


def _run_straight() -> None:
    import rasa.core.processor

    from houlu.rasa.runner import StraightRunner

    rasa.core.processor.DaskGraphRunner = StraightRunner


def _look_for_rules_by_intent() -> None:
    from rasa.core.policies.rule_policy import RULES, RulePolicy

    original = RulePolicy._find_action_from_rules

    def find(self: RulePolicy, tracker: object, domain: object, use_text_for_last_user_input: bool) -> object:
        if use_text_for_last_user_input and not any('"text"' in key for key in self.lookup[RULES]):
            return None, None, False
        return original(self, tracker, domain, use_text_for_last_user_input)

    @cache
    def intent_of(rule: str) -> object:
        return (json.loads(rule)[-1].get("user") or {}).get("intent")

    all_possible = RulePolicy._get_possible_keys

    def possible(self: RulePolicy, lookup: dict[str, str], states: list[dict[str, Any]]) -> object:
        said = (states[-1].get("user") or {}).get("intent") if states else None
        mine = {rule: action for rule, action in lookup.items() if intent_of(rule) in (None, said)}
        return all_possible(self, mine, states)

    RulePolicy._find_action_from_rules = find
    RulePolicy._get_possible_keys = possible


def _copy_nothing_for_debugging() -> None:
    import rasa.core.policies.rule_policy
    import rasa.core.processor

    given = SimpleNamespace(deepcopy=lambda value: value)
    rasa.core.processor.copy = rasa.core.policies.rule_policy.copy = given


def _know_all_features() -> None:
    from rasa.core.processor import MessageProcessor

    MessageProcessor._check_for_unseen_features = lambda self, parse_data: None


def _train_without_a_cache() -> None:
    from rasa.engine.training.hooks import TrainingHook

    TrainingHook.on_before_node = lambda self, *_args, **_given: {}
    TrainingHook.on_after_node = lambda self, *_args, **_given: None
