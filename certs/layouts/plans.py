"""Where everything stands on A4: each line's height on the page, in points."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Plan:
    """One page: baselines for lines, middles for what may need several.

    `list_left` is where the first column begins; the second ends as far from the other edge.
    """

    width: float
    height: float
    rosette: tuple[float, float]  # its middle's height, and its radius
    mark: tuple[float, float]  # its foot, and its size
    issuer: float
    title: float
    certifies: float
    holder: float
    rule: float
    awarded: float
    achievement: float
    second_achievement: float
    list_left: float
    column: float
    list_top: float
    list_room: float
    qr: float
    qr_side: float
    checked_at: float
    host: float
    foot_rule: float
    foot_label: float
    banner: float
    signing: float = 0.0  # the line that signatures stand on
    foot_middle: float = 240.0  # how wide the number may be
    holder_room: tuple[float, float] = (600.0, 52.0)
    achievement_room: tuple[float, float] = (600.0, 40.0)

    @property
    def middle(self) -> float:
        """The page's middle, from left."""
        return self.width / 2

    @property
    def columns(self) -> tuple[float, float]:
        """The left ends of both columns."""
        return self.list_left, self.width - self.list_left - self.column


LANDSCAPE = Plan(
    width=841.89,
    height=595.28,
    rosette=(388.0, 136.0),
    mark=(504.0, 38.0),
    issuer=472.0,
    title=424.6,
    certifies=396.8,
    holder=366.0,
    rule=333.0,
    awarded=312.8,
    achievement=286.0,
    second_achievement=264.0,
    list_left=92.0,
    column=240.0,
    list_top=243.0,
    list_room=106.0,
    qr=205.0,
    qr_side=84.0,
    checked_at=147.8,
    host=138.5,
    foot_rule=121.0,
    foot_label=103.0,
    banner=53.0,
)
# Signatures take their room from the lists, and everything above moves up a little.
LANDSCAPE_SIGNED = replace(
    LANDSCAPE,
    rosette=(406.0, 130.0),
    mark=(512.0, 30.0),
    issuer=487.0,
    title=444.0,
    certifies=418.0,
    holder=388.0,
    rule=357.0,
    awarded=338.0,
    achievement=312.0,
    second_achievement=291.0,
    list_top=268.0,
    list_room=80.0,
    qr=232.0,
    qr_side=78.0,
    checked_at=178.0,
    host=168.5,
    signing=132.0,
    foot_rule=102.5,
    foot_label=90.0,
    banner=48.5,
)
PORTRAIT = Plan(
    width=595.28,
    height=841.89,
    rosette=(588.0, 170.0),
    mark=(722.0, 46.0),
    issuer=690.0,
    title=628.0,
    certifies=594.0,
    holder=552.0,
    rule=510.0,
    awarded=486.0,
    achievement=448.0,
    second_achievement=414.0,
    list_left=82.0,
    column=204.0,
    list_top=388.0,
    list_room=104.0,
    qr=210.0,
    qr_side=92.0,
    checked_at=148.5,
    host=138.5,
    signing=196.0,
    foot_rule=113.0,
    foot_label=98.0,
    foot_middle=190.0,
    banner=50.0,
    holder_room=(440.0, 66.0),
    achievement_room=(440.0, 52.0),
)
