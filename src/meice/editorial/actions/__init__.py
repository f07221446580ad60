"""The deeds of the room: the only code that writes its rows."""
