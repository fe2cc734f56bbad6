"""What people say of lines of unknown indicators: with this hand-in, or once before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.intake.forms.mapping import Mapped, Mappings, mapping_key, names_of
from dashboard.store.mappings import NewMapping, StoredMapping

ANY_FORM = ""
VOCABULARY = "word"  # the form under which the meaning of words is kept


@dataclass(frozen=True, slots=True)
class MappingAnswers:
    """``now`` comes with the hand-in (form, "" for any, and printed name); it wins over ``kept``.

    Both lead to an indicator's id, or to "" where the line is to be left out.
    """

    now: Mapping[tuple[str, str], str] = field(default_factory=dict)
    kept: Sequence[StoredMapping] = ()

    def words(self) -> dict[str, str]:
        """What this bureau has said its words mean, the last word of each."""
        return {one.name: one.indicator for one in self.kept if one.form == VOCABULARY}

    def of_form(self, form: str, also: str = ANY_FORM) -> Mappings:
        """What was said of lines of this form, by ``mapping_key`` of the name.

        ``also`` is a form whose answers of now count too: a table's subject and its layout.
        """
        mappings = {
            mapping_key(one.name): Mapped(one.indicator, one.by, one.when)
            for one in self.kept
            if one.form == form
        }
        for wanted in dict.fromkeys((ANY_FORM, also, form)):
            for (said_of, name), indicator in self.now.items():
                known = mappings.get(mapping_key(name))
                if said_of == wanted and not (known and known.indicator == indicator):
                    mappings[mapping_key(name)] = Mapped(indicator)
        return mappings

    def proposed(self, name: str, subject: str) -> tuple[str, ...]:
        """What lines of this name were mapped to in tables of other subjects, nearest first.

        ``name`` may end with its unit in brackets. Tables of the same district come first, the
        latest of them; nothing of it is applied unasked.
        """
        bare = name.rpartition("(")[0] or name
        keys = {mapping_key(known) for whole in (name, bare) for known in names_of(whole)}
        district = _district(subject)
        alike = [
            one
            for one in reversed(self.kept)
            if one.indicator and one.form not in (subject, VOCABULARY)
            if {mapping_key(one.name), mapping_key(one.name.rpartition("(")[0])} & keys
        ]
        alike.sort(key=lambda one: _district(one.form) != district)
        return tuple(dict.fromkeys(one.indicator for one in alike))

    def new(self, form: str, used: Iterable[tuple[str, str]], by: str) -> list[NewMapping]:
        """Those of the ``used`` names and their indicators that are not kept yet."""
        kept = {mapping_key(one.name): one.indicator for one in self.kept if one.form == form}
        return [
            NewMapping(form, name, indicator, by)
            for name, indicator in used
            if all(kept.get(mapping_key(known)) != indicator for known in names_of(name))
        ]

    def unused(self, used: Iterable[str]) -> list[str]:
        """The names said now that no unknown line bore."""
        keys = {mapping_key(known) for name in used for known in names_of(name)}
        return [name for _, name in self.now if mapping_key(name) not in keys]


def _district(subject: str) -> str:
    """The code of the district in a table's subject; "" of a form that is none."""
    parts = subject.split(":")
    return parts[1] if len(parts) > 1 else ""
