"""The employer's cabinet: what to do, where an application stands, starting a new one."""

from __future__ import annotations

from flask import Blueprint

from web.cabinet import account, actions, application, check, correspondence, home, start

blueprint = Blueprint("cabinet", __name__, url_prefix="/cabinet")
blueprint.add_url_rule("/", "home", home.show)
blueprint.add_url_rule("/account", "account", account.show)
blueprint.add_url_rule("/account/<party>", "account_details", account.details)
blueprint.add_url_rule("/account/<party>", "keep_details", account.keep, methods=["POST"])
blueprint.add_url_rule("/messages", "messages", correspondence.messages)
blueprint.add_url_rule("/messages/read", "mark_read", correspondence.mark_read, methods=["POST"])
blueprint.add_url_rule("/messages/language", "language", correspondence.language)
blueprint.add_url_rule(
    "/messages/language", "choose_language", correspondence.choose_language, methods=["POST"]
)
blueprint.add_url_rule("/start/<process_id>", "start", start.show)
blueprint.add_url_rule("/start/<process_id>", "begin", start.begin, methods=["POST"])
blueprint.add_url_rule("/applications/<instance_id>", "application", application.show)
blueprint.add_url_rule("/applications/<instance_id>/progress", "progress", application.progress)
blueprint.add_url_rule("/applications/<instance_id>/actions/<action>", "action", actions.show)
blueprint.add_url_rule(
    "/applications/<instance_id>/actions/<action>",
    "carry_out",
    actions.carry_out,
    methods=["POST"],
)
blueprint.add_url_rule("/applications/<instance_id>/check", "check", check.show)
blueprint.add_url_rule(
    "/applications/<instance_id>/check/progress", "check_progress", check.progress
)
blueprint.add_url_rule(
    "/applications/<instance_id>/check/history", "check_history", check.history_of_application
)
blueprint.add_url_rule("/account/<party>/checks", "checks", check.history)
blueprint.add_url_rule("/checks", "all_checks", check.history_of_all)
