"""Binds PDFs that typst wrote one behind the other: one file, one tree of tags, one outline (ISO 32000-1 §7.5, §14.7).

Typst writes its objects uncompressed, in the order of their numbers, and refers to them as ``7 0 R``; so they can be
renumbered without being understood. Only what holds a document together is: it is written anew behind the last part.
"""

import re
from array import array
from itertools import pairwise, repeat
from typing import BinaryIO

PAGES, OUTLINES, TREE, DOCUMENT = range(1, 5)  # what holds the parts together; their own objects follow
FREE = b"0000000000 65535 f\r\n"
MARKS = re.compile(rb"\((U\d+x\d+y\d+)\)|(\d+) 0 R|/StructParents (\d+)")


class Binder:
    """Writes each part as soon as it is given; keeps only where things stand."""

    def __init__(self, target: BinaryIO) -> None:
        self.target = target
        self.at = target.write(b"%PDF-1.7\n%\x80\x80\x80\x80\n")
        self.offsets = array("Q", repeat(0, DOCUMENT + 1))  # by number; 0 for one that is not written
        self.last = DOCUMENT
        self.leaves = 0
        self.page_trees: list[int] = []
        self.elements: list[int] = []
        self.entries: list[tuple[int, bytes]] = []  # outline entries: each names its neighbours
        self.parents: list[bytes] = []
        self.header_cells: list[bytes] = []
        self.trailer = self.catalog = b""
        self.info = self.metadata = (0, b"")

    def add(self, part: bytes) -> None:
        """Write the objects of a part behind those of the parts before it."""
        bodies, trailer = opened(part)
        self.offsets.extend(repeat(0, len(bodies)))
        numbered = dict(enumerate(bodies, start=1))
        root, info = number_in(trailer, b"Root"), number_in(trailer, b"Info")
        catalog = numbered.pop(root)
        pages, tree, outlines, metadata = (
            number_in(catalog, name) for name in (b"Pages", b"StructTreeRoot", b"Outlines", b"Metadata")
        )
        if not self.trailer:
            self.trailer, self.catalog = trailer, catalog
            self.info = (info + self.last, numbered[info])
            self.metadata = (metadata + self.last, numbered[metadata])
        entry, element = number_in(numbered[outlines], b"First"), number_in(numbered[tree], b"K")
        for unwanted in (info, metadata, outlines):
            del numbered[unwanted]
        self._collect(self._renumbered(numbered.pop(tree)))
        self.entries.append((entry + self.last, self._renumbered(numbered.pop(entry))))
        for number, body in numbered.items():
            renumbered = self._renumbered(body)
            if number == pages:
                renumbered = renumbered.replace(b"/Type/Pages", b"/Type/Pages/Parent %d 0 R" % PAGES, 1)
            if number == element:
                renumbered = re.sub(rb"/S/Document/P \d+ 0 R", b"/S/Part/P %d 0 R" % DOCUMENT, renumbered, count=1)
            self._put(number + self.last, renumbered)
        self.page_trees.append(pages + self.last)
        self.elements.append(element + self.last)
        self.leaves += int(found(rb"/Count (\d+)", numbered[pages]))
        self.last += len(bodies)

    def close(self) -> None:
        """Write what holds the parts together, and where each object is."""
        self._put(PAGES, b"<</Type/Pages/Count %d/Kids[%b]>>" % (self.leaves, references(self.page_trees)))
        self._put(DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (TREE, references(self.elements)))
        tree = b"/ParentTree<</Nums[%b]>>/IDTree<</Names[%b]>>/ParentTreeNextKey %d>>"
        tree %= (b" ".join(self.parents), b"".join(sorted(self.header_cells)), self.leaves)
        self._put(TREE, b"<</Type/StructTreeRoot%b/K[%d 0 R]" % (self.roles, DOCUMENT) + tree)
        self._put_outline()
        number, body = self.metadata
        words = found(rb"(?s)stream\n(.*)\nendstream", body)
        words = re.sub(rb"<xmpTPg:NPages>\d+<", b"<xmpTPg:NPages>%d<" % self.leaves, words)
        self._put(number, b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%b\nendstream" % (len(words), words))
        self._put(*self.info)
        parts = {b"Pages": PAGES, b"StructTreeRoot": TREE, b"Outlines": OUTLINES, b"Metadata": number}
        catalog = re.sub(rb"/(%b) \d+ 0 R" % b"|".join(parts), lambda one: referring(one[1], parts), self.catalog)
        self.offsets.append(0)
        self._put(self.last + 1, catalog)
        self._put_table(self.last + 1)

    def _renumbered(self, body: bytes) -> bytes:
        """Return a body with its references, and the keys that must be unique in a file, behind those of before."""
        head, stream, rest = body.partition(b"\nstream\n")
        part = len(self.page_trees)

        def moved(mark: re.Match[bytes]) -> bytes:
            if mark[2]:
                return b"%d 0 R" % (int(mark[2]) + self.last)
            if mark[1]:
                return b"(P%dx%b)" % (part, mark[1])
            return b"/StructParents %d" % (int(mark[3]) + self.leaves)

        return MARKS.sub(moved, head) + stream + rest

    def _collect(self, tree: bytes) -> None:
        """Keep what the root of a part's tags says of its pages and of its header cells."""
        pages = re.findall(rb"(\d+) (\d+ 0 R)", found(rb"/Nums\[(.*?)\]", tree))
        self.parents += [b"%d %b" % (int(key) + self.leaves, array) for key, array in pages]
        self.header_cells += re.findall(rb"\(\w+\)\d+ 0 R", found(rb"/Names\[(.*?)\]", tree))
        self.roles = b"/RoleMap<<%b>>" % found(rb"/RoleMap<<(.*?)>>", tree)

    def _put_outline(self) -> None:
        numbers = [number for number, _body in self.entries]
        ends = (numbers[0], numbers[-1], len(numbers))
        self._put(OUTLINES, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends)
        for place, (number, body) in enumerate(self.entries):
            before = b"/Prev %d 0 R" % numbers[place - 1] if place else b""
            after = b"/Next %d 0 R" % numbers[place + 1] if place + 1 < len(numbers) else b""
            self._put(number, re.sub(rb"/Parent \d+ 0 R", b"/Parent %d 0 R" % OUTLINES + before + after, body, count=1))

    def _put(self, number: int, body: bytes) -> None:
        self.offsets[number] = self.at
        self.at += self.target.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _put_table(self, root: int) -> None:
        """Write the cross-reference table; numbers nobody uses any more are free (§7.5.4)."""
        self.target.write(b"xref\n0 %d\n" % (root + 1))
        for at in self.offsets:
            self.target.write(b"%010d 00000 n\r\n" % at if at else FREE)
        names = (root + 1, root, self.info[0], found(rb"/ID(\[.*?\])", self.trailer))
        self.target.write(b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID%b>>\n" % names)
        self.target.write(b"startxref\n%d\n%%%%EOF" % self.at)


def opened(pdf: bytes) -> tuple[list[bytes], bytes]:
    """Return the bodies of all objects in the order of their numbers, and the trailer."""
    start = int(found(rb"(?s).*startxref\s+(\d+)", pdf[-64:]))
    table, trailer = pdf[start:].split(b"trailer", 1)
    offsets = [int(line[:10]) for line in table.splitlines()[3:]]
    bodies = (pdf[first:last] for first, last in pairwise((*offsets, start)))
    return [found(rb"(?s)\A\d+ 0 obj\n(.*)\nendobj", body) for body in bodies], trailer


def found(pattern: bytes, text: bytes) -> bytes:
    """Return the first group; raises ``ValueError`` where typst writes otherwise than it did."""
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(pattern)
    return match[1]


def number_in(body: bytes, name: bytes) -> int:
    """Return the number of the object that a dictionary calls by a name."""
    return int(found(rb"/%b[\[ ](\d+) 0 R" % name, body))


def references(numbers: list[int]) -> bytes:
    """Return the inside of an array."""
    return b" ".join(b"%d 0 R" % number for number in numbers)


def referring(name: bytes, numbers: dict[bytes, int]) -> bytes:
    """Return an entry of a dictionary."""
    return b"/%b %d 0 R" % (name, numbers[name])
