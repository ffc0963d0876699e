"""Section headings: which words name which section of a JSON Resume, and which lines of a CV are headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from interviewlab.resume.lines import Line, body_size

_NAMES = {
    "basics": "contact|contact details|contact information|contact info|details|personal details|"
    "personal information|personal data|personal|about the candidate|address|"
    "links|online|find me|profiles|social|on the web",
    "summary": "summary|profile|about|about me|objective|career objective|executive summary|introduction|overview",
    "work": "work|experience|employment|employment history|work history|career|career history|positions|positions held|"
    "work experience|internships|internship|appointments|academic appointments|professional background|"
    "jobs|project history|contracts|assignments|engagements|freelance work|"
    "industry experience|research experience|teaching experience|employment record|employment details|work experiences|"
    "experiences|professional journey|roles|where i have worked|where i worked|what i have done|research|"
    "work and experience|career summary|career path|employers|professional career|research and work experience",
    "education": "education|education and studies|education and training|studies|qualifications|academic background|"
    "background|training|education and qualifications|academic details|academic qualifications|educational details|"
    "educational qualifications|educational qualification|academic qualification|academic record|academics|"
    "educational background|academic history|scholastics|schooling|degrees|university|academia|"
    "where i studied|qualifications and training|academic profile|education details",
    "projects": "projects|project|open source|open source projects|open source contributions|portfolio|"
    "projects and open source|project experience|software|personal work|project details|academic projects|"
    "things i made|things i have made|things i built|things i have built|what i made|what i built|creations|"
    "selected work|hackathons|hackathon projects|research projects|portfolio projects|projects undertaken|"
    "contributions|university projects|course projects|projects and hackathons|pet projects|hobby projects",
    "skills": "skills|technologies|tools|tech stack|stack|competencies|competences|expertise|"
    "languages and technologies|skills and tools|skills and technologies|skills and expertise|skill set|"
    "skillset|technical proficiencies|programming languages|tools and technologies|skills summary|"
    "areas of expertise|technical summary|know how|toolbox|toolkit|technical stack|knowledge|tech|tech skills|"
    "technology|technical knowledge|technical expertise|technical competencies|technical proficiency|it skills|"
    "skill|skills and competencies|skills and competences|skills and knowledge|skills and strengths|abilities|"
    "technologies and tools|technology stack|languages and tools|languages and frameworks|"
    "programming|what i use|what i work with|things i know|frameworks|proficiencies|strengths|specialties|"
    "top skills|tools and skills|skills and interests|technical|computer skills|software skills|hard skills",
    "publications": "publications|papers|articles|talks and papers|research papers|publications and preprints",
    "awards": "awards|honors|honours|awards and honors|honors and awards|achievements|accomplishments|scholarships|"
    "awards and achievements|fellowships|honours and awards|awards and scholarships|"
    "awards and grants|grants|prizes|grants and awards",
    "languages": "languages|language skills|spoken languages|languages known|human languages|languages spoken|"
    "natural languages|language proficiency|foreign languages",
    "volunteer": "volunteer|volunteering|volunteer experience|volunteer work|community|community service|"
    "community involvement|leadership and volunteering|service|academic service|civic engagement|"
    "leadership and community|leadership|extracurricular|extracurricular activity|extracurricular activities|"
    "activities|extracurriculars|leadership experience|leadership and activities|volunteering and community|"
    "voluntary work|voluntary experience|community and volunteering|social engagement|public service",
    "certificates": "certificates|certifications|licenses and certifications|certification|licences|courses|"
    "courses and certifications|certifications and training|further training|continuing education|"
    "certificates and courses|certificates and training|training and certifications|online courses|"
    "trainings|professional development|certifications and courses|certifications and licenses|accreditations",
    "interests": "interests|hobbies|free time|leisure|outside work|beyond work|"
    "hobbies and interests|interests and hobbies",
    "references": "references|referees",
}
_FOREIGN = {
    "basics": "coordonnées|contacto|contatti|contato|kontakt|kontaktdaten|persönliche daten|datos personales|"
    "dados pessoais|dati personali|persoonlijke gegevens|dane osobowe|osobní údaje|kontaktuppgifter|"
    "etat civil|état civil",
    "summary": "profil|à propos|perfil|profilo|über mich|kurzprofil|sobre mí|sobre mim|profiel|om mig|o mnie|objectif|"
    "resumo|perfil profesional|perfil profissional|podsumowanie zawodowe|zusammenfassung|resumen",
    "work": "expérience|expériences|expérience professionnelle|expériences professionnelles|parcours professionnel|"
    "berufserfahrung|beruflicher werdegang|werdegang|praktische erfahrung|berufspraxis|experiencia|"
    "experiencia laboral|experiencia profesional|experiência|experiência profissional|esperienza|"
    "esperienze professionali|esperienza professionale|esperienze lavorative|esperienza lavorativa|werkervaring|"
    "arbetslivserfarenhet|arbejdserfaring|arbeidserfaring|työkokemus|doświadczenie|doświadczenie zawodowe|"
    "pracovní zkušenosti|praxe|pracovné skúsenosti|iş deneyimi|deneyim|stages|praktika",
    "education": "formation|formations|études|diplômes|parcours académique|formation et diplômes|ausbildung|studium|"
    "bildung|bildungsweg|akademische ausbildung|formación|formación académica|educación|estudios|formação|"
    "formação académica|formação acadêmica|educação|istruzione|istruzione e formazione|formazione|studi|opleiding|"
    "opleidingen|utbildning|uddannelse|utdanning|koulutus|wykształcenie|edukacja|vzdělání|vzdelanie|eğitim",
    "projects": "projets|projets personnels|projekte|eigene projekte|proyectos|proyectos personales|projetos|"
    "projetos pessoais|progetti|progetti personali|projecten|projekt|projekty|projeler|réalisations",
    "skills": "compétences|compétences techniques|compétences informatiques|kenntnisse|edv kenntnisse|it kenntnisse|"
    "fähigkeiten|technische kenntnisse|kompetenzen|habilidades|competencias|competencias técnicas|conocimientos|"
    "conocimientos técnicos|competências|conhecimentos|competenze|competenze tecniche|competenze digitali|"
    "vaardigheden|kunskaper|kompetenser|kompetencer|ferdigheter|taidot|umiejętności|dovednosti|znalosti|"
    "zručnosti|yetenekler|beceriler|outils",
    "publications": "publikationen|publicaciones|publicações|pubblicazioni|publikacje",
    "awards": "auszeichnungen|prix|prix et distinctions|distinctions|premios|prêmios|premi|nagrody|stipendien",
    "languages": "langues|sprachen|sprachkenntnisse|idiomas|lingue|talen|språk|sprog|kielet|języki|języki obce|jazyky|"
    "jazykové znalosti|diller|lingue straniere",
    "volunteer": "bénévolat|engagement|engagement associatif|ehrenamt|ehrenamtliches engagement|voluntariado|"
    "volontariato|vrijwilligerswerk|wolontariat",
    "certificates": "certificats|zertifikate|weiterbildung|weiterbildungen|certificaciones|cursos|certificações|"
    "certificazioni|corsi|certificaten|certyfikaty|kurse|zertifizierungen",
    "interests": "centres d intérêt|centres d intérêts|loisirs|interessen|hobbys|intereses|aficiones|interesses|"
    "interessi|hobby|zainteresowania|zájmy|záujmy|ilgi alanları|intressen",
    "references": "références|referenzen|referencias|referências|referenze|referenties",
}
"""Headings of French, German, Spanish, Portuguese, Italian, Dutch, Nordic, Polish, Czech, Slovak and Turkish CVs."""
KNOWN = {name: section for known in (_FOREIGN, _NAMES) for section, names in known.items() for name in names.split("|")}
_QUALIFIERS = (
    "professional relevant selected technical core key personal side academic additional other my recent "
    "notable main major independent formal it computer software engineering special top earlier previous current "
    "digital practical recent programming analytical tertiary higher secondary formal "
    "own further the my our some"
)
QUALIFIERS = frozenset(_QUALIFIERS.split())
JOINING = frozenset(("and", "und", "et", "y", "e", "og", "och", "en", "i", "a", "ja", "ve"))


def section_of(text: str) -> str | None:
    """The section a heading opens, or None if its words are not known. ``Selected Honors`` opens awards."""
    text = re.sub(r"\s*\([^()]*\)\s*:?\s*$|^\s*(?:\d{1,2}|[ivxIVX]{1,4})[.)]\s+", "", text)
    if len(text) > 50 or re.search(r"[.,;@\d]", text.rstrip(" .")):
        return None
    words = re.sub(r"[^\w\s]|_", " ", text.replace("&", " and ").replace("+", " and ")).casefold().split()
    if not words:
        return None
    if _is_spaced_out(words):
        words = ["".join(words)]
    if words[-2:] == ["i", "use"]:
        words = words[:-2]
    while words:
        if section := KNOWN.get(" ".join(words)) or _first_of_two(words):
            return section
        if words[0] not in QUALIFIERS:
            return None
        words = words[1:]
    return None


def _first_of_two(words: Sequence[str]) -> str | None:
    """``Ausbildung und Schule``: where one of two names is known, it decides; of two, the first."""
    for number, word in enumerate(words[1:-1], 1):
        if word in JOINING and (
            found := KNOWN.get(" ".join(words[:number])) or KNOWN.get(" ".join(words[number + 1 :]))
        ):
            return found
    return None


def section_of_label(text: str) -> str | None:
    """The section of a label in a mixed list: ``Technical`` and ``Computer skills`` are skills."""
    words = re.sub(r"[^\w\s]", " ", text).casefold().split()
    return section_of(text) or next((KNOWN[word] for word in words[-1:] if word in KNOWN), None)


def _is_spaced_out(words: Sequence[str]) -> bool:
    """``E D U C A T I O N``, as some templates set it."""
    return len(words) > 4 and all(len(word) == 1 for word in words)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's section (``other`` if its words are not known) and the lines below it."""

    kind: str
    heading: str
    lines: tuple[Line, ...]


