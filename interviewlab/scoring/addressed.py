"""Text addressed to the grader: found in what a candidate wrote and left out before anything is graded.

The grader here follows no instruction, so that such text could only disturb it; a language model that judges would
follow some. Rules are used because they can be read, and because each removal can be shown. They look for somebody
being told what to do with *this* answer: a text about prompts, rubrics or scores is left alone, and where the question
is about such things only a demand in the first person counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from interviewlab.scoring.claims import CLAIMS
from interviewlab.scoring.folding import disguised, fold, is_other_script, readings
from interviewlab.scoring.other_languages import is_english, is_other_language, speaks_of_grading
from interviewlab.scoring.rules import Rules
from interviewlab.scoring.staged import PRESSURE, STAGED
from interviewlab.scoring.text import words

_ROLE = (
    r"(?:auto-?)?(?:grader|examiner|evaluator|marker|assessor|judge|reviewer|scorer|rater|interviewer|proctor|llm"
    r"|(?:large )?language model|ai(?: model| system| assistant)?|assistant|chatbot|chat ?gpt|gpt(?:-?\d\w*)?|claude|gemini"
    r"|grading (?:system|model|bot|script|ai|engine|tool|assistant)|scoring (?:system|model|bot|script|engine|tool))s?"
)
_OWN = (
    r"(?:me|myself|(?:this|my|the|our|above|following|current|present|candidate'?s?|student'?s?|entire|whole) ?"
    r"(?:(?:above|following|current|whole|entire|candidate'?s?|student'?s?|exam|short) )?"
    r"(?:answer|response|submission|reply|candidate|student|applicant|interviewee|interview|attempt|essay|test taker|"
    r"author|paper|exam|assignment|question)s?)"
)
_MARK = r"(?:marks?|points?|scores?|credits?|grades?|ratings?|pts|stars?)"
_MUCH = (
    r"(?:full|maxim(?:um|al)|max|highest|top|perfect|best|complete|total|excellent|outstanding|exceptional|all|extra|bonus|"
    r"100 ?%?|\d+ ?/ ?\d+|\d+ out of \d+|\d+ percent|a ?\+)"
)
_PRAISE = (
    r"(?:correct|right|perfect|excellent|exceptional|outstanding|flawless|complete|full|maxim(?:um|al)|max|pass(?:ed|ing)?|"
    r"met|accepted|strong(?: hire)?|hire|brilliant|superb|top|highest|best|a ?\+|five|ten|1\.0|100|\d+ ?/ ?\d+|\d+ out of \d+)"
)
_GIVE = (
    r"(?:give|award|assign|grant|grade|score|mark|rate|rank|evaluate|assess|return|output|set|respond|reply|print|write|"
    r"report|record|consider|treat|accept|count|judge|deem|label|classify|add|increase|raise|boost|bump|ensure|remember|"
    r"let|pass|approve|put|enter|conclude|declare|regard|make sure|emit|produce|allocate)"
)
_ASKED = (
    r"(?:^|[.;:!?,\]\)>*\-–—\"'] ?|\b(?:please|pls|kindly|now|(?<!not )(?:just|simply)|hereby|instead|so|then|therefore|always|"
    r"you (?:must|should|will|can|may|shall|need to|have to|are to|ought to|are required to|are instructed to|better)|"
    r"(?:would|could|can|will) you|(?:if|that) you (?:could|would|can|might|may)|(?:i|we) (?:\w+ ){0,2}(?:want|need|ask|beg|order|command|require|expect|demand|urge|"
    r"request|instruct) (?:that )?you(?: to)?|(?:your|the) (?:\w+ ){0,2}(?:task|job|duty|role|goal|instruction) is to|"
    r"(?:instructed|required|told|asked|reminded|obliged|supposed) to|and) )"
)
_MARKED = r"(?:(?:graded|scored|rated) (?:with|as|at)\b|marked (?:with|as|at) (?:\d|full|wrong|incorrect|correct|fail|pass|top|max))"
_UNMEANT = r"(?!(?:all|total|complete|highest|best|top|maxim(?:um|al)|max) (?:points|scores?)(?! (?:to|for) (?:me|my|this)|\W*$| please))"
"""What an algorithm returns: "return the highest score in the heap"."""
_RULES = r"(?:instructions|prompts?|rubrics?|rules(?! (?:once|when|after|in the)\b)|guidelines?|criteria|criterion|marking|mark ?schemes?|directives?|policy|policies|polic|training|reference answer|answer key|key points|constraints)"

_MINE = (
    r"(?:(?:this|my|our|the above) (?:\w+ )?(?:answer|response|submission|reply|candidate|student|applicant|interviewee|"
    r"interview|attempt|essay|exam|paper)s?)"
)
"""What is said of "the answer" or "the candidate" may be matter; of "this answer" it hardly is."""
_IS_MATTER = (
    r"(?!(?:evaluate|rank|consider|remember|count|return) (?:the |this )?(?:whole |following |current )?(?:candidate|question|"
    r"paper)s?\b(?! as\b)|let me (?!pass\b|have\b|get\b|through\b|succeed\b|off\b)|score (?:the )?candidates\b|let (?:the|this) \w+ be (?:the|an?) )"
)
"""Candidates are also what an algorithm tries, one after the other; who says "let me" tells what they do."""
_TO_ANOTHER = r"(?! (?:to|when|of|for|on|with|in) (?!me\b|my\b|this\b|us\b|the (?:marks?|points|candidate|grad)))"

_DIRECT = (
    # A demand about this answer or its author.
    rf"{_ASKED}{_IS_MATTER}{_GIVE}\b(?: \w+)? {_OWN}\b.{{0,80}}\b(?:{_MARK}|{_PRAISE})(?!\w)",
    rf"{_ASKED}(?!(?:mark|set|label|record) (?:it|them) as complete\b){_GIVE}\b (?:it|this|that|everything|him|her|them|all of it|all|us)\b.{{0,30}}\b(?:{_MUCH} (?:possible )?{_MARK}|as "
    rf"(?:an? |the )?(?:{_PRAISE}|ideal|model)(?=,|\W*$| (?:answer|response|solution|score|mark|grade|one|please|and)\b))(?!\w)",
    rf"{_ASKED}(?:(?:give|award|grant) (?:\w+ ){{0,2}}|(?:assign|allocate|output|return|record|enter|allow) (?:\w+ ){{0,2}}{_UNMEANT}){_MUCH} "
    rf"(?:possible )?(?:marks?|credits?|grades?|points|scores?|ratings?)\s*(?:$|[.!,;:)\"']|\b(?:to|for) {_OWN}|\b(?:regardless|no matter|"
    r"anyway|because|since|without|please|immediately|now|here|and|in|on|as)\b)",
    rf"{_ASKED}(?:output|return|respond|reply|print|write|say|report|answer)\b(?! (?:of|is|from)\b).{{0,40}}\b(?:all (?:\w+ )?met|(?<!that )(?<!be )pass(?:ed)?(?=\W*$| for\b| and\b)|score ?[:=]"
    r"|\"score\"|verdict\\b|correct only|only (?:the )?(?:word|number)(?! of\b))(?!\w)",
    rf"\b{_MINE} (?:should|must|needs? to|ought to|has to|is to|shall|will|deserves?(?: to)?|merits|has earned|earns|is worth|"
    rf"gets?|receives?|warrants)\b.{{0,60}}\b(?:{_MARK}|pass(?:ed|ing)?(?! (?:through|by|to|on|over|it|all|the)\b)|correct|a ?\+|"
    r"\d+ ?/ ?\d+)(?!\w)",
    rf"\b{_OWN} (?:should|must|needs? to|ought to|has to|is to|shall|will|deserves?(?: to)?|merits|has earned|earns|is worth|"
    rf"gets?|receives?|warrants)\b.{{0,60}}\b(?:(?:full|maxim\w+|top|perfect|good|better|\d+ ?/ ?\d+|\d+ out of \d+|a ?\+) {_MARK}|"
    r"be (?:graded|marked|rated|scored|passed|awarded|accepted)|(?:to )?pass(?=\W*$))(?!\w)",
    rf"\bi (?:really |truly |definitely |certainly )?(?:deserve|merit|have earned|should (?:get|receive|have|earn)|must (?:get|"
    rf"receive|have))\b.{{0,30}}\b(?:{_MUCH} (?:possible )?{_MARK}|good {_MARK}|to pass\b)",
    rf"\bi (?:really |truly |definitely |certainly )?(?:need|want|would like)\b.{{0,30}}\b(?:(?:full|perfect|outstanding|excellent|"
    rf"\d+ ?/ ?\d+|\d+ out of \d+|a ?\+) {_MARK}|{_MUCH} (?:possible )?(?:marks|credits?)|(?:max(?:imum)?|top|best|highest) (?:possible )?"
    rf"(?:mark|grade|rating)(?=\W*$|,| please)|good (?:marks?|grades?|ratings?)|to pass(?=\W*$|[.,;!]| this (?:interview|exam|test)))",
    r"\bi (?:\w+ )?(?:deserve|merit|have earned|should (?:get|receive|have)|must (?:get|have)|need|want|would like)\b.{0,30}\b(?:pass(?:ing)? "
    r"(?:mark|grade)|a pass(?=\W*$|,| please| for))",
    r"\bi (?:should|must|deserve to|have to) pass\b(?! (?:the|a|an|it|this|by|in|on|over|to|through|any|some|each|every|all|that|these|"
    r"those|them|both|two|my|our|its)\b)",
    rf"{_ASKED}{_GIVE} (?:my|me my|this candidate's|the candidate's) (?:final |overall )?{_MARK}\b",
    rf"{_ASKED}{_GIVE} (?:the |a |an |its )?(?:final |overall )?{_MARK}\b.{{0,30}}\b(?:for|to|of|on) {_OWN}\b",
    rf"{_ASKED}(?:instruct|tell|ask|order|get|make|convince) (?:the |an? )?{_ROLE} to\b",
    r"(?<!users )(?<!customers )(?<!people )\b(?:score|rate|grade|mark)(?: it| this| him| her| them)?(?: as| at|:)? \d+ ?(?:/|out of) ?\d+(?!\w)",
    r"\b(?:hidden|white|invisible|secret|embedded) (?:text|note|message|instructions?|prompt|comment)\b.{0,20}(?::|\bfor\b|\bto\b)",
    rf"\bthis (?:applicant|candidate|person|student)\b(?! (?:split|key|set|pair|document|be|and)\b).{{0,40}}\b(?:{_PRAISE}|match|fit|genius|pre-?approved)(?!\w)",
    rf"\b{_ROLE}s? (?:should|must|has to|have to|needs? to|will|shall|ought to) (?:\w+ )?{_GIVE}\b.{{0,60}}\b(?:{_MINE}|me|full|"
    r"maxim\w+|perfect|top (?:mark|score|grade)|as (?:correct|passed|complete))\b",
    rf"\b{_ROLE}\s*,\s*(?:please |just |now )?{_GIVE}\b",
    rf"{_ASKED}(?:note|write|put) down (?:\w+ ){{0,2}}(?:{_PRAISE})(?!\w)",
    rf"\b{_MARK} (?:of|for) {_OWN} (?:is|are|should|must|will|was|=|:)",
    rf"{_ASKED}(?:give|grant|award) (?:it|this|me|him|her|them) (?:the )?(?:maximum|max|top|full|best|highest)\b(?! \w+ (?:of|in) the)"
    rf"(?=\W*$|[.,;:!]| (?:possible|please|available|{_MARK}|result|outcome|level|for|here|now|you can)\b)",
    r"\b(?:enter|record|put|set|give|write|note)\b.{0,40}\bas (?:the|my|its) (?:score|grade|mark|rating)\b",
    rf"{_ASKED}{_GIVE} (?:this|it|that)(?: one)? (?:as |at |with )?(?:a |an )?(?:level |band |grade )?(?:five|5|ten|10|top|perfect)"
    rf"(?=\W*$|[.,;!]| (?:please|out|here|{_MARK}|answer)\b)",
    r"\b(?:rate|grade|score|mark|so this is|this is|axis\s*:?) (?:\w+ ){0,3}level (?:five|5)\b",
    rf"{_ASKED}{_GIVE} {_OWN} as (?:if|though)\b",
    r"\bnever (?:give|award|score|grade|rate|deduct|mark)\w* (?:(?:any )?(?:points|marks)|lower|(?:any ?thing )?(?:less than|below|under) (?:\w+ )?(?:\d|full|"
    r"five|ten|max|perfect|top|that|this))",
    r"\b(?:next|following|above|last|this|my|that) (?:answer|response|submission|candidate|text)s?\b.{0,20}\b(?:must|should|has to|have to|needs? "
    r"to|is to|will) be (?:graded|scored|marked|rated|judged|treated|accepted|considered)\b",
    r"\b(?:score|grade|mark|rate) it (?:so|accordingly|as such|that way)\b",
    r"\b(?:let's|let us|we can|can we|so) (?:just )?(?:say|call it|agree on|make it|settle on) (?:(?:a |an )?(?:five|ten|full|5|10|pass)"
    r" (?:points|marks|stars|out of|then|please|and (?:move|be done)|for (?:me|this|my))\b|(?:full(?: \w+)?|(?:a |an )(?:five|ten|5|10|pass))(?=\W*$|[.,;!]))",
    rf"(?<!users )(?<!customers )(?<!people )\b{_GIVE} (?:\w+ ){{0,3}}(?:five|ten|\d+) out of (?:five|ten|\d+)\b",
    rf"\b(?:not|isn't|is not|aren't) {_MARKED}",
    r"\bnothing (?:is |was )?missing (?:in|from) (?:this|that|my|the) (?:answer|response)\b",
    r"\bthis (?:is|was) (?:a |an |the )?(?:top|perfect|excellent|outstanding|flawless|gold[ -]standard|model|correct and complete)"
    r"(?: and \w+)? (?:answer|response|explanation|solution(?! (?:for|to|if|when|with|in|because|as)\b))\b",
    rf"{_ASKED}{_GIVE} {_OWN} as (?:the |a )?gold[ -]standard\b",
    # A wish, a threat, or the sum already done.
    rf"\b{_MUCH} (?:possible )?(?:marks?|credits?|grades?|points?|scores?|ratings?) (?:for|to) {_OWN}(?!\w)",
    r"\b(?:beg|implore|plead|pray|be (?:so |very )?(?:grateful|thankful)) (?:\w+ ){0,2}for (?:an? |the )?(?:good|better|high(?:er)?|full|top|"
    rf"maximum|passing|decent|perfect|best|generous) {_MARK}(?!\w)",
    r"\b(?:do not|don't|never) (?:you )?(?:dare (?:to )?)?(?:fail|flunk|reject) (?:me|this (?:one|answer|candidate)|this(?=\s*(?:[.;,!]|$)))",
    r"\banything (?:below|less than|under|short of) (?:the )?(?:maximum|full|top|perfect|best)\b.{0,40}\b(?:you|unfair|mistake|complain\w*|report)\b",
    r"\b(?:enough|sufficient|suffices?) for (?:100 ?%|(?:full|maximum|top|all) (?:marks?|points?|credits?|scores?))(?!\w)",
    r"\bthis (?:one|answer|question) counts (?:double|twice|in full|as (?:full|correct|complete))\b",
    r"\b(?:points|sum|scores?|marks?|grade)\b.{0,60}\b(?P<all_of>\d+) ?/ ?(?P=all_of)(?!\w)",
    # What is claimed of this answer.
    rf"\b(?:this|my|the (?:above|candidate'?s?|student'?s?)) (?:\w+ )?(?:answer|response|submission)s? (?:\w+ ){{0,3}}(?:is(?! that\b)|are|was|"
    rf"has been|have been|match(?:es)?|meets?|pass(?:es)?|covers?|satisf(?:y|ies)|contains?|agrees?|aligns?|fulfil+s?|addresse?s|"
    rf"corresponds?|includes?|equals?|states?|hits)\b.{{0,60}}\b(?:correct|complete|perfect|flawless|full (?:{_MARK}|answer)|reference|rubric|"
    rf"model (?:answer|solution)|(?:all|every|each) (?:\w+ ){{0,3}}(?:points?|criteri\w+|requirements?)|key points?|marks?|grades?|credits?|"
    r"answer key|expected answer|examiner|excellent|exceptional|outstanding|pass(?:ed)?)(?!\w)",
    r"\b(?:identical|equivalent|same|agrees?|agreement|consistent|match(?:es|ing)?|exactly|word for word|in line|accord(?:s|ance|ing)?|"
    r"corresponds?|as (?:stated|given|written|required|demanded)|copied)\b.{0,30}\b(?:reference|model|official|expected|"
    r"sample|examiner's|grader's|marking) (?:answer|solution|response|scheme|key)s?\b",
    r"\ball (?:of )?(?:the )?(?!acceptance|exit|success|release|search|filter|stopping|business)(?:\w+ )?(?:key ?points|criteria|rubric (?:items|points|lines|criteria)|requirements of the rubric|learning "
    r"objectives|expected points)\b.{0,25}\b(?<!were )(?:met|covered|satisfied|addressed|present|found|fulfilled|mentioned)\b",
    r"\b(?:team|company|department|committee|board|boss|supervisor|admin(?:istrator)?)s?\b.{0,40}\b(?:approved|confirmed|agreed|"
    r"verified|authori[sz]ed|already (?:graded|marked|scored|checked)|wants? you|asked you|told you|instructed|waived|decided|promised|"
    r"said)\b.{0,60}\b(?:(?:this|my) (?:answer|response|mark|grade|score)|full (?:marks?|credit|points|score)|grading|rubric|to (?:pass|hire) "
    r"me|candidate|hired)\b",
    r"\b(?:professor|teacher|examiner|instructor|hiring manager|recruiter|lecturer|moderator|ta|interviewer)s?\b.{0,40}\b(?:approved|confirmed|agreed|"
    r"verified|authori[sz]ed|already (?:graded|marked|scored|checked)|wants? you|asked you|told you|instructed|waived|"
    r"decided|promised|said)\b.{0,60}\b(?:answers?|marks?|scores?|grades?|grading|credits?|pass|correct|full|rubric|points?|"
    r"candidate|hired?)\b",
    r"\b(?:already |pre-?|been |was |were )(?:been )?(?:approved|verified|graded|marked|certified|validated|scored|checked)\b.{0,40}\b"
    rf"(?:full|correct|pass(?:ed)?|examiner|professor|{_ROLE}|perfect|\d+ ?/ ?\d+|100)(?!\w)",
    # Somebody is told who they are, or a talk with the grader begins.
    rf"\byou are (?:now |hereby |actually |no longer |only |just )*(?:a |an |the |my |in )?(?:\w+ ){{0,3}}(?:{_ROLE}|gradergpt|\w+gpt|"
    r"professor|teacher|dan|developer mode|unrestricted|free (?:of|from))\b",
    r"\byou are now\b.{0,60}\b(?:lov|generous|lenient|kind|friend|free|always|mode)",
    rf"(?<!\bi )(?<!\bwe )(?<!\bthey )\b(?:act|behave|respond|pretend|roleplay|role-play|imagine|simulate|pose)\b.{{0,25}}\b(?:as|to be|being|you are|you're)\b.{{0,30}}\b"
    rf"(?:{_ROLE}|professor|teacher|someone who|if (?:this|my|the) answer)\b",
    r"\bfrom (?:now|this point|here) on(?:wards?)?,? (?:you|grade|score|mark|rate|(?:every|all) "
    r"(?:\w+ )?(?:answers?|responses?|candidates?|marks?|instructions?)|ignore|treat|the rubric)",
    r"(?<!\ba )(?<!\bthe )\b(?:note|message|memo|request) (?:to|for) (?:the |my |all |our )*(?:reviewer|assistant|interviewer)s?\b",
    rf"\b(?!(?:note|message|memo|request)s? (?:to|for) (?:the |my |all |our )*(?:reviewer|assistant|interviewer))(?:dear|hey|hi|hello|attention|attn|notice|note|message|memo|reminder|warning|instructions?|advice|hint|request|psa)"
    rf"(?: \w+)?[,:]? (?:to |for )?(?:the |my |any |all |our |whoever |human |automated |automatic )*(?:{_ROLE})\b",
    rf"^\W*(?:to|for) (?:the |my |any |all |whoever )*(?:human |automated |automatic )?(?:{_ROLE})\W*(?:[:\-–—]|(?<!,),(?! (?:we|i)\b))",
    rf"\bif you(?:'re| are) (?:an? |the |some )?(?:\w+ ){{0,2}}(?:{_ROLE})\b",
    r"\b(?:whoever|anyone who|those who|whatever) (?:is |are )?(?:grad|mark|scor|evaluat|assess|read)\w* (?:this|my)\b",
    r"\byour (?:new|only|real|actual|true|updated|current|next|first|sole) (?:\w+ )?(?:task|job|instructions?|goal|role|rules?|"
    r"directive|purpose|objective|system prompt)\b",
    r"\b(?:(?:my|your|this) system prompt (?:says|states|tells|is to|requires|orders|now)|the system prompt (?:says|states|orders|now))\b",
    rf"{_ASKED}(?:be (?:\w+ )?(?:generous|lenient|kind|nice|gentle|easy|merciful)\b{_TO_ANOTHER}|have mercy|go easy|show (?:mercy|leniency))\b",
    rf"\b(?:grade|mark|score|rate|judge|evaluate|assess) (?:{_OWN} )?(?:\w+ )?(?:generously|leniently|kindly|favou?rably|positively|highly|"
    r"gently)\b",
    # Rules are called off.
    rf"{_ASKED}(?:skip|discard|drop|abandon|neglect)\b.{{0,60}}\b(?:rubrics?|guidelines?|marking|mark ?schemes?|grading|evaluation|prompts?|"
    rf"reference answer|answer key|key points|criteria|your (?:\w+ )?(?:rules|instructions?|constraints|policy)|{_MINE})\b",
    rf"{_ASKED}(?!override (?:the )?(?:default|base|parent|global|existing) )(?:ignore|disregard|forget|override|overrule|bypass|suspend|set aside|stop (?:using|"
    rf"following|applying)|pay no attention to|(?:do not|don't|never) (?:follow|apply|use|obey|check|compare|evaluate|grade|mark|"
    rf"penali[sz]e|deduct|lower|reduce|judge))\b.{{0,60}}\b(?:{_RULES}|(?:previous|prior|above|earlier|preceding|other) "
    rf"(?:\w+ )?(?:instruction|(?:text|message|order|direction)(?!s? (?:if|when|whose|unless|once) (?!you\b|(?:scor|grad|mark|rat|judg|evaluat|assess|award)ing\b|and for all\b|present\b))|prompt|context|rule(?!s? (?:once|when|after|that|of|in)\b)|everything|command)s?|everything (?:above|before(?! (?:the|a|an|each)\b))|"
    rf"(?:all|everything) (?:you|said|that came)|{_OWN}|{_MARK})\b",
    r"^\W*(?:here (?:are|is) (?:the |your )?)?(?:the |your )?(?:new|updated|revised|additional|special|important|secret|hidden|final|real) "
    r"(?:\w+ )?(?:instructions?|directives?)\s*[:;\-–—]",
    r"\b(?:new|updated|revised|additional|special|important|secret|hidden|final|real) (?:\w+ )?(?:rubrics?|grading (?:instructions?|policy|"
    r"criteria|rules?|guide\w*)|scoring (?:instructions?|policy|criteria|rules?|guide\w*))\s*(?:[:;\-–—]|are\b|is\b)",
    rf"\b(?:new|updated|revised|additional|special|important|secret|hidden|final|real) (?:\w+ )?(?:instructions?|rules?|directives?) (?:for (?:the )?"
    rf"(?:{_ROLE})|(?:is|are) (?:in force|in effect|now))",
    r"\b(?:rubric|marking scheme|mark scheme|grading (?:guide(?:line)?s?|criteria|rubric|policy|rules?|notes?|instructions?)|scoring "
    r"(?:guide(?:line)?s?|criteria|rubric|policy|rules?|notes?|instructions?)|answer key|reference answer|model answer|official answer|"
    r"expected answer)\b(?: ?\([^)]{0,80}\))?(?: (?:update|change|amendment|correction|override|note|v\d+))?\s*(?:[:=]|(?:has|have) (?:been|changed)|"
    r"(?:was|is|were|are) (?:changed|updated|replaced|suspended|void|obsolete|cancelled|waived|now|to|that|any|the text|this|my))",
    r"\b(?:any|every|all|each|whatever) (?:answer|response|submission|reply|attempt)s?\b.{0,25}\b(?:gets?|receives?|earns?|is worth|are worth|"
    r"deserves?|counts? as|given|graded|marked|scored|treated|considered|accepted)\b.{0,25}\b(?:full|maxim\w+|correct|pass(?:es)?|marks|credit|"
    r"accepted|points|100)\b",
    r"\b(?:rubric|scheme|criteria|policy)\b.{0,30}\b(?:requires?|asks?|says?|awards?|gives?|states?)\b.{0,40}\b(?:full|any answer|only that|"
    r"nothing|maxim\w+|all (?:answers|candidates))\b",
    r"\b(?:grader|score|grade|grading|rubric|pass|marks?|system)[_ -]?(?:override|bypass)\b|\balways[_ -]?pass\b|\b(?:override|bypass)"
    r"[_ -](?:score|grade|grader|rubric|grading)\b",
    r"(?:^|[{(\[,;.])\W{0,5}(?:\w+ )?(?:pass(?:ed)?|correct|is_correct|approved)\s*[:=]+\s*\"?true\b",
    r"(?:^|[{(\[,;.])\W{0,5}(?:(?!set )\w+ )?(?:score|grade|marks?|points|rating)\s*=+\s*\"?(?:1(?:\.0+)?|5|10|100|full|max(?:imum)?)\b(?:[^\w+\-*/]|$)",
)
_SHAPE = (
    # Forged forms: what a system would write, not a person.
    r"(?:</|(?<!\w)(?<!::)<(?! ))\s?(?:system|assistant|instructions?|untrusted\w*|candidate[_-]?\w*|student[_-]?\w*|(?:end[_-]?)?answer|question\b|"
    r"grad\w+|scor\w+|rubric|reference|prompt|verdict|evaluation|result|admin|user_?\w*|context|data|document)\b[^>]{0,300}>(?! (?:tags?|elements?|nodes?|blocks?)\b)",
    r"(?<!\w)\[\s?/?\s?(?:(?:system|inst|admin|assistant|override|grader|instructions?|examiner|internal|developer|note to)\b|(?:end|begin)\b"
    r"(?=\]| \w))[^\]]{0,500}\]",
    r"<\w(?=[^>]{0,300}(?:display\s?:\s?none|(?<!type=)(?<!type=\")hidden|font-size\s?:\s?0|opacity\s?:\s?0|visibility))[^>]{0,500}>",
    r"\bcriteri(?:on|a)\s*\|\s*(?:points|score|marks)|\|\s*\d+ (?:of|/|out of) \d+\s*(?:\||$)",
    r"<\|[^|]{0,40}\|>|<<\s*/?\s*sys\s*>>",
    r"(?:^|[{,\[])\s{0,3}\\?[\"'](?:score|grades?|pass(?:ed)?|marks?|verdict|rating|evaluation|is_?correct|evidence_state|final_score|overall|"
    r"decision|hire|key_point|confidence|feedback)\\?[\"']\s*:",
    r"(?:^|[{,\[])\s{0,3}\\?[\"'](?:result|points|level|strength|missing|role)\\?[\"']\s*:\s*\\?[\"'\[]?\s*(?:\d|pass|correct|full|max|excellent|"
    r"perfect|outstanding|top|strong|hire|all\b|a\+|none\b|nothing\b|\]|system\b|assistant\b|developer\b|grader\b)",
    r"^\W*(?:overall |final |total |my |your )?(?:score|grade|marks?|rating|level)\s*(?:[:=]|is)\W*\d+(?:\.\d+)?\W*$",
    r"^\W*(?:overall |final |total |my |your |the )?(?:(?:score|grade|marks?|rating|verdict|pass(?:ed)?|evaluation|correct|is_correct|assessment|"
    r"decision|recommendation)\s*(?:[:=]|is)\W*(?:true|correct|yes)|(?:score|grade|marks?|rating|result|verdict|pass(?:ed)?|points|evaluation|"
    r"correct|is_correct|assessment|decision|recommendation|status|level)\s*(?:[:=]|is)\W*(?:\d+(?:\.\d+)?\s*(?:/\s*\d+|%|out of \d+)|pass(?:ed)?|"
    r"full\w*|max\w*|excellent|a\s?\+?|perfect|strong(?: hire)?|hire|all met|approved|met|outstanding|exceptional))"
    r"(?: (?:marks?|points|credit|score))?\W*$",
    r"^\W*(?:pass|passed|full marks|full credit|maximum marks|10/10|5/5|100/100|a\+|all met|hire|strong hire)\W*$",
    r"^\W*(?:note|important|attention|update|human|user|root|developer)\s*[:>\]].*\b(?:grad(?:e|ed|er|ers|ing)|full (?:marks?|credit|points)|award|"
    r"override|rubric|hire|(?:maximum|top|perfect) (?:score|marks?|points)|(?:this|my) (?:answer|candidate|response)|ignore (?:all|the|any|your))\b",
    r"^\W*(?:system(?: prompt| message| note| notice)?|assistant|admin(?:istrator)?|grader|examiner|evaluator|judge|moderator|teacher|"
    r"professor|marker|instruction|instructions|grading note|override)\s*[:>\]]"
    r".*\b(?:grad(?:e|es|ed|er|ers|ing)|scor\w+|marks?|points|pass(?:ed)?|instruction\w*|override\w*|award|candidate|evaluat\w+|correct|rubric|answer|credit|"
    r"full|ignore|hire)\b",
    r"^\W*(?:end|begin|start)(?: of)?(?: the)? (?:answer|response|candidate|student|submission|input|transcript|user|grading|evaluation|"
    r"system|rubric|instructions?)\b.{0,30}$",
)
_TOPICAL = (
    r"\b(?:reference|official|sample) (?:answer|solution)s?\b|\bmodel (?:answer|solution)s?\b(?! (?:from|the|an?|questions?|only|wrongly|correctly|"
    r"itself|it|by|using)\b)|\banswer key\b|\bmark(?:ing)? ?scheme\b|\bgold[ -]standard (?:answer|response)\b",
    r"\brubric (?:for|of) (?:this|the) (?:question|answer)\b|\b(?:rubric|grader|examiner) (?:asks|wants|expects|requires|looks) ?(?:for)?\b",
    r"\binterviewer (?:nodded|agreed|confirmed|said|told|loved)\b|\bexactly what (?:they|you|the \w+) (?:were|was|are|is) looking for\b",
    r"\bkey points?\b[^.]{0,40}\((?:updated|new|revised)\)|^\W*all (?:found|covered|met|present)\W*$|\banchors? for level\b",
    r"\b(?:gets?|is worth|deserves?|earns?) (?:\w+ )?(?:\d+|five|ten) (?:of|out of) (?:\d+|five|ten)\b",
    r"(?<!finished with )(?<!graduated with )\bthe (?:best|top|perfect) (?:mark|grade|rating)\b(?! (?:of|in) (?:my|our|the|their|her|his|all) "
    r"(?:\w+ )?(?:year|class|degree|school|course|cohort)\b)",
    r"\b(?:grading|evaluation|scoring|assessment) (?:result|output|verdict|report|response|json)\b",
    r"(?<!gave me )(?<!gave us )(?<!got )(?<!received )(?<!gave them )\b(?:full|maximum|perfect|top|highest) (?:possible )?(?:marks|credit|grade)\b"
    r"(?! to (?!me\b|my\b|this\b|us\b|the (?:above|answer|candidate|student|applicant)))",
    r"(?<!not )(?<!not just )(?<!not simply )\b(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,3}(?:previous|prior|above|earlier|all|your|the) (?:\w+ ){0,2}"
    r"(?:instructions|prompts?|rubric|guidelines)\b(?! of (?:that|an?|each|every|its) (?!\w* ?(?:grad|examin|evaluat|rubric|system|interview|question|prompt)))",
)
_ABOUT = re.compile(
    r"\b(?:prompts?|inject\w*|jailbreak\w*|llms?|language models?|grad(?:er|ers|ing)|rubrics?|evaluat\w+|judges?|"
    r"scor(?:e|es|ing)|guardrails?|moderation|exams?|instructions?|ratings?|chatbots?)\b"
)
_DIRECT_RULES = Rules((*_DIRECT, *CLAIMS, *PRESSURE))
_ANY_RULES = Rules((*_DIRECT, *CLAIMS, *PRESSURE, *_SHAPE, *STAGED))
_TOPICAL_RULES = Rules(_TOPICAL)
_QUOTED = re.compile(r"[\"“‘«`][^\"”’»`]{3,200}[\"”’»`]|(?<!\w)'[^']{3,200}'(?!\w)")
_SHOWN = re.compile(r"</?\w[^>]{0,80}>|\{[^{}]{0,200}\}|(?<=: ).+$")
"""What a sentence that tells of such text may show: markup, a record, what stands behind a colon."""
_REPORTS = re.compile(
    r"\b(?:prompt injection|inject\w*|attack\w*|jailbreak\w*|malicious|untrusted|adversar\w+|llms?|language models?|phishing|"
    r"such as|for example|for instance|like|example|payload|body|(?:somebody|someone|users?|students?|attackers?|document|page|which|that) "
    r"(?:(?:might|may|could|can|would|will) )?(?:types?|typed|writes?|wrote|says?|said|sends?|contains?))\b"
)
_SHOWS = re.compile(
    r"\b(?:like|example|instance|payload|body|returns?|returned|sends?|sent|types?|typed|contains?|such as)\W*$"
)
"""How a sentence goes on with an example."""
AROUND = 200
"""Characters before a form that are looked at for how it is spoken of."""
ENOUGH_AROUND = 6
"""Words around a quotation from which a sentence may be one that tells of it."""
ENOUGH_IN_SUBJECT = 3
"""The same where the question is about such text, so that examples are to be expected."""
_TALK = re.compile(
    r"\b(?:rubric|grad(?:er|ing|ed)|examiner|evaluat(?:or|ion)|candidate|pre-?approved|override|instructions?|prompt|full marks|system)\b"
)
"""Words that make a clause beside a guilty one go with it."""
_BLOCK = re.compile(
    r"\[INST\].*?(?:\[/INST\]|\Z)|<<SYS>>.*?(?:<</SYS>>|\Z)|<(system|span|div|p)\b[^>]{0,300}>.*?(?:</\1>|\Z)|```.*?(?:```|\Z)|<!--.*?(?:-->|\Z)|\{[^{}]{0,2000}\}?",
    re.DOTALL,
)
_GLUED = re.compile(r"[{\[}\],\"':\w]*")
"""What clings to a form without a space."""
_PIECE = re.compile(r"[^.!?\n。！？]+(?:[.!?](?=[^\s\"”’)\]])[^.!?\n。！？]+)*[.!?。！？]*[\"”’)\]]*")
_BEGINS = re.compile(
    r"(?<=[a-z0-9)\]]) (?=(?:This|That|These|My|Please|You|Your|Give|The|As|Grade|Ignore|Disregard|Note|For|If|All|Here|We|Now|"
    r"Let|Any|Every|When|From|Do|Don't|Score|Mark|Rate|Award|Assign|Kindly|Treat|Put|Whatever|Round|Everything|Pretend|Imagine|"
    r"Act|Consider|Correct|System|SYSTEM|Nothing|Interviewer|Grader|Examiner|What|There|Answer|By|Be) [a-z0-9])"
)
"""Where a new sentence begins though nothing ended the one before."""
_CLAUSE = re.compile(
    r"(?:(?:(?<!\s)\s+)?[;,:–—]\s+|(?<!\s)\s+-\s+)(?:and |so |but |then |also )?"
    r"|(?<!\s)\s+(?:and (?=please|you|so|then|give|award|grade|mark)|so (?=please|give|you))"
)
_GOES_ON = re.compile(r"\W*(?:including|namely|that is|such as|with all)\b", re.IGNORECASE)
"""How what is claimed goes on."""
_REMARK = re.compile(r"#[^\n]*|//[^\n]*|/\*.*?\*/|--[^\n]*|\"\"\".*?\"\"\"|\"[^\"\n]{8,}\"|'[^'\n]{8,}'", re.DOTALL)
_TO_REVIEWER = re.compile(
    rf"(?<![\w\[]){_ROLE}s?\s*:|\b(?!marker|ai\b){_ROLE}s?\s*,|@(?:grader|score|judge|reviewer|examiner|rating)\b|\bno need to (?:run|test|check|execute)\b|\baxis\s*:|"
    r"\b(?:correctness|score|grade|quality|testing)\s*=\s*(?:1|5|10|100)\b|"
    rf"\b{_MARKED}"
)
"""What a remark of a program says only to somebody who judges it."""
_PASSES = re.compile(r"\W{0,9}pass\W{0,9}", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NAME_PARTS = re.compile(r"_+|(?<=[a-z0-9])(?=[A-Z])")
_MARKERS = re.compile(r"^\W*(?://+|#+|/?\*+|--+|<!--+|%+|\"\"\"|''')\s*")


LONG_NAME = 4
"""Words of a name from which it may say something; three where it is written with underscores."""
LONGEST_REMARK = 2000
"""Characters of a remark that are read at once."""


@dataclass(frozen=True)
class Sifted:
    """``kept`` is as long as the text: what was left out is blank there, so that places and quotes stay exact."""

    kept: str
    ignored: tuple[str, ...]
    """Exact substrings of the text, in order."""
    unread: tuple[str, ...] = ()
    """Those of them that are only in another language or script than English."""


def sift(text: str, about: str = "") -> Sifted:
    """Leave out what is addressed to the grader; ``about`` is the question with what a good answer says.

    Linear in the length of the text. Who says "pass" and no more asks for the next question.
    """
    if _PASSES.fullmatch(text):
        return Sifted(text, ())
    is_subject = _is_subject(about)
    places = list(_merge(_places(text, is_subject=is_subject), text))
    kept = list(text)
    for start, end in places:
        kept[start:end] = "\n" + " " * (end - start - 1)
    ignored = tuple(text[start:end].strip() for start, end in places)
    return Sifted("".join(kept), ignored, tuple(filter(_is_unread, ignored)))


def _is_unread(text: str) -> bool:
    """Whether a piece was left out for its language alone."""
    return (is_other_script(text) or is_other_language(text)) and not is_addressed(text)


@lru_cache(maxsize=1024)
def _is_subject(about: str) -> bool:
    """Whether a question is about such text itself; remembered, because many answer one question."""
    return _ABOUT.search(fold(about)) is not None


def sift_code(code: str) -> tuple[str, ...]:
    """What comments, strings and names of a program say to the grader, as they stand there.

    Linear in the length of the code.
    """
    remarks = (text for text in dict.fromkeys(_remarks(code)) if not _PASSES.fullmatch(_MARKERS.sub("", text)))
    found = [text for text in remarks if is_addressed(text) or _TO_REVIEWER.search(fold(text))]
    names = (name for name in dict.fromkeys(_NAME.findall(code)) if len(name) <= LONGEST_REMARK)
    spelt = ((name, _NAME_PARTS.sub(" ", name).split()) for name in names)
    long = (
        (name, " ".join(parts)) for name, parts in spelt if len(parts) >= LONG_NAME or name.strip("_").count("_") > 1
    )
    remarked = "\n".join(found)
    found += [name for name, told in long if name not in remarked and is_addressed(told)]
    return tuple(dict.fromkeys(text.strip() for text in found))


def blank_code(code: str) -> str:
    """A program with what it says to the grader blanked out: places stay exact."""
    kept = list(code)
    for text in sift_code(code):
        blank = "".join("\n" if sign == "\n" else " " for sign in text)
        start = code.find(text)
        while start >= 0:  # in the code as it was: one may stand inside another
            kept[start : start + len(text)] = blank
            start = code.find(text, start + len(text))
    return "".join(kept)


def _remarks(code: str) -> Iterator[str]:
    """Comments and strings, a long one in pieces that overlap; "/*" begins a comment only where something ends it."""
    closed, end, rest = code.rpartition("*/")
    for match in _REMARK.finditer(f"{closed}{end}{rest.replace('/*', '  ')}"):
        for start in range(match.start(), match.end(), LONGEST_REMARK - AROUND):
            yield code[start : min(start + LONGEST_REMARK, match.end())]


def is_addressed(text: str, *, is_subject: bool = False) -> bool:
    """Whether one sentence or form is addressed to the grader, however it is written."""
    plain, *others = readings(_MARKERS.sub("", text))
    told = _SHOWN.sub(" ", _QUOTED.sub(" ", plain))
    if len(words(told)) >= (ENOUGH_IN_SUBJECT if is_subject else ENOUGH_AROUND) and _REPORTS.search(told):
        # It tells of such text and does not speak itself.
        plain, others = told, []
    if is_subject:
        return any(map(_DIRECT_RULES.is_met, (_QUOTED.sub(" ", plain), *others)))
    if _TOPICAL_RULES.is_met(plain) or speaks_of_grading(plain):
        return True
    return any(map(_ANY_RULES.is_met, (plain, *others)))


def _places(text: str, *, is_subject: bool) -> Iterator[tuple[int, int]]:
    rest = text
    for start, end in disguised(text):
        rest = _blanked(rest, start, end)
        yield start, end
    for block in _BLOCK.finditer(rest):
        if is_addressed(block.group(), is_subject=is_subject) and not _is_shown(rest, block.start()):
            start, end = block.span()
            end += len(_GLUED.match(text, end).group())  # type: ignore[union-attr]
            rest = _blanked(rest, start, end)
            yield start, end
    may_stand_out = is_english(text)
    for start, end in _pieces(rest):
        if is_other_script(rest[start:end]) or (may_stand_out and is_other_language(rest[start:end])):
            yield start, end
        elif is_addressed(rest[start:end], is_subject=is_subject):
            yield from _clauses(rest, start, end, is_subject=is_subject)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and what begins like one where the sign before it was forgotten."""
    for piece in _PIECE.finditer(text):
        cuts = [piece.start(), *(match.start() for match in _BEGINS.finditer(text, *piece.span())), piece.end()]
        yield from pairwise(cuts)


