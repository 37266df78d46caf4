"""The page of an audit: what it holds without a browser, and what it does and looks like in a real one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.audit.samples import CONFIGS, SECRET, row
from tests.report.test_plan_browser import opened
from travistool.audit.page import as_page
from travistool.audit.row import Row, Terms, lost
from travistool.audit.totals import Totals

NAMES = ("github", "circleci")
STRANGE = "</script><img src=x onerror=alert(1)>&amp;\x1b[31m"


def named(found: Row, path: str) -> Row:
    return {**found, "path": path}


ROWS = [
    *(named(row(text, *NAMES), f"{name}/.travis.yml") for name, text in CONFIGS.items()),
    lost(STRANGE, "took longer than 120 seconds", Terms(NAMES)),
]


def page(rows: list[Row], targets: tuple[str, ...] = NAMES) -> str:
    totals = Totals(targets)
    for one in rows:
        totals.add(one)
    return "".join(as_page(totals, rows))


def saved(folder: Path, text: str) -> Path:
    path = folder / "page.html"
    path.write_text(text)
    return path


def test_nothing_is_loaded_and_nothing_of_a_path_runs() -> None:
    text = page(ROWS)
    assert re.search(r"<(?:link|img|iframe|object|embed)\b|@import|url\(", text) is None
    assert re.findall(r'(?:src|href)="[^"]*"', text) == []
    assert "default-src 'none'" in text
    assert text.count("</script>") == 2
    assert SECRET not in text
    assert "\x1b" not in text


def test_targets_have_their_titles() -> None:
    """One that a state of an older version names may be gone."""
    totals = Totals(("github", "gone"))
    data = "".join(as_page(totals, [])).partition('"targets":')[2]
    assert json.JSONDecoder().raw_decode(data)[0] == [["github", "GitHub Actions"], ["gone", "gone"]]


def test_the_chart_has_each_file_once() -> None:
    text = page(ROWS)
    shares = [float(one) for one in re.findall(r'<rect [^>]*width="([\d.]+)%"', text)]
    assert sum(shares) == pytest.approx(200, abs=0.1)
    assert "GitHub Actions: 3 enter values (30.0%)" in text
    assert "CircleCI: 1 crashed (10.0%)" in text


@pytest.mark.browser
class TestBrowser:
    @staticmethod
    def shown(dom: str) -> list[str]:
        body = dom.partition('<tbody id="rows">')[2].partition("</tbody>")[0]
        return list(re.findall(r"<tr><td>([^<]*)", body))

    @staticmethod
    def count(dom: str) -> str:
        found = re.search(r'<span id="count"[^>]*>([^<]*)<', dom)
        assert found is not None
        return found[1]

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            pytest.param("#q=RUBY%20redis", ["services"], id="words in any order and case"),
            pytest.param("#q=never%20closed", ["broken"], id="why there is no build"),
            pytest.param("#q=secret", ["secret", "services", "stages"], id="path, kind of task"),
            pytest.param("#state=crashed", ["&lt;/script"], id="outcome"),
            pytest.param("#to=circleci&state=values", [], id="outcome of another target"),
            pytest.param("#q=no-such-thing", [], id="nothing"),
            pytest.param(
                "#q=s&sort=jobs&dir=desc", ["simple", "stages", "services", "secret"], id="numbers, highest first"
            ),
        ],
    )
    def test_filter_and_order(self, browser: str, tmp_path: Path, address: str, expected: list[str]) -> None:
        rows = [one for one in ROWS if not (address.startswith("#q=s&") and one["plan"] is None)]
        dom = opened(browser, saved(tmp_path, page(rows)), tmp_path / "profile", address)
        found = [name[:11] if name.startswith("&") else name for name in self.shown(dom)]
        assert found == expected
        assert self.count(dom) == f"{len(expected)} of {len(rows)} repositories"
        assert "<img" not in dom

    def test_many_rows_come_in_parts(self, browser: str, tmp_path: Path) -> None:
        one = row(CONFIGS["simple"], *NAMES)
        many = [named(one, f"r{number:05}/.travis.yml") for number in range(10_000)]
        dom = opened(browser, saved(tmp_path, page(many)), tmp_path / "profile", "#dir=desc")
        assert self.shown(dom) == [f"r{number:05}" for number in range(9_999, 9_899, -1)]
        assert self.count(dom) == "10000 repositories"
        assert re.search(r'<button id="more" type="button">Show more of 10000<', dom)

    def test_without_targets(self, browser: str, tmp_path: Path) -> None:
        dom = opened(browser, saved(tmp_path, page([row(CONFIGS["simple"])], ())), tmp_path / "profile")
        assert self.shown(dom) == ["demo"]
        assert re.findall(r'<th data-name="([^"]+)"', dom) == ["path", "uses", "jobs", "findings"]
        assert self.count(dom) == "1 repository"

    @pytest.mark.parametrize("width", ["500,900", "1400,900"])
    @pytest.mark.parametrize(
        ("options", "back"), [((), "rgb(246, 247, 249)"), (("--force-dark-mode",), "rgb(18, 22, 29)")]
    )
    def test_nothing_sticks_out_and_everything_can_be_read(
        self, browser: str, tmp_path: Path, options: tuple[str, ...], back: str, width: str
    ) -> None:
        found = self.measured(browser, tmp_path, f"--window-size={width}", *options)
        assert (found["wide"], found["faint"], found["back"]) == (0, [], back)
        assert found["bars"] == [found["chart"]] * len(NAMES)

    def measured(self, browser: str, tmp_path: Path, *options: str) -> dict[str, Any]:
        """Return what a script measures in the page."""
        text = re.sub(r"script-src '[^']*'", "script-src 'unsafe-inline'", page(ROWS))
        dom = opened(
            browser,
            saved(tmp_path, text.replace("</body>", f"<script>{{{MEASURE}}}</script></body>")),
            tmp_path / "profile",
            "",
            *options,
        )
        found = re.search(r'data-measured="([^"]*)"', dom)
        assert found is not None
        result: dict[str, Any] = json.loads(found[1].replace("&quot;", '"'))
        return result


MEASURE = """
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const light = (text) => rgb(text).slice(0, 3).map((x) => x / 255).map((x) => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
  .reduce((sum, x, at) => sum + x * [0.2126, 0.7152, 0.0722][at], 0);
const back = (one) => { for (; one; one = one.parentElement) {
  const found = getComputedStyle(one).backgroundColor; if (!/^rgba.*, 0\\)$/.test(found)) return found; } return "rgb(255, 255, 255)"; };
