"""A certificate made wrong in one way at a time: each is caught, and named by the right check."""

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from certs.checking.files import check_file
from certs.checking.report import Finding, Outcome, Part, Verdict
from tests import sealing
from tests.issuing import (
    DID,
    INDEX,
    SERIAL,
    URL,
    Recipe,
    credential,
    hand,
    lists,
    log_proof,
    signed,
    trust,
)

GOOD = Recipe()
NOW = GOOD.now


def test_a_good_certificate_passes_every_check_that_needs_no_register() -> None:
    report = check_file(GOOD.made(), trust(NOW), NOW)
    assert report.verdict is Verdict.VALID
    assert [check.outcome for check in report.checks] == [
        Outcome.UNCHECKED,
        *[Outcome.PASSED] * 5,
    ]
    assert (report.says.holder, report.says.serial) == ("Alba Ruiz", SERIAL)


@pytest.mark.parametrize(
    "holder",
    [
        "Zoë Müller-Łukasiewicz",
        "Nguyễn Thị Ánh",
        "李小龙",
        "محمد بن سلمان",
        "אבי כהן",
        "Ольга Иванова",
    ],
)
def test_names_of_any_script_are_found_on_the_page(holder: str) -> None:
    report = check_file(GOOD.but(holder=holder).made(), trust(NOW), NOW)
    assert (report.verdict, report.says.holder) == (Verdict.VALID, holder)


def _flipped(data: bytes) -> bytes:
    at = data.index(b"stream") + 40
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _updated(data: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root["/Foo"] = generic.pdf_name("/Bar")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _resaved(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out)
    return out.getvalue()


def _stripped(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.AcroForm
        del pdf.Root.Perms
        del pdf.pages[0].Annots
        pdf.save(out)
    return out.getvalue()


def _attached(document: object, proof: str = "") -> tuple[tuple[str, bytes], ...]:
    files = (("credential.json", json.dumps(document).encode()),)
    return (*files, ("issuance.tlog-proof", proof.encode())) if proof else files


def _better() -> dict[str, object]:
    """The signed data with a better name in it, its proofs left as they were."""
    return {**GOOD.document, "name": "Microneedling for surgeons"}


def _anothers() -> dict[str, object]:
    return signed(credential(NOW, "Bela Quick"), hand("credential"), NOW)


def _two_credentials() -> bytes:
    page = GOOD.but(sealer=None).made()
    with pikepdf.open(io.BytesIO(page)) as pdf:
        spec = pikepdf.AttachedFileSpec(pdf, b"{}", filename="credential.json")
        pdf.attachments["another"] = spec
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


_TRULY_SEALED: dict[str, tuple[Recipe, Part, Finding]] = {
    "another name on the page": (
        GOOD.but(shown="Mallory Quick"),
        Part.DATA,
        Finding.PAGE_DIFFERS,
    ),
    "a code to a look-alike site": (
        GOOD.but(code=f"https://academy-example.org/verify/{SERIAL}"),
        Part.DATA,
        Finding.CODE_FOREIGN,
    ),
    "a code to another certificate": (
        GOOD.but(code=f"{URL}/verify/PP-00000-00000-00000-00000"),
        Part.DATA,
        Finding.CODE_FOREIGN,
    ),
    "another's credential attached": (
        GOOD.but(attached=_attached(_anothers(), log_proof(_anothers()))),
        Part.DATA,
        Finding.PAGE_DIFFERS,
    ),
    "altered data attached": (
        GOOD.but(attached=_attached(_better(), log_proof(_better()))),
        Part.DATA,
        Finding.PROOF_WRONG,
    ),
    "no credential attached": (GOOD.but(attached=()), Part.DATA, Finding.NO_CREDENTIAL),
    "data that is no JSON": (
        GOOD.but(attached=(("credential.json", b"{"),)),
        Part.DATA,
        Finding.UNREADABLE,
    ),
    "one of two proofs taken out": (
        GOOD.but(attached=_attached({**GOOD.document, "proof": GOOD.document["proof"][:1]})),
        Part.DATA,
        Finding.PROOF_WRONG,
    ),
    "both proofs taken out": (
        GOOD.but(attached=_attached(credential(NOW))),
        Part.DATA,
        Finding.PROOF_MISSING,
    ),
    "data signed with another key": (
        GOOD.but(signer="mallory"),
        Part.ISSUER,
        Finding.KEY_OF_ANOTHER,
    ),
    "sealed by another authority": (
        GOOD.but(sealer=sealing.sealer("mallory")),
        Part.SEAL,
        Finding.SEAL_OF_ANOTHER,
    ),
    "never sealed": (GOOD.but(sealer=None), Part.SEAL, Finding.NO_SEAL),
    "no proof of the log": (
        GOOD.but(attached=_attached(GOOD.document)),
        Part.LOG,
        Finding.NOT_LOGGED,
    ),
    "a proof of another entry": (
        GOOD.but(attached=_attached(GOOD.document, log_proof(_anothers()))),
        Part.LOG,
        Finding.LOG_PROOF_WRONG,
    ),
    "a log of somebody else": (GOOD.but(logger="mallory"), Part.LOG, Finding.LOG_PROOF_WRONG),
}


@pytest.mark.parametrize("defect", _TRULY_SEALED)
def test_what_is_sealed_wrong_is_caught_and_named(defect: str) -> None:
    recipe, part, finding = _TRULY_SEALED[defect]
    report = check_file(recipe.made(), trust(NOW), NOW)
    assert report.verdict is Verdict.ALTERED
    assert report.check(part).outcome is Outcome.FAILED
    assert finding in report.check(part).findings
    wrong = {check.part for check in report.checks if check.outcome is Outcome.FAILED}
    # What was never signed so is in no log either.
    assert wrong - {Part.LOG} == {part} - {Part.LOG}


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_flipped, Finding.SEAL_BROKEN),
        (_updated, Finding.BYTES_ADDED),
        (lambda data: data + b"\n% more", Finding.BYTES_ADDED),
        (_resaved, Finding.SEAL_BROKEN),
        (_stripped, Finding.NO_SEAL),
    ],
    ids=["a byte changed", "an update added", "bytes added", "saved anew", "seal stripped"],
)
def test_what_was_done_to_a_sealed_file_breaks_its_seal(
    change: Callable[[bytes], bytes], finding: Finding
) -> None:
    report = check_file(change(GOOD.made()), trust(NOW), NOW)
    assert report.verdict is Verdict.ALTERED
    assert report.check(Part.SEAL).outcome is Outcome.FAILED
    assert finding in report.check(Part.SEAL).findings


