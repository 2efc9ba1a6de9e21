"""Every rule has a letter, a check and a test file, tied by its word."""

from pathlib import Path

from staffing.auditing.rules import CHECKS
from staffing.auditing.violation import RULES


def test_every_rule_has_a_letter_and_a_check_of_its_name() -> None:
    assert list(CHECKS) == list(RULES)
    assert "".join(RULES.values()) == "WEQCKNOBPMHF"
    assert [check.__name__ for check in CHECKS.values()] == list(RULES)
    for word, check in CHECKS.items():
        assert (check.__doc__ or "").startswith(f"{RULES[word]}: ")


def test_every_rule_has_a_test_file() -> None:
    here = Path(__file__).parent
    assert [word for word in RULES if not (here / f"test_{word}.py").exists()] == []
