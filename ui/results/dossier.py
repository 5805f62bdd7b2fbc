"""The button under which staff get the decision dossier of one attempt."""

import streamlit as st

from certs.commands.dossier import export_dossier
from ui.act import act


def offer_dossier(attempt_id: str) -> None:
    """Offer the dossier; it is made, and its export audited, at the press."""
    st.header("Decision dossier")
    st.markdown(
        "Everything that this decision rests on, in one archive: the questions as they were seen, "
        "answers with times, keys, marks, the rule, approvals and the audit log's extract. The "
        "script in it derives the marks and the verdict again, without this academy."
    )
    ready = f"dossier-{attempt_id}"
    if st.button("Make the dossier", icon=":material/folder_zip:", key=f"make-{ready}"):
        acting = act()
        with acting as tx:
            st.session_state[ready] = export_dossier(tx, attempt_id)
        if not acting.committed:
            st.session_state.pop(ready, None)
    made = st.session_state.get(ready)
    if made:
        st.download_button(
            f"Download {made.file_name}",
            data=made.content,
            file_name=made.file_name,
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
        )
