"""The template tags by subject; `templatetags/meice.py` joins them into one library."""
