"""What a change of an item will do, and where the item is used, in words."""

from collections.abc import Sequence

import streamlit as st

from quizbank.queries.used_in import EditImpact, ItemUse
from ui.nav import link
from ui.words import count, plain


def draw_impact(impact: EditImpact, based_on: int) -> None:
    """Say what publishing the change will do; nothing needs saying of a new item."""
    if not based_on:
        return
    said = [_running(one) for one in impact.running]
    if impact.draws:
        exams = ", ".join(plain(title) for title in impact.draws)
        said.append(f"Used in: {exams}. New attempts draw the new version from then on.")
    else:
        said.append("No exam draws it now.")
    said.append("Results that stand are not marked again.")
    st.markdown("**What this change will do**\n\n" + "\n".join(f"- {one}" for one in said))
    if impact.short:
        listed = "\n".join(f"- {plain(one)}" for one in impact.short)
        st.warning(
            f"**After it, no form can be drawn**\n\n{listed}\n\n"
            "Nobody can start such an exam until the bank has more.",
            icon=":material/playlist_remove:",
        )


def draw_uses(uses: Sequence[ItemUse], may_see_results: bool) -> None:
    """List the exams and versions that this item stands in."""
    st.header("Used in")
    if not uses:
        st.markdown("No form of any attempt holds it yet.")
        return
    for one in uses:
        going = f", {one.running} of them running" if one.running else ""
        st.markdown(
            f"{plain(one.exam)}: version {one.version} in {count(one.attempts, 'attempt')}{going}"
        )
    if may_see_results:
        link("Results", "results", icon=":material/bar_chart:")


def _running(one: ItemUse) -> str:
    keep = "attempt keeps" if one.running == 1 else "attempts keep"
    return f"{one.running} running {keep} version {one.version} ({plain(one.exam)})."
