"""Each case of fixtures/migrate: a config, and what each target makes of it, side by side."""

from functools import cache
from pathlib import Path

import pytest

from travistool.migrate.migrate import Prepared, migrate_to, prepare
from travistool.migrate.report import Reported, render
from travistool.migrate.target import Target, together
from travistool.migrate.targets import TARGETS
from travistool.migrate.verify import verify
from travistool.pipeline import read
from travistool.schema.normalize import Normal
from travistool.source import Source

CASES = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "migrate").iterdir())


@cache
def prepared(case: Path) -> tuple[Normal, Prepared]:
    """Return the config of a case, and what all targets start from."""
    normal = read(Source(".travis.yml", (case / "travis.yml").read_text(encoding="utf-8"))).normal
    assert normal is not None
    return normal, prepare(normal, repo="acme/demo")


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, target: Target, update_golden: bool) -> None:
    normal, start = prepared(case)
    made = migrate_to(target, start)
    checked = verify(normal, target.evaluator(together(made.files))) if target.evaluator else ()
    assert [difference for one in checked for difference in one.differences] == []
    outputs = {f"{target.name}{Path(made.files[0].path).suffix}": together(made.files)}
    outputs |= {f"{target.name}.{Path(file.path).name}": file.text for file in made.files if not file.has_jobs}
    outputs[f"{target.name}.tasks.md"] = render([Reported(".travis.yml", made, checked)], "md")
    for name, text in outputs.items():
        path = case / name
        if update_golden:
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text
