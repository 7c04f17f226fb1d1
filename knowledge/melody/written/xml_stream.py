"""Reads XML piece by piece, from strangers: nothing is fetched, expanded or nested without end."""

from collections.abc import Callable
from typing import TypeAlias
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from knowledge.melody.written.models import TuneRefused

_DEEPEST = 64
_LONGEST_TEXT = 1_000
_CHUNK = 1 << 16

TakePiece: TypeAlias = Callable[[Element], None]
TakeText: TypeAlias = Callable[[tuple[str, ...], dict[str, str], str], None]


class XmlStream:
    """Hands over each element of one name whole, and the texts of all others.

    A document type may be named, as MusicXML files do, but must define no entities, and what it
    refers to is not read.
    """

    def __init__(self, piece: str, take_piece: TakePiece, take_text: TakeText) -> None:
        """Prepare to read.

        Args:
            piece: name of the elements that are handed over whole.
            take_piece: given each of them.
            take_text: given the path, the attributes and the text of each element outside of them
                when it ends.
        """
        self._piece = piece
        self._take_piece = take_piece
        self._take_text = take_text
        self._open: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self._builder: TreeBuilder | None = None
        self._piece_depth = 0
        self.root = ""
        """Name of the outermost element, once it was met."""

    def read(self, data: bytes) -> None:
        """Read a whole document.

        Raises:
            TuneRefused: it is no XML, or XML that wants something of us.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = _entity
        try:
            for at in range(0, len(data), _CHUNK):
                parser.Parse(data[at : at + _CHUNK], False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise TuneRefused(f"It is no whole XML file: {expat.ErrorString(error.code)}.") from (
                error
            )
        except (ValueError, LookupError) as error:
            if isinstance(error, TuneRefused):
                raise
            raise TuneRefused("Its text cannot be read: an unknown encoding.") from error

    def attribute(self, name: str) -> str:
        """An attribute of the innermost element that is open; "" when it has none."""
        return self._open[-1][1].get(name, "") if self._open else ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        if len(self._open) + self._piece_depth >= _DEEPEST:
            raise TuneRefused("Its XML is nested too deeply.")
        if self._builder is None and name == self._piece:
            self._builder = TreeBuilder()
        if self._builder is not None:
            self._piece_depth += 1
            self._builder.start(name, attributes)
        else:
            self._open.append((name, attributes))
            self._texts.append("")

    def _end(self, name: str) -> None:
        if self._builder is None:
            path = tuple(one for one, _ in self._open)
            _, attributes = self._open.pop()
            self._take_text(path, attributes, self._texts.pop().strip())
            return
        self._builder.end(name)
        self._piece_depth -= 1
        if not self._piece_depth:
            piece = self._builder.close()
            self._builder = None
            self._take_piece(piece)

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text[:_LONGEST_TEXT])
        elif self._texts and len(self._texts[-1]) < _LONGEST_TEXT:
            self._texts[-1] += text[:_LONGEST_TEXT]


def _entity(*_declared: object) -> None:
    raise TuneRefused("It defines entities, which no score needs and which may hide anything.")
