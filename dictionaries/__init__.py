"""Word lists, patterns, units and place names, with their loader."""

from .loader import (
    BrokenDictionaryError,
    Entry,
    Pattern,
    alternation,
    entries,
    index,
    names,
    pattern,
    pattern_names,
    patterns,
    resource,
    rows,
    use_folder,
)

__all__ = [
    "BrokenDictionaryError",
    "Entry",
    "Pattern",
    "alternation",
    "entries",
    "index",
    "names",
    "pattern",
    "pattern_names",
    "patterns",
    "resource",
    "rows",
    "use_folder",
]
