"""Words beside which a name stands in a text: of saying, of closing a letter, titles, jobs, legal forms.

Comes in: nothing (patterns only). Goes out: where a name may begin or end. Separate because it is a
list to extend in any language; whether the words there are a name, `masks` decides.
"""

# ruff: noqa: E501 - one line a language reads best whole

from __future__ import annotations

import re

_BETWEEN = r"van|von|vom|de|der|den|di|da|la|le|del|dos|du|zu|zum|ten|ter|te|af|y|v\."
_RUN = r"(?:[^\W\d_][\w'’&.-]{0,40}[ ,]{1,2}){0,4}[^\W\d_][\w'’&-]{0,40}"
_CAPITAL = r"(?![a-zß-öø-ÿ])[^\W\d_][\w'’&.-]{0,40}"
WORD = re.compile(r"[^\W\d_][\w'’&-]*")
PARTICLES = frozenset(_BETWEEN.replace("\\.", "").split("|"))
CAPITALS = re.compile(
    rf"(?<![\w'’&.-]){_CAPITAL}(?:,? (?:(?:{_BETWEEN}) ){{0,2}}{_CAPITAL}){{0,40}}"
)
_SAYS = (
    r"said|says|told(?: us)?|stated|mentioned|wrote|writes|explained|replied|according to|quoting|quote from|acc\. to|feedback from|(?:call|meeting|demo|chat) (?:with|w/)|(?:call|spoke|talked) w/|(?:spoke|talked|met)(?: to| with)?|contact(?: is)?:|signed"
    r"|(?:rejected|vetoed|blocked|stopped|declined|cancelled|decided|confirmed|reported|escalated|approved) by"
    r"|sagt|sagte|meint|meinte|erklärte?|schreibt|schrieb|laut|gemäß|zufolge|so(?= Herr| Frau)|lt\.|Rückmeldung von|Gespräch mit|(?:Telefonat|Termin|Treffen|Call) mit|(?:abgelehnt|gestoppt|blockiert|entschieden) (?:von|durch)"
    r"|dit|a dit|selon|d['’]après|écrit|explique|affirme|(?:échange|réunion|appel|rendez-vous) avec|(?:refusée?|bloquée?|rejetée?|décidée?|annulée?) par"
    r"|dijo|dice|según|comentó|explicó|afirma|habl(?:é|ó|amos) con|(?:reunión|llamada) con|(?:rechazad[oa]|bloquead[oa]|decidid[oa]|cancelad[oa]) por"
    r"|disse|diz|segundo|conforme|comentou|explicou|(?:recusad[oa]|rejeitad[oa]|bloquead[oa]|decidid[oa]) por"
    r"|(?:riunione|chiamata|call) con|parlato con|ha detto|dice|secondo|afferma|scrive|(?:rifiutat[oa]|bloccat[oa]|respint[oa]|decis[oa]|annullat[oa]) da"
    r"|(?:gesprek|afspraak) met|zei|zegt|volgens|schreef|meldt|(?:afgewezen|geblokkeerd) door"
    r"|powiedział|powiedziała|mówi|według|zdaniem|(?:odrzucon|zablokowan|wstrzyman|odwołan)[aeoy] przez|(?:rozmowa|spotkanie) ze?"
    r"|řekl|řekla|říká|podle|(?:zamítnuto|zastaveno) \w{0,3}"
    r"|(?:samtal|möte|möde|samtale) med|enligt|säger|sade|(?:avslag|nej|besked) från|(?:avvisat|stoppat|blockerat) av|ifølge|sagde|siger|sier|(?:avvist|stoppet|afvist) a[fv]|mukaan|sanoi|сказал|сказала|говорит|по словам"
)
SAID = re.compile(rf"(?<!\w)(?:{_SAYS})(?!\w)[ :,]{{1,3}}({_RUN})", re.IGNORECASE)
SAYS_AFTER = re.compile(
    r"(?<= )(?:said|says|told|stated|mentioned|wrote|explained|sagt|sagte|meint|meinte|erklärt|schrieb|dit|dijo|dice|disse|diz|zei|zegt|powiedział|powiedziała|mówi|řekl|řekla|säger|sade|sagde|sier|sanoi|dedi|diyor|left|resigned|retired|quit|joined|refused|insisted|vetoed|wants|asked|hat gekündigt|kündigte|lehnte|wechselt|verlässt|verließ|a (?:démissionné|quitté|refusé)|renunció|dimitió|se fue|si è dimess[oa]|ha (?:rifiutato|lasciato)|pediu|saiu|odszedł|odeszła|odmówił|odmówiła|slutade|slutar|söyledi|ayrıldı|istemedi|reddetti|сказал|сказала)(?!\w)"
)
_CLOSINGS = (
    r"(?:kind|best|warm|many)? ?regards|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|best wishes|cheers|thanks and regards"
    r"|mit freundlichen? gr(?:ü|ue)(?:ß|ss)en|(?:viele|beste|liebe|schöne|freundliche|herzliche) gr(?:ü|ue)(?:ß|ss)e|gruß|mfg|vg|lg"
    r"|(?:bien |très )?cordialement|bien à (?:vous|toi)|(?:sincères |meilleures )?salutations|un saludo|saludos(?: cordiales)?|atentamente"
    r"|atenciosamente|cumprimentos|abraços?|(?:cordiali|distinti) saluti|saluti|met vriendelijke groet(?:en)?|groet(?:en|jes)?"
    r"|pozdrawiam(?: serdecznie)?|z poważaniem|s pozdravem|saygılarımla|iyi çalışmalar|selamlar|(?:med )?vänlig(?:a)? hälsning(?:ar)?|hälsningar|(?:med )?(?:venlig|vennlig) hilsen|mvh|ystävällisin terveisin"
)
CLOSED = re.compile(
    rf"(?<!\w)(?:{_CLOSINGS})(?!\w)(?: from)?[ :,.!\r\n–-]{{1,4}}(?:(?:i\. ?[AV]\.|ppa\.) )?({_RUN})",
    re.IGNORECASE,
)
THANKED = re.compile(
    rf"(?<!\w)(?:many thanks|thanks|thank you|thx|danke|vielen dank|merci|gracias|obrigad[oa]|grazie|dziękuję|tack|tak|takk|teşekkürler|bedankt)[ ,.!\r\n–-]{{1,4}}({_RUN})",
    re.IGNORECASE,
)
TITLE_AFTER = re.compile(r"(?<= )(?:Bey|Hanım|[Hh]anim|Beyefendi|Hanımefendi|-?san)(?!\w)")
INITIALS = re.compile(
    r"(?<![\w.])(?<!\b[A-Za-z]\. )(?<!\b[Pp]lan )(?<!\b[Ss]eries )(?<!\b[Pp]hase )(?<!\b[Oo]ption )(?<!\b[Tt]ype )(?<!\b[Cc]lass )(?<!\b[Gg]roup )(?<!\b[Ss]erie )(?<!\b[Vv]itamin )"
    rf"(?!U\. ?S\.|U\. ?K\.|E\. ?U\.|N\. ?[AV]\.|S\. ?[ALp]\.|B\. ?V\.|A\. ?[SŞG]\.|[AP]\. ?[MS]\.)((?:[^\W\d_a-zß-öø-ÿ]\.[ -]?){{1,3}})((?:(?:{_BETWEEN}) ){{0,2}}{_CAPITAL})"
)
_BOSSES = (
    r"C[EFTIOMR]O|c[efto]o|CISO|CPO|CHRO|[Pp]resident|[Ff]ounder|[Cc]o-?[Ff]ounder|[Mm]anaging [Dd]irector"
    r"|Geschäftsführer(?:in)?|Prokurist(?:in)?|Inhaber(?:in)?|GF|PDG|DAF|[Gg]érante?|[Tt]itolare|[Aa]mministratore|[Bb]estuurder|[Pp]rezesa?|[Jj]ednatel|VD|vd"
)
_JOBS = (
    rf"{_BOSSES}|VP|SVP|EVP|[Oo]wner|[Dd]irector|[Mm]anager|[Hh]ead|[Cc]hief|[Ll]ead|[Bb]uyer|[Cc]ontroller|[Pp]artner"
    r"|Vorstand|Leiter(?:in)?|\w{0,20}leiter(?:in)?|Einkäufer(?:in)?"
    r"|[Dd]irecteur|[Dd]irectrice|DSI|DG|[Aa]cheteu(?:r|se)|[Dd]irectora?|[Gg]erente|[Jj]ef[ea]|[Dd]ueñ[oa]|[Dd]iretora?|[Dd]irettore|[Dd]irettrice"
    r"|[Hh]oofd|[Ii]nkoper|[Ee]igenaar|[Kk]ierownika?|[Dd]yrektora?|[Řř]editel(?:ka)?|[Dd]irektør|[Dd]irektör|[Jj]ohtaja|[Dd]irektor|\w{0,20}chef(?:in|en)?|[Mm]üdürü?|директор"
)
_PARTS_PLAYED = r"[Cc]hampion|[Ss]ponsor|[Cc]ontact|[Dd]ecision[- ][Mm]aker|[Cc]olleague|[Cc]onsultant|[Aa]dviser|[Aa]dvisor|[Uu]ser|Ansprechpartner(?:in)?|Kolleg(?:e|in)|Entscheider(?:in)?|[Ii]nterlocuteur|[Cc]ontacto|[Rr]eferente|[Cc]ontactpersoon"
# After these nothing but a name comes, be it a word like “Price” or “Klein”
TITLED = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Mister|Herrn?|Frau|Hr|Mme|Mlle|Monsieur|Madame|Señor|Señora|Dña|Senhor|Senhora|Signora?|Signore|Dhr|Mevrouw|Meneer|Pani|Fröken|г-н|г-жа|господин|госпожа|[mM]rs?(?=\.)|[dm]hr(?=\.)|mevr(?=\.))\.? "
    rf"(?:(?:Dr|Prof|Dipl\.-Ing|{_JOBS})\.? ){{0,2}}({_RUN})"
)
MAY_TITLE = re.compile(
    r"(?<!\w)(?:Miss|Dr|Prof|Fr(?=\.)|M(?=\.)|Sra?|Srta|Don|Doña|Sig|Sigra|Sig\.ra|[Ss]ig\.na|Egr\. Sig|Dott|Dott\.ssa|Dottor|Dottoressa|[Ii]ng(?=\.)|Ing|[Aa]vv(?=\.)|Rag|Geom|Dipl\.-Ing|Mag(?=\.)|Lic(?=\.)|Dra|Mevr|Mw|p(?=\.)|Pan|Pana|Panu|Panem|Panią|inż(?=\.)|mgr|Paní|Fru|Herra|Rouva|Bay|Bayan|Sn|Sir|Lady|Lord)\.? "
    rf"(?:(?:Dr|Prof|Dipl\.-Ing|{_JOBS})\.? ){{0,2}}({_RUN})"
)
BOSS_FIRST = re.compile(rf"(?<!\w)(?:{_BOSSES}) (?:(?:Mr|Ms|Mrs|Dr|Herr|Frau)\.? )?({_RUN})")
JOB_FIRST = re.compile(
    rf"(?<!\w)(?:{_JOBS}|{_PARTS_PLAYED})(?: (?:is|was|now|ist|war|est|es|è|jest|är)|:|,)? (?:(?:Mr|Ms|Mrs|Dr|Herr|Frau)\.? )?({_RUN})"
)
JOB_AFTER = re.compile(
    rf"(?:(?<=[(–-])|(?<=[,–-] ))(?:[^\W\d_][\w-]{{1,20}} ){{0,2}}(?:{_JOBS}|IT)(?!\w)"
)
BOSS_OF = re.compile(
    rf"(?<!\w)(?:{_BOSSES})(?!\w)[^.;()\n]{{0,40}}? (?:of|von|der|des|de|du|di|da|del|della|do|van|w|ve|u|в) ({_RUN})"
)
JOB_AT = re.compile(
    rf"(?<!\w)(?:{_JOBS})(?!\w)[^.;()\n]{{0,40}}? (?:at|from|bei|beim|chez|presso|bij|hos|på) ({_RUN})"
)
FIRM_AFTER = re.compile(
    r"(?<= )(?:GmbH|mbH|mbB|gGmbH|AG|KGaA|KG|UG|OHG|GbR|SE|e\. ?K|e\. ?V|Ltd|Limited|LLC|LLP|Inc|Corp|Corporation|PLC|plc|Pty|Pte|Pvt|SARL|SAS|SASU|SpA|S\.p\.A|Srl|SRL|S\.r\.l|BV|B\.V|NV|N\.V|Oy|Oyj|ApS|A/S|ASA|AB|Kft|Zrt|s\.r\.o|a\.s|d\.o\.o|[Ss]p\. ?z ?o|S\.A|SA|S\.L|SL|SLU|Lda|Ltda|S/A|A\.Ş|A\.S|AŞ|Şti)(?!\w)"
)
# To whom a sale was lost: a name its owner needs to see, and strangers do not
RIVAL_AFTER = re.compile(
    r"(?<!\w)(?:(?:lost|losing|moved?|moving|switch(?:ed|ing)?|went|migrat(?:ed|ing)) (?:to|with)|went for|goes with|chos?e|chosen|picked|selected|preferred?|prefers|signed with|bought|stay(?:ed|s|ing)? with|instead|competitors?(?: is)?|incumbent"
    r"|verloren (?:an|gegen)|(?:wechselt?|gewechselt|wechsel) zu|entschieden für|bleiben bei|gewählt|wettbewerber(?: ist)?|mitbewerber|konkurrent"
    r"|perdue? (?:contre|au profit de|face à)|(?:passée?s?|partie?s?) (?:chez|à)|choisi|concurrent|perdid[oa] (?:contra|ante|para)|(?:eligi(?:ó|eron)|escogi(?:ó|eron)|elegido)(?: a)?|competidor|escolheu|escolheram|concorrente"
    r"|pers[oa] (?:contro|a favore di)|(?:scelto|preferito)|concorrente|verloren aan|gekozen voor|przegrana z|wybrali|konkurent|rakip|förlorad till|valde|valgte|tabt til|tapt til)"
    rf"[ :–-]{{1,3}}({_RUN})",
    re.IGNORECASE,
)
FIRM_FIRST = re.compile(
    rf"(?<!\w)(?:[Ff]irma|[Ff]irmy|[Ff]irmą|Fa\.|[Ss]ociété|[Gg]roupe|[Gg]rupo|[Ee]mpresa|[Gg]ruppo|[Dd]itta|[Aa]zienda|[Ss]ocietà|[Mm]essrs\.?|[Ss]półk[ai]|ООО|OOO|[Ff]öretaget|[Bb]olaget) ({_RUN})"
)
_ABSTRACT = (
    r"(?<=\w{5})(?:ungs?|ments?)|(?<=\w{4})(?:heit|keit|schaft|tion|tionen|ance|ence|ness|ship|ship|zione|zioni|mento|miento|cion|dad|cao|cja|cji|anie|enie|osc|het|heten|skap|ningen"
    r"|abteilung|leitung|recht|beschluss|vorgaben?|amt|rat|vorstand|einkauf|team|kunden?|partner|preise?|projekte?|plan|prozesse?|systeme?|kosten|software|losung|anbieter|bereich|gruppe|vertrag|markt|avdelningen|gruppen|styrelsen|chefen|direktion)"
)
# endings of plain words that name things, in whichever language
ABSTRACT = re.compile(rf"(?:{_ABSTRACT})\Z")
