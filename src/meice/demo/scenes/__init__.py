"""One module a room: what has already happened when the demo opens."""
