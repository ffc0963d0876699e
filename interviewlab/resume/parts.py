"""The head of an entry taken apart: which piece is the employer, the position, the place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interviewlab.resume.places import is_place, split_place
from interviewlab.resume.skills import canonical_skill

TITLE = re.compile(
    r"\b(?:engineer|engineering manager|developer|programmer|architect|analyst|scientist|researcher|intern|internship|"
    r"manager|director|lead|head of|founder|co-founder|cofounder|cto|ceo|coo|cfo|cio|cpo|vp|vice president|president|"
    r"consultant|administrator|admin|designer|specialist|technician|assistant|associate|fellow|professor|lecturer|"
    r"teacher|tutor|instructor|trainee|apprentice|freelancer?|contractor|officer|owner|coordinator|supervisor|partner|"
    r"tester|testeu(?:r|se)|sre|devops|dba|advisor|adviser|mentor|volunteer|trainer|editor|writer|author|maintainer|contributor|"
    r"strategist|principal|staff|working student|werkstudent|entwickler(?:in)?|ingenieur(?:in)?|ingénieure?|"
    r"développeu(?:r|se)|desarrollador(?:a)?|ingenier[oa]|stagiaire|postdoc|student|barista|cashier|nurse|accountant|"
    r"support|operator|chair|member|organi[sz]er|captain|coach|qa|sde|swe|sdet|scrum master|product owner|evangelist|"
    r"advocate|recruiter|representative|clerk|secretary|translator|journalist|driver|agent|waiter|waitress|cook|"
    r"baker|chef|butcher|carpenter|plumber|farmer|gardener|hairdresser|receptionist|police officer|paramedic|midwife|"
    r"pharmacist|dentist|physician|veterinarian|welder|painter|tailor|courier|dispatcher|interpreter|archivist|curator|"
    r"proofreader|copywriter|typographer|typesetter|reporter|bartender|foreman|surveyor|geologist|geographer|"
    r"meteorologist|astronomer|linguist|psychologist|historian|attendant|salesperson|shopkeeper|violinist|pianist|actor|"
    r"hôtesse|hôte|caissi(?:er|ère)|vendeu(?:r|se)|serveu(?:r|se)|animat(?:eur|rice)|boulang(?:er|ère)|cuisini(?:er|ère)|"
    r"verkäufer(?:in)?|kellner(?:in)?|bäcker(?:in)?|camarer[oa]|cajer[oa]|dependient[ae]|vendedor(?:a)?|camerier[ea]|commess[oa]|"
    r"physicist|mathematician|statistician|economist|chemist|biologist|pilot|electrician|mechanic|machinist|"
    r"moderator|producer|buyer|planner|controller|auditor|expert|executive|librarian|hacker|illustrator|"
    r"photographer|artist|animator|musician|composer|bookkeeper|paralegal|lawyer|broker|dealer|negotiator|"
    r"\w*entwickler(?:in)?|\w*ingenieur(?:in)?|\w*berater(?:in)?|praktikant(?:in)?|praktikum|hilfskraft|\w*leiter(?:in)?|"
    r"\w*architekt(?:in)?|\w*techniker(?:in)?|\w*manager(?:in)?|\w*spezialist(?:in)?|mitarbeiter(?:in)?|sachbearbeiter(?:in)?|"
    r"architecte|administrateur|administratrice|doctorante?|alternante|arquitect[oa]|arquitet[oa]|administrador(?:a)?|"
    r"pasante|practicante|docente|coordenador(?:a)?|coordinador(?:a)?|architetto|consulente|impiegat[oa]|"
    r"referent(?:in)?|geschäftsführer(?:in)?|fachinformatiker(?:in)?|programmierer(?:in)?|administratorin|"
    r"ingénieur|stage|alternant|alternance|chef de projet|cheffe de projet|responsable|directeur|directrice|"
    r"technicien(?:ne)?|enseignant|chargée? d|analista|programador(?:a)?|consultor(?:a)?|becari[oa]|prácticas|"
    r"director(?:a)|jef[ea] de|técnic[oa]|profesor(?:a)?|estagiári[oa]|engenheir[oa]|desenvolvedor(?:a)?|gerente|"
    r"professor(?:a)|cientista|sviluppatore|sviluppatrice|ingegnere|tirocinante|stagista|programmatore|responsabile|"
    r"ontwikkelaar|stagiair|ingenjör|utvecklare|udvikler|utvikler|kehittäjä|konsult|praktik|programista|analityk|"
    r"kierownik|inżynier|stażyst(?:a|ka)|specjalist(?:a|ka)|vývojář(?:ka)?|vývojár(?:ka)?|programátor(?:ka)?|"
    r"líder(?: técnic[oa])?|lidera|encargad[oa]|subdirector(?:a)?|vicepresident[ea]|gestor(?:a)?|asesor(?:a)?|"
    r"(?:co)?fundador(?:a)?|soci[oa] fundador(?:a)?|auxiliar|ayudante|supervisor(?:a)?|diseñador(?:a)?|"
    r"investigador(?:a)?|pesquisador(?:a)?|delineante|jef[ea]|voluntari[oa]|formador(?:a)?|bolseir[oa]|diretor(?:a)?|chefe|assistente|sócio|"
    r"capo(?: progetto)?|direttore|direttrice|dirigente|fondatore|fondatrice|ricercat(?:ore|rice)|progettista|"
    r"coordinat(?:ore|rice)|insegnante|dottorand[oa]|borsista|chef(?:fe)? d['’]équipe|gérante?|fondat(?:eur|rice)|"
    r"assistante?|cherche(?:ur|use)|concept(?:eur|rice)|format(?:eur|rice)|coordinat(?:eur|rice)|conseill(?:er|ère)|"
    r"gestionnaire|consultante|teamlead|gründer(?:in)?|assistent(?:in|e)?|doktorand(?:in)?|dozent(?:in)?|lehrer(?:in)?|"
    r"auszubildender?|forscher(?:in)?|trainer(?:in)?|inhaber(?:in)?|prokurist(?:in)?|betreuer(?:in)?|teamleider|"
    r"medewerker|adviseur|onderzoeker|ledare|projektleder|rådgiver|forskare|dyrektor|lider|asystent(?:ka)?|"
    r"założyciel(?:ka)?|"
    r"nauczyciel(?:ka)?|konsultant(?:ka)?|testerka|programistka|müdür(?:ü)?|yönetici(?:si)?|kurucu|danışman|asistan|"
    r"fejlesztő|gyakornok|mérnök|elemző|rendszergazda|tesztelő|vezető|oktató|szakértő|tanácsadó|"
    r"craftsman|craftswoman|sergeant|lieutenant|corporal|signaller|armourer|seaman|midshipman|"
    r"mühendis(?:i)?|geliştirici|stajyer|uzman(?:ı)?)\b",
    re.IGNORECASE,
)
STRONG = re.compile(r"(?:\s+[–—|·•●/]\s+|\s+-{1,2}\s+|\s*\|\s*)(?![^()]*\))")
TOWN = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s+[\w.'’-]+){0,2}")
OWN_BOSS = re.compile(r"freelance|freelancer|self[- ]employed|independent|freiberuflich|selbstständig", re.IGNORECASE)
"""Stands where the employer would."""
UNIT = re.compile(
    r"\b(?:team|platform|group|division|department|infrastructure|services|engineering|data)\b", re.IGNORECASE
)
ORGANISATION = re.compile(
    r"\b(?:hospital|clinic|university|college|school|institute|bank|group|labs?|laborator(?:y|ies)|council|ministry|agency|"
    r"foundation|society|library|museum|airlines?|airport|railways?|insurance|logistics|systems|solutions|software|"
    r"technologies|consulting|studios?|games|media|energy|motors|robotics|health|krankenhaus|klinik(?:um)?|universität|"
    r"stadtwerke|ministerium|hôpital|banque|université)\b",
    re.IGNORECASE,
)
"""Words of a name that is an employer's and not a town's."""
ABOVE = re.compile(
    r"[.,;]\s+(?:host|advis[oe]r|supervisors?|mentor|principal investigator|line manager|report(?:ing|s) to)\b:?\s.*$",
    re.IGNORECASE,
)
"""Whom somebody worked for, behind post and employer."""
DEED = re.compile(
    r"(?:Led|Ran|Built|Wrote|Made|Held|Kept|Drove|Grew|Took|Brought|Won|Set|Cut|Taught|Oversaw|[A-Z][a-z]{2,12}ed)\s+"
    r"(?:an?|the|my|our|all|up|to|over|from|for|with|on|in|\w+s|two|three|four|five|eight|nine|ten|eleven|twelve|dozens|\d\S*)\s"
)
"""``Led the move to the cloud``: how the telling of what was done begins, and hardly the name of a project."""
AT = re.compile(
    r"\s+(?:at|@|bei(?:\s(?:der|dem|den))?|beim|chez|presso|hos|bij|w firmie|na empresa|"
    r"(?-i:en(?=\s[A-ZÁÉÍÓÚÑ]))|"
    r"an\sder(?=\s(?:Universität|Uni|Hochschule|Fachhochschule|Technischen|TU|FH|ETH)\b))\s+|\s*@\s*(?=[A-Z])",
    re.IGNORECASE,
)
IN_A_FIELD = re.compile(
    r"\sen\s(?:Sistemas|Inform[áa]t|Computaci|Computo|Electr[óo]|Électr|Telecomunic|Telemát|Télécommun|Desarr|Dével|Ciencia|"
    r"Science|Intelig|Intellig|Segurid|Sécurit|Ciberseg|Cyberséc|Logiciel|Apprentissage|Gesti|Proyecto|Projet|Calidad|"
    r"Qualité|Matem|Mathém|"
    r"(?:Redes|Réseaux?|Datos|Données|Software|Chef|CD[DI]|Alternance|Stage|Machine\sLearning|Big\sData|Cloud|Marketing|"
    r"TI|IT|IA|AI)(?!\w))"
)
"""``Ingeniero en Sistemas``, ``Développeuse en Alternance``: what, and not for whom; "Intel" is for whom."""
SUFFIX = re.compile(
    r"^(?:Inc|Ltd|LLC|L\.L\.C|GmbH|Corp|Co|PLC|AG|SA|SE|B\.?V|Pty|Limited|S\.?r\.?l)(?![-\w])\.?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of an entry names. ``is_company_first`` is None where the words did not decide."""

    company: str = ""
    position: str = ""
    place: str = ""
    is_company_first: bool | None = None


