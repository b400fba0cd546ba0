"""Headers that say who sold or serves: reps, agents, managers, teams, in the languages CRMs are kept in.

Comes in: a header's words and its values' type. Goes out: yes or no. Separate because whoever sold
describes no buyer, whatever the column is called.
"""

# ruff: noqa: E501 - one line a language reads best whole

from __future__ import annotations

import re

from icp_engine.values.plain_words import LETTERS
from icp_engine.values.rule import ColumnType

SAYS_WHO_SOLD = "says who sold or serves, not who buys"
TYPES = ("category", "text", "id", "tags")
# Words that alone, or with nothing but a name or an id beside them, say who sold
_ALONE = (
    r"ae|am|kam|csm|sdr|bdr|ldr|isr|fsr|se|rsm|vp|svp|rvp|avp|cam|tam|rep|reps|agent|manager|mgr|closer|setter|seller|salesman|saleswoman|salesperson|salespeople|sales ?rep|sales|broker|advisor|adviser|consultant"
    r"|team|sales team|squad|pod|sales unit|sales group|sales office|regional office|sales territory|sales district|supervisor|team lead|teamlead|team leader|staff member|employee|user|handler|caller|dialer|account executive|account exec"
    r"|vertriebler(in)?|verkaufer(in)?|aussendienst(ler|mitarbeiter)?|innendienst(ler|mitarbeiter)?|vertriebsmitarbeiter(in)?|vertriebsteam|vertriebsleiter|vertriebsgebiet|gebietsleiter(in)?|regionalleiter|verkaufsleiter|sachbearbeiter(in)?|(kunden|account)?betreuer(in)?|bearbeiter(in)?|kundenberater(in)?|berater(in)?|vermittler|makler|handelsvertreter|vertreter|zustandig(er)?|vertriebsbeauftragte[rn]?|vertrieb"
    r"|commercial|commerciale|commerciaux|vendeur|vendeuse|charge(e)? d affaires|charge(e)? de (clientele|compte)|conseill(er|ere)|responsable|responsable (commercial|compte|secteur|de compte)|gestionnaire|equipe|equipe commerciale|ingenieur commercial|technico commercial|directeur (commercial|regional)|apporteur"
    r"|vendedor|vendedora|comercial|asesor|asesora|asesor comercial|ejecutivo|ejecutiv[oa] (de ventas|de cuenta|comercial)|gestor|gestor comercial|agente|equipo|equipo (de ventas|comercial)|consultor|consultora|gerente|gerente (de ventas|de cuenta|comercial|regional)|jefe de ventas|representante|encargado"
    r"|vendedor responsavel|executivo (de vendas|de contas|comercial)|equipe de vendas|gerente (de contas|de vendas)|responsavel|corretor"
    r"|venditore|agente (di vendita|commerciale)|responsabile|responsabile (commerciale|vendite)|referente|referente commerciale|consulente|capo area|squadra|area manager|funzionario"
    r"|verkoper|accountmanager|relatiebeheerder|adviseur|vertegenwoordiger|buitendienst|binnendienst|verkoopteam|behandelaar"
    r"|handlowiec|opiekun|opiekun klienta|sprzedawca|przedstawiciel|przedstawiciel handlowy|doradca|zespol|kierownik|obchodnik|prodejce|obchodni zastupce|zastupce|spravce"
    r"|saljare|saljteam|kundansvarig|ansvarig|selger|salgsteam|kundeansvarlig|ansvarlig|saelger|saelgeren|konsulent|radgivare|myyja|myyjat|asiakasvastaava|vastuuhenkilo|myyntitiimi"
    r"|satıs temsilcisi|satis temsilcisi|temsilci|satıcı|satici|musteri temsilcisi"
    r"|менеджер|продавец|ответственныи|ответственный|агент|торговыи представитель|куратор|担当|担当者|営業担当|営業担当者|営業|销售|销售代表|负责人|业务员|客户经理|담당자|영업담당|영업사원|담당"
)
# What is sold or served, and who does it: in this order, one after the other
_WHAT = r"sales|account|deal|opportunity|lead|client|customer|relationship|territory|regional|region|area|district|key account|channel|business development|biz dev|inside sales|outside sales|field|field sales|customer success|success|renewals?|partner|presales|pre sales|solutions?|assigned|responsible|closing|primary|secondary"
_WHO = r"rep|reps|representative|agent|manager|mgr|executive|exec|director|dir|vp|lead|person|team|owner|consultant|advisor|adviser|engineer|specialist|associate|coach|coordinator|officer|head|user|employee|member|staff|group"
_AFTER = r"(name|names|full name|id|key|code|number|no|email|mail|alias|assigned|2|team)"
HEADER = re.compile(
    rf"(?:(?:the|our|my|assigned|responsible|internal|current) )?(?:(?:{_ALONE})|(?:{_WHAT}) (?:{_WHO})|(?:{_WHAT}) (?:{_WHAT}) (?:{_WHO}))(?: {_AFTER}){{0,2}}".translate(
        LETTERS
    )
)
DONE_BY = re.compile(
    r"\b((assigned|allocated|sold|closed|handled|managed|worked|sourced|prospected|booked|won|owned|served) (to|by)"
    r"|(verkauft|betreut|bearbeitet|abgeschlossen|zugewiesen) (von|an|durch)|zugewiesen|(vendue?|suivie?|geree?|traitee?|assignee?|attribuee?) (par|a)"
    r"|(vendido|atendido|gestionado|asignado|cerrado) (por|a)|asignado|(atribuido|atendido|vendido) (a|por)|(venduto|seguito|gestito|assegnato) (da|a)|(verkocht|behandeld|toegewezen) (door|aan)"
    r"|vp (of )?sales|sales (vp|director|head)|head of sales|name of (the )?(rep|agent|seller|sales ?person))\b"
)
# Something that a rep brings with him and no buyer has: his number
ID_OF = re.compile(
    r"(rep|agent|seller|salesperson|sales person|sales rep|employee|owner|manager|ae|user|vendeur|verkaufer|vertreter|vendedor|venditore|verkoper) ?(id|key|code|number|no|nr)"
)


def says_who_sold(words: str, type_: ColumnType) -> bool:
    """Whether a header of deals or accounts names who sold or serves; counts of them (“Sales team size”)
    and yes or no do not.
    """
    words = words.translate(LETTERS)
    if words == "owner":
        return type_ in TYPES
    if ID_OF.fullmatch(words):
        return type_ in (*TYPES, "number")
    return type_ in TYPES and bool(HEADER.fullmatch(words) or DONE_BY.search(words))
