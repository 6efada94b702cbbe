"""A patient's client of the HTTP API."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

API = "/api/v1/conversations"


class Patient:
    """Opens a conversation and speaks in it."""

    def __init__(self, http: httpx.Client, consent: bool = True) -> None:
        self.http = http
        opened = http.post(API, json={"consent": consent})
        assert opened.status_code == 201, opened.text
        self.opened: dict[str, Any] = opened.json()
        self.id: str = self.opened["conversation"]
        self.url = f"{API}/{self.id}"
        self.headers = {"Authorization": f"Bearer {self.opened['token']}"}

    def post(self, body: Any) -> httpx.Response:
        return self.http.post(f"{self.url}/messages", json=body, headers=self.headers)

    def say(self, text: str, client_id: str | None = None) -> dict[str, Any]:
        return self._answered(self.post({"id": client_id or uuid.uuid4().hex, "text": text}))

    def choose(self, choice: str, client_id: str | None = None) -> dict[str, Any]:
        return self._answered(self.post({"id": client_id or uuid.uuid4().hex, "choice": choice}))

    def read(self, since: int = 0) -> dict[str, Any]:
        response = self.http.get(f"{self.url}/messages", params={"since": since}, headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()

    def consent(self, agreed: bool) -> dict[str, Any]:
        return self._answered(self.http.post(f"{self.url}/consent", json={"consent": agreed}, headers=self.headers))

    def erase(self) -> httpx.Response:
        return self.http.delete(self.url, headers=self.headers)

    @staticmethod
    def _answered(response: httpx.Response) -> dict[str, Any]:
        assert response.status_code == 200, response.text
        return response.json()
