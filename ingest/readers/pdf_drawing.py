"""What is drawn on a PDF page besides letters: ruling lines, images, hidden text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

_MAX_OBJECTS = 20_000
_MAX_DEPTH = 8
_INVISIBLE = 3  # text render mode of hidden OCR layers
_THIN = 3.0  # points: a filled rectangle up to this thick is a ruling line
_PALE = 245  # lines of this grey or lighter are not seen

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing:
    """Ruling lines and images as rectangles in raw page coordinates, image sizes in pixels, texts counted."""

    rules: list[Rect] = field(default_factory=list)
    images: list[Rect] = field(default_factory=list)
    pixels: list[tuple[int, int]] = field(default_factory=list)
    paths: int = 0
    texts: int = 0
    hidden_texts: int = 0


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, m, n, p, q, r = outer
    return (a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found))
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _hull(points: list[tuple[float, float]]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _bounds(item: Any, outer: Matrix) -> Rect:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(side) for side in sides))
    x0, y0, x1, y1 = (side.value for side in sides)
    return _hull([_apply(outer, x, y) for x in (x0, x1) for y in (y0, y1)])


def _subpaths(item: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Polygons of a path; one with a curve in it is left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for position in range(min(raw.FPDFPath_CountSegments(item), _MAX_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(item, position)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append(_apply(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _is_pale(item: Any, get: Any) -> bool:
    channels = [ctypes.c_uint() for _ in range(4)]
    return bool(get(item, *(ctypes.byref(c) for c in channels))) and (
        all(c.value >= _PALE for c in channels[:3]) or channels[3].value == 0
    )


def _is_thin(rect: Rect) -> bool:
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    return min(width, height) <= _THIN < max(width, height)


def _path_rules(item: Any, outer: Matrix) -> Iterator[Rect]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    stroked = bool(stroke.value) and not _is_pale(item, raw.FPDFPageObj_GetStrokeColor)
    filled = bool(fill.value) and not _is_pale(item, raw.FPDFPageObj_GetFillColor)
    if not (stroked or filled):
        return
    for points in _subpaths(item, _times(_matrix(item), outer)):
        whole = _hull(points)
        if _is_thin(whole):
            yield whole
        elif stroked:
            yield from (side for pair in pairwise(points) if _is_thin(side := _hull(list(pair))))


def _walk(container: Any, outer: Matrix, depth: int, found: Drawing) -> None:
    is_page = depth == 0
    count = (raw.FPDFPage_CountObjects if is_page else raw.FPDFFormObj_CountObjects)(container)
    get = raw.FPDFPage_GetObject if is_page else raw.FPDFFormObj_GetObject
    for position in range(count):
        if found.paths + found.texts + len(found.images) >= _MAX_OBJECTS:
            return
        item = get(container, position)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.texts += 1
            found.hidden_texts += raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            found.rules.extend(_path_rules(item, outer))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            width, height = ctypes.c_uint(), ctypes.c_uint()
            raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(width), ctypes.byref(height))
            found.images.append(_bounds(item, outer))
            found.pixels.append((width.value, height.value))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            _walk(item, _times(_matrix(item), outer), depth + 1, found)


def read_drawing(page: Any) -> Drawing:
    """Ruling lines and images of a loaded page (a pypdfium2 page), forms included."""
    found = Drawing()
    _walk(page.raw, IDENTITY, 0, found)
    return found
