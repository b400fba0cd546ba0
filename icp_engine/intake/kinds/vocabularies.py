"""Words that stand in the cells of one kind of record: states of tickets and tasks, kinds of
activities, payments, leads and quotes.

Comes in: one column's raw values. Goes out: which vocabularies nearly all of them belong to.
Separate because what a table is called and how its headers are written differ by company, while a
ticket “waits for the customer” in every language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from icp_engine.intake.columns.outcomes import STATE_LONGEST, states_of, won_label
from icp_engine.types import Series
from icp_engine.values.plain_words import plain_words

MOST_WORDS = 40  # different values of a column of states; names and texts have more
FEW_STATES = 6  # different values that may be states in however few rows; more must come again
NEARLY_ALL = 0.9  # share 0–1 of the rows whose value must belong


@dataclass(frozen=True)
class Vocabulary:
    """`telling`: words that this kind of record alone has; `shared`: words that may stand beside
    them. A column speaks it when nearly all rows hold either, and `least` different ones tell.
    """

    telling: re.Pattern[str]
    shared: re.Pattern[str]
    least: int = 1


def _any_of(*alternatives: str) -> str:
    """The text of a pattern that one of them fits as a whole."""
    return f"^({'|'.join(alternatives)})$"


# States that most kinds of records pass through, in the languages CRMs are sold in
_STATES = (
    r"new|open|opened|pending|in progress|working|closed|cancel+ed|active|on hold",
    r"neu|offen|in bearbeitung|in arbeit|geschlossen|abgebrochen|storniert|aktiv",
    r"nouveau|nouvelle|ouverte?|en cours|en attente|fermee?|annulee?",
    r"nuev[oa]|abiert[oa]|en (curso|proceso)|en espera|cerrad[oa]|cancelad[oa]|pendiente",
    r"nov[oa]|abert[oa]|em (andamento|curso|espera)|fechad[oa]|pendente",
    r"now[yea]|otwart[yea]|w (toku|trakcie)|zamkniet[yea]|anulowan[yea]",
    r"nuov[oa]|apert[oa]|in (corso|attesa)|chius[oa]|annullat[oa]|nieuw|open|gesloten",
)
_HOW_URGENT = re.compile(
    _any_of(
        r"low|lowest|medium|med|normal|high|highest|urgent|critical|blocker|major|minor",
        r"p ?[0-5]|sev ?[0-5]|prio ?[0-5]",
        r"niedrig|gering|mittel|hoch|dringend|kritisch|basse|faible|moyenne|normale|haute|elevee",
        r"urgente",
        r"baj[oa]|medi[oa]|alt[oa]|normal|urgente|critic[oa]|baix[oa]",
        r"nisk[ia]e?|sredni[ae]?|wysok[ia]e?|piln[yea]|krytyczn[yea]|laag|gemiddeld|normaal|hoog",
    )
)
VOCABULARIES: dict[str, Vocabulary] = {
    "urgency": Vocabulary(_HOW_URGENT, _HOW_URGENT, 2),
    "ticket": Vocabulary(
        re.compile(
            _any_of(
                r"(waiting|pending|awaiting)( on| for)?"
                r" (us|you|contact|customer|client|user|support|reply|third party)",
                r"resolved|solved|unresolved|reopened|re opened|escalated|answered|on hold",
                r"gelost|ungelost|wieder geoffnet|eskaliert|beantwortet|wart(et|en) auf .*+",
                r"resolue?|non resolue?|rouverte?|escaladee?|en attente d\w* .*+",
                r"resuelt[oa]|sin resolver|reabiert[oa]|escalad[oa]|esperando .*+",
                r"resolvid[oa]|reabert[oa]|aguardando .*+",
                r"rozwiazan[yea]|ponownie otwart[yea]|oczek\w+ na .*+|risolt[oa]|riapert[oa]|opgelost",
            )
        ),
        re.compile(_any_of(*_STATES)),
    ),
    "task": Vocabulary(
        re.compile(
            _any_of(
                r"not (yet )?started|completed|complete|done|deferred|to ?do",
                r"waiting on someone else|postponed|overdue",
                r"nicht (begonnen|gestartet|erledigt)|erledigt|zuruckgestellt|zu erledigen",
                r"uberfallig|abgeschlossen",
                r"non commencee?|pas commencee?|terminee?|a faire|faite?|reportee?|differee?|en retard",
                r"no (iniciad[oa]|comenzad[oa]|empezad[oa])|sin empezar|complet(ad)?[oa]|hech[oa]",
                r"por hacer|aplazad[oa]|atrasad[oa]",
                r"nao iniciad[oa]|concluid[oa]|feit[oa]|a fazer|adiad[oa]|finalizad[oa]",
                r"nie rozpoczet[oea]|nierozpoczet[yea]|ukonczon[yea]|zakonczon[yea]|wykonan[yea]",
                r"do zrobienia|odlozon[yea]|zrobione",
                r"non iniziat[oa]|completat[oa]|da fare|rimandat[oa]|niet gestart|voltooid|uitgesteld",
            )
        ),
        re.compile(
            _any_of(*_STATES, r"waiting.*+|wartet.*+|planned|geplant|planifiee?|planificad[oa]")
        ),
    ),
    "meeting": Vocabulary(
        re.compile(
            _any_of(
                r"no ?show|re ?scheduled|held|took place|attended|not held|did not attend",
                r"nicht erschienen|verschoben|stattgefunden|durchgefuhrt|abgesagt|ausgefallen",
                r"absente?|reportee?|tenue?|a eu lieu|realisee?|effectuee?|decommandee?",
                r"no (se )?presento|no asistio|re ?programad[oa]|reagendad[oa]|celebrad[oa]",
                r"realizad[oa]|aplazad[oa]",
                r"nao compareceu|remarcad[oa]|adiad[oa]",
                r"nie (przyszedl|stawil sie)|nieobecn\w+|przelozon[yea]|odbyt[yea]|odbylo sie",
                r"odwolan[yea]",
            )
        ),
        re.compile(
            _any_of(
                *_STATES,
                r"completed|complete|done|scheduled|planned|canceled|geplant|abgeschlossen|erledigt",
                r"planifiee?|terminee?|programad[oa]|planificad[oa]|completad[oa]|agendad[oa]",
                r"concluid[oa]|zaplanowan[yea]|zakonczon[yea]",
            )
        ),
    ),
    "activity": Vocabulary(
        re.compile(
            _any_of(
                r"(phone |outbound |inbound |discovery )?calls?|meetings?|tasks?|to ?do|appointment",
                r"visit|site visit|lunch|follow up",
                r"anruf|telefonat|besprechung|termin|treffen|besuch|aufgabe|wiedervorlage",
                r"appel|reunion|rendez vous|rdv|tache|visite|relance",
                r"llamada|reunion|visita|tarea|cita|seguimiento|ligacao|chamada|reuniao|tarefa",
                r"acompanhamento",
                r"rozmowa( telefoniczna)?|spotkanie|zadanie|wizyta|telefonata|riunione|attivita",
                r"compito|telefoongesprek|afspraak|taak|bezoek",
            )
        ),
        re.compile(
            _any_of(
                r"e ?mails?( sent)?|notes?|sms|demo|webinar|linked ?in.*+|message|chat|deadline",
                r"letter|other|event|trial",
                r"notiz|brief|sonstige\w*+|messe|courriel|mail|note|autre|correo( electronico)?",
                r"nota|otro|outro|telefon|notatka|inne",
            )
        ),
        2,
    ),
    "payment": Vocabulary(
        re.compile(
            _any_of(
                r"paid|unpaid|not paid|refunded|partially (paid|refunded)|failed|succeeded|overdue",
                r"disputed|charge ?back|captured|past due",
                r"bezahlt|unbezahlt|teilbezahlt|erstattet|uberfallig|fehlgeschlagen|nicht bezahlt",
                r"gemahnt",
                r"payee?|impayee?|remboursee?|echouee?|en retard|partiellement payee?",
                r"pagad[oa]|no pagad[oa]|impagad[oa]|reembolsad[oa]|fallid[oa]|vencid[oa]|pag[oa]",
                r"nao pag[oa]|em atraso|estornad[oa]|falhou",
                r"(nie)?oplacon[yea]|(nie)?zaplacon[yea]|zwrocon[yea]|nieudan[yea]",
                r"przeterminowan[yea]|pagat[oa]|non pagat[oa]|betaald|onbetaald",
            )
        ),
        re.compile(
            _any_of(
                *_STATES, r"processing|draft|void|voided|declined|requires action|entwurf|brouillon"
            )
        ),
    ),
    "lead": Vocabulary(
        re.compile(
            _any_of(
                r"contacted|not contacted|attempted( to contact)?|nurtur\w+|unqualified",
                r"disqualified|not qualified|converted|not converted|recycled?|mql|sql|sal",
                r"kontaktiert|nicht kontaktiert|nicht qualifiziert|unqualifiziert|disqualifiziert",
                r"konvertiert|umgewandelt",
                r"contactee?|non qualifiee?|disqualifiee?|convertie?|a relancer",
                r"contactad[oa]|no c[ua]a?lificad[oa]|descalificad[oa]|convertid[oa]|nutricion",
                r"contatad[oa]|contactad[oa]|nao qualificad[oa]|desqualificad[oa]|convertid[oa]",
                r"skontaktowan[yea]|niezakwalifikowan[yea]|zdyskwalifikowan[yea]|skonwertowan[yea]",
                r"przekonwertowan[yea]",
                r"contattat[oa]|non qualificat[oa]|convertit[oa]|gecontacteerd|niet gekwalificeerd",
                r"geconverteerd",
            )
        ),
        re.compile(
            _any_of(
                *_STATES,
                r"qualified|junk|dead|cold|warm|hot|lost|open .*+|qualifiziert|verloren|qualifiee?",
                r"perdue?|c[ua]a?lificad[oa]|perdid[oa]",
                r"qualificad[oa]|zakwalifikowan[yea]|utracon[yea]|qualificat[oa]|gekwalificeerd",
            )
        ),
        2,
    ),
    "stage": Vocabulary(
        re.compile(
            _any_of(
                r"prospect(ing)?|qualification|discovery|needs? analysis|proposals?.*+",
                r"negotiations?.*+|value prop\w*+|demo.*+|contract sent|quote.*+",
                r"closed (won|lost)|verbal.*+|commit|evaluation|solution|qualified to buy",
                r"appointment scheduled|presentation.*+|decision maker.*+",
                r"qualifizierung|bedarfsanalyse|angebot.*+|verhandlung|vertrag.*+|prasentation",
                r"erstgesprach",
                r"decouverte|proposition.*+|negociation|demonstration|devis.*+|descubrimiento",
                r"propuesta.*+|negociacion|demostracion|cotizacion.*+|presupuesto.*+",
                r"qualificacao|descoberta|proposta.*+|negociacao|apresentacao|orcamento.*+",
                r"kwalifikacja|oferta.*+|negocjacje|prezentacja|trattativa|negoziazione",
            )
        ),
        re.compile(
            _any_of(
                *_STATES,
                r"(closed )?(won|lost)|leads?|mql|sql|qualified|contacted|engaging|gewonnen",
                r"verloren|gagnee?|perdue?|ganad[oa]|perdid[oa]|ganh[oa]",
                r"wygran[yea]|przegran[yea]|vint[oa]|pers[oa]|qualifiziert|qualifiee?",
                r"c[ua]a?lificad[oa]|qualificad[oa]|zakwalifikowan[yea]",
            )
        ),
    ),
}
# What becomes of an offer; a meeting is accepted and declined too, but costs nothing
_ACCEPTED = re.compile(
    _any_of(
        r"accepted|approved|ordered|order (received|placed)|angenommen",
        r"auftrag( erhalten| erteilt)?|beauftragt|bestellt",
        r"zugesagt|zusage",
        r"acceptee?|commandee?|aceptad[oa]|aprobad[oa]|aceit[oa]|aprovad[oa]|zaakceptowan[yea]",
        r"przyjet[yea]|accettat[oa]|geaccepteerd",
    )
)
_DECLINED = re.compile(
    _any_of(
        r"declined|rejected|refused|turned down|abgelehnt|absage|abgesagt|nicht angenommen|refusee?|rejetee?",
        r"declinee?",
        r"rechazad[oa]|recusad[oa]|rejeitad[oa]|odrzucon[yea]|rifiutat[oa]|afgewezen|geweigerd",
    )
)
_CODES = (  # one sign each for won and lost, and what the header must say beside them
    ({"w", "l"}, re.compile("")),
    ({"g", "v"}, re.compile(r"\b(outcome|result|status|stage|ergebnis|ausgang|stand)\b")),
    ({"g", "p"}, re.compile(r"\b(outcome|result|status|stage|resultat|resultado|etat|estado)\b")),
    ({"won", "loss"}, re.compile("")),
)
_BESIDE = frozenset(("o", "p", "n", "a", "c", "x", "open", "pending", "e", "d"))


def _plain(value: str) -> str:
    """The words of a value."""
    return plain_words(value)


def vocabularies_of(series: Series) -> frozenset[str]:
    """The vocabularies that a column's values belong to; none for names, texts and numbers."""
    filled = series.dropna().astype("str")
    counts = filled.value_counts()
    most = min(MOST_WORDS, max(FEW_STATES, len(filled) // 2))
    if not 1 < len(counts) <= most or max(map(len, counts.index)) > STATE_LONGEST:
        return frozenset()
    words = [(_plain(value), int(rows)) for value, rows in counts.items()]
    return frozenset(name for name, spoken in VOCABULARIES.items() if _speaks(words, spoken))


def _speaks(words: list[tuple[str, int]], vocabulary: Vocabulary) -> bool:
    telling = sum(bool(vocabulary.telling.match(word)) for word, _ in words)
    known = sum(
        rows
        for word, rows in words
        if vocabulary.telling.match(word) or vocabulary.shared.match(word)
    )
    return telling >= vocabulary.least and known >= NEARLY_ALL * sum(rows for _, rows in words)


def says_offer_or_not(series: Series) -> bool:
    """Whether values say of an offer that it was accepted, and of another that it was not."""
    counts = series.dropna().astype("str").unique()
    if not 1 < len(counts) <= MOST_WORDS:
        return False
    words = {_plain(value[:80]) for value in counts}
    return any(map(_ACCEPTED.match, words)) and any(map(_DECLINED.match, words))


def says_sold_or_not(series: Series, header: str) -> bool:
    """Whether values name a sale won and one lost: in words, or in codes of one sign. A customer
    that left is no lost sale.
    """
    values = series.dropna().astype("str").unique()
    if not 1 < len(values) <= MOST_WORDS + 20:
        return False
    words = {_plain(value) for value in states_of(values)}
    if any(
        codes <= words and words - codes <= _BESIDE and asked.search(header)
        for codes, asked in _CODES
    ):
        return True
    meant = {won_label(word) for word in words - {"customer", "churned"}}
    return {True, False} <= meant
