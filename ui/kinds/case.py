"""A case: facts to ask for, the open stage, and what is done above it."""

from collections.abc import Callable
from typing import Protocol

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.case_shown import AskedFact, PromptStage
from quizbank.kinds.item import field_of
from quizbank.kinds.shown import Prompt
from ui.kinds import cloze
from ui.words import plain


class AskStage(Protocol):
    """Draws the question of a stage; `ui.kinds.item_form.ask`."""

    def __call__(  # noqa: D102 said above
        self,
        prompt: Prompt,
        key: str,
        response: JsonValue = None,
        save: Callable[[JsonValue], None] | None = None,
        disabled: bool = False,
    ) -> JsonValue: ...


class _Sheet:
    """The response as it grows; the callbacks of one run share it, so none forgets another's."""

    def __init__(self, response: JsonValue, save: Callable[[JsonValue], None] | None) -> None:
        asked, done = field_of(response, "asked"), field_of(response, "done")
        answers = field_of(response, "stages")
        self.asked: list[JsonValue] = [*asked] if isinstance(asked, list) else []
        self.done: list[JsonValue] = [*done] if isinstance(done, list) else []
        self.answers = {**answers} if isinstance(answers, dict) else {}
        self._save = save

    def ask(self, fact: str) -> None:
        self.asked.append(fact)
        self._changed()

    def answer(self, stage: str, response: JsonValue) -> None:
        self.answers.pop(stage, None)
        if response is not None:
            self.answers[stage] = response
        self._changed()

    def go_on(self, stage: str) -> None:
        self.done.append(stage)
        self._changed()

    def response(self) -> JsonValue:
        # Copies: what was saved once must not grow with the sheet.
        whole: dict[str, JsonValue] = {
            "asked": [*self.asked],
            "stages": {**self.answers},
            "done": [*self.done],
        }
        return whole if any(whole.values()) else None

    def _changed(self) -> None:
        if self._save:
            self._save(self.response())


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
    ask_stage: AskStage,
) -> JsonValue:
    """Draw the case as far as it has come; returns `{"asked", "stages", "done"}` or None.

    What comes next is not in the prompt, so every step must be saved and the prompt be asked for
    again.
    """
    sheet = _Sheet(response, save)
    standing = [stage for stage in prompt.stages if not stage.done]
    if prompt.facts:
        _draw_facts(prompt.facts, sheet, key, disabled or not standing)
    for number, stage in enumerate(prompt.stages, start=1):
        if stage.done:
            _draw_done(number, stage, sheet, key, ask_stage)
        else:
            _draw_open(number, prompt.stages_in_all, stage, sheet, key, disabled, ask_stage)
    if not standing:
        st.success("This case is finished. Its answers are saved.", icon=":material/check_circle:")
    return sheet.response()


def _draw_facts(facts: tuple[AskedFact, ...], sheet: _Sheet, key: str, disabled: bool) -> None:
    st.markdown("### Ask before you decide\n\nAn answer appears when you ask.")
    with st.container(border=True, gap="small"):
        for fact in facts:
            question = " ".join(fact.question.split())
            if fact.answer is not None:
                # In the place of its button, so that whoever goes by keyboard stays there.
                st.markdown(f":material/chat: **{question}**\n\n{fact.answer}")
            else:
                st.button(
                    question,
                    key=f"{key}-ask-{fact.id}",
                    icon=":material/help:",
                    disabled=disabled,
                    on_click=sheet.ask,
                    args=(fact.id,),
                )


def _draw_done(
    number: int, stage: PromptStage, sheet: _Sheet, key: str, ask_stage: AskStage
) -> None:
    with st.expander(f"Stage {number}, done: {_short(stage.prompt)}", icon=":material/lock:"):
        ask_stage(
            stage.prompt,
            f"{key}-{stage.id}-done",
            sheet.answers.get(stage.id),
            disabled=True,
        )


def _draw_open(
    number: int,
    in_all: int,
    stage: PromptStage,
    sheet: _Sheet,
    key: str,
    disabled: bool,
    ask_stage: AskStage,
) -> None:
    st.markdown(f"### Stage {number} of {in_all}")
    ask_stage(
        stage.prompt,
        f"{key}-{stage.id}",
        sheet.answers.get(stage.id),
        lambda response: sheet.answer(stage.id, response),
        disabled,
    )
    last = number == in_all
    st.markdown(_what_it_means(last, stage, sheet))
    st.button(
        "Finish the case" if last else f"Go on to stage {number + 1}",
        key=f"{key}-{stage.id}-on",
        type="primary",
        icon=":material/done_all:" if last else ":material/arrow_forward:",
        disabled=disabled,
        on_click=sheet.go_on,
        args=(stage.id,),
    )


def _what_it_means(last: bool, stage: PromptStage, sheet: _Sheet) -> str:
    if stage.prompt.kind == "description":
        return "Read on when you are ready."
    after = "you cannot ask or change anything" if last else "you cannot change this answer"
    said = f"After {'finishing' if last else 'going on'}, {after}."
    if stage.id not in sheet.answers:
        said += " Nothing is answered in this stage yet."
    return said


def _short(prompt: Prompt) -> str:
    stem = cloze.numbered_plainly(prompt.stem) if prompt.gaps else prompt.stem
    words = plain(" ".join(stem.split()))
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
