"""The words of the YAML parser, said plainly."""

from __future__ import annotations

_PLAINLY = {
    "mapping values are not allowed": "a second colon stands here: text with a colon in it needs quotes",
    "but found '<block mapping start>'": "this line is indented differently from the lines it belongs to",
    "but found '<block sequence start>'": "this list is indented differently from the lines it belongs to",
    "expected <block end>": "this does not belong here: check the indentation, and that keys have a colon",
    "expected ',' or ']'": "a comma or ] is missing here",
    "expected ',' or '}'": "a comma or } is missing here",
    "could not find expected ':'": "a colon is missing: a value follows its key after a colon and a space",
    "found character '\\t'": "a tab stands here: lines are indented with spaces",
    "cannot start any token": "a text cannot begin with this character: it needs quotes",
    "found unexpected end of stream": "the text ends inside quotes: a closing quote is missing",
    "unexpected document separator": "the document ends inside quotes: a closing quote is missing",
    "expected the node content": "a value is missing here",
    "unknown escape": "this backslash means nothing here: write text in single quotes, or the backslash twice",
    "escape sequence": "this backslash means nothing here: write text in single quotes, or the backslash twice",
    "tag": "this tag is not allowed: a value is written without a tag, or with !!str",
    "expected alphabetic or numeric character": "a name is missing after & or *: text that begins so needs quotes",
    "chomping or indentation": "only an indicator such as - or 2 may follow | or > on its line",
    "incompatible YAML document": "this is not YAML 1.2",
    "directive": "this line begins with %: text that begins so needs quotes",
    "<document start>": "this does not belong here: the document is complete before it",
}


def plainly(problem: str) -> str:
    """Return a problem of the YAML parser in one plain sentence.

    >>> plainly("mapping values are not allowed here")
    'a second colon stands here: text with a colon in it needs quotes'
    """
    for words, sentence in _PLAINLY.items():
        if words in problem:
            return sentence
    return "this is not YAML: check the indentation, the colons and the quotes"