def split_commas(text: str) -> list[str]:
    """Parts between commas outside parentheses; ``Acme, Inc.`` stays one part."""
    parts: list[str] = []
    for part in re.split(r",\s+(?![^()]*\))", text):
        if parts and SUFFIX.match(part):
            parts[-1] = f"{parts[-1]}, {part}"
        elif part.strip():
            parts.append(part.strip())
    return parts


def split_strong(text: str) -> list[str]:
    """Parts between dashes, bars and dots that stand free, and before and after ``at``."""
    parts = [part.strip(" ,;") for part in STRONG.split(text)]
    pieces: list[str] = []
    for part in parts:
        halves = AT.split(part, maxsplit=1)
        is_both = len(halves) == 2 and TITLE.search(halves[0]) and not _is_field(part, halves[1])
        pieces.extend(halves if is_both else [part])
    return [piece.strip(" ,;") for piece in pieces if piece.strip(" ,;")]


def _is_field(part: str, tail: str) -> bool:
    """``Especialista en Java``, ``Ingeniero en Sistemas``."""
    return f" en {tail}" in part and (IN_A_FIELD.search(part) is not None or canonical_skill(tail) is not None)


def read_head(cells: Iterable[str], company_first: bool = True, beside_date: str = "") -> Head:
    """Employer, position and place in the cells of a work entry's head, dates already taken out.

    ``beside_date`` is the cell that shared its line with the date: a place, where the others name the rest.
    """
    split = [split_strong(ABOVE.sub("", cell)) for cell in cells]
    town = next((parts[1] for parts in split if len(parts) == 2 and _is_town_behind(*parts)), "")
    place, pieces = _take_place([piece for parts in split for piece in parts if piece != town])
    place = town or place
    if beside_date in pieces and any(len(split_commas(p)) == 2 and TITLE.search(p) for p in pieces if p != beside_date):
        place, pieces = place or beside_date, [piece for piece in pieces if piece != beside_date]
    titled = [piece for piece in pieces if TITLE.search(piece) and not (OWN_BOSS.fullmatch(piece) and len(pieces) > 1)]
    if len(pieces) > 1 and len(titled) == 1 and _names_both(titled[0]):
        rest = [piece for piece in pieces if piece != titled[0]]
        return _read_single(titled[0], place or (rest[0] if len(rest) == 1 else ""), company_first)
    named = [piece for piece in pieces if piece not in titled]
    if titled and named:
        first_title, first_name = pieces.index(titled[0]), pieces.index(named[0])
        position = titled[0]
        rest = [piece for piece in pieces if piece != position]
        company = named[0]
        return Head(company, position, place or ", ".join(p for p in rest[1:] if is_place(p)), first_name < first_title)
    if len(pieces) > 1:
        first, second = pieces[0], pieces[1]
        return Head(first, second, place) if company_first else Head(second, first, place)
    return _read_single(pieces[0], place, company_first) if pieces else Head(place=place)