def split_sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    """The CV in sections; what stands above the first heading is ``basics``."""
    styles, body = _heading_styles(lines), body_size(lines)
    sections: list[tuple[str, str, list[Line]]] = [("basics", "", [])]
    for number, line in enumerate(lines):
        kind = _heading_kind(line, styles, body)
        # What stands first is the person's name, even where it looks like a heading.
        kind = None if kind == "other" and number == 0 else kind
        if line.starts_column and kind is None:
            sections.append(("basics", "", []))
        if kind is None:
            sections[-1][2].append(line)
        else:
            sections.append((kind, line.text.strip(" :|"), []))
    return tuple(Section(kind, heading, tuple(content)) for kind, heading, content in sections if content)


Style = tuple[float, bool, bool]


def _style(line: Line) -> Style:
    text = re.sub(r"\s*\([^()]*\)", "", line.text)
    letters = [character for character in text if character.isalpha()]
    is_caps = len(letters) > 1 and all(character.isupper() for character in letters)
    return (float(round(line.size)), line.is_bold, is_caps)


def _could_head(line: Line) -> bool:
    return not line.sides and not line.is_bullet and len(line.text.split()) <= 6 and not re.search(r"[.;@]$", line.text)


def _heading_styles(lines: Sequence[Line]) -> dict[Style, float]:
    """The styles that known headings have, with the share of known headings among the short lines of that style."""
    alone = [line for line in lines if _could_head(line)]
    known = Counter(_style(line) for line in alone if section_of(line.text))
    everyone = Counter(_style(line) for line in alone)
    return {style: count / everyone[style] for style, count in known.items()}


def _heading_kind(line: Line, styles: dict[Style, float], body: float) -> str | None:
    """The section this line opens, ``other`` for a heading of unknown words, None if it is no heading."""
    if not _could_head(line):
        return None
    style = _style(line)
    stands_out = [candidate for candidate in styles if candidate[0] > round(body) or candidate[1] or candidate[2]]
    if section := section_of(line.text):
        return section if style in stands_out or not stands_out else None
    is_larger = style[0] > round(body) and line.size > body + 0.4
    is_shouted = style[2] and line.has_gap_before and len(line.text) > 5
    is_head = styles.get(style, 0.0) >= 0.4 and (is_larger or is_shouted) and not re.search(r"\d{4}", line.text)
    return "other" if is_head else None
