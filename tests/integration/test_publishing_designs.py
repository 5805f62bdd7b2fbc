"""Designs of certificates: every version kept, and what is issued never changed by a later one."""

import pytest
from sqlmodel import select

from base.audit import audit_entries
from base.errors import Conflict, Invalid, NotFound
from certs.commands.designs import publish_design
from certs.designs import PLAIN_DESIGN, Design, Format
from certs.pdf import certificate_pdf
from certs.queries.designs import CourseDesign, course_design, design_of, designed_courses
from certs.tables.credentials import CredentialRow
from tests.factories import COURSE, World

UPRIGHT = Design(format=Format.PORTRAIT, main="#4a1942")


def design_now(world: World) -> CourseDesign:
    with world.looking("dina") as tx:
        return course_design(tx, COURSE)


def publish(world: World, design: Design, based_on: int) -> int:
    with world.acting("dina") as tx:
        return publish_design(tx, COURSE, based_on, design)


def test_a_course_begins_with_the_plain_design(any_world: World) -> None:
    now = design_now(any_world)
    assert (now.version, now.design, now.history) == (0, PLAIN_DESIGN, ())
    assert certificate_pdf(now.sample, now.design).startswith(b"%PDF-")
    with any_world.looking("dina") as tx:
        versions = {one.slug: one.version for one in designed_courses(tx)}
    assert versions[COURSE] == 0
    assert "annual-safety-refresher" not in versions, "it only renews another's certificate"


def test_each_publication_is_a_version_that_stays(any_world: World) -> None:
    assert publish(any_world, UPRIGHT, 0) == 1
    any_world.wait(days=1)
    assert publish(any_world, Design(format=Format.CARD), 1) == 2
    now = design_now(any_world)
    assert (now.version, now.design.format) == (2, Format.CARD)
    assert [(one.version, one.design.format, one.by) for one in now.history] == [
        (2, Format.CARD, "Dina"),
        (1, Format.PORTRAIT, "Dina"),
    ]
    with any_world.looking("dina") as tx:
        actions = [one.action for one in audit_entries(tx, COURSE)]
        versions = {one.slug: one.version for one in designed_courses(tx)}
    assert versions.pop(COURSE) == 2
    assert not any(versions.values())
    assert actions.count("certificate:design") == 2


def test_who_changed_an_older_version_is_told_and_overwrites_nothing(any_world: World) -> None:
    publish(any_world, UPRIGHT, 0)
    with pytest.raises(Conflict, match="Somebody published another design"):
        publish(any_world, Design(format=Format.CARD), 0)
    assert design_now(any_world).design == UPRIGHT


def test_what_cannot_be_read_on_paper_is_refused(any_world: World) -> None:
    with pytest.raises(Invalid, match="Too pale"):
        publish(any_world, Design(main="#fffbe0"), 0)
    assert design_now(any_world).version == 0
    with pytest.raises(NotFound), any_world.acting("dina") as tx:
        publish_design(tx, "no-such-course", 0, UPRIGHT)


def test_a_certificate_keeps_the_design_that_it_was_issued_with(any_world: World) -> None:
    any_world.earn("alba")
    publish(any_world, UPRIGHT, 0)
    any_world.join("emil", *any_world.actor("alba").roles)
    any_world.earn("emil")
    publish(any_world, Design(format=Format.CARD), 1)
    with any_world.looking("system") as tx:
        rows = tx.session.exec(select(CredentialRow)).all()
        by = {row.person_id: design_of(tx, row.design_id) for row in rows}
    assert by[any_world.actor("alba").own_id] == PLAIN_DESIGN
    assert by[any_world.actor("emil").own_id] == UPRIGHT
