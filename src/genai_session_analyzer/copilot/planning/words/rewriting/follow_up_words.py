"""Patterns that several follow-ups share: how they begin, and what they call the answer before."""

OPENING = (
    r"^(\W*(?:(?:and|now|then|please|next|finally|also|kindly|but|ok|okay|instead|additionally"
    r"|let us|let\W?s|so),? )*)"
)
_RESULT = r"(?:results?|output|rows?|list|table|query|answer|analysis|selection|question)"
IT = (
    r"(?:this|that|these|those|it|them|each (?:of )?(?:these|those|them|one)|everything|things"
    r"|(?:the|these|those) (?:results?|figures|numbers|table|output|query|question|analysis)"
    rf"|(?:the|this|these|that) (?:same )?(?:\w+ )?{_RESULT}"
    r"|(?:these|those) (?:numbers|counts|figures|values))"
)
GROUPING = r"(?:break ?downs?|grouping|groups|groupings|split|splitting|dimensions?|cuts?|slices?)"
