"""Own sentences for core/pretraining/proof/homonyms.py: eight words, two senses each, four sentences a sense.

Every sentence holds its word once, in this form. Written for this project.
"""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "bank": {
        "money": (
            "She asked the bank for a loan to repair the roof.",
            "My wages arrive at the bank on the last Friday of the month.",
            "The bank raised its interest rates again in autumn.",
            "He keeps the deeds of the house in a vault at the bank.",
        ),
        "river": (
            "Reeds grew thick along the muddy bank where we moored the boat.",
            "The otter climbed the bank and shook its wet fur.",
            "After the flood the stream had eaten away its left bank.",
            "Two anglers sat on the bank under a willow.",
        ),
    },
    "bat": {
        "animal": (
            "At dusk a bat came out of the attic and hunted moths.",
            "The bat slept upside down in the darkest corner of the cave.",
            "A bat finds its way by the echo of its own squeaks.",
            "The vet examined the torn wing of the little brown bat.",
        ),
        "sport": (
            "He swung the bat too late and the ball hit the stumps.",
            "She taped the handle of her bat before the second innings.",
            "The coach told him to grip the bat with both hands.",
            "With one crack of the bat the ball flew over the fence.",
        ),
    },
    "crane": {
        "bird": (
            "A crane stood on one leg in the shallow marsh.",
            "The crane spread its grey feathers and called to its mate.",
            "Each spring a single crane returns to nest in our wetlands.",
            "We watched a crane catch frogs among the lilies.",
        ),
        "machine": (
            "The crane lifted steel beams to the tenth floor.",
            "A driver climbed into the cabin of the crane before the shift.",
            "They hired a crane to unload the containers at the dock.",
            "The cable of the crane snapped and the concrete slab fell.",
        ),
    },
    "spring": {
        "season": (
            "The cherry trees blossom here every spring.",
            "We sow the peas in early spring, as soon as the frost is gone.",
            "By spring the snow had melted and lambs were born.",
            "Last spring was the warmest since records began.",
        ),
        "coil": (
            "A worn spring inside the mattress poked me in the back.",
            "The clockmaker wound the spring with a tiny key.",
            "Press the button and the spring pushes the lid open.",
            "The rear wheel needs a stiffer spring to carry heavy loads.",
        ),
    },
    "mole": {
        "animal": (
            "A mole dug tunnels under the lawn and left heaps of earth.",
            "The mole has strong paws and hardly sees anything.",
            "Worms are what a mole likes best to eat.",
            "The gardener tried to drive the mole away from his vegetables.",
        ),
        "spy": (
            "Someone in the ministry was a mole who passed secrets abroad.",
            "The agency hunted for years for the mole in its own ranks.",
            "As a mole he photographed documents and met his handler at night.",
            "The general suspected that a mole had betrayed the operation.",
        ),
    },
    "bark": {
        "tree": (
            "The bark of the old oak was rough and covered in moss.",
            "Beetles had bored holes through the bark into the trunk.",
            "Cork is made from the bark of an evergreen oak.",
            "In winter the deer peel the bark off young pines.",
        ),
        "dog": (
            "A loud bark from the kennel woke the whole street.",
            "The puppy gave a short bark when the bell rang.",
            "From behind the gate came the angry bark of a terrier.",
            "Her dog answers every stranger with a single bark.",
        ),
    },
    "ring": {
        "jewel": (
            "He knelt down and gave her a ring with a small diamond.",
            "The goldsmith made the ring wider to fit her finger.",
            "She inherited a silver ring from her grandmother.",
            "His wedding ring slipped off while he was swimming.",
        ),
        "boxing": (
            "The two boxers climbed into the ring and touched gloves.",
            "After nine rounds he was carried out of the ring.",
            "The referee pushed the fighters back to the middle of the ring.",
            "She stepped between the ropes of the ring to face the champion.",
        ),
    },
    "match": {
        "game": (
            "Our team lost the match by a goal in the final minute.",
            "Rain stopped the tennis match during the second set.",
            "Thousands of fans sang after the match in the stadium.",
            "The captain was injured and missed the next match.",
        ),
        "fire": (
            "He struck a match and lit the candle.",
            "The damp match would not burn, however hard she rubbed it.",
            "A single match was enough to set the dry straw alight.",
            "She held the match to the stove until the gas caught.",
        ),
    },
}
