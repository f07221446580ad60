"""One spelling by which Chinese names are sorted and found on every database."""


def pinyin_key(text: str) -> str:
    """Full pinyin, a blank, the initials: 「宣传部」 → `xuanchuanbu xcb`; other signs lower-case.

    Sorting by it is the same everywhere (collations differ), and a search for `xcb` or `xuanch`
    finds the name. At most 400 characters, whole for any name of up to about 60 signs.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  a third of every program's start

    words = "".join(text.lower().split())
    syllables = "".join(lazy_pinyin(words, style=Style.NORMAL))
    initials = "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))
    return f"{syllables} {initials}".strip()[:400]
