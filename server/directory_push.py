"""Appending to the directory (PROTOCOL 6.1, 8.4): a bundle's directory entries, all of them or none.

A new epoch without its grants, or grants without their objects, would seal answers that nobody can open; so entries
that come together stand or fall together, and those that fall carry the reason of the first that fails.
"""

from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from server.receiving import Receiving, SignReceipt
from server.store.rows import Change, Facts, Named, NewEntry, Wanted
from sync.bundle import Bundle, DirectoryAnswer
from sync.directory import Directory
from sync.directory.bodies import Erase
from sync.entry import Entry, Head, Signed, check_signature, entry_hash, named_objects, read_entry
from sync.ids import directory_log, sha256
from sync.keys import key_id
from sync.problems import Problem
from sync.receive import Limits
from sync.wire import shape

UNLIMITED: Final = Limits(2**53, 2**53)
MOVED: Final = "directory_moved"
WITNESSES: Final = 8


class Appending:
    """One bundle's directory entries. `wanted` is None when there is nothing to write; then `answers` say why.

    `lacking`: entry hash → code, of entries that name what this store has not."""

    def __init__(
        self, bundle: Bundle, directory: Directory, at: int, sign: SignReceipt, lacking: Mapping[bytes, str]
    ) -> None:
        self.directory = directory
        self.answers: list[DirectoryAnswer] = []
        self.wanted: Wanted | None = None
        self._before = directory
        self._at = at
        self._sign = sign
        self._lacking = lacking
        self._arriving = {sha256(one): one for one in (*bundle.chunks, *bundle.parts)}
        self._fresh: list[tuple[Signed, Entry]] = []
        self._append(bundle.directory)

    def _append(self, brought: list[Signed]) -> None:
        tried = self._before.copy()
        hashes = [entry_hash(signed.bytes) for signed in brought]
        failed: str | None = None
        try:
            for signed, hash_ in zip(brought, hashes, strict=True):
                entry = tried.append(signed, self._at)
                if hash_ in self._lacking and self._before.hash_at(entry.seq) != hash_:
                    raise Problem(self._lacking[hash_])
                if self._before.hash_at(entry.seq) != hash_:
                    self._fresh.append((signed, entry))
        except Problem as problem:
            failed = problem.code
        known = {one for seq in range(1, self._before.seq + 1) if (one := self._before.hash_at(seq))}
        self.answers = [DirectoryAnswer(one, None if one in known else failed) for one in hashes]
        if failed is None and self._fresh:
            self.directory = tried
            self.wanted = Wanted(objects=tuple({*self._erased(), *(one.id for one in self._named())}))

    def _erased(self) -> list[bytes]:
        return [id_ for _, one in self._fresh if one.kind == "erase" for id_ in shape(one.body, Erase).objects]

    def _named(self) -> list[Named]:
        return [Named(one.id, one.size, None) for _, entry in self._fresh for one in named_objects(entry)]

    def decide(self, facts: Facts) -> Change:
        """Inside the transaction: write everything, or say that an object is missing and write nothing."""
        missing = self._missing(facts)
        if missing:
            fresh = {entry_hash(signed.bytes) for signed, _ in self._fresh}
            self.answers = [
                DirectoryAnswer(one.hash, "missing_objects" if one.hash in fresh else None) for one in self.answers
            ]
            self.directory = self._before
            return Change(at=self._at)
        receiving = Receiving(facts, self.directory, {}, self._at, UNLIMITED)
        receiving.settle()  # what waited for an object that is erased now waits no more
        change, _ = receiving.finish(self._sign)
        change.entries.extend(self._rows())
        change.erased.extend(id_ for id_ in self._erased() if id_ in self.directory.erased)
        change.restored.extend(self._before.erased.keys() - self.directory.erased.keys())
        change.objects.update(
            {
                one.id: self._arriving[one.id]
                for one in self._named()
                if one.id in self._arriving and one.id not in self.directory.erased
            }
        )
        return _without(change, {id_ for id_, one in facts.objects.items() if one.held})

    def _missing(self, facts: Facts) -> list[bytes]:
        held = {id_ for id_, one in facts.objects.items() if one.held}
        return [
            one.id
            for one in self._named()
            if one.id not in held
            and one.id not in self.directory.erased
            and len(self._arriving.get(one.id, b"")) != one.size
        ]

    def _rows(self) -> list[NewEntry]:
        return [
            NewEntry(
                "directory", entry.log, entry.seq, entry_hash(signed.bytes), entry.prev, entry.kind, None, True,
                self._at, signed.bytes, signed.signature,
                tuple(Named(one.id, one.size, None) for one in named_objects(entry)),
            )
            for signed, entry in self._fresh
        ]  # fmt: skip


def _without(change: Change, held: Collection[bytes]) -> Change:
    return msgspec.structs.replace(change, objects={id_: one for id_, one in change.objects.items() if id_ not in held})


def newer_for(bundle: Bundle, answers: list[DirectoryAnswer], directory: Directory) -> list[Signed] | None:
    """After `directory_moved`: the entries that the pusher does not have, if a listed key of theirs named a head.

    The directory is also a list of staff, and `hello` tells anybody its head: so a hash alone proves nothing here.
    """
    if not any(one.problem == MOVED for one in answers):
        return None
    # the last few: each costs a signature, and a bundle may bring ten thousand
    newest = (*bundle.directory[-WITNESSES:], *bundle.entries[-WITNESSES:])
    known = [seq for signed in newest if (seq := _known(signed, directory))]
    return directory.since(max(known)) if known else None


def _known(signed: Signed, directory: Directory) -> int:
    """The number of my chain that a listed key names by its hash; 0 for none."""
    try:
        entry = read_entry(signed.bytes)
        own = entry.log == directory_log(directory.pid)
        signer = directory.signer(entry.by) if isinstance(entry.by, bytes) else directory.writer(entry.log)
        if signer is None or not directory.stands(key_id(signer.public)):
            return 0
        check_signature(directory.pid, signer.public, signed)
    except Problem:
        return 0
    head = Head(entry.seq - 1, entry.prev) if own else entry.directory
    return head.seq if head is not None and directory.hash_at(head.seq) == head.hash else 0
