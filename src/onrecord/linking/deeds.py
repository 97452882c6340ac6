"""What kind of deed an event's words name, finer than its PLOVER type: an attack, a capture, a
bombardment are all ASSAULT, and never one event.

Bombardments, offensives and explosions are one kind, though: what one report calls an offensive is
in the next one its air strikes. Told apart, the claims of the annotated streams lose .07 of F1."""

from __future__ import annotations

from onrecord.linking.words import stem

_TABLE = """
attack: attack assault massacre onslaught storm stormed infiltrate infiltrated breach
attack: rampage incursion
captive: capture captured seize seized seizing kidnap kidnapped abduct abducted hostage
captive: hostages captivity
campaign: bomb bombing bombed bombardment bombarding strike strikes struck airstrike
campaign: airstrikes shell shelling shelled pounded barrage missiles rocket rockets artillery
shoot: shot shooting gunfire fire fired firing opened
campaign: offensive invasion invaded operation operations campaign war fight fighting battle
campaign: battles clash clashes clashed
kill: kill killed killing killings died dead die deaths murder murdered wounded injured casualties
campaign: explosion exploded blast detonated bombing ied
destroy: destroy destroyed demolish demolished collapse collapsed damaged
intercept: intercept intercepted intercepts downed
rescue: rescue rescued rescues
meet: meet met meeting meetings talk talks talked spoke speak summit confer conferred
meet: discussions discuss discussed dialogue negotiation negotiations negotiate
visit: visit visited visiting travel traveled travelled arrived trip flew returned delegation
call: call called phone telephone
ceasefire: ceasefire truce pause pauses armistice
release: release released releasing free freed freeing swap
cancel: cancel canceled cancelled cancels called-off scrap scrapped withdrew postponed pulled
agree: agree agreed agrees accepted deal pledge pledged pledges promise promised commit
agree: committed commitment commitments vow vowed
sanction: sanction sanctions embargo tariffs
deploy: deploy deployed deploying deployment moving moved sent send sending dispatched
deploy: dispatch carrier warships
withdraw: withdraw withdrawal withdrawing pullout retreat leave
vote: vote voted resolution approved adopted veto vetoed
arrest: arrest arrested detained detain jailed imprisoned
drill: drills exercises exercise
test: test tests tested launch-test
accuse: accuse accused accuses accusation blame blamed blames charge charges condemn
accuse: condemned criticise criticised criticize criticized
deny: deny denied denies
reject: reject rejected rejects refuse refused refuses rebuffed dismissed dismisses
demand: demand demanded demands insist insisted urge urged urges ask asked
warn: warn warned warns warning threaten threatened threats threat
protest: protest protests protesters demonstrators demonstration rally rallied marched gathered
resign: resign resigned fired ousted deposed
aid: aid assistance support supplies funding funds arms weapons training
"""


def _stems() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        kind, words = line.split(":", 1)
        for word in words.split():
            table.setdefault(stem(word), kind)
    return table


_KINDS = _stems()
_LIGHT = frozenset(
    stem(w)
    for w in "launch launched carry carried carrying out conduct conducted mount "
    "mounted stage staged wage waging waged made make give gave begin began "
    "start started continue continued open take took taken taking hold held holding".split()
)
REACH = 4
"""Words behind a verb that says little ("launched") in which the deed is looked for; behind any
other one, two ("retaliatory air strikes")."""


def deed(trigger: str, after: str) -> str:
    """The kind of deed that a trigger names, or the words behind it; `""` where none is known."""
    own = [stem(w) for w in _plain(trigger)]
    found = [_KINDS[w] for w in own if w in _KINDS and w not in _LIGHT]
    if found:
        return found[-1]
    reach = REACH if any(w in _LIGHT for w in own) else 2
    behind = (_KINDS.get(stem(w)) for w in _plain(after)[:reach])
    return next((kind for kind in behind if kind), "")


def _plain(text: str) -> list[str]:
    return [w.strip(".,;:!?\"'“”’()").lower() for w in text.split()]
