"""Keeps accounts; signs people in, within limits that keep guessing slow."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dashboard.base.language import Text, in_both
from dashboard.catalogue.areas import Areas
from dashboard.services.access.audit import Audit
from dashboard.services.access.passwords import hashed, matches, refuse_weak
from dashboard.services.access.person import ROLES, Person, Role, signature
from dashboard.services.context import NotFound
from dashboard.services.filters import one_area
from dashboard.store import accounts as stored
from dashboard.store.accounts import StoredAccount, StoredSession
from dashboard.store.opening import Engine, StoreError

LONGEST_NAME = 60
_PROVIDER = "OIDC"  # how somebody signed in, in the audit log
SCREEN = "screen"  # the role of a wall screen: no person, sees /screen/<token> and nothing else
_FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)
WINDOW = timedelta(minutes=15)  # in which failures count
OF_PAIR, OF_NAME, OF_ORIGIN = 5, 30, 50  # failures after which a sign-in is not tried


@dataclass(frozen=True, slots=True)
class Wish:
    """What an account is to be: None leaves as it is. ``areas`` by code or name."""

    role: str | None = None
    areas: Sequence[str] | None = None
    originals: bool | None = None
    password: str | None = None
    enabled: bool | None = None
    subject: str | None = None  # with the identity provider; "": of whoever signs in next


class TooMany(StoreError):
    """Too many sign-ins failed; try again later."""


class Accounts:
    """The accounts of one store, and their sessions. Thread-safe."""

    def __init__(self, engine: Engine, areas: Callable[[], Areas], audit: Audit) -> None:
        """Keep them in this store; ``areas`` are those a contributor can be given."""
        self._engine, self._areas, self._audit = engine, areas, audit

    def all(self) -> list[StoredAccount]:
        """Every account, by name."""
        return stored.read_accounts(self._engine)

    def has_admin(self) -> bool:
        """Whether an administrator can sign in."""
        return bool(self._admins())

    def _admins(self) -> list[StoredAccount]:
        return [
            account
            for account in self.all()
            if account.role == Role.ADMIN.key and account.disabled is None
        ]

    def add(self, name: str, wish: Wish, by: str = "") -> None:
        """Keep a new account; raises StoreError for a name or password that is not taken."""
        new, password = self.drafted(name, wish), wish.password or ""
        refuse_weak(password, new.name)
        new = new._replace(password=hashed(password), made_by=signature(by))
        stored.add_account(self._engine, new)
        self._audit.note("user", f"+ {new.name} ({_described(new)})", by)

    def drafted(self, name: str, wish: Wish) -> StoredAccount:
        """A new account as it would be kept, without its password; raises StoreError."""
        name, role = _checked_name(name), wish.role or Role.VIEWER.key
        if stored.read_account(self._engine, name) is not None:
            raise stored.taken(name)
        blank = StoredAccount(name, _role(role), (), "", False, datetime.now(UTC), "")
        return self._wished(blank, wish)

    def change(self, name: str, wish: Wish, by: str = "") -> None:
        """Change an account; a new password, another person or disabling it ends its sessions.

        Raises NotFound for an unknown name, StoreError where no administrator would be left.
        """
        before = self.get(name)
        after = self._wished(before, wish)
        if wish.password is not None:
            refuse_weak(wish.password, name)
            after = after._replace(password=hashed(wish.password))
            stored.forget_failures(self._engine, name, datetime.now(UTC) - WINDOW)
        is_admin = after.role == Role.ADMIN.key and after.disabled is None
        if not is_admin and [admin.name for admin in self._admins()] == [name]:
            raise StoreError(Text("至少要有一位管理员", "at least one administrator must be left"))
        is_other = wish.password is not None or after.subject != before.subject
        ends = is_other or after.disabled is not None
        stored.change_account(self._engine, after, sign_out=ends)
        password = "; password" if wish.password is not None else ""
        self._audit.note("user", f"{name} ({_described(after)}{password})", by)

    def _wished(self, account: StoredAccount, wish: Wish) -> StoredAccount:
        if account.role == SCREEN and (wish.role is not None or wish.password is not None):
            raise StoreError(in_both("access_screen_role"))
        disabled = account.disabled
        if wish.enabled is not None:
            disabled = None if wish.enabled else datetime.now(UTC)
        areas, original = account.areas, account.originals
        if wish.areas is not None:
            known = self._areas()
            areas = tuple(one_area(known, area).code for area in wish.areas)
        role = account.role if wish.role is None else _role(wish.role)
        asks_for_areas = wish.role is not None or wish.areas is not None
        if asks_for_areas and role == Role.CONTRIBUTOR.key and not areas:
            raise StoreError(in_both("access_areas_needed"))
        return account._replace(
            role=role,
            areas=areas,
            originals=original if wish.originals is None else wish.originals,
            disabled=disabled,
            subject=account.subject if wish.subject is None else wish.subject,
        )

    def get(self, name: str) -> StoredAccount:
        """The account of this name; raises NotFound."""
        account = stored.read_account(self._engine, name)
        if account is None:
            raise NotFound(Text(f"没有用户“{name}”", f"there is no user {name!r}"))
        return account

    def sign_in(self, name: str, password: str, origin: str, known: str, hours: int) -> str | None:
        """The token of a new session, None for a wrong name or password; raises TooMany.

        ``origin`` is the address; ``known`` names a browser in which this person signed in before:
        it has a count of its own, so that nobody else's failures keep its person out.
        """
        name, now = name.strip()[:LONGEST_NAME], datetime.now(UTC)
        place = known or origin
        account = stored.read_account(self._engine, name)
        self._refuse_many(name, place, account, now)
        digest = account.password if account and account.disabled is None else ""
        if not matches(password, digest):
            stored.note_failure(self._engine, name, place, now)
            self._audit.note_of(name, "sign_in_failed", "", origin)
            return None
        stored.forget_failures(self._engine, name, now - WINDOW)
        return self._new_session(name, origin, hours)

    def sign_in_vouched(self, name: str, subject: str, origin: str, hours: int) -> str:
        """The token of a new session of whom an identity provider names; raises StoreError.

        A name may pass to another person there, ``subject`` does not: the first who signs in with
        the name of an account has it from then on. An administrator's is given by command alone.
        """
        person = self.person_named(name, origin)
        refusal = "sso_no_user" if person is None else self._not_own(person, subject)
        if refusal:
            told = f"{_PROVIDER} {subject}"
            self._audit.note_of(name[:LONGEST_NAME], "sign_in_failed", told, origin)
            raise StoreError(in_both(refusal, name=name[:LONGEST_NAME], subject=subject))
        return self._new_session(name, origin, hours, _PROVIDER)

    def _not_own(self, person: Person, subject: str) -> str:
        """The key of why the account of a name is not that of a subject; "" where it is."""
        bound = self.get(person.name).subject
        if not bound and person.role is Role.ADMIN:
            return "sso_admin"
        is_own = bound == subject or stored.bind_account(self._engine, person.name, subject)
        return "" if is_own else "sso_other"

    def _new_session(self, name: str, origin: str, hours: int, how: str = "") -> str:
        now, token = datetime.now(UTC), secrets.token_urlsafe(32)
        ends = now + timedelta(hours=hours)
        stored.add_session(self._engine, StoredSession(digest_of(token), name, now, ends))
        self._audit.note_of(name, "sign_in", how, origin)
        return token

    def new_token(self, name: str, days: int, by: str = "") -> str:
        """A token with which a program fetches lists and files as this person; raises NotFound.

        It ends after so many days, with a new password, and when its person signs out everywhere.
        """
        self.get(name)
        now, token = datetime.now(UTC), secrets.token_urlsafe(32)
        ends = now + timedelta(days=days)
        stored.add_session(self._engine, StoredSession(digest_of(token), name, now, ends))
        self._audit.note("user", f"{name}: token until {ends:%Y-%m-%d}", by)
        return token

    def open_screen(self, name: str, by: str = "") -> str:
        """The token of a wall screen of this name, made where there is none; raises StoreError.

        It opens /screen/<token> alone, and does not end until it is disabled or signed out
        everywhere. The token is no session: nobody is signed in with it.
        """
        name, now = _checked_name(name), datetime.now(UTC)
        account = stored.read_account(self._engine, name)
        if account is None:
            new = StoredAccount(name, SCREEN, (), "", False, now, signature(by))
            stored.add_account(self._engine, new)
        elif account.role != SCREEN or account.disabled is not None:
            raise StoreError(in_both("access_screen_taken"))
        token = secrets.token_urlsafe(32)
        stored.add_session(self._engine, StoredSession(digest_of(token), name, now, _FOR_EVER))
        self._audit.note("user", f"{name}: wall screen", by)
        return token

    def screen_of(self, token: str) -> str:
        """The name of the wall screen with this token; "" where it was revoked or is none."""
        account = stored.account_of_session(self._engine, digest_of(token), datetime.now(UTC))
        return account.name if account is not None and account.role == SCREEN else ""

    def _refuse_many(
        self, name: str, place: str, account: StoredAccount | None, now: datetime
    ) -> None:
        """Raises TooMany; the failures of others never count against an administrator's name."""
        failed = stored.failures_since(self._engine, name, place, now - WINDOW)
        is_admin = account is not None and account.role == Role.ADMIN.key
        if (
            failed.pair >= OF_PAIR
            or failed.origin >= OF_ORIGIN
            or (failed.name >= OF_NAME and not is_admin)
        ):
            raise TooMany(
                Text(
                    "登录失败次数过多，请 15 分钟后再试，或请管理员在服务器上重设密码",
                    "too many sign-ins failed: try again in 15 minutes, or have the password set"
                    " anew on the server",
                )
            )

    def person_of(self, token: str, origin: str) -> Person | None:
        """Who has signed in with this token; None where the session has ended."""
        if not token:
            return None
        account = stored.account_of_session(self._engine, digest_of(token), datetime.now(UTC))
        return _person(account, origin)

    def person_named(self, name: str, origin: str) -> Person | None:
        """Who a web server says has signed in; None where no account of this name is enabled."""
        account = stored.read_account(self._engine, name) if name else None
        return _person(account, origin) if account and account.disabled is None else None

    def change_own_password(self, name: str, old: str, new: str) -> None:
        """Set one's own password, which ends all sessions; raises StoreError for a wrong one."""
        if not matches(old, self.get(name).password):
            raise StoreError(Text("原密码不对", "the present password is another"))
        self.change(name, Wish(password=new))

    def sign_out(self, token: str) -> None:
        """End this session."""
        stored.end_session(self._engine, digest_of(token))
        self._audit.note("sign_out", "")

    def sign_out_everywhere(self, name: str, by: str = "") -> int:
        """End all sessions of an account; returns how many there were."""
        self.get(name)
        count = stored.end_sessions(self._engine, name)
        self._audit.note("sign_out", f"{name}: {count}", by)
        return count


def digest_of(token: str) -> str:
    """What the store keeps of a token, which nobody can turn back."""
    return hashlib.sha256(token.encode()).hexdigest()


def _role(name: str) -> str:
    if name not in ROLES:
        listed = ", ".join(ROLES)
        raise StoreError(Text(f"角色只能是：{listed}", f"a role is one of: {listed}"))
    return name


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise StoreError(
            Text(
                f"请写用户名，最多 {LONGEST_NAME} 个字符",
                f"a name is needed, at most {LONGEST_NAME} characters",
            )
        )
    return name


def _described(account: StoredAccount) -> str:
    parts = [account.role, *account.areas]
    parts += ["originals"] if account.originals else []
    parts += [account.subject] if account.subject else []
    return " ".join([*parts, *(["disabled"] if account.disabled else [])])


def _person(account: stored.StoredAccount | None, origin: str) -> Person | None:
    """Who acts with an account; None without one, and with that of a wall screen."""
    if account is None or account.role not in ROLES:
        return None
    role = ROLES[account.role]
    return Person(account.name, role, account.areas, account.originals, origin)
