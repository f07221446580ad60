"""What a test asks of a response."""


def body(response):
    """The whole body. A stream is read to its end, which closes it; `response.close()` would
    close the database connection of the test as well."""
    return b"".join(response.streaming_content) if response.streaming else response.content
