"""Words that say whether work is billable.

>>> for word in ("Ja", "Oui", "✓", "Billable", "بله", "Nein", "Non", "N", "Non-billable", "خیر", "maybe"):
...     print(f"{word:12}", is_billable(word))
Ja           True
Oui          True
✓            True
Billable     True
بله          True
Nein         False
Non          False
N            False
Non-billable False
خیر          False
maybe        None
"""

from __future__ import annotations

import re
from collections.abc import Collection

from staffing.scenario.spelling import alike
from staffing.timesheets.durations import western

_YES = """
yes; y; true; t; on; 1; x; ✓; ✔; ☑; ✅; ja; j; wahr; oui; vrai; si; sí; sì; sim; verdadero; verdadeiro; vero;
waar; sant; sand; kyllä; tosi; igen; igaz; ano; áno; tak; prawda; da; да; истина; так; evet; doğru; dogru; ναι;
نعم; صحيح; بله; بلی; آری; درست; はい; 是; 예; 네; billable; chargeable; billed; client billable; abrechenbar;
verrechenbar; fakturierbar; weiterverrechenbar; facturable; fatturabile; faturável; facturabel; factureerbaar;
declarabel; fakturerbar; debiterbar; قابل صورتحساب; قابل صورت حساب; قابل فاکتور
"""
_NO = """
no; n; false; f; off; 0; ✗; ✘; ☐; ❌; nein; falsch; non; faux; falso; não; nao; nee; onwaar; nej; falskt; falsk;
nei; ei; epätosi; nem; hamis; ne; nie; fałsz; nu; нет; ложь; ні; не; hayır; hayir; yanlış; yanlis; όχι; لا; خطأ;
خیر; نه; نادرست; いいえ; 否; 아니요; 아니오; non billable; nonbillable; not billable; unbillable;
non chargeable; not chargeable; unchargeable; no charge; nicht abrechenbar; nicht verrechenbar;
nicht fakturierbar; non facturable; no facturable; non fatturabile; não faturável; niet facturabel;
niet factureerbaar; niet declarabel; ej fakturerbar; ikke fakturerbar; ej debiterbar; غیرقابل صورتحساب;
غیر قابل صورتحساب; غیر قابل صورت حساب; غیرقابل فاکتور; غیر قابل فاکتور
"""


def _plain(word: str) -> str:
    """Return a word in the form in which words are compared: ``Non-billable?`` is ``non billable``."""
    return " ".join(re.sub(r"[-‐‑–_.?!]", " ", alike(word)).split())


def _words(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in text.split(";"))


YES, NO = _words(_YES), _words(_NO)


def is_billable(word: str, yes: Collection[str] = (), no: Collection[str] = ()) -> bool | None:
    """Return whether a word means that work is billable; None if it is not known.

    Parameters
    ----------
    word
        What stands in the column.
    yes, no
        Words that a user says mean it, and mean the contrary; they go before the known ones.

    >>> is_billable("Intern", no=["intern"]), is_billable("1.0")
    (False, True)
    """
    if any(alike(word) == alike(known) for known in no):
        return False
    if any(alike(word) == alike(known) for known in yes):
        return True
    plain = _plain(re.sub(r"\A([01])\.0+\Z", r"\1", western(word.strip())))
    return True if plain in YES else False if plain in NO else None
