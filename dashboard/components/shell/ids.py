"""Lists the ids that callbacks and scripts name; a test looks for each on a page."""

from __future__ import annotations

URL = "url"  # the address: the whole state
SELECTION = "selection"  # the address's query, parsed; changing it redraws the panels
PANELS_DRAWN = "panels-drawn"  # a digest of each panel as it was drawn last
DRILL_LINK = "drill-link"  # output of what leads on (a click on a chart); never read

THEME = "theme-choice"  # heard by assets/10-base/theme.js, by no callback
THEME_SHOWN = "theme-shown"  # the theme that charts are drawn in; set by the browser

FAILURE = "failure"  # a sentence where a callback failed
CONNECTION = "connection"  # a sentence while the server cannot be reached

AREA = "area-choice"
PERIOD = "period-choice"
COMPARISON = "comparison-choice"
DRAWN = "drawn"  # what the filters showed when they were drawn

INDICATOR_SEARCH = "indicator-search"
INDICATOR_TOPIC = "indicator-topic"
INDICATOR_LIST = "indicator-list"

DRAFT_UPLOAD = "draft-upload"
DRAFT_PREVIOUS = "draft-previous"
DRAFT_PASTE = "draft-paste"
DRAFT_AREA = "draft-area"
DRAFT_CHECK = "draft-check"
DRAFT_MESSAGE = "draft-message"
DRAFT_TOKEN = "draft-token"  # of the tray
DRAFT_RESULT = "draft-result"

DECLARE_NAME = "declare-name"
DECLARE_UNIT = "declare-unit"
DECLARE_BASIS = "declare-basis"
DECLARE_SUM = "declare-sum"  # how streets add up
DECLARE_GOOD = "declare-good"  # the good direction
DECLARE_TOPIC = "declare-topic"
DECLARE_NUMERATOR = "declare-numerator"  # of a ratio
DECLARE_DENOMINATOR = "declare-denominator"
DECLARE_PARTS = "declare-parts"  # the names that a ratio can be made of
DECLARE_BY = "declare-by"
DECLARE = "declare"
DECLARE_MESSAGE = "declare-message"

UPLOAD_FORM = "upload-form"
UPLOAD = "upload"
UPLOAD_FILES = "upload-files"  # a sentence below the ways in
UPLOAD_NOTE = "upload-note"
NOTE_FIELD = "note-field"
PASTE = "paste"
PASTE_PAGE = "paste-page"  # what was pasted, as the web page's part it may have been
PASTE_PREVIEW = "paste-preview"

UPLOAD_REPORT = "upload-report"  # a checked report whose figures are to be previewed
UPLOAD_WORK = "upload-work"  # which files wait, and which job works on them; kept for the session
POLL = "poll"
PROGRESS_CARD = "progress-card"
PROGRESS = "progress"
CANCEL = "cancel"
PREVIEW_CARD = "preview-card"
PREVIEW = "preview"
HAND_IN_MESSAGE = "hand-in-message"
HAND_IN = "hand-in"
ANSWER_CHANGED = "answer-changed"
HAND_IN_WAITS = "hand-in-waits"
PREVIEW_AGAIN = "preview-again"
DISCARD = "discard"
RECEIPTS = "receipts"

REMOVE_SAMPLES = "remove-samples"
REMOVE_CONFIRM = "remove-confirm"
REMOVED = "removed"
SUBMISSION_LIST = "submission-list"

COMPLETENESS_AREA = "completeness-area"
COMPLETENESS_FORM = "completeness-form"
COMPLETENESS_SPAN = "completeness-span"
COMPLETENESS_DRAWN = "completeness-drawn"  # what its controls showed when they were drawn

TARGETS_AREA = "targets-area"
TARGETS_PERIOD = "targets-period"
TARGETS_TOPIC = "targets-topic"
TARGETS_OWNER = "targets-owner"
TARGETS_BELOW = "targets-below"
TARGETS_DRAWN = "targets-drawn"  # what its controls showed when they were drawn

