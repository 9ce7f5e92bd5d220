"""Failures are a designed list: every refusal of the protocol is a `Problem` with one of these stable codes.

The words people read are not here but in the message files, under `problem.<code>.{what,means,do}`; the TypeScript
catalogue `static/src/sync/problems.ts` equals this one. `detail` is for programs and logs: plain values, never content.
"""

CODES: dict[str, int] = {
    # bytes and signatures
    "malformed": 400,  # not the one form of section 1, or a field of the wrong shape
    "bad_signature": 403,  # the signature does not verify, or is not by the key that the log id names
    "hash_differs": 400,  # bytes are not what their id says
    "too_large": 413,  # beyond the size that the protocol or the store allows
    # who may write
    "unknown_device": 403,  # the key of the log is not listed
    "revoked": 403,  # the key was revoked, and the thing is beyond its cut
    "unlisted_store": 403,  # the store's key is not in the directory, or not for that role
    # parts and their opening, section 7
    "bad_part": 422,  # framing, listed key or size
    "bad_binding": 422,
    "wrong_audiences": 422,
    "wrong_epoch": 422,
    "not_for_you": 403,
    "bad_key": 422,
    "bad_commit": 422,
    "bad_ciphertext": 422,
    "bad_padding": 422,
    "unproven": 422,
    "swapped_key": 422,  # a grant's seed does not yield the audience's listed key
    # receiving, section 8
    "missing_objects": 409,
    "broken_chain": 409,
    "over_limit": 429,
    "unnamed_object": 409,
    "erased": 410,
    # the directory, section 6
    "wrong_programme": 409,  # the chain does not begin with the pinned programme
    "directory_moved": 409,  # not on top of the present head
    "split_directory": 409,  # two histories: an alarm
    "shortened_directory": 409,  # shorter than what was seen: an alarm
    "wrong_signer": 403,  # the kind is not this key's to sign
    "not_listed": 422,  # the body points at something that the chain does not list
    "already_listed": 409,  # the key, version or grant is there already
    "out_of_order": 409,  # an epoch or number with a hole, or a grant before recovery's
    "wrong_reader": 422,  # a grant to a key that may not read that audience
    "second_person": 403,  # whoever asked for an erasure signs it too
    "invitation_used": 409,
    "invitation_expired": 410,
    # passphrases, section 2.3
    "weak_slot": 422,
    "slot_mismatch": 422,
    "wrong_passphrase": 401,
}
"""code -> HTTP status with which a store answers it."""


class Problem(Exception):  # noqa: N818 - DESIGN calls it a problem
    """A refusal with a stable `code` of CODES and `detail` (plain values) for its words. An unknown code is a bug."""

    def __init__(self, code: str, **detail: object) -> None:
        if code not in CODES:
            raise LookupError(f"no such problem code: {code}")
        super().__init__(code)
        self.code = code
        self.detail: dict[str, object] = detail

    def __str__(self) -> str:
        return self.code + (f" {dict(self.detail)}" if self.detail else "")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return CODES[self.code]
