"""The central side, small and real: enrolment, reception, re-check, linkage, feedback."""
