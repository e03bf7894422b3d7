"""What at the desk does the same as a command. Refusals name commands, and nobody at the desk should need one."""

import re

# By the words of a command after `coprod`: what it is called at the desk, and the keys that lead there from home.
WAYS = {
    "new": "“Start a workspace” (home: W)",
    "contacts confirm": "Help contacts (home: Service)",
    "keys new": "“Make a key for yourself” (home: Service, K)",
    "keys add": "“Name somebody who may open answers” (home: Service, K)",
    "keys remove": "“Seal to them no more” (home: Service, K)",
    "keys show": "“See the four words” (home: Service, K)",
    "keys rehearse": "“Rehearse” (home: Service, K)",
    "surveys check": "“What the check says” (home: Facilitator, F)",
    "surveys panel": "“Let young people try its words” (home: Facilitator, T)",
    "surveys bundle": "“Copy the sealed answers” (home: Facilitator, Sessions, its name)",
    "surveys open": "“Open answers” (home: Analyst, O)",
    "surveys dispose": "“Destroy” (home: Facilitator, Sessions, D)",
    "analysis pathway": "“Pathway” (home: Analyst, M)",
    "analysis audiences": "“Audiences” (home: Analyst, M)",
    "analysis you-said": "“You said, we did” (home: Analyst, M)",
    "campaigns approver": "“Who signs materials off” (home: Campaign team, A)",
    "campaigns panel": "“The panel's questions” (home: Campaign team, its name)",
    "campaigns decide": "“What the team decides” (home: Campaign team, its name)",
    "campaigns compare": "“Two versions beside each other” (home: Campaign team, its name)",
}
# Options that a refusal names, with what stands before them: at the desk a form asks for what they say.
OPTIONS = {
    ", with --reissue REASON and two --signed NAME": " and two people say so",
    ": --reissue REASON --other-people": "",
}
_COMMAND = re.compile(r"`coprod ([^`]*)`|(?<=: )coprod ((?:surveys|campaigns|analysis|keys) .*)")


def at_the_desk(reason: str) -> str:
    """Give a reason with what to press in place of every command; a command that the desk has not stays."""
    for option, words in OPTIONS.items():
        reason = reason.replace(option, words)
    return _COMMAND.sub(_way, reason)


def _way(found: re.Match[str]) -> str:
    words = (found[1] or found[2]).split()
    return WAYS.get(" ".join(words[:2])) or WAYS.get(words[0]) or found[0]
