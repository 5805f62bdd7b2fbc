"""What a seal adds to a PDF, and what it leaves alone."""

import asyncio
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from cryptography import x509
from pikepdf import Array, Dictionary, Name, Pdf

from certs.authority import LIST_STANDS, SEAL_LASTS
from certs.seal import prepare_sealer, seal_pdf
from tests import sealing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HANDS = (
    sealing.HandOf(sealing.private_key("seal")),
    sealing.HandOf(sealing.private_key("clock")),
)


def test_the_file_stays_byte_for_byte_and_the_seal_follows() -> None:
    page = _page(tagged=False)

    sealed = seal_pdf(page, sealing.sealer(), datetime.now(UTC))

    assert sealed.startswith(page)
    assert len(sealed) > len(page)


def test_a_seal_is_made_beside_a_running_loop_too() -> None:
    async def within() -> bytes:
        now = datetime.now(UTC)
        return seal_pdf(_page(tagged=False), sealing.sealing(sealing.authority(), now), now)

    assert asyncio.run(within()).startswith(b"%PDF-")


def test_the_seal_certifies_and_allows_no_changes() -> None:
    with _sealed(tagged=False) as file:
        signature = file.Root.Perms.DocMDP

        assert signature.SubFilter == Name("/ETSI.CAdES.detached")
        assert signature.Reference[0].TransformParams.P == 1
        assert file.Root.AcroForm.SigFlags == 3


def test_the_seal_carries_chain_and_list() -> None:
    with _sealed(tagged=False) as file:
        store = file.Root.DSS
        names = {
            x509.load_der_x509_certificate(one.read_bytes()).subject.rfc4514_string()
            for one in store.Certs.as_list()
        }
        (revoked,) = (x509.load_der_x509_crl(one.read_bytes()) for one in store.CRLs.as_list())

    assert {name.partition(",")[0] for name in names} >= {"CN=Certificate authority"}
    assert len(names) == 3
    assert len(list(revoked)) == 0


def test_the_field_has_no_size_and_is_read_aloud_as_a_form_after_the_page() -> None:
    with _sealed(tagged=True) as file:
        widget = file.pages[0].Annots[0]
        document = file.Root.StructTreeRoot.K
        form = document.K[-1]
        numbers = file.Root.StructTreeRoot.ParentTree.Nums

        assert [float(side) for side in widget.Rect.as_list()] == [0, 0, 0, 0]
        assert str(widget.TU) == "Seal of the academy"
        assert (form.S, form.P.objgen) == (Name.Form, document.objgen)
        assert form.K.Obj.objgen == widget.objgen
        assert int(numbers[-2]) == widget.StructParent == 1
        assert numbers[-1].objgen == form.objgen
        assert file.Root.StructTreeRoot.ParentTreeNextKey == 2


def test_the_metadata_stay_as_drawn() -> None:
    page = _page(tagged=True)
    with pikepdf.open(BytesIO(page)) as before, _sealed(tagged=True) as after:
        assert after.Root.Metadata.objgen == before.Root.Metadata.objgen
        assert after.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()


def test_a_revoked_seal_seals_nothing() -> None:
    root = sealing.authority(at=NOW)
    mine = x509.load_der_x509_certificate(sealing.certificates(root, NOW).seal)

    with pytest.raises(ValueError, match="revoked"):
        prepare_sealer(*HANDS, sealing.certificates(root, NOW, revoked=(mine,)), NOW)


@pytest.mark.parametrize("late", [LIST_STANDS + timedelta(hours=2), SEAL_LASTS])
def test_nothing_is_sealed_with_a_stale_list_or_after_the_end(late: timedelta) -> None:
    made = sealing.certificates(sealing.authority(at=NOW), NOW)

    with pytest.raises(ValueError, match="do not hold"):
        prepare_sealer(*HANDS, made, NOW + late)


def test_an_authority_whose_clock_is_somewhat_behind_ours_seals_at_once() -> None:
    made = sealing.certificates(sealing.authority(at=NOW), NOW)

    assert prepare_sealer(*HANDS, made, NOW - timedelta(minutes=30))


def _sealed(*, tagged: bool) -> Pdf:
    return pikepdf.open(
        BytesIO(seal_pdf(_page(tagged=tagged), sealing.sealer(), datetime.now(UTC)))
    )


def _page(*, tagged: bool) -> bytes:
    """A page with metadata, and where asked with one tagged paragraph."""
    file = Pdf.new()
    file.add_blank_page()
    file.Root.Metadata = pikepdf.Stream(file, b"<x/>", Type=Name.Metadata, Subtype=Name.XML)
    if tagged:
        tree = file.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = file.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
        document.K = Array()
        tree.K, tree.ParentTreeNextKey = document, 1
        numbers = Array([0, file.make_indirect(Array())])
        tree.ParentTree = file.make_indirect(Dictionary(Nums=numbers))
        file.Root.StructTreeRoot = tree
    made = BytesIO()
    file.save(made, deterministic_id=True)
    return made.getvalue()
