"""Counts functions whose arguments and result all have a type; fails at 95 % or less."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

LEAST_PERCENT = 95
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(folder: Path) -> Iterator[tuple[Path, Function]]:
    for file in sorted(folder.rglob("*.py")):
        if "migrations" not in file.parts:
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, Function):
                    yield file, node


def is_typed(function: Function) -> bool:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    if named and named[0].arg in {"self", "cls"}:
        named = named[1:]
    rest = [found for found in (arguments.vararg, arguments.kwarg) if found]
    every = [*named, *arguments.kwonlyargs, *rest]
    return function.returns is not None and all(argument.annotation for argument in every)


def main(folders: list[str]) -> int:
    """Prints the share, and each function that lacks a type."""
    found = [pair for folder in folders for pair in functions(Path(folder))]
    untyped = [(file, function) for file, function in found if not is_typed(function)]
    percent = 100 * (len(found) - len(untyped)) / max(len(found), 1)
    for file, function in untyped:
        print(f"{file}:{function.lineno}: {function.name} lacks a type")
    print(f"Typed functions: {len(found) - len(untyped)} of {len(found)} ({percent:.1f} %)")
    return 0 if percent > LEAST_PERCENT else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
