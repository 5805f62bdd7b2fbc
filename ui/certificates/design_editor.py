"""The fields of a certificate's design."""

from collections.abc import Callable

import streamlit as st

from certs.design_pictures import logo_from, signature_from
from certs.designs import MOST_SIGNATURES, Format
from certs.palette import READABLE, contrast_on_white, contrast_sentence
from certs.second_language import LANGUAGES
from quizbank.files import LARGEST_PICTURE_MB, NoPicture
from ui.act import show_problem
from ui.certificates.design_draft import DesignDraft

_PAPERS = {
    Format.LANDSCAPE: "A4 across",
    Format.PORTRAIT: "A4 upright",
    Format.CARD: "Card (A6 across)",
}
_WHICH = ("First signature", "Second signature")
_LONGEST = 120


def edit_design(draft: DesignDraft) -> None:
    """Draw every field, and take what they say into the draft."""
    paper = st.radio(
        "Paper",
        list(_PAPERS),
        index=list(_PAPERS).index(draft.design.format),
        format_func=lambda one: _PAPERS[one],
        horizontal=True,
        key=draft.key("format"),
    )
    draft.change(format=paper)
    st.header("Colours")
    for name, label in (("main", "Titles and frame"), ("accent", "Rules and ornaments")):
        _edit_colour(draft, name, label)
    st.header("Logo")
    logo = _picture(draft, "logo", "Logo", draft.design.logo, logo_from)
    draft.change(logo=logo)
    st.header("Second language")
    _edit_language(draft)
    st.header("Signatures")
    if paper is Format.CARD:
        st.markdown("A card has no room for signatures and leaves them out.")
    for at in range(MOST_SIGNATURES):
        with st.expander(_WHICH[at]):
            _edit_signature(draft, at)


def _edit_colour(draft: DesignDraft, name: str, label: str) -> None:
    shown: str = getattr(draft.design, name)
    colour = st.color_picker(label, shown, key=draft.key(name)).lower()
    draft.change(**{name: colour})
    fair = contrast_on_white(colour) >= READABLE
    icon = ":green[:material/check_circle:]" if fair else ":red[:material/error:]"
    st.markdown(f"{icon} {contrast_sentence(colour)}")


def _edit_language(draft: DesignDraft) -> None:
    codes = ["", *LANGUAGES]
    language = st.selectbox(
        "Beside English",
        codes,
        index=codes.index(draft.design.language),
        format_func=lambda code: LANGUAGES.get(code, "None"),
        key=draft.key("language"),
    )
    title = draft.design.achievement
    if language:
        title = st.text_input(
            f"What was earned, in {LANGUAGES[language]}",
            title,
            max_chars=_LONGEST,
            key=draft.key("achievement"),
            autocomplete="off",
        )
        st.markdown("What it covers and its limits stand in the course’s own words.")
    draft.change(language=language, achievement=title.strip())


def _edit_signature(draft: DesignDraft, at: int) -> None:
    one = draft.signatories[at]
    name = st.text_input(
        "Name", one.name, max_chars=_LONGEST, key=draft.key(f"name-{at}"), autocomplete="off"
    )
    title = st.text_input(
        "Title, such as “Medical director”",
        one.title,
        max_chars=_LONGEST,
        key=draft.key(f"title-{at}"),
        autocomplete="off",
    )
    label = "Signature, photographed or scanned on white paper"
    picture = _picture(draft, f"signature-{at}", label, one.picture, signature_from)
    draft.sign(at, name=name.strip(), title=title.strip(), picture=picture)


def _picture(
    draft: DesignDraft, part: str, label: str, kept: str, read: Callable[[bytes], str]
) -> str:
    """Draw an upload; returns the picture that the design keeps from now on."""
    upload = st.file_uploader(
        f"{label}: PNG, JPEG, GIF or WebP, at most {LARGEST_PICTURE_MB} MB",
        type=["png", "jpg", "jpeg", "gif", "webp"],
        max_upload_size=LARGEST_PICTURE_MB,
        key=draft.key(f"{part}-upload"),
    )
    seen = draft.key(f"{part}-seen")
    if upload is not None and st.session_state.get(seen, ("", ""))[0] != upload.file_id:
        problem = ""
        try:
            kept = read(upload.getvalue())
        except NoPicture as error:
            problem = str(error)
        st.session_state[seen] = upload.file_id, problem
    if upload is not None and (problem := st.session_state[seen][1]):
        show_problem(problem)
    if kept and st.button("Take it away", icon=":material/delete:", key=draft.key(f"{part}-gone")):
        return ""
    return kept
