# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program on a terminal, as somebody uses it who types: terminal.py STEPS PROGRAM [ARGUMENT…]
STEPS is a list in JSON: {"sees": "text"} waits until the terminal shows it, behind what was seen before; {"types": "keys"} types.
What the terminal got goes to standard output; the exit code is the program's, or 99: a text did not come within 20 seconds."""
import json
import os
import pty
import select
import sys
import time

PATIENCE = 20


def follow(terminal, steps):
    shown = b''
    seen = 0

    def read(until):
        nonlocal shown
        if not select.select([terminal], [], [], max(0, until - time.monotonic()))[0]:
            return False
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # it left
            piece = b''
        shown += piece
        return piece != b''

    for step in steps:
        if 'types' in step:
            os.write(terminal, step['types'].encode())
            continue
        sought = step['sees'].encode()
        until = time.monotonic() + PATIENCE
        while (at := shown.find(sought, seen)) < 0:
            if not read(until):
                return shown, step['sees']
        seen = at + len(sought)
    until = time.monotonic() + PATIENCE
    while read(until):
        pass
    return shown, None


def main():
    steps, program = json.loads(sys.argv[1]), sys.argv[2:]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM='xterm', LC_ALL='C.UTF-8')
        os.execvp(program[0], program)
    shown, missed = follow(terminal, steps)
    sys.stdout.buffer.write(shown)
    sys.stdout.flush()
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    if missed is not None:
        print(f'not seen: {missed!r}', file=sys.stderr)
        return 99
    return os.waitstatus_to_exitcode(status)


sys.exit(main())
