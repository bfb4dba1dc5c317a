"""Everything but LangServe's own routes works without them."""

import builtins
import sys
from typing import Any

import pytest
from starlette.routing import Mount

from quire.nodes.config.settings import Settings
from quire.server.app import create_app


def mounted() -> list[str]:
    return [route.path for route in create_app(Settings.read()).routes if isinstance(route, Mount)]


def test_the_routes_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/langserve" in mounted()
    monkeypatch.setenv("QUIRE_LANGSERVE", "0")

    assert "/langserve" not in mounted()


def test_the_package_may_be_absent(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    there = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "langserve":
            raise ModuleNotFoundError("No module named 'langserve'", name="langserve")
        return there(name, *more, **named)

    for module in [m for m in sys.modules if m.startswith("quire.server.langserve.app")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(builtins, "__import__", without)

    assert "/langserve" not in mounted()
    assert "LangServe is not installed" in caplog.text
