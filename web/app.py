"""The Flask application, put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from engine.forms import OptionsByDay
from handlers.shared.demo.registry_moods import RegistryMoods
from web import (
    auth,
    cabinet,
    cockpit,
    dated_tables,
    demo_registries,
    documents,
    errors,
    formats,
    health,
    icons,
    instances,
    language,
    messages,
    navigation,
    security,
    signing,
    tasklist,
    uploads,
    working_days,
)
from web.context import EXTENSION, DemoSigner, Engine, Signatures, Surroundings
from web.kept_checks import CheckStore
from web.kept_details import DetailsStore
from web.people import People
from web.post import Post
from web.settings import WebSettings

_BLUEPRINTS = (
    auth.blueprint,
    health.blueprint,
    cabinet.blueprint,
    tasklist.blueprint,
    instances.blueprint,
    cockpit.blueprint,
    documents.blueprint,
    working_days.blueprint,
    messages.blueprint,
    dated_tables.blueprint,
    demo_registries.blueprint,
    signing.blueprint,
)
_REDRAWN = {
    "tasklist.complete": tasklist.task.redrawn,
    "tasklist.sign": tasklist.task.redrawn,
    "cabinet.begin": cabinet.start.redrawn,
    "cabinet.keep_details": cabinet.account.redrawn,
}


def create_app(
    engine: Engine,
    settings: WebSettings,
    people: People,
    *,
    signer: DemoSigner | None = None,
    options: OptionsByDay | None = None,
    details: DetailsStore | None = None,
    signatures: Signatures | None = None,
    registry_moods: RegistryMoods | None = None,
    post: Post | None = None,
    checks: CheckStore | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Flask:
    """The web over an engine.

    `people` is the directory of who may sign in; `signer` signs with demo keys and is used only
    where `settings.demo`;
    `options` are the classifiers that forms choose from, `details` what enterprises keep;
    `signatures` verifies a signature that is only tried; `post` has the messages for those who
    write and send them; `checks` has the checks of enterprises;
    `registry_moods` says how the registries of a demonstration behave; `clock` is the engine's.
    """
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="qadam",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.cookie_secure,
        # Answers that are still on their way must not bring an older session back.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=settings.session_lifetime,
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_request_bytes,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE=settings.default_language,
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions[EXTENSION] = Surroundings(
        engine,
        settings,
        people,
        clock,
        signer if settings.demo else None,
        options,
        details,
        signatures,
        registry_moods if settings.demo else None,
        post,
        checks,
    )
    Babel(
        app,
        locale_selector=language.choose_language,
        default_translation_directories=str(language.TRANSLATIONS),
    )
    language.add_wording(app)
    app.before_request(uploads.allow_files)
    CSRFProtect(app)
    security.protect(app)
    language.keep_choice(app)
    auth.require_sign_in(app)
    formats.add_formats(app)
    icons.add_icons(app)
    navigation.add_navigation(app)
    errors.add_error_pages(app, _REDRAWN)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
