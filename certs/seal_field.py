"""The field that holds a seal: without an appearance, and tagged where the file is (PDF/UA-1)."""

from typing import Any

from pyhanko.pdf_utils import generic as untyped_generic
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

# pyHanko leaves its objects untyped.
generic: Any = untyped_generic
_name: Any = generic.pdf_name

FIELD = "Seal"
_READ_ALOUD = "Seal of the academy"


def add_field(update: Any) -> None:
    """Add an empty field for the seal to the first page.

    Raises ValueError where the file's structure is spread over several nodes.
    """
    append_signature_field(update, SigFieldSpec(FIELD, readable_field_name=_READ_ALOUD))
    if "/StructTreeRoot" in update.root:
        _tag(update)


def _tag(update: Any) -> None:
    """Hang the field into the structure tree, as a form after everything else."""
    tree: Any = update.root["/StructTreeRoot"]
    numbers: Any = tree["/ParentTree"].get("/Nums")
    if numbers is None:
        raise ValueError("The seal's place in the structure is only found in a plain parent tree.")
    page_ref: Any = update.find_page_for_modification(0)[0]
    widget_ref: Any = page_ref.get_object()["/Annots"].raw_get(-1)
    document_ref: Any = _document(tree)
    form = update.add_object(_form(document_ref, page_ref, widget_ref))
    key = int(tree["/ParentTreeNextKey"])
    widget: Any = widget_ref.get_object()
    widget[_name("/StructParent")] = generic.NumberObject(key)
    numbers.extend([generic.NumberObject(key), form])
    tree[_name("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    document: Any = document_ref.get_object()
    document["/K"].append(form)
    for changed in (tree, numbers, document["/K"], widget):
        update.update_container(changed)


def _document(tree: Any) -> Any:
    top: Any = tree.raw_get("/K")
    return top.raw_get(0) if isinstance(top, generic.ArrayObject) else top


def _form(document: Any, page: Any, widget: Any) -> Any:
    pointer = {"/Type": _name("/OBJR"), "/Obj": widget, "/Pg": page}
    return generic.DictionaryObject(
        {
            _name("/Type"): _name("/StructElem"),
            _name("/S"): _name("/Form"),
            _name("/P"): document,
            _name("/Pg"): page,
            _name("/K"): generic.DictionaryObject(
                {_name(name): value for name, value in pointer.items()}
            ),
        }
    )