def test_two_credentials_in_one_file_are_one_too_many() -> None:
    report = check_file(_two_credentials(), trust(NOW), NOW)
    assert Finding.SEVERAL_CREDENTIALS in report.check(Part.DATA).findings


@pytest.mark.parametrize(
    ("purpose", "word"), [("revocation", Verdict.REVOKED), ("suspension", Verdict.SUSPENDED)]
)
def test_a_fresh_list_that_names_it_decides(purpose: str, word: Verdict) -> None:
    withdrawn = trust(NOW, lists=lists(NOW, **{purpose: INDEX}))
    report = check_file(GOOD.made(), withdrawn, NOW)
    assert report.verdict is word


def test_a_stale_list_proves_nothing() -> None:
    report = check_file(GOOD.made(), trust(NOW), NOW + timedelta(days=2))
    assert report.verdict is Verdict.CANNOT_CHECK
    assert report.check(Part.STATUS).findings == (Finding.LIST_STALE,)
    assert "too old to rely on" in report.check(Part.STATUS).sentence


def test_a_list_of_somebody_else_proves_nothing() -> None:
    mine = lists(NOW)[0]
    forged = signed({key: mine[key] for key in mine if key != "proof"}, hand("mallory"), NOW)
    report = check_file(GOOD.made(), trust(NOW, lists=(forged,)), NOW)
    assert report.verdict is Verdict.CANNOT_CHECK
    assert report.check(Part.STATUS).findings == (Finding.LIST_FORGED,)


def test_without_a_list_nothing_is_called_valid() -> None:
    report = check_file(GOOD.made(), trust(NOW, lists=()), NOW)
    assert report.verdict is Verdict.CANNOT_CHECK
    assert report.check(Part.STATUS).findings == (Finding.LIST_MISSING,)


def test_an_end_that_has_passed_is_told_also_when_no_list_is_at_hand() -> None:
    later = NOW + timedelta(days=800)
    report = check_file(GOOD.made(), trust(NOW), later)
    assert report.verdict is Verdict.EXPIRED
    assert report.since == report.says.expires_at
    assert Outcome.PASSED is report.check(Part.SEAL).outcome


def test_a_withdrawn_key_proves_nothing() -> None:
    (key,) = trust(NOW).keys
    stolen = trust(NOW, keys=(key.model_copy(update={"revoked_at": NOW}),))
    report = check_file(GOOD.made(), stolen, NOW)
    assert report.verdict is Verdict.ALTERED
    assert report.check(Part.ISSUER).findings == (Finding.KEY_WITHDRAWN,)


def test_a_retired_key_still_proves_what_it_signed() -> None:
    (key,) = trust(NOW).keys
    retired = key.model_copy(update={"retired_at": NOW})
    newer = retired.model_copy(update={"id": f"{DID}#newer", "retired_at": None})
    report = check_file(GOOD.made(), trust(NOW, keys=(retired, newer)), NOW)
    assert report.check(Part.ISSUER).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 5_000, b"[]", b"null", b"{" * 5_000],
    ids=["empty", "words", "bare head", "zeros", "a list", "null", "deep"],
)
def test_what_is_no_certificate_is_told_and_never_raises(data: bytes) -> None:
    report = check_file(data, trust(NOW), NOW)
    assert report.verdict is Verdict.ALTERED
    assert report.check(Part.DATA).findings in {
        (Finding.UNREADABLE,),
        (Finding.NOT_A_BADGE,) * len(report.check(Part.DATA).findings),
    }
