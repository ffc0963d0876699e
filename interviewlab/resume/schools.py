"""Words by which schools and degrees are told. Names of schools that do not say so: ``schools.txt``."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

_SCHOOL = re.compile(
    r"universi[dt]|college|institut|school|uniwersytet|politec|politéc|faculdade|faculté|facultad|facoltà|"
    r"högskol|højskole|"
    r"høgskole|hogeschool|korkeakoulu|wānanga|academy|academ(?:ia|ie)\b|akademi|polytech|hochschule|schule\b|"
    r"skola\b|skole\b|école|ecole|escuela|escola|scuola|faculty|üniversite|lisesi|"
    r"bootcamp|lycée|liceo|lyceum|colegio|collège|coláiste|gymnasium|gimnazij|gimnazjum|instituut|univerzit|"
    r"universitet|"
    r"skóli?\b|skólinn|fjölbrautaskól|yliopisto|lukio\b|keskkool|gümnaasium|ginnasio|istituto tecnico|mittelschule|"
    r"yliopisto|ülikool|egyetem|sorbonne|conservat|seminary|berufskolleg|szko[łl]a|liceum|technikum|tecnológico|"
    r"tecnologico|madrasa|vidyalaya|\b(?:examination|education) board\b",
    re.IGNORECASE,
)
_ABBREVIATED = (
    r"(?i:Ph\.?\s?D|D\.?Phil|(?:Executive\s)?M\.?B\.?A|B\.?B\.?A|(?:B|M)\.?\s?(?:Sc|Eng|Tech|Comp|Ed|Phil|Res|Arch|Des)|B\.?\s?Com)\.?|"
    r"(?:B|M)(?:Math|Phys|Chem|CompSci|Info|Sci|Mus|CS|IS)|BIT|"
    r"B\.?A\.?\s\(Mod\.?\)|[BMDAS]\.(?:\s?[A-Z][A-Za-z]{0,4}\.)+|[BMA]\.[A-Z](?=[\s,])|[BMD]\.\s?(?:Sc|Eng|Tech|Com|Ed|Phil|Arch|Des)\.?|"
    r"BASc|MASc|BAppSc|BComp|BEcon|ScB|ScM|ALM|Bac(?:\s(?:S|ES|L|STI\w*|[Pp]ro))?(?=[\s,])|Sc\.?D\.?|Eng\.?D\.?|"
    r"S\.?[BM]\.?(?=[\s,])|AB(?=\s)|BS|MS|BA|MA|BE|ME|AS|AA|AAS|BFA|MFA|BSE|MSE|LLB|LLM|MD|JD|BCA|MCA|"
    r"MCS|MPA|MPH|MPhil|PGCE|PGDM|PGDip|PGCert|DUT|BUT|BTS|DEUG|DEA|DESS|CPGE|CAP|HND|HNC|NCEA(?:\sLevel\s\d)?|DEC(?=,)|NVQ|BTEC|GCE|GED|VWO|"
    r"HAVO|MBO|"
    r"M[12](?=\s)|L3(?=\s)|SSC|HSC|WASSCE|KCSE|(?:Mg|Bc)A\.?|IGCSEs?|GCSEs?|Ing\.|Bc\.|Mgr\.|Mag\.|Lic\.|[Dd]ipl\.\s?-?\w+\.?|"
    r"[Mm]gr\.? inż\.|Dr\.\s?(?:-Ing|phil|rer\.\s?(?:nat|pol|oec))\.(?=\s(?:in|der)\s|,|$)"
)
_WORDS = (
    r"master \d|(?:bachelor|master|doctor|associate)(?:['’]?s)?(?:\s+(?:of|in)\s+(?:science|arts|engineering|"
    r"technology|philosophy|"
    r"business administration|fine arts|laws|applied science|computer applications))?(?:\s+degree)?|doctorate|"
    r"(?:post[- ]?graduate |PG |higher |advanced |national |ordinary )?diplom(?:a|e)?|"
    r"(?<!driving )licen[cs]e(?:\s+\d)?|"
    r"matric(?:ulation)?|"
    r"licenciatura|"
    r"licenciad[oa]|(?:ingénieur|a-levels|o-levels|abitur|minor|certificate|undergraduate|programme)|"
    r"postgraduate|high school(?: diploma)?|(?:higher |senior )?secondary(?: school)?(?: certificate| diploma)|"
    r"higher secondary|intermediate(?=\s*(?:\(|,|$))|class (?:XII|X|12|10)(?:th)?|(?:12|10)th(?: (?:class|grade|"
    r"standard))?|"
    r"(?:leaving|junior) cert(?:ificate)?|"
    r"classes? préparatoires?|preparatory class(?:es)?|prépa|baccalauréat|maîtrise|magistère|mastère(?: spécialisé)?|"
    r"pregrado|pos(?:t)?grado|diplomatura|graduação|bachelier|licentiaat|"
    r"mestrado|bacharelado|bacharel|tecnólogo|pós-graduação|doutorado|ensino médio|"
    r"magister|inżynier|licencjat|(?:yüksek )?lisans|laurea(?: magistrale| triennale| specialistica)?|dottorato|"
    r"(?:diploma di )?maturità|grado|máster|maestría|maestr[ií]a|ingeniería|ingenier[oa]|especialización|diplomado|"
    r"tecnicatura|bachillerato|ciclo formativo(?: de grado (?:superior|medio))?|master en|técnico|graduado|doctorado|"
    r"doctorat|doktorat(?:sstudium)?|doktor|(?:diplom|bachelor|master|magister)studium|"
    r"staatsexamen|fachabitur|(?:fach)?hochschulreife|mittlere reife|realschulabschluss|"
    r"(?:berufs)?ausbildung|umschulung|lehre|lehrabschluss|kandidatexamen|masterexamen|civilingenjör|högskoleingenjör|"
    r"civilingeniør|sivilingeniør|nanodegree|micromasters|matura|maturität|maturita|matur|érettségi|bakalář|inženýr|"
    r"GCSEs?|A[- ]levels?|O[- ]levels?|IB diploma|international baccalaureate|studentereksamen|ylioppilastutkinto|"
    r"(?:exchange|visiting) (?:student|semester|year|term|scholar|researcher)|erasmus\+?|auslandssemester|"
    r"stúdentspróf|studentexamen|ylioppilas|keskkooli lõputunnistus|laudatur|WAEC(?: [\w ]{0,40}certificate)?|"
    r"(?:semestre|année) d['’]échange|apprenticeship|specialist degree|candidate of sciences"
)
DEGREE = re.compile(rf"(?<![\w.])(?:{_ABBREVIATED}|(?i:{_WORDS}))(?![\w])")
GLUED = re.compile(rf"(?:{_ABBREVIATED})(?=[A-Z][a-z]{{2}})")
"""A degree that touches the word behind it."""
BOOTCAMP = re.compile(r"\b(?:boot\s?camp|immersive|career track|fellowship)\b", re.IGNORECASE)
LEAVING = re.compile(
    r"\b(?:leaving cert|junior cert|high school|secondary|abitur|matur|baccalauréat|Bac\b|bachillerato|reife|"
    r"GCSE|GED|WASSCE|"
    r"[AO][- ]levels?|class (?:X|1)|1[02]th|VWO|HAVO|ensino médio|érettségi)",
    re.IGNORECASE,
)
"""What a school ends with: it names no subject."""


@lru_cache(maxsize=1)
def _by_name() -> re.Pattern[str]:
    text = files("interviewlab.resume").joinpath("schools.txt").read_text(encoding="utf-8")
    names = sorted((line for line in text.splitlines() if not line.startswith("#")), key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, names))})(?![\w.])")


def names_school(text: str) -> bool:
    """Whether a word of the text says that it is a school, or is the name of one."""
    return bool(_SCHOOL.search(text) or _by_name().search(text))
