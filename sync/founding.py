"""Setting a programme up: its root and recovery, people with their keys, and the first entries of its directory."""

from dataclasses import dataclass

from sync.directory import Directory
from sync.directory.bodies import Administrator, Programme, Staff
from sync.directory.write import Draft
from sync.ids import made_id
from sync.keys import ReadingKey, SigningKey
from sync.slot import Opened


@dataclass(frozen=True)
class Person:
    """A member of staff and their private keys: `signing` and `reading` of a desk, `work` of tablets."""

    staff: bytes
    name: str
    site: str
    stations: tuple[str, ...]
    signing: SigningKey | None
    reading: ReadingKey | None
    work: ReadingKey | None

    @classmethod
    def new(cls, name: str, site: str, *, desk: bool, tablet: bool, stations: tuple[str, ...] = ()) -> "Person":
        """Somebody with fresh keys for a desk, tablets, or both."""
        signing = SigningKey.generate() if desk else None
        reading = ReadingKey.generate() if desk else None
        return cls(made_id(), name, site, stations, signing, reading, ReadingKey.generate() if tablet else None)

    def body(self) -> Staff:
        """The `staff` entry's body."""
        signing, reading, work = (key.public if key else None for key in (self.signing, self.reading, self.work))
        return Staff(self.staff, self.name, signing, reading, work, self.site, list(self.stations))

    def administrator_body(self) -> Administrator:
        """The `administrator` entry's body; only for somebody with a desk."""
        signing, reading = self.desk()
        work = self.work.public if self.work else None
        return Administrator(
            self.staff, self.name, signing.public, reading.public, work, self.site, list(self.stations)
        )

    def desk(self) -> tuple[SigningKey, ReadingKey]:
        """The desk's two keys. A person without a desk has none, which is the caller's mistake."""
        if self.signing is None or self.reading is None:
            raise LookupError(f"{self.name} has no desk")
        return self.signing, self.reading

    def desk_slot(self) -> Opened:
        """What the desk slot holds."""
        signing, reading = self.desk()
        return Opened(signing, reading, None)

    def tablet_slot(self) -> Opened:
        """What the tablet slot holds."""
        if self.work is None:
            raise LookupError(f"{self.name} unlocks no tablet")
        return Opened(None, None, self.work)


@dataclass(frozen=True)
class Founded:
    """A programme just begun. `root` and `recovery` belong offline; `draft` goes on, signed by the administrator."""

    root: SigningKey
    recovery: ReadingKey
    draft: Draft

    @property
    def pid(self) -> bytes:
        """The programme id."""
        return self.root.key_id


def found(name: str, administrator: Person, *, at: int) -> Founded:
    """A programme with its root, recovery key and first administrator: entries 1 and 2."""
    root, recovery = SigningKey.generate(), ReadingKey.generate()
    draft = Draft(Directory(root.key_id), root, at=at)
    draft.write("programme", Programme(name, root.public, recovery.public))
    draft.write("administrator", administrator.administrator_body())
    draft.key = administrator.desk()[0]
    return Founded(root, recovery, draft)
