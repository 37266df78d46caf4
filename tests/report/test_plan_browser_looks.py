"""What the page looks like in a real browser: nothing sticks out, everything can be read, and paper gets what matters."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.report.test_plan_browser import opened
from tests.report.test_plan_reasons import view
from travistool.report import plan_html
from travistool.report.layout import Style

pytestmark = pytest.mark.browser

LONG = "AVeryLongNameWithoutAnyBlanksThatCannotBeBrokenAtAllByTheBrowserUnlessToldTo"
NUMBERS = ", ".join(f"'3.{number}'" for number in range(10))
CONFIGS = {
    "one": "language: go\n",
    "three": "language: node_js\nnode_js: [18, 20]\njobs: {include: [{stage: deploy, name: Publish, if: branch = master}]}\n",
    "long": "language: ruby\nrvm: ['3.0', '3.1', '3.2']\nenv:\n"
    + "".join(
        f"- RAILS={n} URL=postgres://localhost:5432/a_test_database_for_rails_{n} {LONG}={n}\n" for n in range(18)
    )
    + f"stages: [lint, test, {LONG}, a stage with a rather long name of many words]\njobs:\n  include:\n"
    + f"  - {{stage: lint, name: {LONG}, if: branch != {LONG}}}\n  - {{stage: {LONG}, name: b}}\n"
    + f"  - {{stage: a stage with a rather long name of many words, name: {'many words ' * 12}}}\n"
    + "  - {name: no, if: tag IS present}\ndeploy: {provider: heroku, api_key: x, on: {branch: master}}\n",
    "many": f"language: python\nos: [linux, osx]\npython: [{NUMBERS}]\n"
    f"env: [{', '.join(f'A={number}' for number in range(10))}]\njobs: {{allow_failures: [{{os: osx}}]}}\n",
}
JOBS = {"one": 1, "three": 3, "long": 57, "many": 200}

MEASURE = """
const box = (one) => one.getBoundingClientRect();
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const light = (text) => rgb(text).slice(0, 3).map((x) => x / 255).map((x) => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
  .reduce((sum, x, at) => sum + x * [0.2126, 0.7152, 0.0722][at], 0);
const back = (one) => { for (; one; one = one.parentElement) {
  const found = getComputedStyle(one).backgroundColor; if (!/, 0\\)$/.test(found)) return found; } return "rgb(255, 255, 255)"; };
const contrast = (one) => { const [a, b] = [light(getComputedStyle(one).color), light(back(one))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05); };
const texts = [...document.querySelectorAll("h1, h1 small, h2, h2 small, .starts, .badge, .value, .number, .when, .dim, footer p, .left li")];
const seen = texts.filter((one) => box(one).width);
const cards = [...document.querySelectorAll(".job")];
document.body.dataset.measured = JSON.stringify({
  jobs: cards.length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  out: [...cards, ...document.querySelectorAll(".stage > h2")].filter((one) => one.scrollWidth > one.clientWidth + 1).length,
  tips: [...document.querySelectorAll(".job .origin")].filter((one) => box(one).width
    && (box(one).left < box(one.closest(".job")).left || box(one).right > box(one.closest(".job")).right)).length,
  tipped: [...document.querySelectorAll(".job .origin")].filter((one) => box(one).width).length,
  faint: [...new Set(seen.filter((one) => contrast(one) < 4.5).map((one) => one.className || one.tagName))],
  back: getComputedStyle(document.body).backgroundColor,
  shown: [".tools", "aside", ".keys"].filter((name) => getComputedStyle(document.querySelector(name)).display !== "none"),
  folded: [...document.querySelectorAll("details")].filter((one) => !one.open).length,
  open: cards.filter((one) => one.classList.contains("open")).map((one) => box(one)).map((one) =>
    one.left >= 0 && one.right <= innerWidth && one.top < innerHeight)[0],
});
"""


def measured(
    browser: str,
    tmp_path: Path,
    name: str,
    *options: str,
    style: str = "",
    media: str = "",
    at: str = "",
) -> dict[str, Any]:
    """Return what a script measures in the page of a config. `media` counts as if it were `all`."""
    page = plan_html.text(view(CONFIGS[name]), Style())
    page = re.sub(r"script-src '[^']*'", "script-src 'unsafe-inline'", page)
    page = page.replace(f"@media {media} {{", "@media all {") if media else page
    page = page.replace("</style>", f"{style}</style>").replace("</body>", f"<script>{MEASURE}</script></body>")
    (tmp_path / "page.html").write_text(page)
    dom = opened(browser, tmp_path / "page.html", tmp_path / "profile", at, *options)
    found = re.search(r'data-measured="([^"]*)"', dom)
    assert found is not None
    result: dict[str, Any] = json.loads(found[1].replace("&quot;", '"'))
    return result


@pytest.mark.parametrize("width", ["500,900", "1400,900"])
@pytest.mark.parametrize("name", CONFIGS)
def test_nothing_sticks_out(browser: str, tmp_path: Path, name: str, width: str) -> None:
    every = ".job .origin { display: block !important; }"
    found = measured(browser, tmp_path, name, f"--window-size={width}", style=every)
    assert found["jobs"] == JOBS[name]
    assert found["tipped"] >= found["jobs"]
    assert (found["wide"], found["out"], found["tips"]) == (0, 0, 0)


@pytest.mark.parametrize(("options", "back"), [((), "rgb(246, 247, 249)"), (("--force-dark-mode",), "rgb(18, 22, 29)")])
def test_everything_can_be_read(browser: str, tmp_path: Path, options: tuple[str, ...], back: str) -> None:
    found = measured(browser, tmp_path, "long", *options)
    assert (found["back"], found["faint"]) == (back, [])


def test_paper(browser: str, tmp_path: Path) -> None:
    """Even where the screen is dark; what is folded up or of use to a mouse only is not on it."""
    found = measured(browser, tmp_path, "long", "--force-dark-mode", media="print")
    assert (found["back"], found["faint"], found["shown"], found["folded"]) == ("rgb(255, 255, 255)", [], [], 0)


@pytest.mark.parametrize("width", ["500,900", "1400,900"])
def test_the_open_job_is_in_view(browser: str, tmp_path: Path, width: str) -> None:
    found = measured(browser, tmp_path, "long", f"--window-size={width}", at="#job-1.56")
    assert (found["open"], found["shown"]) == (True, [".tools", "aside", ".keys"])
