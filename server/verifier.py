"""A second process that verifies signatures, so that a large push has two cores.

Verifying holds Python's one lock, and is most of the work of taking a bundle; threads would only take turns. The helper
has no keys, no files and no say: a helper that is not there, late or wrong in form is done without. It ends when the
pipe closes, so also when the server is killed.

    to it      u32 length ‖ MessagePack [[public, tag, pid, data, signature], …]
    from it    a byte for each, 1 if the signature verifies; one byte `r` when it is ready
"""

import contextlib
import os
import queue
import struct
import subprocess
import sys
import threading
from typing import IO, Final

import msgspec

Question = tuple[bytes, str, bytes, bytes, bytes]
"""public, tag, programme id, data, signature"""

PATIENCE: Final = 10.0
"""Seconds after which a helper that does not answer is done without."""
LARGE: Final = 24
"""With fewer signatures than this, asking costs more than it saves."""
_CODE: Final = "from server.verifier import answer_all; answer_all()"


class Answering:
    """A batch that the helper works on."""

    def __init__(self, helper: "Verifier", count: int) -> None:
        self._helper = helper
        self._count = count

    def result(self) -> bytes | None:
        """A byte for each question; None if the helper failed. Must be asked for, once."""
        return self._helper.take(self._count)


class Verifier:
    """The helper process, started at the first need; one batch at a time. For threads."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._ready = False
        self._said = threading.Event()
        self._expected: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._gone = (os.cpu_count() or 1) < 2

    def start(self, wait: float = 0) -> bool:
        """Start the helper now, and wait up to so many seconds until it is ready; whether it is."""
        with self._busy:
            if not self._gone:
                self._pipe()
        return self._said.wait(wait) and self._ready

    def ask(self, questions: list[Question]) -> Answering | None:
        """Begin a batch; None when the helper is not ready, busy or gone, and the caller does it all."""
        if self._gone or not self._busy.acquire(blocking=False):
            return None
        pipe = self._pipe()
        if pipe is not None and self._ready:
            data = msgspec.msgpack.encode(questions)
            try:
                self._expected.put(len(questions))
                pipe.write(struct.pack(">I", len(data)) + data)
                pipe.flush()
            except OSError:
                self._end()
            else:
                return Answering(self, len(questions))
        self._busy.release()
        return None

    def take(self, count: int) -> bytes | None:
        """The answers of the batch that was begun."""
        try:
            answers = self._answers.get(timeout=PATIENCE)
        except queue.Empty:
            answers = b""
        if len(answers) != count:
            self._end()
        self._busy.release()
        return answers if len(answers) == count else None

    def close(self) -> None:
        """End the helper."""
        with self._busy:
            self._end()

    def _pipe(self) -> IO[bytes] | None:
        if self._process is None:
            path = os.pathsep.join(one for one in sys.path if one) or os.curdir
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CODE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": path},
            )
            self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
            self._reader.start()
        return self._process.stdin

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """A thread's work: until it says that it is ready, so that nobody waits for its start; then its answers."""
        assert process.stdout is not None  # noqa: S101 - asked for a pipe
        with contextlib.suppress(OSError, ValueError):  # the pipe was closed
            self._ready = process.stdout.read(1) == b"r"
            self._said.set()
            while self._ready and (count := self._expected.get()):
                self._answers.put(process.stdout.read(count))
        self._gone, self._ready = True, False
        self._said.set()

    def _end(self) -> None:
        self._gone, self._ready = True, False
        self._expected.put(0)
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            if self._reader is not None:
                self._reader.join()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()


def answer_all() -> None:
    """The helper: answers until its input ends."""
    import signal

    from sync.keys import verify

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the pipe
    decoder = msgspec.msgpack.Decoder(list[Question])
    source, out = sys.stdin.buffer, sys.stdout.buffer
    out.write(b"r")
    out.flush()
    while len(length := source.read(4)) == 4:
        questions = decoder.decode(source.read(struct.unpack(">I", length)[0]))
        out.write(bytes(verify(*one) for one in questions))
        out.flush()
