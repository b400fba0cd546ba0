"""Words of a deal's course in the languages that CRMs are kept in: things that are sent and held, and
that they were.

Comes in: nothing (definitions only). Goes out: patterns on a header's plain words. Separate because the
lists grow with every language and the rules in `late_headers` do not.
"""

# ruff: noqa: E501 - one line a language reads best whole

from __future__ import annotations

import re

from icp_engine.values.plain_words import LETTERS

# What may stand beside a word of the outcome without changing that it is the outcome
_FILLER = """
is has was are have been be did get got a an the to of in into as on by for and or yes no y n yn ja nein oui non si
flag indicator status state value result final finally ever now already deal deals lead leads opportunity opportunities
opp account contract order quote customer client sale sales business crm target label outcome it we us
ist hat wurde war der die das zu zum zur als am im schon bereits vertrag auftrag angebot kunde verkauf chance verkaufschance
est a ete le la les l un une en de du des affaire contrat client devis vente
es fue ha sido el los al del contrato cliente venta oportunidad negocio
e foi o os do da cliente venda negocio oportunidade
il lo gli di del della stato trattativa contratto vendita opportunita
is heeft werd het een van voor klant verkoop overeenkomst
czy jest zostal zostala umowa klient sprzedaz szansa byl smlouva zakaznik obchod
ar har blev er aftale avtal kontrakt kund kunde affar sag on oli kauppa sopimus
"""
FILLER = frozenset(_FILLER.split())
# The outcome itself: true of the deal when it is over
_OUTCOME = (
    r"(won|win|wins|lost|loss|converted|conversion|converts|convert|signed|closed|sold|purchased?|bought|buys|booked|accepted"
    r"|awarded|successful|succeeded|onboarded|paid|paying|activated|subscribed|approved|outcome|became|becomes|turned"
    r"|gewonnen|verloren|abgeschlossen|abschluss|unterschrieben|unterzeichnet|gekauft|verkauft|beauftragt|zuschlag|bestellt|erhalten|geworden|konvertiert|erfolgreich|erfolg"
    r"|devenue?s?|gagnee?s?|perdue?s?|signee?s?|conclue?s?|vendue?s?|achetee?s?|convertie?s?|remportee?s?|reussie?s?|acceptee?s?"
    r"|compro|firmo|gano|perdio|cerro|ganad[oa]s?|perdid[oa]s?|firmad[oa]s?|cerrad[oa]s?|vendid[oa]s?|comprad[oa]s?|contratad[oa]s?|convertid[oa]s?|adjudicad[oa]s?"
    r"|ganh[oa]s?|assinad[oa]s?|fechad[oa]s?|vint[oaie]|pers[oaie]|firmat[oaie]|chius[oaie]|vendut[oaie]|acquistat[oaie]|convertit[oaie]"
    r"|getekend|ondertekend|verkocht|gekocht|gesloten|geconverteerd|gegund"
    r"|wygran[aey]|przegran[aey]|podpisan[aey]|sprzedan[aey]|kupion[aey]|zamkniet[aey]"
    r"|vyhran[aoey]|prohran[aoey]|podepsan[aoey]|prodan[aoey]|uzavren[aoey]|vunn[ae]n?|vunnet|vundet|forlorad|tabt|tapt|signerat|signerad|signeret|signert|underskrevet|undertecknat"
    r"|sald|salgt|solgt|kopt|kobt|voitettu|havitty|allekirjoitettu|myyty|ostettu|kazanıldı|kazanildi|kaybedildi|imzalandı|imzalandi|satıldı"
    r"|выигран[ао]?|проигран[ао]?|подписан[ао]?|продан[ао]?|куплен[ао]?|закрыт[ао]?|受注|失注|成約|契約済み?|成交|赢单|输单|签约|已签约|수주|계약완료)"
)
OUTCOME = re.compile(_OUTCOME.translate(LETTERS))
OUTCOME_CLOSE = re.compile(r"受注|失注|成約|契約済|成交|赢单|输单|签约|수주|계약")

