"""An item as its authors look at it: as the trainee sees it, its facts, its history."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from pydantic import JsonValue

from quizbank.items import Item, item_to_json
from quizbank.queries.bank import VersionSummary
from quizbank.queries.item_page import ItemPage
from ui.bank.words import CRITICAL_MARK, KINDS, LEVELS, POOLS, change_mark, review_mark, status_mark
from ui.kinds.item_form import ask, show_explanations, show_mark
from ui.nav import link
from ui.results.debrief import draw_debrief
from ui.words import count, moment, plain


def draw_preview(item: Item) -> None:
    """Draw the question to try, and what the trainee reads after it."""
    st.header("As the trainee sees it")
    # Another text is another question: it begins unanswered.
    key = f"preview-{hash(item_to_json(item))}"
    with st.container(border=True):
        response = _walk(item, key) if item.staged else ask(item.prompt(), key)
    st.header("After the answer")
    if response is None:
        st.markdown("Answer above to see the mark. Every option is explained:")
    else:
        show_mark(item.mark(response))
    debrief = item.debrief(response)
    if debrief:
        draw_debrief(debrief)
    else:
        show_explanations(item.explain(response))


def _walk(item: Item, key: str) -> JsonValue:
    # What a trainee's attempt would remember, this tab does.
    walked = f"{key}-walked"
    generation = st.session_state.setdefault(f"{walked}-times", 0)
    standing: JsonValue = st.session_state.get(walked)

    def save(response: JsonValue) -> None:
        st.session_state[walked] = response

    def begin() -> None:
        st.session_state[walked] = None
        st.session_state[f"{walked}-times"] += 1

    prompt = item.prompt((), standing)
    response = ask(prompt, f"{key}-{generation}", standing, save)
    if response is not None:
        st.button("Begin again", key=f"{key}-begin", icon=":material/replay:", on_click=begin)
    return response


def draw_facts(item: Item, today: date) -> None:
    """Say what kind of item it is and where it belongs, in one line."""
    facts = [KINDS[item.kind], POOLS[item.pool], item.objective, LEVELS[item.level].split(":")[0]]
    if item.critical:
        facts.append(CRITICAL_MARK)
    facts.append(review_mark(item.review_due, today))
    facts.append(f"sources {', '.join(item.sources)}")
    if item.tags:
        facts.append(f"topics {', '.join(item.tags)}")
    st.markdown(" · ".join(facts))


def draw_standing(page: ItemPage) -> None:
    """Say whether the item is in use, and its version."""
    version = f"version {page.version}" if page.version else "never published"
    facts = [status_mark(page.status), version]
    if page.change and page.version:
        facts.append(change_mark(page.change.summary.stage))
    st.markdown(" · ".join(facts))


def draw_history(item_id: str, versions: Sequence[VersionSummary]) -> None:
    """List the published versions, newest first, each with who, when and how often used."""
    if not versions:
        return
    st.header("History")
    for place, one in enumerate(versions):
        with st.container(border=True, gap=None):
            if place == 0:
                st.markdown(f"**Version {one.number}**, the standing one")
            else:
                link(f"**Version {one.number}**", "item", id=item_id, version=one.id)
            st.markdown(f"{moment(one.published_at)} · {_hands(one)} · {_use(one)}")


def _hands(one: VersionSummary) -> str:
    said = [f"by {plain(one.published_by)}"]
    if one.approved_by:
        said.append(f"approved by {plain(one.approved_by)}")
    if one.moved:
        said.append(plain(one.moved))
    return ", ".join(said)


def _use(one: VersionSummary) -> str:
    if not one.forms:
        return "not drawn yet"
    return f"drawn {count(one.forms, 'time')}, marked {count(one.marked, 'time')}"
