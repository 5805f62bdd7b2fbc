"""Check a decision dossier with Python 3.11 alone: `python3 verify.py dossier.zip`.

Compares files with the manifest, marks every answer again by its scoring table, applies the rule,
and follows the audit log's extract. Exit code 0 where all of it agrees, else 1.
"""

import json
import re
import sys
import zipfile
from fractions import Fraction
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from unicodedata import category, normalize

NUMBER = r"[+-]?(?:\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15})(?![.,' \u00a0\u202f]?\d)"
TWO_WAYS = r"[+-]?(?!0[.,])\d{1,3}[.,]\d{3}"  # fifteen hundred, or one and a half
TEN = r"(?:[eE]|\s*[xX×·*]\s*10\s*(?:\^|\*\*)\s*)"
QUANTITY = rf"(\D*?)\s*({NUMBER})(?:{TEN}([+-]?\d{{1,2}})(?!\d)|(?!{TEN}[+-]?\d))\s*(.*)"
RAISED, PLAIN = "(?<=10)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
WRONG = Fraction(0), False


def mark(key, response, given):
    """Return what a response earns and whether it was unsafe; None where nothing was answered."""
    inside = response.get(key["in"]) if isinstance(response, dict) else None
    said, how = inside if key["in"] else response, key["how"]
    if how == "parts":
        return _parts(key, said if isinstance(said, dict) else {}, given)
    if marking := {"number": _number, "text": _text, "essay": _essay}.get(how):
        return marking(key, said, given) if isinstance(said, str) and said.strip() else None
    chosen = _chosen(key, said, response)
    total = Fraction(key["base"]) + sum(Fraction(key["worth"][one]) for one in chosen)
    share = {
        "all": lambda: Fraction(total == 1),
        "sum": lambda: max(Fraction(key["least"]), min(Fraction(1), total)),
        "coverage": lambda: total * total * key["keys"] / len(chosen),
        "needed": lambda: total / max(key["keys"], len(chosen)),
    }[key["rule"]]
    return (share(), any(one in key["unsafe"] for one in chosen)) if chosen else None


def _chosen(key, said, response):
    named = [said] if key["how"] == "option" else said if isinstance(said, list) else []
    if key["how"] == "pairs" and isinstance(said, dict):
        named = [f"{one}/{other}" for one, other in said.items() if isinstance(other, str)]
    elif key["how"] == "order":
        named = _order(key["right"], named)
    elif key["how"] == "places" and not isinstance(said, list):
        points = response.get("points") if isinstance(response, dict) else None
        found = [_region(key, one) for one in points] if isinstance(points, list) else []
        named = [one for one in found if one is not None][: key["most"]]
    known = [one for one in named if isinstance(one, str) and one in key["worth"]]
    return [one for at, one in enumerate(known) if not one or one not in known[:at]][: key["most"]]


def _order(right, named):
    line = [one if one in right and one not in named[:at] else None for at, one in enumerate(named)]
    line = (line + [None] * len(right))[: len(right)]
    ranks = [right.index(one) for one in line if one]
    runs = [run for n in range(13) for run in combinations(ranks, n) if [*run] == sorted(run)]
    unbroken = [len(run) for run in runs if not run or run[-1] - run[0] < len(run)]
    return [
        *[f"{place}/{one}" for place, one in enumerate(line) if one],
        *[f"{one}>{other}" for one, other in pairwise(["", *line, ""]) if None not in (one, other)],
        *[f"{one}<{other}" for one, other in combinations(line, 2) if one and other],
        *[f"ordered {max(map(len, runs))}", f"contiguous {max(unbroken)}"],
    ]


def _region(key, point):
    two = isinstance(point, list) and len(point) == 2 and not {*map(type, point)} - {int, float}
    if not two or not all(0 <= at <= most for at, most in zip(point, key["size"], strict=True)):
        return None
    x, y = (Fraction(repr(at)) for at in point)
    for region, piece in ((one["id"], piece) for one in key["regions"] for piece in one["pieces"]):
        if all(a * x * x + b * x + c * y * y + d * y + e >= 0 for a, b, c, d, e in piece):
            return region
    return ""


def _best(fitting):
    shares = [(Fraction(one["share"]), one["unsafe"]) for one in fitting]
    return max(shares, key=lambda one: one[0], default=None)


def _text(key, said, _):
    plain = normalize("NFC", " ".join(said.split()))
    plain = plain if key["case_sensitive"] else normalize("NFC", plain.casefold())
    return _best([one for one in key["answers"] if re.fullmatch(one["fits"], plain, re.S)]) or WRONG


def _number(key, said, _):
    flat = re.sub(RAISED, lambda it: "^" + it[0].translate(PLAIN), said.strip().replace("−", "-"))
    flat = re.sub(r"\s+(?=[eE])", "", flat) if key["unit"] == "none" else flat
    found = re.fullmatch(QUANTITY, flat) if len(flat) <= 200 else None
    before, number, ten, behind = found.groups() if found else ("1", "1", "0", "1")
    unit, both = before.strip() or behind.strip(), before.strip() and behind.strip()
    factor = key["units"].get(" ".join(normalize("NFKC", unit).split()))
    kind = category(unit[:1] or "a")
    doubtful = (ten is None and re.fullmatch(TWO_WAYS, number)) or abs(int(ten or 0)) > 30
    sound = (kind[0] == "L" or kind in ("Sc", "So") or unit[0] in "%‰′″\"'") and len(unit) <= 40
    if doubtful or both or not sound or (factor != "1" and key["unit"] in ("none", "shown")):
        return WRONG
    value = Fraction(f"{number.replace(',', '.')}E{ten or 0}")
    exact, bare = (
        _best([s for s in key["spans"] if Fraction(s["from"]) <= at <= Fraction(s["to"])])
        for at in (value * Fraction(factor or 0), value)
    )
    if factor and (exact or factor == "1"):
        return exact or WRONG
    share, unsafe = bare or WRONG
    lost = Fraction(key["penalty"]) * (share if key["penalty_of"] == "response" else 1)
    return max(Fraction(0), share - lost), unsafe


