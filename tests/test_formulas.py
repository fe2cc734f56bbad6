"""Every example of docs/formulas.md is what the program computes."""

import re
import tomllib

import pytest
from target_cases import judged

from dashboard.base.settings import ROOT

DOCUMENT = (ROOT / "docs" / "formulas.md").read_text(encoding="utf-8")
EXAMPLES = [tomllib.loads(block) for block in re.findall(r"(?s)```toml\n(.*?)```", DOCUMENT)]


def named(example):
    return f"{example['kind']}-{example['indicator']}-{example['asked']}"


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_document_says_what_is_computed(example):
    row = judged(example)
    for name, stated in example["expect"].items():
        if name == "status":
            assert row.status == stated
        elif name == "reason":
            assert stated in [reason.key for reason in row.reasons]
        elif name == "partial":
            assert list(row.partial) == stated
        else:
            found = getattr(row.forecast, "value" if name == "forecast" else name, None)
            found = getattr(row, name) if found is None else found
            assert found == pytest.approx(stated, abs=5e-5), name


def test_every_kind_and_path_has_an_example():
    kinds = {"at_least", "at_most", "exactly", "by_date", "growth", "increase", "ratio"}
    assert kinds == {example["kind"] for example in EXAMPLES}
    assert {"historical", "milestones"} <= {example.get("path") for example in EXAMPLES}
