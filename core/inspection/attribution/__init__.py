"""Which words of a text made a classifier give a label: one file a method, and what tells good methods from bad.

from core.inspection.attribution import attribute, look
found = attribute(classifier, "I hate pizza", method="integrated_gradients")
found.units[1].text, found.scores[1]        # "hate", in logits of the explained label
sight = look(classifier, "I hate pizza")    # read once, explain by several methods
attribute_sight(sight, method="occlusion")
"""

from core.inspection.attribution.explain import attribute, attribute_sight
from core.inspection.attribution.result import Attribution, Unit
from core.inspection.attribution.sight import Sight, look

__all__ = ["Attribution", "Sight", "Unit", "attribute", "attribute_sight", "look"]