def _essay(key, said, given):
    if said.split() == key["template"]:
        return None
    marks = [Fraction(sum(points.values()), key["total"]) for points in given[key["part"]]]
    pairs = sorted((abs(one - other), one + other) for one, other in combinations(marks[:3], 2))
    if key["markers"] == 2 and pairs and abs(marks[0] - marks[1]) > Fraction(key["tolerance"]):
        return (marks[2] if pairs[0][0] == pairs[1][0] else pairs[0][1] / 2), False
    return sum(marks[: key["markers"]], Fraction(0)) / key["markers"], False


def _parts(key, said, given):
    marks = [(one["weight"], mark(one, said.get(one["id"]), given)) for one in key["parts"]]
    earned = [(n * got[0].limit_denominator(key["finest"]), got[1]) for n, got in marks if got]
    share = max(Fraction(0), sum(one for one, _ in earned)) / sum(n for n, _ in marks)
    return (share, any(unsafe for _, unsafe in earned)) if earned else None


def decided(decision, data, answers):
    """Derive a decision again; return where it comes out otherwise than the dossier says."""
    wrong, kept, rule = [], [], data["attempt.json"]["rule"]
    for place in [one for one in decision["places"] if one["counts"]]:
        at, item = place["position"], data["items.json"][place["position"] - 1]
        got = mark(item["scorings"][place["scoring"]], answers.get(at), item["given"])
        got = (Fraction(1), False) if place["full"] else got
        (share, unsafe), told = got or WRONG, (place["unsafe"], place["answered"])
        if abs(float(share) - place["fraction"]) > 1e-9 or (unsafe, got is not None) != told:
            wrong.append(f"question {at} earns {float(share)}, not {place['fraction']}")
        kept.append((item, Fraction(float(share)).limit_denominator(5040), unsafe, got is None))
    dropped, total = sum(one["dropped"] for one in decision["places"]), sum(one[1] for one in kept)
    cut = rule["cut"] * len(kept) // (len(kept) + dropped) if dropped else rule["cut"]
    failed = total < cut or (rule["unsafe_fails"] and any(one[2] for one in kept))
    failed |= rule["critical_must_pass"] and any(one[0]["critical"] and one[1] < 1 for one in kept)
    failed |= sum(one[3] for one in kept) > rule["most_omitted"]
    for least in rule["objective_minimums"]:
        own = [one[1] for one in kept if one[0]["objective"] == least["objective"]]
        failed |= sum(own) < Fraction(least["share"]).limit_denominator(10**6) * len(own)
    if abs(float(total) - decision["marks"]) > 1e-9 or failed == decision["passed"]:
        wrong.append(f"{float(total)} marks and passed {not failed}, not {decision['marks']}")
    return [f"decision {decision['number']}: {one}" for one in wrong]


def linked(chain, decisions):
    """Follow the log's extract; return entries that are not at their place, or say otherwise."""
    running, wrong, logged = chain["before"], [], {}
    for link in chain["links"]:
        said = json.dumps(link.get("entry"), ensure_ascii=False)
        digest = link.get("digest") or sha256(said.encode()).hexdigest()
        running = link.get("jump") or sha256((running + digest).encode()).hexdigest()
        if running != link.get("hash", running):
            wrong.append(f"audit entry {link['entry'][0]} is not at its place")
        facts = json.loads(link["entry"][5]) if "entry" in link else {}
        logged[facts.get("decision")] = (facts.get("marks"), facts.get("passed"))
    unlogged = [one for one in decisions if logged.get(one["id"]) != (one["marks"], one["passed"])]
    return wrong + [f"decision {one['number']} is not in the audit log so" for one in unlogged]


def changed(path, files):
    """Read the files of a dossier into `files`; return the names of those that were changed."""
    whole = Path(path).read_bytes()
    with zipfile.ZipFile(path) as archive:
        files.update((name, archive.read(name)) for name in archive.namelist())
    stated = json.loads(files["manifest.json"])
    names = sorted({*stated, *files} - {"manifest.json"})
    found = [one for one in names if stated.get(one) != sha256(files.get(one, b"")).hexdigest()]
    sound = whole[-64:] == sha256(whole[:-64]).hexdigest().encode()
    return found or ([] if sound else ["the archive around the files"])


if __name__ == "__main__":
    files, archive = {}, "".join(sys.argv[1:2]) or sys.exit("Name the archive: dossier.zip")
    try:
        wrong = [f"changed: {one}" for one in changed(archive, files)]
    except Exception as error:
        wrong = [f"changed: {error}"]
    if not wrong:
        data = {name: json.loads(files[name]) for name in files if name.endswith(".json")}
        answers = {one["position"]: one["response"] for one in data["steps.json"] if one["answers"]}
        wrong = linked(data["chain.json"], data["decisions.json"])
        for one in data["decisions.json"]:
            wrong += decided(one, data, answers)
    print("\n".join(wrong) or "All agrees: files, marks, verdicts, audit log.")
    sys.exit(1 if wrong else 0)
