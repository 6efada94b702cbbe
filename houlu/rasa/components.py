"""Graph components of the pipeline in config.yml, each a thin shell around a pure function of houlu.understanding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.extractors.spacy_entity_extractor import SpacyEntityExtractor
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import ENTITIES, FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from scipy.special import expit

from houlu.understanding import artefacts
from houlu.understanding.features import delexicalise, ngrams
from houlu.understanding.recognise import Entity, Recogniser

KNOWN_SHARE = "known_share"
_ROW = "ngram_row"  # (columns, weights): the features of one message, without the cost of a sparse matrix
_Type = DefaultV1Recipe.ComponentType


def entities_of(message: Any) -> list[Entity]:
    """Our entities out of Rasa's list (a message's or a tracker's)."""
    return [Entity(**e["houlu"]) for e in message.get(ENTITIES) or [] if "houlu" in e]


class _Stateless(GraphComponent):
    """A component without anything learnt."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data


@DefaultV1Recipe.register(_Type.MESSAGE_TOKENIZER, is_trainable=False)
class Normaliser(_Stateless):
    """Puts the normalised text in place of the original one."""

    def process(self, messages: list[Message]) -> list[Message]:
        normalise = artefacts.normaliser()
        for message in messages:
            if text := message.get(TEXT):
                message.set(TEXT, normalise(text).text or " ", add_to_output=True)
        return messages


@DefaultV1Recipe.register(_Type.MESSAGE_TOKENIZER, is_trainable=True)
class Words(JiebaTokenizer):
    """Rasa's tokenizer over our own words (`artefacts.words`) instead of jieba's shared ones."""

    @staticmethod
    def _load_custom_dictionary(path: str) -> None:
        """The lexicon is built before the model is loaded."""

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        return [Token(word, start) for word, start, _ in artefacts.words().tokenize(message.get(attribute))]


# Also a featurizer: Rasa runs no mere entity extractor before training, and the plain form needs the names.
@DefaultV1Recipe.register(
    [_Type.ENTITY_EXTRACTOR, _Type.MESSAGE_FEATURIZER], is_trainable=False, model_from="SpacyNLP"
)
class LexiconEntityExtractor(SpacyEntityExtractor):
    """The lexicon's names, found by the spaCy pipeline; unlike Rasa's extractor it keeps their ids."""

    def process(self, messages: list[Message], model: SpacyModel) -> list[Message]:
        recognise = artefacts.recogniser(model.model)
        for message in messages:
            found = [
                {
                    "entity": e.label,
                    "value": e.id,
                    "start": e.start,
                    "end": e.end,
                    "extractor": "Lexicon",
                    "houlu": e.to_dict(),
                }
                for e in _names(recognise, model, message)
            ]
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), *found], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData, model: SpacyModel) -> TrainingData:
        self.process([m for m in training_data.training_examples if m.get(TEXT)], model)
        return training_data


def _names(recognise: Recogniser, model: SpacyModel, message: Message) -> list[Entity]:
    """From the document that SpacyNLP has made of the same text, where there is one."""
    text, doc = message.get(TEXT) or "", message.get(SPACY_DOCS[TEXT])
    if not text.strip():
        return []
    return recognise.from_doc(doc if doc is not None and doc.text == text else model.model(text))


@DefaultV1Recipe.register(_Type.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(Featurizer, GraphComponent):
    """Jieba words and character n-grams, of the surface and of the delexicalised text, one row a sentence, weighted by
    rarity (tf-idf) and of one length: measured 1 to 4 points better on unseen voices than plain presence.

    Rasa's CountVectorsFeaturizer also makes a row for each token, which nobody here reads.
    """

    def __init__(
        self, config: dict[str, Any], name: str, storage: ModelStorage, resource: Resource, rarity: dict[str, float]
    ) -> None:
        super().__init__(name, {**self.get_default_config(), **config})
        self._storage, self._resource = storage, resource
        self._learn(rarity)

    def _learn(self, rarity: dict[str, float]) -> None:
        self._column = {gram: i for i, gram in enumerate(rarity)}
        self._rarity = np.array(list(rarity.values()))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """min_count: how many training utterances must have an n-gram. length: of each row; Rasa's logistic regression
        has a fixed C of 1, so a longer row is its weaker regularisation (10 is a C of 100)."""
        return {**Featurizer.get_default_config(), "min_count": 2, "length": 10}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        return cls(config, execution_context.node_name, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeaturizer:
        with model_storage.read_from(resource) as folder:
            rarity = json.loads((Path(folder) / "ngrams.json").read_text(encoding="utf-8"))
        return cls(config, execution_context.node_name, model_storage, resource, rarity)

    def train(self, training_data: TrainingData) -> Resource:
        counts: dict[str, int] = {}
        for message in training_data.intent_examples:
            for gram in _grams(message):
                counts[gram] = counts.get(gram, 0) + 1
        total = len(training_data.intent_examples)
        rarity = {
            gram: round(float(np.log((1 + total) / (1 + count)) + 1), 4)
            for gram, count in sorted(counts.items())
            if count >= self._config["min_count"]
        }
        self._learn(rarity)
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / "ngrams.json").write_text(json.dumps(rarity, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = [m for m in training_data.training_examples if m.get(TEXT) and m.get(INTENT)]
        for message in self.process(examples):
            columns, weights = message.get(_ROW)
            row = csr_matrix((weights, ([0] * len(columns), columns)), shape=(1, len(self._column)))
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            grams = _grams(message)
            columns = sorted(self._column[gram] for gram in grams if gram in self._column)
            weights = self._rarity[columns]
            message.set(_ROW, (columns, weights * self._config["length"] / (np.linalg.norm(weights) or 1)))
            pairs = [gram for gram in grams if gram.startswith("c:") and len(gram) == 4]
            message.set(KNOWN_SHARE, sum(g in self._column for g in pairs) / len(pairs) if pairs else 1.0)
        return messages


def _grams(message: Message) -> set[str]:
    text = message.get(TEXT) or ""
    tokens = [token.text for token in message.get("text_tokens") or []]
    return ngrams(text, tokens, delexicalise(text, entities_of(message)), artefacts.cues()(text))


@DefaultV1Recipe.register(_Type.INTENT_CLASSIFIER, is_trainable=True)
class Classifier(LogisticRegressionClassifier):
    """Rasa's classifier without its small coefficients (they change no prediction: measured on unseen voices; the model
    file is an eighth), read by the columns that a message has (12 ms a message less), and sharpened by the one
    temperature that makes it true on unseen voices (docs/understanding.md)."""

    SMALL = 0.01

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """temperature: below 1 sharpens, above 1 flattens."""
        return {**LogisticRegressionClassifier.get_default_config(), "temperature": 1.0}

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            columns, weights = message.get(_ROW)
            # What scikit-learn's predict_proba gives for liblinear: each intent against the rest, then shared out.
            chances = expit(self.clf.coef_[:, columns] @ weights + self.clf.intercept_)
            chances = chances ** (1 / self.config["temperature"])
            chances = chances / chances.sum()
            best = np.argsort(-chances, kind="stable")[: self.config["ranking_length"]]
            ranking = [{"name": self.clf.classes_[i], "confidence": float(chances[i])} for i in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data  # nothing after it is trained on its guesses

    def persist(self) -> None:
        small = abs(self.clf.coef_) < self.SMALL
        self.clf.coef_ = np.asarray(np.where(small, 0, self.clf.coef_), dtype=np.float32)
        super().persist()

    @classmethod
    def load(cls, *args: Any, **kwargs: Any) -> LogisticRegressionClassifier:
        component = super().load(*args, **kwargs)
        if not hasattr(component.clf, "coef_"):  # Rasa answers a failed load with an unfitted classifier
            raise ValueError("the stored classifier cannot be read; run `houlu train --force`")
        if component.clf.solver != "liblinear":
            raise ValueError("`process` reads the coefficients as liblinear lays them out; config.yml names another")
        # In the type of the features, too: otherwise each message converts all coefficients.
        component.clf.coef_ = np.asfortranarray(component.clf.coef_, dtype=np.float64)
        return component


@DefaultV1Recipe.register(_Type.INTENT_CLASSIFIER, is_trainable=False)
class Decision(_Stateless):
    """The last word on the intent: danger, foreign subjects, and when to ask (houlu.understanding.decide)."""

    def process(self, messages: list[Message]) -> list[Message]:
        decide = artefacts.decider()
        for message in messages:
            ranking = [(r["name"], float(r["confidence"])) for r in message.get("intent_ranking") or []]
            if not ranking:
                continue
            name, confidence = decide(
                message.get(TEXT) or "", entities_of(message), ranking, float(message.get(KNOWN_SHARE) or 0)
            )
            message.set("intent", {"name": name, "confidence": float(confidence)}, add_to_output=True)
            message.set("intent_ranking", [{"name": n, "confidence": p} for n, p in ranking[:8]], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
