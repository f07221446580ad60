"""Traces of generated text without a declaration (人工智能生成合成内容标识办法, in force 2025-09-01)."""

from collections.abc import Iterator

from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity

SOURCE = "《人工智能生成合成内容标识办法》（国信办通字〔2025〕2号）第十条"


def check(copy: Copy) -> Iterator[Issue]:
    """Yield each trace of generated text, unless the text declares what it is."""
    declared = (phrase for lexicon in copy.lexicons for phrase in lexicon.ai_declarations)
    traces = {word for lexicon in copy.lexicons for word in lexicon.ai_words if word in copy.text}
    if not traces or any(phrase in copy.text for phrase in declared):
        return
    for trace in sorted(traces):
        for start in _places(copy.text, trace):
            yield copy.issue(
                Rule.AI_UNDECLARED,
                Severity.WARN,
                (start, start + len(trace)),
                "像是人工智能生成的文字，没有声明；请核实内容，删去或在文中标明",
                source=SOURCE,
            )


def _places(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + len(word))
