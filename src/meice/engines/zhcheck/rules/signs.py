"""Classes of characters that several rules ask for."""

HAN = "㐀-鿿〇"  # inside [ ] of a regular expression
FIGURES = "零〇一二三四五六七八九十"  # Chinese figures that dates are written with
