"""A process that saves answers until it is killed: `python -m tests.answering URL PERSON ATTEMPT`.

For every number on standard input it starts a child, which saves answer after answer from that
revision on and prints each revision once it is acknowledged. Children are for killing; starting
one costs milliseconds, because everything is imported already.
"""

import os
import sys
from itertools import count

from base.config import Config
from base.db import Database
from base.permissions import Actor, Role
from quizbank.commands.attempts import save_answer
from tests.conftest import NOW


def save_for_ever(url: str, person: str, attempt: str, revision: int) -> None:
    """Save answers one after the other, each in its own transaction."""
    database, config = Database(url), Config(database_url=url)
    actor = Actor(person, "Alba", frozenset({Role.LEARNER}))
    for number in count(revision + 1):
        with database.write(actor, NOW, config) as tx:
            # Cases come last, and take no such answer.
            revision = save_answer(tx, attempt, revision, number % 30 + 1, {"text": str(number)})
        say(f"{revision}\n")


def say(text: str) -> None:
    """Write past Python's buffers, so that what was said was said before a kill."""
    os.write(sys.stdout.fileno(), text.encode())


def main() -> None:
    """Start a child for every line, and say when it is gone."""
    url, person, attempt = sys.argv[1:]
    Database(url)  # imports the driver, once for all children
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                save_for_ever(url, person, attempt, int(line))
            finally:
                os._exit(1)
        say(f"child {child}\n")
        os.waitpid(child, 0)
        say("gone\n")


if __name__ == "__main__":
    main()
