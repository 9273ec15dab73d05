"""A Vosk model's words without its language model, which whoever listens for phrases has no use for.

graph/Gr.fst is a graph in OpenFst's format: a header, the words that it takes, the same words again as those
that it gives, and the language model. Vosk needs only the words that it gives; the rest takes 108 MB of the
Korean model. Pure.
"""

import struct

FST_MAGIC, TABLE_MAGIC = 2125659606, 2125658996
"""How a graph and a table of words begin (OpenFst, fst.h and symbol-table.cc)."""
BOTH_TABLES, TABLE_OF_OUTPUT = 3, 2
"""Flags: the words that it takes and those that it gives, or only these, stand in the file."""
EXPANDED = 3
"""Properties: its states are in the file, and may be changed."""


def words_only(graph: bytes) -> bytes | None:
    """Give a graph with the same words and a single state; None where it is not laid out as above."""
    try:
        tables = _header_of(graph)
    except struct.error:
        return None
    second = -1 if tables is None else graph.find(struct.pack("<i", TABLE_MAGIC), tables + 4)
    table = graph[tables:second]
    if second < 0 or graph[second : second + len(table)] != table:
        return None
    kind = struct.pack("<i", FST_MAGIC) + _text(b"vector") + _text(b"standard")
    header = struct.pack("<iiQqqq", 2, TABLE_OF_OUTPUT, EXPANDED, 0, 1, 0)
    final_state = struct.pack("<fq", 0.0, 0)
    return kind + header + table + final_state


def _header_of(graph: bytes) -> int | None:
    """Give where a graph's header ends and its tables begin; None where it is no graph with both tables."""
    (magic,) = struct.unpack_from("<i", graph)
    place = 4
    for _ in ("type", "type of arc"):
        (length,) = struct.unpack_from("<i", graph, place)
        place += 4 + length
    _version, flags = struct.unpack_from("<ii", graph, place)
    place += struct.calcsize("<iiQqqq")
    (table,) = struct.unpack_from("<i", graph, place)
    return place if (magic, flags & BOTH_TABLES, table) == (FST_MAGIC, BOTH_TABLES, TABLE_MAGIC) else None


def _text(text: bytes) -> bytes:
    return struct.pack("<i", len(text)) + text
