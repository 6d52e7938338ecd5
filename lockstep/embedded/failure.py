"""What is raised when the embedded form cannot run here."""


class EmbeddedServerError(Exception):
    """An embedded server cannot be started. The message is for the operator and says what to do next."""
