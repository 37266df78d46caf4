"""The page in a real browser: its own script runs, filters, opens details, and nothing of a config does."""

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "plans"
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1400,1000"),
    "--virtual-time-budget=2000",
)


def opened(browser: str, page: Path, profile: Path, hash_: str = "", *options: str) -> str:
    """Return the page's HTML after its script has run."""
    address = f"{page.as_uri()}{hash_}"
    found = subprocess.run(
        [browser, *OPTIONS, *options, f"--user-data-dir={profile}", "--dump-dom", address],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "</html>" in found.stdout, found.stderr[-2000:]
    return found.stdout


def shown(dom: str) -> list[str]:
    """Return the numbers of the jobs that are to be seen."""
    cards = re.findall(r'<li class="job[^>]*>', dom)
    return [number for card in cards if "hidden" not in card for number in re.findall(r'data-number="([^"]+)"', card)]


def count(dom: str) -> str:
    found = re.search(r'<span id="count"[^>]*>([^<]*)<', dom)
    assert found is not None
    return found[1]


def test_all_jobs(browser: str, tmp_path: Path) -> None:
    dom = opened(browser, CASES / "matrix" / "page.html", tmp_path)
    assert (len(shown(dom)), count(dom)) == (11, "11 jobs")
    assert re.search(r'<body class="[^"]*paneled', dom) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("docs=1", ["1.11"]),
        ("3.9%20mysql", ["1.4", "1.8"]),
        ("MAY%20FAIL%203.10%20linux", ["1.5", "1.6"]),
        ("no-such-thing", []),
    ],
)
def test_filter(browser: str, tmp_path: Path, words: str, expected: list[str]) -> None:
    dom = opened(browser, CASES / "matrix" / "page.html", tmp_path, f"#q={words}")
    assert shown(dom) == expected
    assert count(dom) == f"{len(expected)} of 11 jobs"
    stages = re.findall(r'<section class="stage"[^>]*>', dom)
    assert sum("hidden" not in stage for stage in stages) == bool(expected)


def test_details_and_filter_together(browser: str, tmp_path: Path) -> None:
    dom = opened(browser, CASES / "matrix" / "page.html", tmp_path, "#job-1.4&q=mysql")
    assert re.findall(r'<section class="detail open" id="([^"]+)"', dom) == ["job-1.4"]
    assert re.search(r'<body class="paneled"', dom)
    assert count(dom) == "5 of 11 jobs"


def test_nothing_of_a_config_runs(browser: str, tmp_path: Path) -> None:
    dom = opened(browser, CASES / "strange" / "page.html", tmp_path)
    assert dom.count("<script>") == 1
    assert "<img" not in dom
    assert count(dom) == "2 jobs"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_pages_are_self_contained(case: Path) -> None:
    """Nothing is loaded from anywhere, and the policy forbids it too."""
    page = (case / "page.html").read_text()
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page.split("<body>")[0]) == []
    assert re.search(r"<(?:link|img|iframe|object|embed)\b|@import|url\(", page) is None
    assert "default-src 'none'" in page
