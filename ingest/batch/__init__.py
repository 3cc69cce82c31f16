"""Conversion of whole archives: discovery, killable workers, journal, progress."""
