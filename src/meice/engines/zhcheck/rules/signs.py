"""A class of characters that several rules ask for."""

HAN = "㐀-鿿〇"  # inside [ ] of a regular expression
