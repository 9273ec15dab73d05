"""The doctor: facts about this machine are gathered, and judged; nothing here mends anything.

In each family the judging is pure, over facts: `checks_of(facts)`. The modules named `*_facts` are the
shell that looks at the machine.
"""