const under = (one) => { const box = one.getBoundingClientRect(); const all = [...document.querySelectorAll("svg rect")];
  const hit = all.find((rect) => { const r = rect.getBoundingClientRect();
    return box.left >= r.left && box.left <= r.right && box.top + box.height / 2 >= r.top && box.top + box.height / 2 <= r.bottom; });
  return hit ? getComputedStyle(hit).fill : back(one.closest("svg")); };
const contrast = (text, behind) => { const [a, b] = [light(text), light(behind)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
const texts = [...document.querySelectorAll("h1, h2, h3, .dim, .tile, .badge, .why, td, th, th button, .bars li, .legend li, footer, label")]
  .map((one) => [one, contrast(getComputedStyle(one).color, back(one))]);
const drawn = [...document.querySelectorAll("svg text")].map((one) => [one, contrast(getComputedStyle(one).fill, under(one))]);
const tops = [...new Set([...document.querySelectorAll("svg rect")].map((one) => one.getAttribute("y")))];
document.body.dataset.measured = JSON.stringify({
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  faint: [...new Set([...texts, ...drawn].filter(([, number]) => number < 4.5).map(([one]) => one.className.baseVal ?? (one.className || one.tagName)))],
  back: getComputedStyle(document.body).backgroundColor,
  chart: Math.round(document.querySelector("svg").getBoundingClientRect().width),
  bars: tops.map((top) => Math.round([...document.querySelectorAll(`svg rect[y="${top}"]`)]
    .reduce((sum, one) => sum + one.width.baseVal.value, 0))),
});
"""
