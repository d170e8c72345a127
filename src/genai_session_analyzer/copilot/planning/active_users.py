"""Users who are named by what they did: "users with more than 300 requests"."""

from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft


def as_users(listed: Draft) -> Draft:
    """Return the draft as a list of users, each with the number that is bounded."""
    listed.rows_of, listed.counted, listed.subject = None, None, "users"
    listed.conditions = [
        each if each.of_rows else replace(each, of_group=True) for each in listed.conditions
    ]
    return listed
