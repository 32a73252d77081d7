"""What schemathesis does not know by itself: how files are sent and read, and what an entity tag is."""

import schemathesis
from hypothesis import strategies


@schemathesis.serializer("application/pdf", "application/xml")
def as_it_is(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.deserializer("application/pdf", "application/zip", "image/png")
def as_text(context, response):
    return response.content.decode("latin-1")


# Left to itself it takes the quotes out of headers, whatever their pattern says.
schemathesis.openapi.format("entity-tag", strategies.just("*") | strategies.from_regex(r'\A(W/)?"[!#-~]*"\Z'))
