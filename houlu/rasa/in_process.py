"""The actions called in this process: no action server can be missing, and no HTTP round trip is paid."""

from __future__ import annotations

from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the action server's address."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = None,
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action that the body names. An exception of the action goes up to Rasa, which ends the turn."""
        return await self._executor.run(kwargs["json"])
