"""Every screen of the academy in the states that matter, each as somebody who uses it."""

from collections.abc import Callable
from dataclasses import dataclass

from courses.content_changes import Kind
from tests.browser.screens import Walker, give, settle
from tests.browser.stories import SHOWN, Stories
from tests.factories import (
    COURSE,
    EXAM,
)
from tests.screening import SCREENING

FIRST_LESSON = f"/lesson?course={COURSE}&lesson=01-what-needling-is"
# An address with a name for its tab, so that the next page goes on as the same one.
AT_THE_DESK = "/exam?tab=desk"
DEPTH = f"/explorer?course={COURSE}&figure=depth-explorer"
HEALING = f"/explorer?course={COURSE}&figure=healing-explorer"
SECOND_LESSON = f"/lesson?course={COURSE}&lesson=02-skin-and-depth"
NUMBING_LESSON = f"/lesson?course={COURSE}&lesson=13-numbing-products"
PATH_LESSON = "/lesson?course=risk-screening-in-practice&lesson=01-intake-questions"
SECOND = f"/lesson/{COURSE}/02-skin-and-depth"


@dataclass(frozen=True)
class View:
    """One screen: who looks, where, and what to do before looking."""

    title: str
    who: str
    address: Callable[[Stories], str]
    then: Callable[[Walker, Stories], object] = lambda _walker, _stories: None
    plain: bool = False

    def open(self, walker: Walker, stories: Stories) -> None:
        address = self.address(stories)
        walker.plain(address) if self.plain else walker.to(address)
        self.then(walker, stories)


def _at(path: str) -> Callable[[Stories], str]:
    return lambda _stories: path


def _covers(asked: str) -> Callable[[Stories], str]:
    return lambda one: f"/verify/{one.own.standing.serial}/covers?{asked}"


def _shown(name: str) -> Callable[[Stories], str]:
    return _at(f"/item?id={SHOWN[name][0]}")


def _review_of(kind: Kind) -> Callable[[Stories], str]:
    return lambda one: f"/content_review?change={one.content[kind]}"


def _send_a_file(walker: Walker, _stories: Stories) -> None:
    badge = {"name": "badge.json", "mimeType": "application/json", "buffer": b'{"name": "A badge"}'}
    walker.page.get_by_label("PDF or credential file").set_input_files(badge)
    walker.page.get_by_role("button", name="Check the file").click()
    walker.page.get_by_role("heading", name="What was checked").wait_for()


def _question(kind: str) -> Callable[[Walker, Stories], object]:
    return lambda walker, stories: walker.jump(stories.kinds.get(kind, 1))


def _check_an_answer(walker: Walker, stories: Stories) -> None:
    walker.is_sure("Fairly sure")
    give(walker.main, stories.asked, stories.asked.key())
    settle(walker.page)
    if not stories.asked.staged:
        walker.press("Check my answer")
    walker.unfold("Sources")


def _one_objective(walker: Walker, _stories: Stories) -> None:
    walker.main.get_by_text("One objective", exact=True).click()
    settle(walker.page)


def _ask_and_go_on(walker: Walker, _stories: Stories) -> None:
    walker.press("Do you take any medicines?")
    walker.page.get_by_text("Decline, and suggest").first.click()
    settle(walker.page)
    walker.press("Go on to stage 2")


def _ask_who_may(walker: Walker, _stories: Stories) -> None:
    for label, choice in (("Where", "Cheek"), ("Device", "Motorised pen")):
        walker.main.get_by_label(label).first.click()
        walker.page.get_by_role("option", name=choice).click()
    walker.main.get_by_label("Needle length, in millimetres").fill("0.5")
    walker.press("Who is covered?").sees("1 covered")


def _begin_break(walker: Walker) -> Walker:
    walker.press("Take a break").press("Start the break")
    return walker.sees_heading("You are on a break")


def _come_back(walker: Walker) -> Walker:
    """Be back from a break, wherever the view before left this person."""
    ways = {one: walker.main.get_by_role("button", name=one, exact=True) for one in _WAYS}
    ways["Go on"].or_(ways["Go on here"]).or_(ways["Take a break"]).first.wait_for()
    # The tab of the view before may still be closing, and then this one counts as its copy.
    if ways["Go on here"].count():
        walker.press("Go on here")
    if not ways["Go on"].count():
        _begin_break(walker)
    return walker.press("Go on")


