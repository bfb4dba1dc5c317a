"""What is installed: one package, ``quire``, with every file of it, from a checkout and from a wheel alike."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("graphs", "nodes", "server")


def ours(folder: Path) -> Iterator[str]:
    """Name the files of a folder that belong to the package."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(folder.parent).as_posix()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution, and the wheel from it, as a release does."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder of its own."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(command, check=True)
    return target


def run(code: str, *path: Path) -> str:
    """Run a program of three lines with folders in front of everything else that can be imported."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=path[0], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.long
def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    expected = {f"quire/{name}" for folder in FOLDERS for name in ours(ROOT / folder)}
    expected |= {f"quire/{name}" for name in ("__init__.py", "__main__.py", "unpublished.py", "py.typed")}

    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert expected == held


@pytest.mark.long
def test_a_project_with_packages_of_the_same_names_keeps_its_own(installed: Path, tmp_path: Path) -> None:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text(f"WHOSE = 'the project, {folder}'\n")

    told = run(
        "import graphs, nodes, server, quire, quire.graphs.events, quire.nodes.faults, quire.server.app\n"
        "print(graphs.WHOSE, nodes.WHOSE, server.WHOSE, quire.__file__, sep='|')",
        tmp_path,
        installed,
    )

    theirs, where = told.rsplit("|", 1)
    assert "|".join(f"the project, {folder}" for folder in FOLDERS) == theirs
    assert Path(where).is_relative_to(installed)


def test_nothing_else_is_installed_at_top_level(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert {"quire"} == {name.split("/")[0] for name in archive.namelist() if ".dist-info/" not in name}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_a_checkout_is_no_package_by_itself(folder: str) -> None:
    program = f"try:\n    import {folder}\nexcept ImportError as refusal:\n    print(refusal)"

    assert f"this folder is the package quire.{folder}: import it by that name" == run(program, ROOT)


def test_the_public_names_are_those_of_their_modules() -> None:
    import quire  # noqa: PLC0415 - the package under test

    assert set(quire.__all__) == set(dir(quire))
    for name in quire.__all__:
        assert getattr(quire, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = quire.nothing


def test_a_checkout_without_links_works_too(tmp_path: Path) -> None:
    (tmp_path / "src/quire").mkdir(parents=True)
    for file in ("__init__.py", "__main__.py"):
        (tmp_path / "src/quire" / file).write_text((ROOT / "src/quire" / file).read_text())
    for folder in FOLDERS:
        (tmp_path / folder).symlink_to(ROOT / folder)

    where = run("import quire.graphs.events; print(quire.graphs.events.__file__)", tmp_path / "src")

    assert Path(where).is_relative_to(tmp_path)


def test_importing_it_loads_neither_langgraph_nor_a_web_framework() -> None:
    heavy = run(
        "import sys, quire; print([m for m in ('langgraph', 'fastapi', 'langchain_core') if m in sys.modules])",
        ROOT / "src",
    )

    assert "[]" == heavy
