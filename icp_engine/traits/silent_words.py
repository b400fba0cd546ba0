"""Words that say nothing by themselves, in the languages CRM notes come in.

Comes in: nothing (definitions only). Goes out: `SILENT`, `NEGATIONS`. Separate because the lists
grow and the code does not.
"""

from __future__ import annotations

_ENGLISH = """
a about after again all also am an and any are as at be because been before being both but by can could did do
does doing down during each every for from further get got had has have having he her here hers him his how i
if in into is it its itself just let me more most much my of off on once one only or other our ours out over
own per said same say says see she should since so some still such than that the their theirs them then there
these they this those through to told too under until up us very via was we were what when where which while
who whom why will with within would yet you your
"""
_GERMAN = """
aber alle als also am an auch auf aus bei bin bis da das dass dem den der des die dies diese dieser doch du
durch ein eine einem einen einer er es für hat hatte haben ich ihr ihre im in ist ja man mit nach noch nur ob
oder sehr sich sie sind so über um und uns unser vom von vor war waren was wenn wer wie wir wird wurde zu zum
zur
"""
_FRENCH = """
à au aux avec ce ces cette dans de des du elle en est et eux il ils je la le les leur lui mais même mes moi
mon nos notre nous on ou où par pas plus pour qu que qui sa se ses son sont sur ta te tu un une vos votre vous
été être avait ont
"""
_SPANISH = """
al algo como con de del desde donde dos el ella ellas ellos en entre era es esta este esto fue ha han hay la
las le les lo los más me mi muy nos o para pero por que se ser si son su sus también tiene un una uno y ya
"""
_NEGATIONS = (
    "no not never without nobody kein keine keinen ohne nicht sans aucun jamais sin ningún nunca"
)
NEGATIONS = frozenset(_NEGATIONS.split(" "))
SILENT = frozenset(f"{_ENGLISH} {_GERMAN} {_FRENCH} {_SPANISH}".split()) - NEGATIONS