TARGET_OPEN = "target-open"
TARGET_DIALOG = "target-dialog"
TARGET_TITLE = "target-title"
TARGET_INDICATORS = "target-indicators"
TARGET_BY = "target-by"
TARGET_REASON = "target-reason"
TARGET_TRY = "target-try"
TARGET_TRIED = "target-tried"
TARGET_SAVE = "target-save"
TARGET_RETIRE = "target-retire"
TARGET_CLOSE = "target-close"
TARGET_MESSAGE = "target-message"
TARGET_OF = "target-of"  # which target the dialog is about; empty for a new one
PLAN_TABLE = "plan-table"
PLAN_PACES = "plan-paces"  # the pace chosen for each area, base units per month
PLAN_BY = "plan-by"
PLAN_REASON = "plan-reason"
PLAN_SAVE = "plan-save"
PLAN_MESSAGE = "plan-message"
SPLIT_OPEN = "split-open"
SPLIT_DIALOG = "split-dialog"
SPLIT_TITLE = "split-title"
SPLIT_METHOD = "split-method"
SPLIT_BASIS = "split-basis"  # the indicator whose figures are the shares
SPLIT_BASIS_BOX = "split-basis-box"
SPLIT_SHARES_BOX = "split-shares-box"
SPLIT_PREVIEW = "split-preview"
SPLIT_BY = "split-by"
SPLIT_REASON = "split-reason"
SPLIT_SAVE = "split-save"
SPLIT_CLOSE = "split-close"
SPLIT_SAVE_MESSAGE = "split-save-message"  # when it is kept
SPLIT_INPUT_MESSAGE = "split-input-message"  # while it is typed
SPLIT_OF = "split-of"  # which target is divided
TARGET_TURN = "target-turn"  # where to turn once it is kept

COMMENT_BY = "comment-by"
COMMENT_EDIT = "comment-edit"
COMMENT_SAVE = "comment-save"
COMMENT_CANCEL = "comment-cancel"
COMMENT_FORM = "comment-form"
COMMENT_TEXT = "comment-text"
COMMENT_MESSAGE = "comment-message"
COMMENT_OF = "comment-of"  # which target and month it is about

LOCK_AREA = "lock-area"
LOCK_PERIOD = "lock-period"
LOCK_BY = "lock-by"
LOCK_REASON = "lock-reason"
LOCK = "lock"
UNLOCK_WHICH = "unlock-which"
UNLOCK_BY = "unlock-by"
UNLOCK_REASON = "unlock-reason"
UNLOCK = "unlock"
LOCK_LIST = "lock-list"
LOCK_MESSAGE = "lock-message"

WITHDRAW_NUMBER = "withdraw-number"
WITHDRAW_BY = "withdraw-by"
WITHDRAW_REASON = "withdraw-reason"
WITHDRAW = "withdraw"
RETURN_SUBMISSION = "return"
WITHDRAW_CONFIRM = "withdraw-confirm"
RETURN_SUBMISSION_CONFIRM = "return-confirm"
WITHDRAWING = "withdrawing-card"
WITHDRAW_MESSAGE = "withdraw-message"


def panel(kind: str, ref: str = "") -> dict[str, str]:
    """The id of a block that is redrawn when the selection changes; ``kind`` is a key of PANELS."""
    return {"type": "panel", "name": kind, "ref": ref}


def graph(ref: str) -> dict[str, str]:
    """The id of a chart's graph, whose clicks lead on."""
    return {"type": "graph", "ref": ref}


def fold(part: str, place: int) -> dict[str, str | int]:
    """The ids of a folded sheet's ``summary`` and of its ``content``, drawn when it is opened."""
    return {"type": f"fold-{part}", "place": place}


def register_streets(place: int) -> dict[str, str | int]:
    """The id of the button that registers the unknown streets of a sheet; -1 takes all back."""
    return {"type": "register-streets", "place": place}


def target_field(role: str) -> str:
    """The id of a field of a target's dialog; ``role`` is a column of a table of targets."""
    return f"target-field-{role}"


def split_share(area: object) -> dict[str, object]:
    """The field for one area's share of a target that is divided, or of all with ALL."""
    return {"type": "split-share", "area": area}


def comment_field(name: str) -> str:
    """The id of one of the three texts of a commentary."""
    return f"comment-{name}"


def slug(ref: str) -> str:
    """A reference as a plain DOM id: marriage/registrations → marriage-registrations."""
    return "".join(c if c.isalnum() else "-" for c in ref)


