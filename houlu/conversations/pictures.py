"""Patients' pictures: decoded, turned upright, made smaller, written anew as JPEG. What was sent is not kept."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

import sqlalchemy as sa
from PIL import Image, ImageOps
from sqlalchemy.engine import Connection

from houlu.conversations import tokens
from houlu.conversations.errors import BadPicture
from houlu.conversations.store import utc_now
from houlu.conversations.tables import pictures

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 50_000_000  # more than a phone's camera makes; 150 MB decoded
MOST = 20  # of one conversation
_SIDE, _QUALITY = 2400, 85
_WHITE = (255, 255, 255)


@dataclass(frozen=True)
class Picture:
    """A clean JPEG. digest: of what was sent."""

    digest: str
    jpeg: bytes
    width: int
    height: int


def cleaned(content: bytes) -> Picture:
    """The pixels alone: no metadata, no trailing bytes, no other format's tricks. Raises BadPicture. Slow."""
    if not content or len(content) > MAX_BYTES:
        raise BadPicture
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _written_anew(content)
    except BadPicture:
        raise
    except Exception as error:  # decoders fail in many ways, and all of them mean the same
        raise BadPicture from error


def add(c: Connection, conversation: str, picture: Picture) -> str:
    """Keep one; its id. Raises BadPicture when there are too many. The caller holds the conversation's lock."""
    mine = sa.select(sa.func.count()).select_from(pictures).where(pictures.c.conversation == conversation)
    if c.execute(mine).scalar_one() >= MOST:
        raise BadPicture
    made = tokens.new_id()
    row = {"id": made, "conversation": conversation, "made_at": utc_now(), "jpeg": picture.jpeg}
    c.execute(sa.insert(pictures).values(**row))
    return made


def jpeg(c: Connection, conversation: str, picture: str) -> bytes | None:
    """One of this conversation."""
    mine = (pictures.c.conversation == conversation, pictures.c.id == picture)
    found = c.execute(sa.select(pictures.c.jpeg).where(*mine)).scalar()
    return bytes(found) if found is not None else None


def _written_anew(content: bytes) -> Picture:
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        # The size stands in the header: a bomb is refused before a pixel of it is decoded.
        if opened.width * opened.height > MAX_PIXELS or min(opened.size) < 1:
            raise BadPicture
        opened.draft("RGB", (_SIDE, _SIDE))
        opened.load()
        image = ImageOps.exif_transpose(opened)
        image.thumbnail((_SIDE, _SIDE))
        flat = Image.new("RGB", image.size, _WHITE)
        coloured = image.convert("RGBA")
        flat.paste(coloured, mask=coloured.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY)
    return Picture(hashlib.sha256(content).hexdigest(), out.getvalue(), *flat.size)