def _is_town_behind(head: str, tail: str) -> bool:
    """``Backend Developer, Spotify AB – Gothenburg``: both are named before the dash."""
    parts = split_commas(head)
    is_both = len(parts) == 2 and len([part for part in parts if TITLE.search(part)]) == 1
    return is_both and not UNIT.search(head) and bool(TOWN.fullmatch(tail)) and not TITLE.search(tail)


def _names_both(piece: str) -> bool:
    """``Spotify AB, Backend Developer``: what stands beside it can only be the place."""
    parts = split_commas(piece)
    return len(parts) == 2 and not TITLE.search(parts[0]) and bool(TITLE.search(parts[1]))


def _take_place(pieces: list[str]) -> tuple[str, list[str]]:
    """The place among the pieces, or at the end of one of them, and the pieces without it."""
    for piece in reversed(pieces):
        if is_place(piece) and len(pieces) > 1:
            index = len(pieces) - 1 - pieces[::-1].index(piece)
            return piece, pieces[:index] + pieces[index + 1 :]
    for number, piece in enumerate(pieces):
        rest, place = split_place(piece)
        if place and not TITLE.search(place):
            return place, [*pieces[:number], rest, *pieces[number + 1 :]]
    return "", pieces


def _read_single(text: str, place: str, company_first: bool) -> Head:
    """``Nexus AI, Co-Founder & CTO`` or ``Software Engineer, Acme, Inc.``, or only one of the two."""
    parts = split_commas(text)
    titled = [number for number, part in enumerate(parts) if TITLE.search(part)]
    if len(parts) == 1:
        return Head(position=text, place=place) if titled else Head(company=text, place=place)
    if not titled:
        order = (parts[0], ", ".join(parts[1:])) if company_first else (", ".join(parts[1:]), parts[0])
        return Head(order[0], order[1], place)
    if (
        titled == [0]
        and len(parts) == 3
        and TOWN.fullmatch(parts[2])
        and not ORGANISATION.search(parts[2])
        and not UNIT.search(parts[1])
    ):
        return Head(parts[1], parts[0], place or parts[2], is_company_first=False)
    if titled[0] == 0:
        company = parts[-1] if len(titled) < len(parts) else ", ".join(parts[1:])
        return Head(company, ", ".join(parts[: parts.index(company)] or parts[:1]), place, is_company_first=False)
    before = parts[: titled[0]]
    if len(before) > 1 and is_place(before[-1]):
        place = place or before.pop()
    return Head(", ".join(before), ", ".join(parts[titled[0] :]), place, is_company_first=True)
