"""Which language a heading names: `label::Русский (ru)`, `label::French`, `label::kk`.

Rules: a code in brackets wins; a code that stands alone is taken; a name is looked up; what is none of these gets a
private code (`x-luo`) and is told, since screens, screen readers and the direction of writing go by the code.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CODE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_BRACKETS: Final = re.compile(r"(.*?)\s*\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})\s*\)\s*")
_LETTERS: Final = re.compile(r"[a-z0-9]{1,8}")
NAMES: Final = {
    "english": "en", "russian": "ru", "русский": "ru", "kazakh": "kk", "qazaq": "kk", "қазақша": "kk", "қазақ": "kk",
    "казахский": "kk", "arabic": "ar", "العربية": "ar", "عربي": "ar", "french": "fr", "français": "fr",
    "spanish": "es", "español": "es", "espanol": "es", "portuguese": "pt", "português": "pt", "german": "de",
    "deutsch": "de", "italian": "it", "italiano": "it", "turkish": "tr", "türkçe": "tr", "ukrainian": "uk",
    "українська": "uk", "uzbek": "uz", "oʻzbekcha": "uz", "ўзбекча": "uz", "kyrgyz": "ky", "кыргызча": "ky",
    "tajik": "tg", "тоҷикӣ": "tg", "turkmen": "tk", "uyghur": "ug", "persian": "fa", "farsi": "fa", "فارسی": "fa",
    "dari": "prs", "دری": "prs", "pashto": "ps", "پښتو": "ps", "urdu": "ur", "اردو": "ur", "kurdish": "ku",
    "kurmanji": "kmr", "sorani": "ckb", "کوردی": "ckb", "hebrew": "he", "hindi": "hi", "bengali": "bn",
    "bangla": "bn", "nepali": "ne", "tamil": "ta", "sinhala": "si", "burmese": "my", "thai": "th", "khmer": "km",
    "lao": "lo", "vietnamese": "vi", "indonesian": "id", "bahasa": "id", "bahasa indonesia": "id", "malay": "ms",
    "tagalog": "tl", "filipino": "fil", "chinese": "zh", "mandarin": "zh", "japanese": "ja", "korean": "ko",
    "mongolian": "mn", "swahili": "sw", "kiswahili": "sw", "amharic": "am", "tigrinya": "ti", "oromo": "om",
    "somali": "so", "luo": "luo", "dholuo": "luo", "hausa": "ha", "yoruba": "yo", "igbo": "ig", "kinyarwanda": "rw",
    "zulu": "zu", "wolof": "wo", "lingala": "ln", "haitian creole": "ht", "creole": "ht", "polish": "pl",
    "romanian": "ro", "greek": "el", "dutch": "nl", "macedonian": "mk", "serbian": "sr", "croatian": "hr",
    "bosnian": "bs", "albanian": "sq", "bulgarian": "bg", "hungarian": "hu", "czech": "cs", "slovak": "sk",
    "swedish": "sv", "georgian": "ka", "armenian": "hy", "azerbaijani": "az", "chechen": "ce",
}  # fmt: skip


def code(written: str) -> tuple[str, bool]:
    """(code, whether it is a real one) of a language as an author wrote it."""
    name = " ".join(written.split())
    inside = _BRACKETS.fullmatch(name)
    if inside is not None:
        return _cased(inside[2]), True
    known = NAMES.get(name.casefold())
    if known is not None:
        return known, True
    if _CODE.fullmatch(name) and (len(name.split("-", maxsplit=1)[0]) == 2 or name.islower()):
        return _cased(name), True
    return private(name), False


def private(name: str) -> str:
    """`x-mother-tongue` for "Mother tongue": a tag that no one else gives a meaning to."""
    folded = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    parts = _LETTERS.findall(folded)[:3]
    return "-".join(["x", *(parts or [f"{sum(map(ord, name)):x}"[:8]])])


def _cased(tag: str) -> str:
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part
                                      for part in rest)])  # fmt: skip
