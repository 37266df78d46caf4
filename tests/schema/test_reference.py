"""docs/keys.md is what the schemas say."""

from pathlib import Path

from travistool.schema.reference import reference
from travistool.schema.store import load

PAGE = Path(__file__).resolve().parents[2] / "docs" / "keys.md"


def test_the_page_is_current(update_golden: bool) -> None:
    text = reference()
    if update_golden:
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


def test_every_root_key_and_provider_is_there() -> None:
    text = reference()
    assert [key for key in load().root.keys if f"| `{key}`" not in text] == []
    deploy = load().root.children["deploy"]
    assert deploy is not None
    providers = [form.children["provider"].values[0] for form in deploy.item.forms if form.children["provider"]]
    assert [name for name in providers if f"## `deploy: {name}`" not in text] == []
