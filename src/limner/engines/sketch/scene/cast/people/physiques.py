"""How people are built: measures of each physique in standing heights."""

from __future__ import annotations

from limner.engines.sketch.scene.cast.people.skeleton import Physique

MAN = Physique(
    head=0.098, torso=0.300, shoulders=0.106, waist=0.086, hips=0.080, upper_arm=0.142, forearm=0.124,
    thigh=0.205, shin=0.195, arm=0.036, leg=0.047, hand=0.030, foot=0.112,
)  # fmt: skip
WOMAN = Physique(
    head=0.099, torso=0.292, shoulders=0.090, waist=0.068, hips=0.084, upper_arm=0.136, forearm=0.120,
    thigh=0.205, shin=0.200, arm=0.030, leg=0.042, hand=0.027, foot=0.100,
)  # fmt: skip
CHILD = Physique(
    head=0.146, torso=0.252, shoulders=0.092, waist=0.080, hips=0.080, upper_arm=0.112, forearm=0.096,
    thigh=0.158, shin=0.145, arm=0.036, leg=0.046, hand=0.032, foot=0.104, child=True,
)  # fmt: skip
ELDER = Physique(
    head=0.106, torso=0.300, shoulders=0.098, waist=0.096, hips=0.092, upper_arm=0.140, forearm=0.118,
    thigh=0.190, shin=0.180, arm=0.036, leg=0.044, hand=0.029, foot=0.108, stoop=7.0,
)  # fmt: skip
STOUT = Physique(
    head=0.106, torso=0.325, shoulders=0.118, waist=0.122, hips=0.112, upper_arm=0.142, forearm=0.118,
    thigh=0.180, shin=0.165, arm=0.044, leg=0.055, hand=0.033, foot=0.122,
)  # fmt: skip
SLIM = Physique(
    head=0.096, torso=0.280, shoulders=0.084, waist=0.062, hips=0.076, upper_arm=0.140, forearm=0.126,
    thigh=0.220, shin=0.212, arm=0.026, leg=0.036, hand=0.025, foot=0.096,
)  # fmt: skip
HERO = Physique(
    head=0.092, torso=0.315, shoulders=0.128, waist=0.084, hips=0.080, upper_arm=0.148, forearm=0.130,
    thigh=0.205, shin=0.198, arm=0.043, leg=0.050, hand=0.033, foot=0.112,
)  # fmt: skip
SUITED = Physique(
    head=0.128, torso=0.270, shoulders=0.122, waist=0.120, hips=0.112, upper_arm=0.118, forearm=0.104,
    thigh=0.160, shin=0.150, arm=0.052, leg=0.064, hand=0.040, foot=0.130,
)  # fmt: skip
TODDLER = Physique(
    head=0.200, torso=0.270, shoulders=0.104, waist=0.120, hips=0.120, upper_arm=0.100, forearm=0.085,
    thigh=0.120, shin=0.105, arm=0.044, leg=0.060, hand=0.036, foot=0.100, child=True,
)  # fmt: skip
