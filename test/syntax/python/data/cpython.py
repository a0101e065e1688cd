"""Writes cpython.json: the nodes CPython finds in the snippets of syntax.json, as
`kind,start,end` with UTF-16 offsets.

Run with any Python from 3.10 on; snippets it cannot parse keep what is already written.
Usage: python3 test/syntax/python/data/cpython.py
"""

import ast
import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent
KINDS = {
    "BinOp": "Binary", "UnaryOp": "Unary", "BoolOp": "Boolean", "Compare": "Comparison", "IfExp": "Conditional",
    "ListComp": "Comprehension", "SetComp": "Comprehension", "DictComp": "Comprehension",
    "GeneratorExp": "Comprehension", "YieldFrom": "Yield", "NamedExpr": "Named", "JoinedStr": "String",
    "AsyncFunctionDef": "FunctionDef", "AnnAssign": "AnnotatedAssign", "AugAssign": "AugmentedAssign",
    "AsyncFor": "For", "AsyncWith": "With", "TryStar": "Try", "Expr": "Expression", "MatchValue": "ValuePattern",
    "MatchSingleton": "ValuePattern", "MatchSequence": "SequencePattern", "MatchMapping": "MappingPattern",
    "MatchClass": "ClassPattern", "MatchStar": "StarPattern", "MatchOr": "OrPattern",
}  # fmt: skip


def kind_of(node, parent):
    name = type(node).__name__
    if name == "Constant":
        if isinstance(node.value, (str, bytes)):
            return "String"
        return "Constant" if node.value in (None, True, False, ...) and type(node.value) is not int else "Number"
    if name == "MatchAs":
        return "AsPattern" if node.pattern else "CapturePattern"
    if name == "Starred" and isinstance(parent, (ast.Call, ast.ClassDef)):
        return None  # part of an argument
    if name == "GeneratorExp" and isinstance(parent, ast.Call) and len(parent.args) == 1 and not parent.keywords:
        return None  # CPython counts the call's parentheses in
    return KINDS.get(name, name)


def nodes_of(code):
    data = code.encode()
    lines = re.findall(rb"[^\r\n]*(?:\r\n|\r|\n|$)", data)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + units(line))
    found = []

    def offset(line, column):
        return starts[line - 1] + units(lines[line - 1][:column])

    def visit(node, parent):
        kind = kind_of(node, parent) if hasattr(node, "lineno") else None
        if kind:
            span = [offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)]
            if kind not in ("ExceptHandler", "arg", "keyword"):
                found.append([kind, *span])
            if isinstance(node, ast.MatchSingleton):
                found.append(["Constant", *span])
        if not isinstance(node, ast.JoinedStr):
            for child in ast.iter_child_nodes(node):
                visit(child, node)

    visit(ast.parse(code), None)
    return " ".join(sorted(f"{kind},{start},{end}" for kind, start, end in found))


def units(data):
    return len(data.decode().encode("utf-16-le")) // 2


def main():
    target = HERE / "cpython.json"
    known = json.loads(target.read_text()) if target.exists() else {}
    result = {}
    for case in json.loads((HERE / "syntax.json").read_text()):
        try:
            result[case["name"]] = nodes_of(case["code"])
        except SyntaxError:
            if case["name"] in known:
                result[case["name"]] = known[case["name"]]
    target.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
