"""Tasks of people: the list, one task, several together, claiming, signing."""

from __future__ import annotations

from flask import Blueprint

from web.tasklist import bulk, claiming, listing, review, signing, task

blueprint = Blueprint("tasklist", __name__, url_prefix="/tasks")
blueprint.add_url_rule("/", "show", listing.show)
blueprint.add_url_rule("/together", "together", bulk.together, methods=["GET", "POST"])
blueprint.add_url_rule("/<task_id>", "task", task.show)
blueprint.add_url_rule("/<task_id>", "complete", task.complete, methods=["POST"])
blueprint.add_url_rule("/<task_id>/review", "review", review.show)
blueprint.add_url_rule("/<task_id>/signature", "sign", signing.sign, methods=["POST"])
blueprint.add_url_rule("/<task_id>/signature", "back_from_signing", signing.back)
blueprint.add_url_rule(
    "/<task_id>/signature/prepared", "prepare", signing.prepare, methods=["POST"]
)
blueprint.add_url_rule("/<task_id>/claim", "claim", claiming.claim, methods=["POST"])
blueprint.add_url_rule("/<task_id>/unclaim", "unclaim", claiming.unclaim, methods=["POST"])
