import base64
import hashlib
import importlib.util
import re
from pathlib import Path

from web.security import STREAMLIT_POLICY
from web.shell import shell

_FOUND = importlib.util.find_spec("streamlit")
assert _FOUND is not None
assert _FOUND.origin is not None
_STATIC = Path(_FOUND.origin).parent / "static"


def test_every_inline_script_may_run() -> None:
    plain = (_STATIC / "index.html").read_text(encoding="utf-8")
    ours = re.findall(r"<script(?![^>]*src)[^>]*>(.+?)</script>", shell(), re.DOTALL)
    theirs = re.findall(r"<script(?![^>]*src)[^>]*>(.+?)</script>", plain, re.DOTALL)
    assert (len(ours), len(theirs)) == (3, 1)
    for script in (*ours, *theirs):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in STREAMLIT_POLICY


def test_it_says_where_the_server_is_before_anything_connects() -> None:
    assert 0 < shell().index("BACKEND_BASE_URL") < shell().index('src="./static/js/index.')


def test_it_names_only_files_that_exist() -> None:
    named = re.findall(r'(?:href|src)="\./(static/[^"]+)"|import "\./([^"]+)"', shell())
    assert len(named) > 60
    assert [one or two for one, two in named if not (_STATIC / (one or two)).is_file()] == []


def test_no_part_that_it_brings_waits_for_another() -> None:
    for part in ("Html", "PageLink", "Button"):
        (module,) = (_STATIC / "static" / "js").glob(f"{part}.*.js")
        seen, left = set[str](), [module.name]
        while left:
            name = left.pop()
            seen.add(name)
            text = (module.parent / name).read_text(encoding="utf-8")
            needed = re.findall(r'(?:from|import)"\./([\w.-]+\.js)"', text)
            left += [one for one in needed if one not in seen]
        assert [one for one in seen if one not in shell()] == []
