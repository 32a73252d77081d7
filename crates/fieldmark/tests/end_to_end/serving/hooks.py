"""What schemathesis is told of files: how they are sent and read, and which there are. Runs where the invoices lie."""

from pathlib import Path

import schemathesis
from hypothesis import strategies

INVOICES = [path.read_bytes() for path in sorted(Path("in").glob("*.pdf"))]


@schemathesis.serializer("application/pdf", "application/xml")
def as_it_is(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.deserializer("application/pdf", "application/zip", "image/png")
def as_text(context, response):
    return response.content.decode("latin-1")


schemathesis.openapi.media_type("application/pdf", strategies.sampled_from(INVOICES) | strategies.binary(max_size=200))
