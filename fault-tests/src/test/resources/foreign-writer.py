"""Inserts rows one by one, as a tool of another language does; prints how many it could not, and why."""

import sqlite3
import sys
import uuid

path, session, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
locked = 0
other = []
connection = sqlite3.connect(path, timeout=30)
for number in range(count):
    try:
        with connection:
            connection.execute(
                "INSERT INTO skill_telemetry VALUES (?, 'foreign', 'foreign', ?, 'python', 1, 'success',"
                " '2026-01-01T00:00:00.000000+00:00')",
                (str(uuid.uuid4()), f"{session}-{number}"),
            )
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            locked += 1
        else:
            other.append(str(error))
print(locked, other)