def _screen_a_client(walker: Walker, _stories: Stories) -> None:
    """Have a client in the room who was asked something, whatever came before."""
    first = walker.main.get_by_role("button", name="Let the first client in")
    first.or_(walker.main.get_by_role("heading", name="Ask and examine")).first.wait_for()
    if first.count():
        walker.press("Let the first client in")
    if walker.main.get_by_role("button", name="Ask all 3").count():
        walker.press("Ask all 3")
    walker.main.get_by_text("Defer:").first.click()
    settle(walker.page)


def _hear_the_story(walker: Walker, _stories: Stories) -> None:
    walker.press("Show all").unfold("What would have happened").unfold("Clients so far")


_WAYS = ("Go on", "Go on here", "Take a break")
VIEWS = (
    View("the first page", "nobody", _at("/")),
    View("a page that needs a sign-in", "nobody", _at("/people")),
    View("a page that needs another role", "reader", _at("/people")),
    View("one's own first page", "reader", _at("/")),
    View("the courses", "reader", _at("/courses")),
    View("the course", "reader", _at("/course")),
    View("a lesson unread", "ready", _at(SECOND_LESSON)),
    View("a lesson with its checks", "reader", _at(FIRST_LESSON)),
    View(
        "a word explained in a lesson",
        "reader",
        _at(SECOND_LESSON),
        lambda walker, _: walker.page.locator(".lesson .term").first.focus(),
    ),
    View("the numbing lesson", "reader", _at(NUMBING_LESSON)),
    View(
        "a lesson with a path",
        "reader",
        _at(PATH_LESSON),
        lambda walker, _: walker.unfold("Figure as a table"),
    ),
    View("a lesson to print", "reader", _at(f"/print{SECOND}"), plain=True),
    View("the search", "reader", _at("/search?q=isotretinoin wait")),
    View("the glossary", "reader", _at("/glossary")),
    View("the contraindications", "reader", _at("/reference?at=row-R9")),
    View(
        "the depth explorer",
        "reader",
        _at(DEPTH),
        lambda walker, _: walker.press("1.5 mm").unfold("Figure as a table"),
    ),
    View("healing by day", "reader", _at(HEALING), lambda walker, _: walker.press("Day 14")),
    View("the scars", "reader", _at(f"/explorer?course={COURSE}&figure=scar-atlas")),
    View("the skin types", "reader", _at(f"/explorer?course={COURSE}&figure=skin-types")),
    View("practice before it starts", "reader", _at("/practice")),
    View(
        "one objective to practise",
        "reader",
        _at("/practice"),
        _one_objective,
    ),
    View(
        "a session that ended",
        "passer",
        _at("/practice"),
        lambda walker, _: walker.press("Start practising").press("End this practice here"),
    ),
    View("the progress of somebody new", "reader", _at("/progress")),
    View(
        "one's own progress",
        "failer",
        _at("/progress"),
        lambda walker, _: walker.unfold("Change your goal"),
    ),
    View("practice with a reason", "quizzer", _at("/practice"), _check_an_answer),
    View("exam before the lessons", "reader", _at("/exam")),
    View("exam rules", "ready", _at("/exam")),
    View("exam, one of several", "sitter", _at("/exam"), _question("single_choice")),
    View("exam, several of several", "sitter", _at("/exam"), _question("multiple_response")),
    View("exam, true or false", "sitter", _at("/exam"), _question("true_false")),
    View("exam, a number", "sitter", _at("/exam"), _question("numeric")),
    View(
        "exam before submitting",
        "sitter",
        _at("/exam"),
        lambda walker, _: walker.unfold("All questions").press("Review and submit"),
    ),
    View("before a break", "rester", _at(AT_THE_DESK), lambda one, _: one.press("Take a break")),
    View(
        "a break",
        "rester",
        _at(AT_THE_DESK),
        lambda one, _: _begin_break(one),
    ),
    View(
        "after a break",
        "rester",
        _at(AT_THE_DESK),
        lambda one, _: _come_back(one).press("Previous").unfold("All questions"),
    ),
    View("the windows", "cato", _at("/windows")),
    View(
        "planning a window",
        "cato",
        _at("/windows"),
        lambda walker, _: walker.press("Plan a window"),
    ),
    View(
        "one window with fresh codes",
        "cato",
        lambda one: f"/windows?window={one.window}",
        lambda walker, _: walker.press("Make the codes"),
    ),
    View(
        "moving a window",
        "cato",
        lambda one: f"/windows?window={one.window}",
        lambda walker, _: walker.press("Move it"),
    ),
    View(
        "cancelling a window",
        "cato",
        lambda one: f"/windows?window={one.window}",
        lambda walker, _: walker.press("Cancel this window"),
    ),
    View("the board", "cato", _at("/invigilation")),
    View("one seat", "cato", lambda one: f"/invigilation?attempt={one.running}"),
    View("exam that is open elsewhere", "roamer", _at("/exam")),
    View("a result passed", "passer", lambda one: f"/result?attempt={one.passed}"),
    View("a result not passed", "failer", lambda one: f"/result?attempt={one.failed}"),
    View("a result that is held", "holder", lambda one: f"/result?attempt={one.held}"),
    View("an exam seen again", "looker", lambda one: f"/attempt_review?attempt={one.looked}"),
    View("what is to be put right", "failer", _at(f"/remediation?exam={EXAM}")),
    View("the clients to screen", "reader", _at(f"/course?course={SCREENING}")),
    View("a client to screen", "reader", _at(f"/screening?course={SCREENING}"), _screen_a_client),
    View("a client screened", "quizzer", _at(f"/screening?course={SCREENING}"), _hear_the_story),
    View("the screening cases", "bela", _at("/screening_cases")),
    View("a screening case to edit", "bela", _at("/screening_cases?case=fine-lines")),
    View("no certificate yet", "reader", _at("/certificates")),
    View(
        "one's own certificate",
        "passer",
        _at("/certificates"),
        lambda walker, _: walker.unfold("Share it"),
    ),
    View("the account", "reader", _at("/account")),
    View("where a source is used", "bela", _at("/content_reports?source=S13")),
    View("an outline to edit", "bela", _at(f"/course_edit?course={COURSE}")),
    View(
        "a lesson being written",
        "bela",
        _at(f"/lesson_edit?course={COURSE}&lesson=03-collagen-and-healing"),
        lambda walker, _: walker.unfold("Versions and what changed"),
    ),
    View("the item bank", "bela", _at("/bank"), lambda walker, _: walker.unfold("Filters")),
    View("the import", "bela", _at("/bank?view=import")),
    View("an item to edit", "bela", _at("/item?id=mf-01-001")),
    View("the reviews", "cato", _at("/reviews")),
    View("a review", "cato", lambda one: f"/review?change={one.change}"),
    *(
        View(f"a review of {kind}", "cato", _review_of(kind))
        for kind in (Kind.LESSON, Kind.OUTLINE, Kind.CASE)
    ),
    View(
        "a lesson in review",
        "bela",
        _at(f"/lesson_edit?course={COURSE}&lesson=11-healing-course-and-intervals"),
    ),
    View("an outline in review", "bela", _at("/course_edit?course=annual-safety-refresher")),
    View("one's own review", "bela", lambda one: f"/review?change={one.change}"),
    View("an item in review", "bela", _at("/item?id=mf-01-002")),
    View("an item to read", "cato", _at("/item?id=mf-01-001")),
    View("an old version", "bela", lambda one: f"/item?id=mf-01-001&version={one.old_version}"),
    View("a new single choice", "bela", _at("/item?new=single_choice")),
    View("a new multiple response", "bela", _at("/item?new=multiple_response")),
    View("a new true or false", "bela", _at("/item?new=true_false")),
    View("a new number", "bela", _at("/item?new=numeric")),
    *(View(f"{name} to edit", "bela", _shown(name)) for name in SHOWN),
    *(View(f"{name} to answer", "cato", _shown(name)) for name in SHOWN),
    View("a new text with gaps", "bela", _at("/item?new=cloze")),
    View("a new place on a picture", "bela", _at("/item?new=hotspot")),
    View("a new essay", "bela", _at("/item?new=essay")),
    View("a new text to read", "bela", _at("/item?new=description")),
    View("many items at once", "bela", _at("/bulk")),
    View("the marking queue", "cato", _at("/marking")),
    View("the exams", "cato", _at("/exams")),
    View("the cut scores", "cato", _at("/angoff")),
    View(
        "a blueprint",
        "cato",
        _at(f"/blueprint?exam={EXAM}"),
        lambda walker, _: walker.press("Draw sample forms").unfold("Form 1"),
    ),
    View(
        "a blueprint that cannot be met",
        "cato",
        _at(f"/blueprint?exam={EXAM}"),
        lambda walker, _: walker.type("Questions of cell 1", "300"),
    ),
    View("a new case", "bela", _at("/item?new=case")),
    View("a case in its second stage", "cato", _at("/item?id=mf-05-029"), _ask_and_go_on),
    View("the releases", "cato", _at("/releases")),
    View("the key corrections", "dina", _at("/corrections")),
    View("a key correction to decide", "dina", lambda one: f"/corrections?id={one.correction}"),
    View("a key to correct", "cato", lambda one: f"/corrections?version={one.asked_version}"),
    View("the appeals", "dina", _at("/appeals")),
    View("an appeal to answer", "dina", lambda one: f"/appeals?id={one.appeal}"),
    View("the results", "cato", _at("/results")),
    View("the item analysis", "cato", _at(f"/analysis?exam={EXAM}")),
    View(
        "the figures of an item",
        "cato",
        _at(f"/analysis?exam={EXAM}"),
        lambda walker, _: walker.follow("mf-01-"),
    ),
    View("one result", "cato", lambda one: f"/results?attempt={one.failed}"),
    View("the certificates", "dina", _at("/credentials")),
    View("the sealing of many", "dina", _at("/sealing")),
    View("one certificate", "dina", lambda one: f"/credentials?serial={one.own.standing.serial}"),
    View(
        "revoking",
        "dina",
        lambda one: f"/credentials?serial={one.own.standing.serial}",
        lambda walker, _: walker.press("Revoke this certificate"),
    ),
    View(
        "the question before suspending",
        "dina",
        lambda one: f"/credentials?serial={one.own.standing.serial}",
        lambda walker, _: walker.press("Suspend this certificate"),
    ),
    View("the certificate designs", "dina", _at("/designs")),
    View("one certificate design", "dina", _at(f"/designs?course={COURSE}")),
    View("issuing by hand", "dina", _at("/issuing")),
    View("correcting a name", "dina", lambda one: f"/issuing?serial={one.own.standing.serial}"),
    View("the clinic's staff", "cleo", _at("/staff")),
    View("what staff may do", "cleo", _at("/competence")),
    View("the rosters", "cleo", _at("/rosters")),
    View("one roster", "cleo", lambda one: f"/rosters?roster={one.roster}"),
    View(
        "forgetting a roster",
        "cleo",
        lambda one: f"/rosters?roster={one.roster}",
        lambda walker, _: walker.press("Forget this roster"),
    ),
    View("the receipts", "cleo", _at("/receipts")),
    View("an invitation", "reader", lambda one: f"/invitation?code={one.invitation}"),
    View("the clinics", "dina", _at("/clinics")),
    View("the mail", "dina", _at("/mail")),
    View("the people", "dina", _at("/people")),
    View("adding a person", "dina", _at("/people"), lambda walker, _: walker.press("Add a person")),
    View("one person", "dina", lambda one: f"/people?person={one.person}"),
    View("who may do this", "cleo", _at("/eligibility"), _ask_who_may),
    View("the keys of a clinic", "cleo", _at("/api_keys")),
    View(
        "revoking a key",
        "cleo",
        _at("/api_keys"),
        lambda walker, _: walker.press("Revoke Rota program"),
    ),
    View("sign in", "nobody", _at("/auth/login"), plain=True),
    View("sign up", "nobody", _at("/auth/signup"), plain=True),
    View(
        "sign up with problems",
        "nobody",
        _at("/auth/signup"),
        lambda walker, _: walker.page.get_by_role("button", name="Make the account").click(),
        plain=True,
    ),
    View("choosing a demo person", "nobody", _at("/auth/demo"), plain=True),
    View("signing out", "reader", _at("/auth/logout"), plain=True),
    View("the password", "reader", _at("/auth/password"), plain=True),
    View("verify", "nobody", _at("/verify"), plain=True),
    View("valid", "nobody", lambda one: f"/verify/{one.own.standing.serial}", plain=True),
    View("is it covered", "nobody", _covers("depth=0.5&site=cheek&device=stamp"), plain=True),
    View("it is not covered", "nobody", _covers("depth=9&site=cheek&device=stamp"), plain=True),
    View("a treatment typed wrong", "nobody", _covers("depth=deep&on=x"), plain=True),
    View("revoked", "nobody", lambda one: f"/verify/{one.revoked}", plain=True),
    View("unknown", "nobody", _at("/verify/PP-00000-00000-00000-00000"), plain=True),
    View("malformed", "nobody", _at("/verify/PP-1"), plain=True),
    View("a withdrawn link", "nobody", _at("/share/withdrawn"), plain=True),
    View("file to check", "nobody", _at("/verify/file"), plain=True),
    View("file checked", "nobody", _at("/verify/file"), _send_a_file, plain=True),
    View("the issuer", "nobody", _at("/issuer"), plain=True),
    View("an achievement", "nobody", _at(f"/achievements/{COURSE}"), plain=True),
)
