"""Writes plain text in other ways, keeping note of where each character came to stand."""

from dataclasses import dataclass

from hypothesis import strategies as st

HAN = "天安门学国一在说"
WAYS = {
    **{"门": "门門", "学": "学學", "国": "国國", "说": "说說説", "a": "aAａＡⓐ", "b": "bBｂＢ"},
    **{"1": "1１①⑴❶", "2": "2２②", "天": "天", "安": "安", "一": "一", "在": "在", "，": "，"},
    **{"。": "。", "\n": "\n"},
}
INVISIBLE = "\u200b\u200d\ufeff\u00ad\x00\ufe0f"
SYMBOLS = " *·★|/-＿\u3000#🌟"


@dataclass(frozen=True)
class Written:
    """`plain` as `text`; `places[i]` is where its i-th character stands."""

    plain: str
    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def _between(before: str, after: str) -> st.SearchStrategy[str]:
    """What may stand between two characters without setting them apart."""
    invisible = st.text(INVISIBLE, max_size=3)
    if before in HAN and after in HAN:
        return st.one_of(st.just(""), invisible, st.text(SYMBOLS, min_size=1, max_size=4))
    return st.one_of(st.just(""), st.just(""), invisible)


@st.composite
def written(draw: st.DrawFn, alphabet: str = "".join(WAYS), most: int = 12) -> Written:
    plain = draw(st.text(alphabet, max_size=most))
    text, places = "", []
    for at, character in enumerate(plain):
        text += draw(_between(plain[at - 1], character)) if at else ""
        places.append(len(text))
        text += draw(st.sampled_from(WAYS[character]))
    return Written(plain, text, tuple(places))
