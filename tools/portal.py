"""Join the sites of a corpus' parts: `python tools/portal.py site`, where `site/1`, `site/2` … are built sites.

Writes `site/index.html`, which searches all parts and adds up their figures, and the tables of all parts together as
`site/data/*.parquet`; see docs/scaling.md.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import duckdb
from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).parent
TABLES = ("traces", "studies", "papers", "summaries")


def main(site: Path) -> None:
    """Write the portal and the joined tables."""
    parts = sorted((path.parent.parent.name for path in site.glob("*/data/traces.parquet")), key=_in_order)
    (site / "data").mkdir(exist_ok=True)
    for table in TABLES:
        _join(site, table)
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    page = environment.get_template("portal.html").render(
        name=json.loads((site / parts[0] / "data" / "croissant.json").read_text("utf-8"))["name"],
        parts=[(part, *_figures(f"{site}/{part}")) for part in parts],
        total=_figures(str(site)),
        models=_models(site),
        tables=TABLES,
        # Of Material's stylesheets, which have a hash in their names.
        style=next((site / parts[0] / "assets" / "stylesheets").glob("main.*.css")).name,
    )
    (site / "index.html").write_text(page, "utf-8")
    for name in ("portal.js", "portal.css"):
        shutil.copyfile(HERE / name, site / name)


def _in_order(part: str) -> tuple[int, str]:
    return (int(part) if part.isdigit() else 0, part)


def _join(site: Path, table: str) -> None:
    """Write one table of all parts; its addresses are relative to the portal."""
    duckdb.execute(f"""
        COPY (
            SELECT * EXCLUDE (filename)
            REPLACE (split_part(filename, '/', -3) || '/' || url AS url)
            FROM read_parquet('{site}/*/data/{table}.parquet', union_by_name = true, filename = true)
        ) TO '{site}/data/{table}.parquet'
    """)


def _figures(site: str) -> tuple[int, int, int]:
    """Return how many papers, traces and studies a site's tables hold."""
    papers, traces, studies = (
        duckdb.execute(f"SELECT count(*) FROM '{site}/data/{table}.parquet'").fetchall()[0][0]
        for table in ("papers", "traces", "studies")
    )
    return papers, traces, studies


def _models(site: Path) -> list[tuple[str, str, int, int]]:
    """Return each model and task with its traces and studies, the most traces first."""
    return duckdb.execute(f"""
        SELECT model, task, count(*) AS traces, sum(len(studies))::BIGINT
        FROM '{site}/data/traces.parquet' GROUP BY model, task ORDER BY traces DESC, model, task
    """).fetchall()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
