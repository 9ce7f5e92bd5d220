"""Taking what arrives: bundles and single objects (PROTOCOL 8.1–8.3).

First the directory's entries, all or none of them, each push alone; then, against the directory as it stands then, the
signatures of everything else, outside any transaction; then one decision inside the transaction that writes it.
An answer is given only after COMMIT.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from server.checking import Checked, check
from server.directory_push import Appending, newer_for
from server.receiving import Receiving
from server.settings import Settings
from server.statements import take_statements
from server.store import Store
from server.store.rows import Change, Facts, Receipt, Statement, Wanted
from server.verifier import Verifier
from sync.bundle import Answer, Bundle, DirectoryAnswer, EntryAnswer, StatementAnswer, read_bundle
from sync.clock import now_ms
from sync.directory import Directory
from sync.directory.bodies import Form
from sync.entry import Head, Signed, entry_hash
from sync.ids import b64, sha256
from sync.keys import SigningKey
from sync.problems import Problem
from sync.receive import Admitted, Decision, Limits
from sync.statement import Receipt as ReceiptBody
from sync.statement import write_receipt
from sync.wire import shape

log = logging.getLogger("esik")
P = ParamSpec("P")
T = TypeVar("T")

ASIDE: Final = 64 * 1024
"""Bodies beyond this are checked in a thread, so that a long one does not keep the others waiting."""

OBJECTS: Final = 10_000
STATEMENTS: Final = 1_000
"""In one bundle. A stranger's body of a million empty parts would keep everybody waiting."""
READING: Final = 2
"""Large bodies that are decoded at a time: four megabytes of nothing take a hundred times that while they are read."""

Taken = tuple[list[Decision], list[Receipt], list[Statement | Problem]]
"""What a push came to: its entries, the receipts to answer with, its statements."""


class _NotProvenError(Exception):
    """A signature turned out wrong after the push was written, and before COMMIT."""


