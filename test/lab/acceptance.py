"""Asks Python's own compiler and Jinja's own parser about texts.

Reads JSON from standard input: [{"name", "kind": "python" | "jinja", "text", "unfixed"}]. `unfixed` is the text before
the fix, or null. What this Python or Jinja does not accept there already (newer syntax, tags of an extension that is
not here) says nothing about the fix. Writes JSON: [{"name", "verdict": "accepted" | "unknown" | "refused", "reason"}].
"""

import json
import sys
import warnings

from jinja2 import Environment, TemplateSyntaxError

JINJA = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"])


def refusal(kind, text):
    try:
        if kind == "python":
            compile(text.encode("utf-8", "surrogatepass"), "<fixed>", "exec", dont_inherit=True)
        else:
            JINJA.parse(text)
    except (SyntaxError, TemplateSyntaxError, ValueError) as error:
        return f"line {getattr(error, 'lineno', '?')}: {error}"
    return None


def verdict(case):
    reason = refusal(case["kind"], case["text"])
    if reason is None:
        return {"name": case["name"], "verdict": "accepted", "reason": ""}
    is_unknown = case["unfixed"] is not None and refusal(case["kind"], case["unfixed"]) is not None
    return {"name": case["name"], "verdict": "unknown" if is_unknown else "refused", "reason": reason}


def main():
    # Fixtures write "\d" in plain strings, as people do.
    warnings.simplefilter("ignore")
    json.dump([verdict(case) for case in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
