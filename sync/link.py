"""Invitation links (PROTOCOL 2.5): what a tablet needs to enrol rides after the `#`, so that no server sees it."""

from typing import Literal

import msgspec

from sync.entry import Head
from sync.ids import Id, b64, unb64
from sync.keys import SigningKey
from sync.wire import decode, encode


class InvitationLink(msgspec.Struct, frozen=True):
    """The pinned programme and directory head, and the invitation's private half (PKCS #8)."""

    v: Literal[1]
    programme: Id
    head: Head
    invitation: bytes


def write_link(address: str, pid: bytes, head: Head, invitation: SigningKey) -> str:
    """`address` is the store's origin, without a slash at its end."""
    return f"{address}/enrol#{write_fragment(pid, head, invitation)}"


def write_fragment(pid: bytes, head: Head, invitation: SigningKey) -> str:
    """What stands after the `#`."""
    return b64(encode(InvitationLink(1, pid, head, invitation.pkcs8())))


def read_fragment(fragment: str) -> InvitationLink:
    """Raises `malformed`; a private half that is no P-256 key is `bad_key` when it is used."""
    return decode(unb64(fragment.removeprefix("#")), InvitationLink)
