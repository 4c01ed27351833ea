"""Presses Tab in a shell on a terminal of its own.

Usage: tab.py COMMAND... ; each line of standard input is typed. A line that ends in a Tab is completed as Tab does it; any
other has all of its completions put in. What the line is then comes on standard output, one for each, a JSON list.

The shell's start-up file gives it the prompt `READY`, and three keys: Control-X a puts in all completions, Control-X d writes
the line between two marks and empties it, and Tab is Tab. Nothing here waits for a time: it waits for the prompt and the marks.
"""

import json
import os
import pty
import sys

START, END = b"\x1c", b"\x1d"
ALL, DUMP = b"\x18a", b"\x18d"


def read_until(terminal, mark, text=b""):
    while mark not in text:
        part = os.read(terminal, 65536)
        if not part:
            raise EOFError(text)
        text += part
    return text


def main():
    shell, terminal = pty.fork()
    if shell == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    read_until(terminal, b"READY")
    lines = []
    for line in sys.stdin.buffer.read().splitlines():
        typed = line if line.endswith(b"\t") else line + ALL
        os.write(terminal, typed + DUMP)
        _, _, shown = read_until(terminal, END).partition(START)
        lines.append(shown.partition(END)[0].decode())
    os.close(terminal)
    os.waitpid(shell, 0)
    json.dump(lines, sys.stdout)


main()
