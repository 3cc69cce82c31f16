"""kehoach: archives of Vietnamese administrative plans into validated records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .ingest.pipeline import convert as convert
    from .ingest.restore import restore as restore
    from .schemas import Plan as Plan

__version__ = "0.1.0"
__all__ = ["Plan", "convert", "restore"]


def __getattr__(name: str) -> Any:
    """Import the public names when they are first asked for, so that `import kehoach` costs nothing."""
    if name == "convert":
        from .ingest.pipeline import convert

        return convert
    if name == "restore":
        from .ingest.restore import restore

        return restore
    if name == "Plan":
        from .schemas import Plan

        return Plan
    raise AttributeError(f"module 'kehoach' has no attribute {name!r}")
