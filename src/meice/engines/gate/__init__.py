"""What may leave the house: URL, address table, check at the socket, fetch under limits."""

from meice.engines.gate.answers import Answer, Certificate, Failure, Limits, Request
from meice.engines.gate.policy import Network, Policy

__all__ = ["Answer", "Certificate", "Failure", "Limits", "Network", "Policy", "Request"]
