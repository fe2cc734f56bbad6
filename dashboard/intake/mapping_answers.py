"""Answers what lines of unknown indicators mean: given with this hand-in, or stored earlier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.intake.forms.mapping import Mapped, Mappings, mapping_key, names_of
from dashboard.intake.understanding.remembered_answers import FormKey, Remembered
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
        return {
            mapping.name: mapping.indicator for mapping in self.kept if mapping.form == VOCABULARY
        }

    def remembered(self) -> list[Remembered]:
        """What was answered of forms, and what words mean, with who said it and when."""
        return [
            Remembered(form, mapping.name, mapping.indicator, mapping.by, mapping.when)
            for mapping in self.kept
            for form in (FormKey.parse(mapping.form),)
            if form is not None or mapping.form == VOCABULARY
        ]

    def of_form(self, form: str, also: str = ANY_FORM) -> Mappings:
        """What was said of lines of this form, by ``mapping_key`` of the name.

        ``also`` is a form whose answers of now count too: a table's subject and its layout.
        """
        mappings = {
            mapping_key(mapping.name): Mapped(mapping.indicator, mapping.by, mapping.when)
            for mapping in self.kept
            if mapping.form == form
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
            mapping
            for mapping in reversed(self.kept)
            if mapping.indicator and mapping.form not in (subject, VOCABULARY)
            if FormKey.parse(mapping.form) is None
            if {mapping_key(mapping.name), mapping_key(mapping.name.rpartition("(")[0])} & keys
        ]
        alike.sort(key=lambda mapping: _district(mapping.form) != district)
        return tuple(dict.fromkeys(mapping.indicator for mapping in alike))

    def new(self, form: str, used: Iterable[tuple[str, str]], by: str) -> list[NewMapping]:
        """Those of the ``used`` names and their indicators that are not kept yet."""
        kept = {
            mapping_key(mapping.name): mapping.indicator
            for mapping in self.kept
            if mapping.form == form
        }
        return [
            NewMapping(form, name, indicator, by)
            for name, indicator in used
            if all(kept.get(mapping_key(known)) != indicator for known in names_of(name))
        ]

    def new_answers(self, form: FormKey, given: Mapping[str, str], by: str) -> list[NewMapping]:
        """Those of the answers given of a form that are not kept yet."""
        kept = {one.name: one.answer for one in self.remembered() if one.form == form}
        return [
            NewMapping(str(form), name, answer, by)
            for name, answer in given.items()
            if kept.get(name) != answer
        ]

    def unused(self, used: Iterable[str]) -> list[str]:
        """The names said now that no unknown line bore."""
        keys = {mapping_key(known) for name in used for known in names_of(name)}
        return [name for _, name in self.now if mapping_key(name) not in keys]


def _district(subject: str) -> str:
    """The code of the district in a table's subject; "" of a form that is none."""
    parts = subject.split(":")
    return parts[1] if len(parts) > 1 else ""