def _is_shown(text: str, start: int) -> bool:
    """Whether what begins there is an example in a sentence that tells of it: "the payload looked like {…"."""
    before = fold(text[max(0, start - AROUND) : start].rpartition("\n")[2])
    return len(words(before)) >= FEW_WORDS and _SHOWS.search(before) is not None


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + "\n" + " " * (end - start - 1) + text[end:]


def _clauses(text: str, start: int, end: int, *, is_subject: bool) -> Iterator[tuple[int, int]]:
    """Of a sentence only the clauses that are addressed, where one alone is; the whole sentence otherwise."""
    cuts = [start, *(place for match in _CLAUSE.finditer(text, start, end) for place in match.span()), end]
    clauses = list(zip(cuts[::2], cuts[1::2], strict=True))
    guilty = [n for n, (a, b) in enumerate(clauses) if is_addressed(text[a:b], is_subject=is_subject)]
    if not guilty or len(clauses) == 1:
        yield start, end
        return
    if not is_subject:
        talk = [n for n, (a, b) in enumerate(clauses) if _TALK.search(fold(text[a:b]))]
        guilty = sorted({*guilty, *talk})
    # What stands between two of them, or follows a short opening ("Note:"), belongs to them.
    first = 0 if clauses[guilty[0]][0] - start < SHORT_OPENING else guilty[0]
    last = clauses[guilty[-1]][1]
    ends = (clauses[n][1] for n in guilty)
    is_heading = any(text[place : place + 1] == ":" and place - start < LONG_HEADING for place in ends)
    is_all = is_heading or end - last < LONG_REST or _GOES_ON.match(text, last, end)
    yield clauses[first][0], end if is_all else last


SHORT_OPENING = 25
"""Characters before a guilty clause that go with it."""
LONG_HEADING = 60
"""Characters up to which a guilty beginning with a colon is the heading of what follows."""
LONG_REST = 50
"""Characters after it from which they may be an answer again."""


def _merge(places: Iterator[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Places in order, joined where they meet or have only a few words between them ("Here is the result:")."""
    last: tuple[int, int] | None = None
    for start, end in sorted(places):
        if last is not None and (start <= last[1] or len(text[last[1] : start].split()) <= FEW_WORDS):
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


FEW_WORDS = 5
"""Words between two places that go with them."""
