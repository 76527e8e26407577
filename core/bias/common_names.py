"""English given names that are common words in small letters: a model that lowers its text cannot tell them apart.

Written for this product; it is no list of all such names.
"""

from __future__ import annotations

_WRITTEN = """
Amber Angel April Art August Autumn Bill Bob Brad Brook Brooke Carol Chance Chase Chuck Clay Cliff Crystal Daisy
Dale Dawn Dean Dick Dolly Drew Duke Earl Ebony Ernest Eve Faith Fern Flora Frank Gay Gene Grace Grant Guy Hank
Harmony Harry Hazel Heath Heather Holly Honor Hope Hunter Iris Ivory Ivy Jack Jasmine Jay Jenny Jewel Jimmy Josh
Joy June Justice Lance Lily Lou Mace Major Marina Mark Marsha Mason Max May Melody Mercy Miles Misty Nick Norm
Olive Opal Pat Patience Patsy Pearl Peg Penny Pepper Pierce Poppy Precious Prudence Queen Randy Ray Red Reed Rich
Rob Robin Rock Rod Rose Ruby Rusty Sage Sandy Skip Sky Stew Sue Summer Sunny Tad Tanner Ted Temperance Terry Tiffany
Trey Tucker Verity Victor Viola Violet Wade Ward Warren Wayne Will Willow Winter Woody
"""

COMMON = frozenset(_WRITTEN.split())
