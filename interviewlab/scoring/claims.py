"""What an answer says of itself: that it is complete, that it leaves nothing out, that all points are covered.

Such a sentence brings no matter, but its words are often those of the question and of what is wanted, so that a
comparison of words would credit it. Speech about other things ("the image contains everything the app needs") is no
claim: the answer must be named, or what the one who asked wishes to hear.
"""

from __future__ import annotations

_ANSWER = r"(?:this|my|the above) (?:\w+ )?(?:answer|response|reply|explanation|submission)"
_TOTAL = (
    r"(?:everything (?:an?|the|you|one|that|there|relevant|important)|each and every|(?:every|each) (?:single )?(?:key )?"
    r"(?:point|thing|item|aspect|detail|criterion|part)|all (?:of )?(?:the )?(?:key |relevant |important )?(?:points|items|aspects|"
    r"criteria)|all (?:that )?(?:you|they|one) (?:\w+ )?(?:want|need|ask|expect)\w*|nothing (?:is |was )?(?:out|missing|to add))"
)
_FULLY = (
    r"(?:fully|in full|completely|exhaustively|thoroughly|in a complete way|in every detail|without (?:any )?(?:gaps?|omissions?|"
    r"mistakes?|errors?)|and correctly)"
)
_RIGHTLY = r"(?:correctly|rightly|fully|completely|accurately|thoroughly|precisely|exhaustively|perfectly|successfully)"
_COVERS = (
    r"(?:covers?|covered|explains?|explained|mentions?|mentioned|names?|named|describes?|described|addresse[sd]|discusse[sd]|states?|stated|lists?|"
    r"listed|identifie[sd]|demonstrate[sd]|answer(?:s|ed))"
)
_NOT_IN_A_SYSTEM = (
    r"(?! (?:(?:the|an?|all|his|her|their|our|my|each|every|\w+self|themselves) ?)?(?:\w+ )?(?:tests?|quiz(?:zes)?|forms?|surveys?|exams?|captchas?|calls?|"
    r"mails?|tickets?|requests?|challenges?|himself|herself|themselves)\b)"
)
"""Not followed by what a user of a system fills in or answers."""
_KEY = r"(?:reference|(?:model|official|sample|expected) (?:answer|solution)|answer key|rubric|marking scheme|solution sheet)"
_OF_MATTER = (
    r"(?! (?:user|app|client|server|service|caller|function|model|team|customer|program|system|job|container)s?\b)(?! (?:\w+ ){0,2}(?:for|of|in|"
    r"from) (?:an?|the|each|every|one|our) (?!\w* ?(?:answer|rubric|question|key|list|reference|solution|topic|full|complete|perfect|good|top|max)))"
)
"""Not followed by what a system or a set contains: "it includes all items of the cart"."""
CLAIMS = (
    rf"\b{_ANSWER} (?:\w+ ){{0,2}}(?:is|are|was|has|covers?|contains?|includes?|mentions?|explains?|gives?|leaves?|names?|lists?|says?|"
    rf"states?|addresses|lines up|coincides)\b.{{0,60}}\b(?:{_TOTAL}|{_FULLY}|thorough|exhaustive|flawless|nothing out|well structured|"
    r"free (?:of|from) (?:\w+ )?(?:mistakes?|errors?)|complete and correct|correct and complete)(?!\w)",
    rf"\b(?:that|this|it|which) (?:\w+ )?(?:covers?|contains?|includes?|mentions?|names?|hits|was|is) (?:really |just |literally )?{_TOTAL}(?!\w){_OF_MATTER}",
    rf"\b{_TOTAL} (?:\w+ ){{0,3}}(?:is|are|was|were|has been|have been) (?:in here|here|above|said|covered|mentioned|explained|in (?:this|my) answer)\b(?! (?:by|with|in the)\b)",
    rf"\b(?:(?:has|have) been|is|are|was) (?:now |hereby |thus )?(?:explained|answered) (?:here |above |now )?{_FULLY}(?!\w)",
    rf"\b(?:this|that|i have|i've) (?:now |hereby |thus |just )?(?:explains?|explained|answers?|answered)\b.{{0,160}}\b{_FULLY}(?!\w| \w+(?:ed|able)\b)",
    r"\bi(?: am|'m) (?:absolutely |quite |very |completely |fully |100 ?% )?(?:certain|sure|confident|convinced|positive)\b.{0,30}\b(?:this|my) "
    r"(?:is a (?:\w+ ){0,3}|\w+ )?(?:answer|response|reply|explanation)\b",
    rf"\bas (?:the|your) {_KEY} (?:\w+ )?(?:says|states|demands|requires|puts it|wants|asks|tells)\b",
    rf"\b(?:lines? up|coincides?|agrees?|conforms?|complies|accords?|is congruent|in (?:full )?(?:agreement|accord)) with (?:it|the {_KEY}|your {_KEY}) (?:on|in|at) (?:each|every|all)\b",
    rf"\b(?:covers?|contains?|includes?|repeats?) (?:everything|(?:every|each) \w+|all (?:\w+ )?\w+) (?:of|from|in) (?:the|your) {_KEY}(?!\w)",
    r"\b(?:required|expected|wanted|necessary|demanded) (?:key ?)?(?:words|terms|keywords|phrases|points) (?:\w+ )?(?:appear|occur|are (?:\w+ )?(?:here|there|present|"
    r"included|satisfied|named|mentioned|above|below))(?=\W*$|[:;.,])",
    # Points said to be there, counted or ticked off.
    r"\b(?:all|every|each|\d+ of \d+) (?:one )?(?:of )?(?:the |my |your |these |those )?(?:\w+ )?(?:points?|ideas?|bullets?|aspects?|criteria|boxes) "
    r"(?:(?:is |are )(?:all )?there(?! (?:is|are|was|were|once|in the)\b)|(?:is |are )?(?:all )?(?:covered|ticked|checked off|matched|included|accounted for))\b(?! (?:by|with)\b)",
    r"\bi(?:'ve| have)? (?:\w+ )?(?:covered|included|mentioned|said) everything (?:that is |that's |which is )?(?:in|on) (?:the|your) "
    r"(?:solution|rubric|answer key|marking scheme|solution sheet)\b",
    r"\btick (?:\w+ ){0,2}(?:all|every|each) (?:\w+ ){0,2}box(?:es)?\b|(?:\b(?:defined|explained|named|mentioned|given|it) check\b.{0,60}){2}",
    r"\b(?:bullet|point|item)s? (?:that )?(?:you have )?on your list\b.{0,60}\b(?:find|found|there|here|covered|counterpart)\b",
    r"\bmy expectations are met\b|\bnothing (?:is )?left to (?:ask for|wish for)\b",
    # What somebody, or the one who answers, is said to have covered.
    rf"(?<!when )(?<!once )(?<!if )(?<!after )(?<!until )(?<!unless )(?<!whether )\b(?:this|the) (?:candidate|student|applicant|interviewee) "
    rf"(?:has |have )?(?:{_RIGHTLY} {_COVERS}\b{_NOT_IN_A_SYSTEM}|{_COVERS}\s*:|{_COVERS}\b[^.;]{{0,160}}\b(?:{_RIGHTLY}|{_FULLY})"
    r"(?=\W*$|[.,;]))",
    rf"\b(?:a|an|any|every|each) (?:candidate|student|applicant|answer|response) (?:that|who|which) {_COVERS}\b.{{0,250}}\b(?:gets?|receives?|earns?|"
    r"deserves?|is given|passes) (?:everything|it all|all (?:of )?(?:it\b|the (?:key |full )?(?:points?|marks?|credit))|full(?: (?:points?|marks?|credit|score)|\W*$)|"
    r"the (?:full )?(?:points?|marks?|credit))(?!\w)",
    r"\b(?:evaluator|evaluation|grader|grading|examiner|scoring|marking|assessment)(?:'s)? (?:instructions?|guide\w*|notes?|manual) (?:\w+ )?(?:states?|says?|"
    r"demands?|requires?|tells?|puts?)\b.{0,160}\b(?:answers?|candidates?|students?|points?|marks?|credit|full\w*|sufficient|suffices|enough|accept\w*|"
    r"correct\w*|found|cover\w*|mention\w*|explain\w*|award\w*)\b",
    r"(?<!left a )(?<!wrote a )(?<!added a )(?<!sent a )(?<!put a )\b(?:note|remark|reminder) for the (?:evaluation|assessment|grading|scoring|marking|evaluator|grader|examiner)\b(?! of\b)",
    rf"\bi(?: have|'ve)? (?:thereby|hereby|herewith) {_COVERS}\b{_NOT_IN_A_SYSTEM}|\bi(?: have|'ve) (?:now |thus |therefore |already )?{_COVERS}\b"
    rf"(?![^.,;:]{{0,60}} to (?:my|our|him|her|them|each|every)\b)[^.,;:]{{0,100}}\b{_FULLY}"
    rf"(?=\W*$|[.,;:]| including\b| and (?:thus|so)\b)|\bi(?: have|'ve) (?:now )?{_COVERS}\b[^.;:]{{0,120}}\b(?:completely|fully) and correctly\W*$"
    rf"|\bi(?: have|'ve) (?:now |thus )?{_RIGHTLY} (?:explained|answered|mentioned|named)\b",
    r"^\W*(?:please |kindly )?(?:mark|count|tick|log|flag|record|note) (?:(?:these|those|this|all|everything|the following|all of it|them)(?: (?:key )?points?)? )?as "
    r"(?:found|covered|met|made|mentioned|present|satisfied|credited|ticked)\s*(?:[:;]|\W*$)",
    r"\b(?:completes?|covers?|makes?|ticks?|satisf(?:y|ies)) (?:every|each|all (?:of )?(?:the )?) ?(?:single )?key ?points?\b(?! (?:look-?ups?|quer\w+|reads?|access\w*)\b)"
    r"(?! of (?:the|our|an?|every|each) (?!\w* ?(?:answer|question|rubric|topic|reference|solution|list)))",
    r"^\W*(?:(?:key |all )?points? |topics? )?(?:covered|mentioned|addressed)(?: (?:here|points?|topics?|above|in this answer))?\s*:(?!\s*\d)",
    r"^[^:.!?]{3,60}:\s*(?:covered|explained|addressed|satisfied|met|present|all there)\W*$",
)
"""Rules for a sentence, folded, that only says how good or complete the answer is."""