PAPER = (
    r"contracts?|agreements?|vertrag|vertrage|vertrages|contrats?|contratos?|contratt[oi]|overeenkomst|contract|umow[ay]|smlouv[ay]|avtal|aftale|kontrakt|sopimus|sozlesme|договор\w{0,40}"
    r"|proposals?|quotes?|quotations?|offers?|estimates?|bids?|angebot\w{0,40}|offerte[ns]?|offerta|devis|offres?|propositions?|propuestas?|presupuestos?|ofertas?|cotizacion\w{0,40}|propostas?"
    r"|orcamentos?|preventiv[oi]|proposta|voorstel\w{0,40}|ofert[ay]|nabidk[ay]|offert|tilbud|tarjous|teklif|предложени\w{0,40}|見積書?|契約書?|提案書?|报价|合同|견적|계약서"
    r"|nda|msa|sow|dpa|loi|letter of intent|order forms?|purchase orders?|redlines?|legal review|security review|security questionnaire|business case|roi analysis"
    r"|invoice|rechnung|facture|factura|fatura|fattura|factuur|faktura"
)
TALK = (
    r"meetings?|calls?|demos?|demonstrations?|presentations?|pocs?|pilots?|proof of concept|walkthroughs?|workshops?|site visits?|follow ups?|touch ?points?|touches|interactions?|conversations?"
    r"|e ?mails?|mails?|activities|tasks|notes|events logged"
    r"|termine?[ns]?|\w{1,40}termine?|gesprach\w{0,40}|telefonat\w{0,40}|anrufe?|besuche?|besprechung\w{0,40}|vorfuhrung\w{0,40}|prasentation\w{0,40}|teststellung\w{0,40}|demo\w{0,40}termin|aktivitaten|kontaktpunkte"
    r"|reunions?|rendez vous|rdv|appels?|visites?|presentations?|relances?|courriels?|echanges|activites"
    r"|reunion(es)?|llamadas?|visitas?|demostracion(es)?|presentacion(es)?|correos?|seguimientos?|actividades"
    r"|reuniao|reunioes|ligac\w{1,40}|apresentac\w{1,40}|demonstrac\w{1,40}|atividades|riunion[ei]|incontr[oi]|chiamat[ae]|visite|dimostrazion[ei]|presentazion[ei]|attivita|telefonat[ae]"
    r"|afspraa?k(en)?|gesprek(ken)?|telefoontjes|bezoek(en)?|demonstraties?|presentaties?|activiteiten"
    r"|spotkan\w{0,40}|rozm[oó]w\w{0,40}|prezentacj\w{0,40}|wizyt\w{0,40}|schuzk\w{0,40}|hovor\w{0,40}|prezentac\w{0,40}|moten?|moder?|samtal\w{0,40}|besok\w{0,40}|opkald|tapaamis\w{0,40}|puhelu\w{0,40}|esittely\w{0,40}"
    r"|toplantı\w{0,40}|gorusme\w{0,40}|встреч\w{0,40}|звонк\w{0,40}|звонок|презентаци\w{0,40}|демонстраци\w{0,40}|商談|打ち合わせ|面談|訪問|デモ|会议|拜访|演示|미팅|데모"
)
DONE = (
    r"sent|sends?|signed|countersigned|received|returned|done|completed?|complete|held|given|delivered|scheduled|booked|attended|accepted|approved|opened|clicked|replied|answered|bounced"
    r"|made|conducted|presented|performed|submitted|shared|issued|reviewed|finished|passed|executed|version|stage|taken|happened|took place|logged|count|outcome"
    r"|gesendet|verschickt|versendet|versendete[sr]?|versandt|versand|geschickt|raus|unterschrieben|unterzeichnet|unterschrift|erhalten|zuruck|erledigt|durchgefuhrt|stattgefunden|gehalten|gegeben|vereinbart|gebucht|angenommen"
    r"|freigegeben|geoffnete?|beantwortet|abgegeben|erstellt|gelegt|ubermittelt|bestatigt|erfolgt|gemacht|absolviert|abgeschlossen|gestellt"
    r"|envoyee?s?|envoi|signee?s?|recue?s?|faite?s?|realisee?s?|effectuee?s?|tenue?s?|terminee?s?|planifiee?s?|acceptee?s?|validee?s?|ouverte?s?|remise?s?|presentee?s?|donnee?s?|passes?|retournee?s?"
    r"|enviad[oa]s?|firmad[oa]s?|recibid[oa]s?|hech[oa]s?|realizad[oa]s?|celebrad[oa]s?|completad[oa]s?|agendad[oa]s?|aceptad[oa]s?|aprobad[oa]s?|abiert[oa]s?|entregad[oa]s?|presentad[oa]s?|mantenid[oa]s?"
    r"|assinad[oa]s?|recebid[oa]s?|feit[oa]s?|aceit[oa]s?|aprovad[oa]s?|abert[oa]s?|concluid[oa]s?|efetuad[oa]s?|apresentad[oa]s?"
    r"|inviat[oaie]|firmat[oaie]|ricevut[oaie]|fatt[oaie]|effettuat[oaie]|svolt[oaie]|completat[oaie]|tenut[oaie]|accettat[oaie]|approvat[oaie]|apert[oaie]|mandat[oaie]|presentat[oaie]|eseguit[oaie]"
    r"|verzonden|verstuurd|getekend|ondertekend|ontvangen|gedaan|gehouden|gegeven|afgerond|voltooid|gepland|geaccepteerd|goedgekeurd|geopend|uitgebracht|uitgevoerd"
    r"|wyslan[aeoy]|podpisan[aeoy]|otrzyman[aeoy]|wykonan[aeoy]|przeprowadzon[aeoy]|zakonczon[aeoy]|zaakceptowan[aeoy]|odbyt[aeoy]|odeslan[aeoy]|podepsan[aeoy]|proveden[aeoy]?|dokoncen[aeoy]?|prijat[aeoy]?|probehl[aeoy]?"
    r"|skickat|skickad|signerat|undertecknat|genomford|genomfort|hallen|hallet|sendt|underskrevet|afholdt|gennemfort|avholdt|gjennomfort|mottatt|modtaget|lahetetty|allekirjoitettu|pidetty|tehty"
    r"|gonderildi|imzalandı|yapıldı|tamamlandı|отправлен[аоы]?|подписан[аоы]?|проведен[аоы]?|получен[аоы]?|送付済?|提出済?|済|実施済?|已发送|已签|완료|발송"
)
COUNT = r"number|count|no|num|total|anzahl|anz|zahl|nombre|nb|nbre|numero|quantidade|qtd|qtde|cantidad|nro|aantal|liczba|ilosc|pocet|antal|antall|maara|sayısı|sayisi|количество|число|数|件数|回数|次数|횟수"
LAST = r"last|latest|recent|letzt\w{0,40}|dernier\w{0,40}|ultim[oa]s?|laatste|ostatni\w{0,40}|posledni\w{0,40}|senaste?|seneste|siste|viimeisin|viimeksi|son|последн\w{0,40}|最終|最近|최근"
NEXT = r"next|nachst\w{0,40}|prochain\w{0,40}|proxim[oa]s?|prossim[oa]|volgende|nastepn\w{0,40}|nasta|naeste|neste|seuraava|sonraki|следующ\w{0,40}|次回|下一步|다음"
MOVES = (
    r"activit\w{0,40}|aktivitat\w{0,40}|actividad\w{0,40}|atividade\w{0,40}|attivita|activiteit\w{0,40}|aktywnos\w{0,40}|aktivit\w{0,40}|contacts?|contacted|kontakt\w{0,40}|contatto|contato|contacto|touch\w{0,40}|interact\w{0,40}|interak\w{0,40}"
    r"|visits?|logins?|e ?mails?|calls?|called|anruf|meetings?|termin|updated?|modif\w{0,40}|anderung|geandert|geaendert|changed?|viewed|engagement|seen|stage|note|rdv|appel|reunion|llamada|chiamata"
    r"|активност\w{0,40}|контакт\w{0,40}|活動|連絡|活动|활동"
)
STEPS = r"steps?|schritte?|etapes?|pasos?|passos?|passo|stap|krok\w{0,40}|steg|trin|action|aktion|accion|acao|azione|actie|activity|aktivitat|meeting|termin|call|task|aufgabe|follow up|шаг\w{0,40}|アクション|ステップ|단계"
FORESEEN = (
    r"probabilit\w{0,40}|wahrscheinlichkeit|\w{1,40}wahrscheinlichkeit|probabilidade?s?|probabilita|slagingskans|scoringskans|prawdopodobienstwo\w{0,40}|pravdepodobnost\w{0,40}|sannolikhet\w{0,40}|sandsynlighed\w{0,40}|sannsynlighet\w{0,40}"
    r"|todennakoisyys|olasılık|olasilik|вероятност\w{0,40}|確度|受注確度|成交概率|확률|forecast|forecasted|forecast category|prognosekategorie|\w{0,40}prognose|prevision\w{0,40}|pronostic\w{0,40}|previsao|previsione|prognoz\w{0,40}|prognos"
    r"|прогноз\w{0,40}|likelihood( to (close|buy|win))?|chance to (close|win)|win (chance|likelihood|probability)|commit category|confidence|abschlusschance|gewinnchance"
)
STAGE = r"stages?|phase|phasen|etapes?|etapas?|fases?|faza|faze|pipeline|negotiat\w{0,40}|verhandlung\w{0,40}|proposal|qualification|qualified|discovery|demo|funnel|стади\w{0,40}|этап\w{0,40}"
SPENT = r"entered|entry|reached|moved|time in|days in|hours in|weeks in|duration|since|tage in|zeit in|dauer|verweildauer|eingetreten|erreicht|jours|duree|dias|giorni|durata|dagen|duur|duracion|duracao|dni|dny"
WHY = r"reasons?|grund|grunde|motiv[oie]?|motivos?|motifs?|raisons?|razon(es)?|razao|redenen|reden|przyczyn\w{0,40}|powod\w{0,40}|duvod\w{0,40}|orsak\w{0,40}|arsag\w{0,40}|arsak\w{0,40}|syy|neden\w{0,40}|причин\w{0,40}|理由|原因|이유|cause|why|details?|category|comment"
ENDED = (
    r"lost|loss|losing|lose|leav\w{0,40}|left|churn\w{0,40}|cancel\w{0,40}|cancellation|exit|attrition|terminat\w{0,40}|kundig\w{0,40}|abwander\w{0,40}|absage\w{0,40}|ablehn\w{0,40}|verlust\w{0,40}|verlor\w{0,40}|perdue?s?|perte|depart|resiliation|resilie|refus|abandon\w{0,40}"
    r"|perdid[oa]s?|perdida|baja|cancelac\w{0,40}|rechazo|perda|desist\w{0,40}|perdita|pers[oa]|disdett\w{0,40}|cessazione|abbandono|verlies|verloren|opzeg\w{0,40}|vertrek|afwijz\w{0,40}|rezygnac\w{0,40}|utrat\w{0,40}|odchod\w{0,40}|odejsci\w{0,40}|przegran\w{0,40}|ztrat\w{0,40}|prohr\w{0,40}"
    r"|uppsag\w{0,40}|forlust|opsigelse|oppsigelse|tabt|tap|disqualif\w{0,40}|reject\w{0,40}|declin\w{0,40}|won|win|gewonn\w{0,40}|gagne|ganad[oa]|closed|ended|потер\w{0,40}|отказ\w{0,40}|失注|解約|流失|이탈|해지"
)
LEFT_BECAUSE = re.compile(
    r"kundigungsgrund|verlustgrund|absagegrund|abwanderungsgrund|ablehnungsgrund|austrittsgrund|opzegreden|verliesreden|afwijsreden|lost to|loss(es)? to|lost competitor|competitor won|winning competitor"
    r"|\b(winner|gewinner|vainqueur|ganador|vincitore)\b|\bverloren an\b|\bperdue? (face a|contre)\b|\bperdid[oa] (contra|ante)\b|失注理由|解約理由|流失原因"
)
CLOSING = r"close|closed|closing|won|lost|abschluss\w{0,40}|geschlossen|cloture\w{0,40}|cierre|fechamento|chiusura|sluit\w{0,40}|afsluit\w{0,40}|signature|signing|signed|booking|booked|decision|gewonnen|zamkniecia|uzavreni|closure|unterschrift"
PERIOD = r"quarter|qtr|month|year|week|weekday|day|season|fy|fiscal year|quartal|monat|jahr|woche|trimestre|mois|annee|semaine|mes|ano|anno|mese|kwartaal|maand|jaar|kwartal|miesiac|rok|mesic|ctvrtleti|kvartal|manad|maned"
GIVEN_IN = r"discount\w{0,40}|rabatt\w{0,40}|nachlass|preisnachlass|skonto|remises?|ristournes?|rabais|descuentos?|descontos?|sconti|sconto|korting\w{0,40}|znizk\w{0,40}|rabat|rabaty|slevy?|alennus|indirim|скидк\w{0,40}|値引き?|割引|折扣|할인"
BOUGHT = r"contract (length|term|duration|months|years)|(length|term|duration) of contract|vertragslaufzeit|laufzeit|mindestlaufzeit|duree (du contrat|d engagement)|duracion del contrato|duracao do contrato|durata (del )?contratto|contractduur|looptijd|payment terms?|zahlungsziel|zahlungsbedingungen|conditions de paiement|ordered products?|products? (sold|bought|ordered)|basket size|contract type signed"
PILED = (
    r"payments?|zahlung|zahlungen|zahlungs\w{0,40}|paiements?|pagos?|pagament[oi]s?|betalingen|platnosci|charges|renewals|verlangerungen|renouvellements|renovaciones|rinnovi"
    r"|log ?ins?|logons?|sign ?ins?|anmeldungen|einloggs|connexions|inicios de sesion|accessi|acessos|inlogs|logowan|prihlaseni|inloggningar"
    r"|active (users|days|seats|licen[cs]es)|aktive (nutzer|benutzer|user|lizenzen)|utilisateurs actifs|usuarios activos|usuarios ativos|utenti attivi|actieve gebruikers|daily active users|dau|mau|wau"
    r"|licen[cs]es|licences|lizenzen|licenses (used|assigned)|licencias|licencas|licenze|licenties|seats|seats (used|assigned|filled)|sieges|plazas|user seats"
    r"|invoices|rechnungen|factures|facturas|faturas|fatture|facturen|orders|bestellungen|auftrage|commandes|pedidos|ordini|bestellingen|purchases|kaufe|achats|compras|acquisti|aankopen|zamowien|objednavek"
    r"|transactions|transaktionen|transacciones|transacoes|transazioni|transacties|deliveries|lieferungen|shipments|returns|retouren|reklamationen|complaints|feature usage|api calls|conversations started"
)
NOT_THE_DEALS = re.compile(
    r"\b(per|pro|par|por|je|monthly|daily|weekly|yearly|annual\w{0,40}|monatlich\w{0,40}|jahrlich\w{0,40}|mensuel\w{0,40}|mensual\w{0,40}|volume|rooms?|software|tools?|system\w{0,40}|platform\w{0,40}|cent(er|re|er)s?|provider|vendor|anbieter|language|capacity"
    r"|request\w{0,40}|angefragt|anfrage|demand\w{0,40}|solicit\w{0,40}|richiest\w{0,40}|aangevraagd|anforderung\w{0,40}|allowed|model|format|existing|bestehend\w{0,40}|before|current|incumbent|previous|clinical|restaurant|stadium|venue|method|carrier"
    r"|on site|team|department|website|web|page|shop|store|competitor|compliance|management|automation|marketing)\b"
)
TOLD_BY_TOOL = re.compile(
    r"\b(lead|fit|icp|propensity|predictive|prediction|predicted|scoring|einstein|engagement|intent|conversion|purchase|buying|account|deal|opportunity|opp|win|close|customer|sales|priority|ai|ml|model|mql)s?"
    r" (fit )?(score|scoring|grade|rating|rank|ranking|tier|points?|priority)\b"
    r"|\b(lead ?score|leadscore|lead ?scoring|leadbewertung|lead bewertung|lead punkte|kundenscore|kundenbewertung|bewertung lead|score (du )?(lead|prospect|client|compte)|note (du )?(lead|prospect)|scoring (du )?(lead|prospect)"
    r"|puntuacion( de(l)?)? (lead|prospecto|cliente|cuenta)|pontuacao( do)? (lead|cliente)|punteggio( del)? (lead|cliente)|leadscore|score lead|ocena leada|hodnoceni leadu|スコア|リードスコア|线索评分|리드 점수)\b"
    r"|\b(priority|prioritat|priorite|prioridad|priorita|prioriteit|rating|hot warm cold|temperature|lead temperature|lead quality)$"
)
OTHERS_SCORE = re.compile(
    r"\b(credit|esg|glassdoor|g2|domain|page ?rank|trustpilot|google|app store|safety|energy|bonitat\w{0,40}|risk|sustainability|star|security|cyber|csr|ecovadis)\b"
)
STATUS_OF = re.compile(
    r"\b(lead|deal|opportunity|opp|quote|pipeline|sales|prospect|angebots?|auftrags?|verkaufs|vertriebs)s? ?(status|stage|state|phase)\b|\b(status|stage|phase|statut|estado|stato|etape|etapa|fase) (of |du |de |del |da |do |della |van )?(the )?(lead|deal|opportunity|quote|prospect|devis|affaire|oportunidad|negocio|oportunidade|trattativa|offerte|offre)\b|\blifecycle stage\b|\bleadstatus\b|\bangebotsstatus\b|\bauftragsstatus\b"
)
