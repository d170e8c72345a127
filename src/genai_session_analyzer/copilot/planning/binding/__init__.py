"""What was said, bound to the columns of one entity.

`binding.py` tries the entities in turn, `entity_plans.py` puts the plan of one together.
"""
