"""The first migration of a room: all its tables laid in one go."""

from itertools import takewhile

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, Migration
from django.db.migrations.state import ProjectState


class Tables(Migration):
    """Creates its leading tables together.

    Django draws every model that is related to a new one anew, and in a register everything is
    related: of 35 seconds for a new database that took 32. A table that nobody has seen yet
    changes no other one; each is drawn once, and known to those it points at by its relations.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        """The state after this migration; the tables are there (with `collect_sql`: written)."""
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        leading = takewhile(lambda each: isinstance(each, CreateModel), self.operations)
        creating = [each for each in leading if isinstance(each, CreateModel)]
        self._enter(project_state, creating)
        for operation in creating:
            operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        for later in self.operations[len(creating) :]:
            before = project_state.clone()
            later.state_forwards(self.app_label, project_state)
            later.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state

    def _enter(self, state: ProjectState, creating: list[CreateModel]) -> None:
        """Add the models to the state and to its drawn models."""
        drawn = state.apps
        del state.apps  # while it is there, each new model draws all others anew
        for operation in creating:
            operation.state_forwards(self.app_label, state)
        drawn.render_multiple(
            [state.models[self.app_label, operation.name_lower] for operation in creating]
        )
        state.apps = drawn
