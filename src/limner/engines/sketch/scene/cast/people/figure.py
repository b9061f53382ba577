"""A whole person: the character as the look asks for it, its layers in order."""

from __future__ import annotations

from dataclasses import replace

from limner.engines.sketch.paint.body import Anchor, Body, Form
from limner.engines.sketch.scene.cast.look import Builder, Look
from limner.engines.sketch.scene.cast.people import clothes, faces, hair, limbs, mermaid, parts
from limner.engines.sketch.scene.cast.people.character import Character
from limner.engines.sketch.scene.cast.people.helmets import space_shell
from limner.engines.sketch.scene.cast.people.person import Person
from limner.engines.sketch.scene.cast.people.poses import pose_of
from limner.engines.sketch.scene.cast.people.skeleton import Pose, bend
from limner.engines.sketch.scene.cast.people.traits import Wishes, wardrobe

_LONG_HEM, _GOWN_STEP = 0.7, 0.35


def builder(character: Character) -> Builder:
    """What builds this character as a look asks."""

    def build(look: Look) -> Body:
        wishes = wardrobe(character, look)
        pose = pose_of(wishes.action, "seated" in look.traits, look.rng)
        if wishes.person.outfit.hem > _LONG_HEM and pose.base == "feet":
            pose = _gowned(pose)
        person = replace(wishes.person, bones=bend(wishes.person.build, pose))
        forms = _layers(person, wishes)
        body = Body(forms, _feet(person), pose.base == "air", anchors=_anchors(person))
        low, high = body.bounds()
        return replace(body, tall=float(high[1] - min(low[1], 0)))

    return build


def _gowned(pose: Pose) -> Pose:
    """The pose with steps that a long skirt hides."""
    near, far = (tuple(angle * _GOWN_STEP for angle in leg) for leg in (pose.near_leg, pose.far_leg))
    return replace(pose, near_leg=(near[0], near[1], near[2]), far_leg=(far[0], far[1], far[2]))


def _layers(person: Person, wishes: Wishes) -> list[Form]:
    """All forms, back to front."""
    pose, names = person.bones.pose, wishes.parts
    legs = _legs(person)
    garment = mermaid.trunk if person.outfit.cut == "tail" else clothes.trunk
    trunk = [*garment(person), *parts.drawn(person, names, "trunk")]
    far, near = limbs.arm(person, near=False), limbs.arm(person, near=True)
    held = [] if pose.busy else parts.drawn(person, names, "hand")
    if pose.prop:
        held = parts.drawn(person, (pose.prop,), "hand")
    grip = [*held, *far]
    head = _head(person, names)
    below = [*trunk, *legs] if pose.legs_front else [*legs, *trunk]
    if pose.legs_front and person.outfit.cut in ("dress", "coat"):
        below = [*legs, *trunk]
    return [
        *hair.behind(person),
        *parts.drawn(person, names, "back"),
        *([] if pose.far_front else grip),
        *below,
        *head,
        *(grip if pose.far_front else []),
        *near,
        *parts.drawn(person, names, "near"),
    ]


def _legs(person: Person) -> list[Form]:
    if person.outfit.cut == "tail":
        return mermaid.tail(person)
    near = limbs.leg(person, near=True)
    return near if person.bones.pose.one_leg else [*limbs.leg(person, near=False), *near]


def _head(person: Person, names: tuple[str, ...]) -> list[Form]:
    shell = space_shell(person) if "space_helmet" in names else []
    return [
        *shell,
        *faces.head(person),
        *parts.drawn(person, names, "face"),
        *hair.front(person),
        *parts.drawn(person, names, "head"),
    ]


def _feet(person: Person) -> tuple[tuple[float, float], ...]:
    """Where the weight rests."""
    bones, base = person.bones, person.bones.pose.base
    if base in ("air", "seat"):
        return ()
    if base == "lying":
        return ((bones.neck[0] * 0.5 + bones.pelvis[0] * 0.5, 0.25), (bones.near_leg.ankle[0] - 0.05, 0.10))
    if person.outfit.cut == "tail":
        return ((bones.pelvis[0], 0.12), (bones.pelvis[0] + 0.2, 0.10))
    half = person.build.foot * 0.66
    steps = [(leg.ankle[0] + person.build.foot * 0.2, half) for leg in (bones.near_leg, bones.far_leg)]
    return (*steps, (bones.pelvis[0], person.build.hips * 1.3)) if base == "ground" else tuple(steps)


def _anchors(person: Person) -> dict[str, Anchor]:
    hand, (head, mouth) = person.hand, person.bones.head([(0.0, 1.12), (0.30, -0.48)])
    return {"hand": Anchor(*hand), "head": Anchor(*head, person.build.head * 0.8), "mouth": Anchor(*mouth)}
