"""Topics, sessions with attendance, certificates, and who lacks what."""

from meice.training.models.certificate import Certificate, CertificateReminder
from meice.training.models.intake import AttendanceIntake, AttendanceIntakeStatus
from meice.training.models.session import (
    Attendance,
    Material,
    Presence,
    SessionEvent,
    SessionStatus,
    TrainingSession,
)
from meice.training.models.topic import ASKED, ROLE_CHOICES, TrainingTopic

__all__ = [
    "ASKED",
    "ROLE_CHOICES",
    "Attendance",
    "AttendanceIntake",
    "AttendanceIntakeStatus",
    "Certificate",
    "CertificateReminder",
    "Material",
    "Presence",
    "SessionEvent",
    "SessionStatus",
    "TrainingSession",
    "TrainingTopic",
]
