"""The project's own files, without what tools made. Read by tests that ask something of all of them."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
MADE = {".git", ".venv", ".cache", ".icp", ".hypothesis", "__pycache__", "node_modules", "out"}


def project_files(*suffixes):
    """Files with one of these endings; “” for those without any."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        made = MADE & set(inside) or any(part.endswith(("_cache", ".egg-info")) for part in inside)
        if not made and path.suffix in suffixes and path.is_file():
            yield path
