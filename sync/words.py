"""Words that people keep: generated passphrases, and recovery sheets (SLIP-39). The only importer of `shamir_mnemonic`.

The list is SLIP-39's: 1,024 words, each known by its first four letters, so a word is 10 bits: six words for a desk are
60 bits, four for a tablet 40, both behind Argon2id (PROTOCOL 2.3; THREATS says what that is worth).
"""

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from sync.problems import Problem
from sync.randomness import Random, random_bytes
from sync.slot import SlotKind

WORDS: dict[SlotKind, int] = {"desk": 6, "tablet": 4}
SHEETS = 3
NEEDED = 2


def passphrase(kind: SlotKind, random: Random = random_bytes) -> str:
    """A fresh passphrase: words with a space between."""
    numbers = [int.from_bytes(random(2), "big") % len(WORDLIST) for _ in range(WORDS[kind])]  # 1,024 divides 65,536
    return " ".join(WORDLIST[number] for number in numbers)


def recovery_sheets(secret: bytes) -> list[str]:
    """Three sheets of 33 words; any two give the 32 bytes of `secret` back, one tells nothing."""
    return generate_mnemonics(1, [(NEEDED, SHEETS)], secret)[0]


def from_sheets(sheets: list[str]) -> bytes:
    """The 32 bytes of any two sheets. Raises `bad_key` for words that do not fit together."""
    try:
        return combine_mnemonics(sheets)
    except MnemonicError as cause:
        raise Problem("bad_key", reason="sheets") from cause
