"""What ``deploy`` says is valid, holds no secret, and its commands work as they stand there."""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from postgres import Cluster
from serving import ROOT, free_port
from toys import section, toy_brief

from quire.server.cli.serving import LAST_ANSWERS
from quire.server.execution.engine.worker import LAST_STEPS, LETTING_GO

COMPOSE = ROOT / "deploy" / "compose.yaml"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
OURS = ("migrate", "api", "worker")
HEADERS = {"Authorization": "Bearer key-a"}


def test_the_compose_file_is_as_the_specification_has_it() -> None:
    command = [str(Path(sys.executable).parent / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, str(COMPOSE)], capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_may_do_nothing_but_its_work(name: str) -> None:
    service = SERVICES[name]

    assert (True, ["ALL"], ["no-new-privileges:true"]) == (
        service["read_only"], service["cap_drop"], service["security_opt"],
    )  # fmt: skip
    assert all(volume.endswith(":ro") for volume in service["volumes"])
    assert re.search(r"^USER \d+$", (ROOT / "deploy" / "Dockerfile").read_text(), re.MULTILINE)


def test_no_secret_stands_in_what_is_deployed() -> None:
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            secret = name.endswith(("_KEY", "PASSWORD")) or "://" in value
            assert not secret or re.search(r"\$\{\w+:[?-]", value), name


@pytest.mark.parametrize(("name", "least"), [("api", LAST_ANSWERS), ("worker", LAST_STEPS + LETTING_GO)])
def test_a_service_is_given_the_time_it_takes_to_stop(name: str, least: int) -> None:
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > least


def test_only_this_machine_reaches_what_is_published() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert ["127.0.0.1:8000:8000"] == published


class Deployed:
    """The services' own commands, with this machine's ports, database and keys in the place of the containers'."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._url = url
        for name in ("home", "keys"):
            (folder / name).mkdir()
        (folder / "keys" / "keys").write_text("key-a:acme\n")

    def start(self, name: str, port: int = 0) -> subprocess.Popen[bytes]:
        words = [_moved(word, port) for word in SERVICES[name]["command"]]
        with (self.folder / f"{name}-{port}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "quire", *words],
                env=self._environment(name),
                cwd=self.folder / "home",
                stderr=log,
            )
        self.processes.append(process)
        return process

    def is_healthy(self, name: str, port: int) -> bool:
        """Run a service's health check as it stands there."""
        kind, program, *arguments = SERVICES[name]["healthcheck"]["test"]
        assert ("CMD", "python") == (kind, program)
        checked = [sys.executable, *(_moved(word, port) for word in arguments)]
        return subprocess.run(checked, capture_output=True, check=False).returncode == 0

    def until_healthy(self, name: str, port: int) -> None:
        for _ in range(100):
            if self.is_healthy(name, port):
                return
            time.sleep(0.2)
        raise AssertionError(f"{name} is not healthy: " + (self.folder / f"{name}-{port}.log").read_text()[-2000:])

    def _environment(self, name: str) -> dict[str, str]:
        said = {key: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", value) for key, value in SERVICES[name]["environment"].items()}
        assert said["QUIRE_DATABASE_URL"].startswith("postgresql://quire:${")
        file = str(self.folder / "keys" / Path(said["QUIRE_API_KEYS_FILE"]).name)
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        ours = {"QUIRE_DATABASE_URL": self._url, "QUIRE_API_KEYS_FILE": file}
        return {**kept, **said, **ours, "QUIRE_HOME": str(self.folder / "home"), "HOME": str(self.folder / "home")}


def _moved(word: str, port: int) -> str:
    return re.sub(r"\b(8000|9100)\b", str(port), word).replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - a test's is loopback


@pytest.mark.long
@pytest.mark.timeout(180)
def test_the_commands_of_the_services_write_a_document_and_stop_when_told(postgres: Cluster, tmp_path: Path) -> None:
    deployed = Deployed(postgres.database(), tmp_path)
    api_port, *worker_ports = free_port(), free_port(), free_port()
    assert len(worker_ports) == SERVICES["worker"]["deploy"]["replicas"]
    try:
        assert 0 == deployed.start("migrate").wait(60)
        deployed.start("api", api_port)
        for port in worker_ports:
            deployed.start("worker", port)
        for name, port in [("api", api_port), *(("worker", port) for port in worker_ports)]:
            deployed.until_healthy(name, port)
        text = _written(f"http://127.0.0.1:{api_port}")
        counted = [_runs_ended(port) for port in worker_ports]
        for process in deployed.processes[1:]:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(30) for process in deployed.processes[1:]]
    finally:
        for process in deployed.processes:
            process.kill()

    assert "40 feet" in text
    assert [0.0, 1.0] == sorted(counted)
    assert [0, 0, 0] == codes
    assert [] == list((tmp_path / "home").iterdir()), "a read-only container has nowhere to write"
    assert not deployed.is_healthy("api", api_port)


def _written(address: str) -> str:
    with httpx.Client(base_url=address, headers=HEADERS, timeout=60) as client:
        accepted = client.post("/documents", json=toy_brief(section("height"))).json()
        client.get(accepted["links"]["events"])
        return client.get(accepted["links"]["content"], params={"format": "md"}).text


def _runs_ended(port: int) -> float:
    told = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=HEADERS).raise_for_status().text
    return sum(float(n) for n in re.findall(r"^quire_runs_ended_total\S* (\S+)$", told, re.MULTILINE))


def test_the_image_is_given_what_the_program_is_made_of() -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    copied = {
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in shlex.split(line)[1:-1]
    }
    let_in = {
        line[1:] for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().splitlines() if line[0] == "!"
    }

    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)
