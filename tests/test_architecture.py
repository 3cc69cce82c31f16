"""The house itself: which module may import which, how long things may get, and what stays out of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("schemas", "dictionaries", "ingest")
# Bottom to top: a module imports only from layers below its own. Units of one layer do not import each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("schemas",),
    ("dictionaries",),
    ("ingest.values", "ingest.errors", "ingest.options"),
    ("ingest.text",),
    ("ingest.readers", "ingest.ocr", "ingest.layout", "ingest.restore", "ingest.tables", "ingest.output"),
    ("ingest.pages",),
    ("ingest.parse", "ingest.inspection_drawing"),
    ("ingest.pipeline", "ingest.restoring", "ingest.inspection", "ingest.doctor"),
    ("ingest.batch", "ingest.doctor"),
    ("cli",),
)
RANK = {unit: rank for rank, layer in enumerate(LAYERS) for unit in layer}
FOUNDATION = LAYERS[2]  # these three may import each other
OUTPUT_SEES = {"schemas", "ingest.values", "ingest.errors"}
MAX_MODULE, MAX_FUNCTION, MAX_COMMAND = 400, 50, 40
VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LOCAL_PATH = re.compile(r"(?<![\w./~-])/(?:work|home|root|Users|mnt)/|[A-Z]:\\Users")
TEXT_SUFFIXES = {".py", ".md", ".toml", ".tsv", ".yaml", ".yml", ".txt", ".json", ""}


def package_files() -> list[Path]:
    return sorted([*ROOT.glob("*.py"), *(f for package in PACKAGES for f in (ROOT / package).rglob("*.py"))])


def python_files() -> list[Path]:
    return package_files() + sorted(f for folder in ("tests", "samples", "docs") for f in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def module_of(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def unit_of(module: tuple[str, ...]) -> str | None:
    """The unit of LAYERS that the module belongs to."""
    for length in (2, 1):
        if ".".join(module[:length]) in RANK:
            return ".".join(module[:length])
    return None


def imported(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and target of each import of a project module by `path`."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            target = (*base, *(node.module.split(".") if node.module else ()))
            for alias in node.names:
                yield node.lineno, (*target, alias.name)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    called = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
    return any(isinstance(d, ast.Attribute) and d.attr in ("command", "callback") for d in called)


@pytest.mark.parametrize("path", package_files(), ids=name)
def test_imports_point_down_the_layers(path: Path) -> None:
    module = module_of(path)
    unit = unit_of(module)
    if module in ((), ("ingest",)):
        return  # the lazy public names and the bare package
    assert unit is not None, f"{name(path)} belongs to no layer: put it into one of LAYERS"
    for line, target in imported(path):
        other = unit_of(target)
        if other in (None, unit) or (unit in FOUNDATION and other in FOUNDATION):
            continue
        where = f"{name(path)}:{line} imports {'.'.join(target)}"
        if unit == "ingest.output":
            assert other in OUTPUT_SEES, f"{where}: writers see records, values and errors only"
        assert RANK[other] < RANK[unit], f"{where}: {other} is not below {unit}"


@pytest.mark.parametrize("path", package_files(), ids=name)
def test_package_imports_are_relative(path: Path) -> None:
    own = {"kehoach", *PACKAGES, "cli"}
    found: list[tuple[int, str]] = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append((node.lineno, node.module or ""))
    for line, target in found:
        assert target.split(".")[0] not in own, f"{name(path)}:{line}: import {target} relatively"


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_modules_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_MODULE
    for node in functions(parsed(path)):
        limit = MAX_COMMAND if is_command(node) else MAX_FUNCTION
        assert length(node) <= limit, f"{name(path)}:{node.lineno} {node.name} has {length(node)} lines"


def no_words(tree: ast.Module) -> set[int]:
    """Ids of the string nodes that are docstrings or tables of letters (`str.maketrans`)."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "maketrans":
            found |= {id(part) for part in ast.walk(node)}
    return found


def vietnamese_words(text: str) -> list[str]:
    """Words of two to seven letters with a plain consonant and a Vietnamese letter; no ranges, no vowel groups."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\[[^\]]*\]|\w-\w", " ", text.lower()))
    return [w for w in words if 2 <= len(w) <= 7 and set(w) & set(VIETNAMESE) and re.search(r"[b-df-hj-np-tv-xz]", w)]


@pytest.mark.parametrize("path", package_files(), ids=name)
def test_vietnamese_words_live_in_the_dictionaries(path: Path) -> None:
    tree = parsed(path)
    skipped = no_words(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            words = vietnamese_words(node.value)
            assert not words, f"{name(path)}:{node.lineno}: {words} belong in dictionaries/"


@pytest.mark.parametrize("path", package_files(), ids=name)
def test_only_the_loader_reads_dictionary_files(path: Path) -> None:
    if name(path) == "dictionaries/loader.py":
        return
    modules = {node.module for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom)}
    modules |= {a.name for node in ast.walk(parsed(path)) if isinstance(node, ast.Import) for a in node.names}
    assert not modules & {"tomllib", "importlib.resources", "csv"} or name(path).startswith("ingest/output/")


@pytest.mark.parametrize("path", package_files(), ids=name)
def test_public_functions_and_classes_say_what_they_do(path: Path) -> None:
    tree = parsed(path)
    assert ast.get_docstring(tree) or not path.read_text("utf-8").strip(), f"{name(path)} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{name(path)}:{node.lineno} {node.name} has no docstring"


def test_every_package_folder_is_in_the_wheel() -> None:
    listed = (ROOT / "pyproject.toml").read_text("utf-8")
    for package in {".".join(("kehoach", *f.parent.relative_to(ROOT).parts)) for f in package_files()}:
        assert f'"{package}"' in listed, f"pyproject.toml does not list {package}"


def test_no_file_names_a_local_path() -> None:
    folders = [ROOT / f for f in (*PACKAGES, "tests", "samples", ".ci")]
    files = [f for f in ROOT.iterdir() if f.is_file()] + [f for d in folders for f in d.rglob("*") if f.is_file()]
    for path in sorted(files):
        if path.suffix in TEXT_SUFFIXES and path != Path(__file__).resolve() and path.name != "LICENSE":
            found = LOCAL_PATH.search(path.read_text("utf-8", errors="replace"))
            assert found is None, f"{name(path)} names the local path {found and found[0]!r}"
