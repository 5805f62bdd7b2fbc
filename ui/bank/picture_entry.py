"""Bringing a picture into an item: uploaded, stored, and named in a text with words for it."""

import streamlit as st

from quizbank.commands.files import add_picture
from quizbank.files import LARGEST_PICTURE_MB, Picture, address_of
from ui.act import act
from ui.bank.item_draft import Draft, Fields
from ui.bank.item_problems import option_letter

_PLACES = {"text": "text of", "reason": "reason of"}
_WORDS = {"options": "option", "answers": "answer", "elements": "element", "premises": "premise"}
# Their texts are shown as they were typed, so that a picture would be seen as its address.
_PLAIN = frozenset({"answers", "elements", "premises"})


def upload_picture(label: str, key: str) -> Picture | None:
    """Draw an upload; returns the picture once it is stored, and says why where it cannot be."""
    upload = st.file_uploader(
        f"{label}: PNG, JPEG, GIF or WebP, at most {LARGEST_PICTURE_MB} MB",
        type=["png", "jpg", "jpeg", "gif", "webp"],
        max_upload_size=LARGEST_PICTURE_MB,
        key=key,
    )
    if upload is None:
        return None
    stored = st.session_state.get(f"{key}-stored")
    if stored and stored[0] == upload.file_id:
        return stored[1]
    picture, acting = None, act()
    with acting as tx:
        picture = add_picture(tx, upload.getvalue())
    if picture is None or not acting.committed:
        return None
    st.session_state[f"{key}-stored"] = (upload.file_id, picture)
    return picture


def offer_picture(draft: Draft) -> None:
    """Draw the way to put a picture into the question or one of its parts."""
    with st.expander("Add a picture", icon=":material/add_photo_alternate:"):
        key = draft.key("picture")
        picture = upload_picture("Picture", key)
        places = _places(draft)
        alt = st.text_input("What the picture shows, for those who cannot see it", key=f"{key}-alt")
        place = st.selectbox("Where it goes", list(places), key=f"{key}-place")
        words = " ".join(alt.replace("[", "(").replace("]", ")").split())
        if picture and not words:
            st.markdown("Write what the picture shows, then it can be put in.")
        ready = picture is not None and bool(words)
        pressed = st.button("Put the picture in", key=f"{key}-go", disabled=not ready)
    if pressed and picture:
        fields, name = places[place]
        shown = f"![{words}]({address_of(picture.digest)})"
        fields[name] = f"{fields.get(name) or ''}\n\n{shown}".strip()
        # The fields are filled afresh, this one with its new text.
        draft.generation += 1
        st.rerun()


def _places(draft: Draft) -> dict[str, tuple[Fields, str]]:
    places: dict[str, tuple[Fields, str]] = {"Question": (draft.fields, "stem")}
    for listed, word in _WORDS.items():
        for place, row in enumerate(draft.rows(listed) if listed in draft.fields else []):
            for name, said in _PLACES.items():
                if name in row and not (name == "text" and listed in _PLAIN):
                    label = f"{said} {word} {option_letter(place)}"
                    places[f"{label[0].upper()}{label[1:]}"] = (row, name)
    return places