class Intake:
    """The one door for everything that is kept."""

    def __init__(
        self,
        store: Store,
        directory: Directory,
        key: SigningKey,
        settings: Settings,
        check_form: Callable[[Form], None] | None = None,
    ) -> None:
        self.store = store
        self.directory = directory
        """As committed. Replaced whole, never changed, so that threads may read it."""
        self._key = key
        self._check_form = check_form
        self._limits = Limits(settings.daily_limit, settings.revoked_limit)
        self._appending = asyncio.Lock()
        self._large = asyncio.Semaphore(READING)
        self.verifier = Verifier()

    def close(self) -> None:
        """Let go of the helper."""
        self.verifier.close()

    async def bundle(self, body: bytes) -> Answer:
        """Take a bundle. Raises `malformed` if it is none, `store_full`, `store_busy`; never for what is in it."""
        bundle, directory, checked = await self._aside(len(body), self._read, body)
        appended = await self.append(bundle) if bundle.directory else []
        if checked is None:
            directory = self.directory
            checked = await self._aside(len(body), check, bundle, directory, self.verifier, now_ms())
        decisions, receipts, statements = await self._take(checked, directory)
        return Answer(
            head=directory.head,
            directory=appended,
            entries=[EntryAnswer(d.hash, d.state, d.remark, d.problem, d.missing) for d in decisions],
            receipts=[Signed(one.bytes, one.signature) for one in receipts],
            statements=[StatementAnswer(one.code if isinstance(one, Problem) else None) for one in statements],
            newer=newer_for(bundle, appended, directory),
        )

    def _read(self, body: bytes) -> tuple[Bundle, Directory, Checked | None]:
        """The bundle, checked too if it changes nothing in the directory that it is checked against."""
        bundle, directory = read_bundle(body), self.directory
        if len(bundle.parts) + len(bundle.chunks) > OBJECTS or len(bundle.statements) > STATEMENTS:
            raise Problem("too_large", limit=OBJECTS)
        checked = None if bundle.directory else check(bundle, directory, self.verifier, now_ms())
        return bundle, directory, checked

    async def _aside(self, size: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, in a thread if the body it is about is large."""
        if size <= ASIDE:
            return work(*args, **kwargs)
        async with self._large:
            return await asyncio.to_thread(work, *args, **kwargs)

    async def append(self, bundle: Bundle) -> list[DirectoryAnswer]:
        """Append the bundle's directory entries, with the grant objects among its chunks: all or none."""
        # a task of its own: a client that hangs up must not let the next one in before this one is committed
        return await asyncio.shield(asyncio.ensure_future(self._append(bundle)))

    async def _append(self, bundle: Bundle) -> list[DirectoryAnswer]:
        async with self._appending:
            lacking = await asyncio.to_thread(self._lacking, bundle) if self._check_form else {}
            appending = Appending(bundle, self.directory, now_ms(), self._sign, lacking)
            if appending.wanted is not None:
                await self.store.change(appending.wanted, appending.decide)
                self.directory = appending.directory
            return appending.answers

    def _lacking(self, bundle: Bundle) -> dict[bytes, str]:
        """`form` entries whose form is not here, or not as the entry says: such a version could be filled by nobody."""
        found: dict[bytes, str] = {}
        tried, hash_, at = self.directory.copy(), b"", now_ms()
        try:
            for signed in bundle.directory:
                hash_ = entry_hash(signed.bytes)
                # only what the chain takes: a stranger must not make the store read and weigh forms
                entry = tried.append(signed, at)
                if entry.kind == "form" and self._check_form and self.directory.hash_at(entry.seq) != hash_:
                    self._check_form(shape(entry.body, Form))
        except Problem as problem:
            found[hash_] = problem.code
        return found

    async def object(self, id_: bytes, data: bytes) -> bool:
        """Take an object that a waiting entry names; whether it is new. Raises `hash_differs`, `erased`,
        `unnamed_object`, `bad_part`, `over_limit`, `store_full`, `store_busy`."""
        if await asyncio.to_thread(sha256, data) != id_:
            raise Problem("hash_differs")
        directory, at = self.directory, now_ms()
        if id_ in directory.erased:
            raise Problem("erased")

        def decide(facts: Facts) -> Change:
            if id_ not in facts.objects:
                raise Problem("unnamed_object")
            receiving = Receiving(facts, directory, {id_: data}, at, self._limits)
            receiving.settle()
            if not facts.objects[id_].held and id_ not in receiving.change.objects:
                raise receiving.refused or Problem("unnamed_object")
            return receiving.finish(self._sign)[0]

        change = await self.store.change(Wanted(objects=(id_,)), decide)
        return id_ in change.objects

    async def _take(self, checked: Checked, directory: Directory) -> Taken:
        """Decide and write. Signatures may still be verified meanwhile; nothing is committed before all of them are."""
        try:
            return await self._write(checked, directory)
        except _NotProvenError:
            return await self._write(checked.proven(), directory)
        finally:
            checked.proof.wrong()  # however it ended: the helper must be free for the next push

    async def _write(self, checked: Checked, directory: Directory) -> Taken:
        decisions: list[Decision] = []
        receipts: list[Receipt] = []
        statements: list[Statement | Problem] = []
        at = now_ms()

        def decide(facts: Facts) -> Change:
            receiving = Receiving(facts, directory, checked.arriving, at, self._limits)
            decisions.extend(
                one if isinstance(one, Decision) else receiving.entry(signed, one) for signed, one in checked.entries
            )
            receiving.settle()
            change, answered = receiving.finish(self._sign)
            receipts.extend(answered)
            statements.extend(take_statements(facts, change, checked.statements, receiving.take_statement))
            return change

        def confirm() -> None:
            if any(isinstance(checked.entries[place][1], Admitted) for place in checked.proof.wrong()):
                raise _NotProvenError

        if checked.entries or checked.statements or checked.arriving:
            await self.store.change(_wanted(checked, directory), decide, confirm)
        for decision in decisions:
            if decision.alarm is not None and decision.entry is not None:
                log.warning("alarm %s: log %s, entry %d", decision.alarm, b64(decision.entry.log), decision.entry.seq)
        return decisions, receipts, statements

    def _sign(self, log_id: bytes, seq: int, hash_: bytes, contiguous: int) -> Receipt:
        head = self.directory.head or Head(1, self.directory.pid)
        body = ReceiptBody(1, self._key.key_id, log_id, seq, hash_, contiguous, now_ms(), head)
        signed = write_receipt(self.directory.pid, self._key, body)
        return Receipt(log_id, seq, hash_, contiguous, signed.bytes, signed.signature)


def _wanted(checked: Checked, directory: Directory) -> Wanted:
    """The facts that these entries are decided on."""
    entries = [one for _, one in checked.entries if isinstance(one, Admitted)]
    logs = {one.entry.log for one in entries}
    named = {named.id for one in entries for named in one.objects}
    statements = {(one.kind, one.signer, one.log) for one in checked.statements if isinstance(one, Statement)}
    return Wanted(
        hashes=tuple({hash_ for one in entries for hash_ in (one.hash, one.entry.prev)}),
        places=tuple({(one.entry.log, one.entry.seq) for one in entries}),
        objects=tuple(named | checked.arriving.keys()),
        logs=tuple(logs),
        whole_logs=tuple(log_id for log_id in logs if log_id[:32] in directory.revoked),
        keys=tuple({*(log_id[:32] for log_id in logs), *(signer for _, signer, _ in statements)}),
        statements=tuple(statements),
    )
