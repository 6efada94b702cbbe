"""Somebody at the desk: a browser's cookie and CSRF token over the HTTP API."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

API = "/api/desk/v1"
PASSWORD = "kaishi-shangban-7"


class Expert:
    """Logs in and works."""

    def __init__(self, url: str, name: str, password: str = PASSWORD, code: str | None = None) -> None:
        self.http = httpx.Client(base_url=url, timeout=20)
        self.name = name
        self.csrf = ""
        body = {"name": name, "password": password, **({"code": code} if code else {})}
        self.login = self.http.post(f"{API}/session", json=body)
        if self.login.status_code == 200:
            self.csrf = self.login.json()["csrf"]

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.http.request(method, f"{API}/{path}", json=body, headers={"X-CSRF-Token": self.csrf})

    def get(self, path: str) -> Any:
        return self._ok(self.call("GET", path))

    def post(self, path: str, body: Any = None) -> Any:
        return self._ok(self.call("POST", path, body))

    def claim(self, ticket: str) -> Any:
        return self.post(f"tickets/{ticket}/claim")

    def say(self, ticket: str, text: str, client_id: str | None = None) -> Any:
        return self.post(f"tickets/{ticket}/messages", {"id": client_id or uuid.uuid4().hex, "text": text})["message"]

    def close(self, ticket: str, reason: str = "answered", offer: bool = False) -> Any:
        return self.post(f"tickets/{ticket}/close", {"reason": reason, "offer": offer})

    def waiting(self) -> list[str]:
        return [one["ticket"] for one in self.get("queue")["waiting"]]

    def mine(self) -> list[str]:
        return [one["ticket"] for one in self.get("queue")["mine"]]

    def error(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        response = self.call(method, path, body)
        return response.status_code, response.json()["error"]["code"]

    @staticmethod
    def _ok(response: httpx.Response) -> Any:
        assert response.status_code in (200, 201, 204), response.text
        return response.json() if response.content else None
