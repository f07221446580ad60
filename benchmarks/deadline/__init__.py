"""The last minute before the deadline: receipted submissions per second, beside a plain form."""