REPORT_AREAS = "report-areas"
REPORT_TITLE = "report-title"
REPORT_MARKING = "report-marking"
REPORT_PARTS = "report-parts"
REPORT_LANGUAGE = "report-language"
REPORT_DECK = "report-deck"
REPORT_SLIDES = "report-slides"
REPORT_TEMPLATE = "report-template"  # what goes where in the chosen slides
REPORT_ORDER = "report-order"  # the chosen charts in their order
REPORT_NONE = "report-none"
REPORT_OUTLINE = "report-outline"
REPORT_JOB = "report-job"
REPORT_POLL = "report-poll"
REPORT_PROGRESS = "report-progress"
REPORT_CANCEL = "report-cancel"
REPORT_DONE = "report-done"
REPORT_SAVED = "report-saved"
REPORT_NAME = "report-name"
REPORT_BY = "report-by"
REPORT_SAVE = "report-save"
REPORT_RENAME = "report-rename"
REPORT_REMOVE = "report-remove"
REPORT_MESSAGE = "report-message"
REFRESH_FILE = "refresh-file"
REFRESH_MESSAGE = "refresh-message"


def report_all(topic: str) -> dict[str, str]:
    """The button that chooses a chart of every figure of a topic."""
    return {"type": "report-all", "topic": topic}


def report_charts(topic: str) -> dict[str, str]:
    """The id of a topic's list of charts on the report page."""
    return {"type": "report-charts", "topic": topic}


def report_make(form: str) -> dict[str, str]:
    """The id of the button that makes a report in a format."""
    return {"type": "report-make", "format": form}


MEETING_NEW = "meeting-new"  # the form; its fields, and where it leads
MEETING_TITLE = "meeting-title"
MEETING_HELD = "meeting-held"
MEETING_MESSAGE = "meeting-message"
MEETING_TURN = "meeting-turn"
AGENDA = "agenda"  # everything of a meeting's page that its forms change
AGENDA_MESSAGE = "agenda-message"
QUESTION_LIST = "question-list"
QUESTION_MESSAGE = "question-message"
ASK = "ask"  # the form for a question asked on a slide, and its fields
ASK_ABOUT = "ask-about"  # what is shown: kind, ref, query
ASK_MEETING = "ask-meeting"
ASK_TEXT = "ask-text"
ASK_OWNER = "ask-owner"
ASK_DUE = "ask-due"
ASK_MESSAGE = "ask-message"
RECEIPT_TAKE = "receipt-take"
RECEIPT_TAKEN = "receipt-taken"
RECEIPT_FIND = "receipt-find"
RECEIPT_CODE = "receipt-code"
RECEIPT_TURN = "receipt-turn"
RECEIPT_OF = "receipt-of"  # the code of the receipt that is open
RECEIPT_COMPARE = "receipt-compare"
RECEIPT_JOB = "receipt-job"
RECEIPT_POLL = "receipt-poll"
RECEIPT_COMPARED = "receipt-compared"


def agenda_form(act: str, page: int = 0) -> dict[str, str | int]:
    """A form of an agenda: "change" its head, or "note" on one of its pages."""
    return {"type": "agenda-form", "act": act, "page": page}


def agenda_field(name: str, page: int = 0) -> dict[str, str | int]:
    """A field of such a form."""
    return {"type": "agenda-field", "name": name, "page": page}


def agenda_act(act: str, page: int = 0) -> dict[str, str | int]:
    """A button of an agenda: freeze; of a page earlier, later, remove."""
    return {"type": "agenda-act", "act": act, "page": page}


def agenda_add(kind: str, ref: str) -> dict[str, str | int]:
    """The button that puts a chart, topic or target on the coming agenda."""
    return {"type": "agenda-add", "kind": kind, "ref": ref}


def agenda_to(kind: str, ref: str, meeting: str) -> dict[str, str | int]:
    """The button that puts it on this agenda, or on a new one."""
    return {"type": "agenda-to", "kind": kind, "ref": ref, "meeting": meeting}


def agenda_added(kind: str, ref: str) -> dict[str, str | int]:
    """Where it says on which agenda it is now."""
    return {"type": "agenda-added", "kind": kind, "ref": ref}


def question_form(question: int) -> dict[str, str | int]:
    """The form that answers a question."""
    return {"type": "question-form", "question": question}


def question_field(name: str, question: int) -> dict[str, str | int]:
    """A field of it: "answer" or "by"."""
    return {"type": "question-field", "name": name, "question": question}


def question_reopen(question: int) -> dict[str, str | int]:
    """The button that opens an answered question again."""
    return {"type": "question-reopen", "question": question}
