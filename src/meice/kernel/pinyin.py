"""One spelling by which Chinese names are sorted and found on every database."""

from itertools import chain

from pypinyin import Style, lazy_pinyin


def pinyin_key(text: str) -> str:
    """Full pinyin, a blank, the initials: 「宣传部」 → `xuanchuanbu xcb`; other signs lower-case.

    Sorting by it is the same everywhere (collations differ), and a search for `xcb` or `xuanch`
    finds the name. At most 200 characters, whole for any name of up to about 30 signs.
    """
    syllables = [part.lower() for part in lazy_pinyin(text.split(), style=Style.NORMAL)]
    initials = _initials(text)
    return f"{''.join(syllables)} {initials}".strip()[:200]


def _initials(text: str) -> str:
    letters = lazy_pinyin(text.split(), style=Style.FIRST_LETTER, errors=list)
    return "".join(chain.from_iterable(letters)).lower()
