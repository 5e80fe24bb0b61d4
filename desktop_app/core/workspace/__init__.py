"""The encrypted local workspace and the secrets that open it."""

from desktop_app.core.workspace.batch_store import Batches, BatchRow, BatchState, uuid7
from desktop_app.core.workspace.outbox_store import OutboxEntry, OutboxState, OutboxStore
from desktop_app.core.workspace.recipe_store import RecipeStore, RecipeVersion, SavedRecipe
from desktop_app.core.workspace.record_stores import RecordChanges
from desktop_app.core.workspace.secrets import SecretStore, open_secrets
from desktop_app.core.workspace.workspace import Workspace

__all__ = [
    "BatchRow",
    "BatchState",
    "Batches",
    "OutboxEntry",
    "OutboxState",
    "OutboxStore",
    "RecipeStore",
    "RecipeVersion",
    "RecordChanges",
    "SavedRecipe",
    "SecretStore",
    "Workspace",
    "open_secrets",
    "uuid7",
]
