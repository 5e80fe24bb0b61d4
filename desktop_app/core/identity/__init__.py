"""Identity: normalisation, linkage tokens, keys, record pseudonyms, and the station that uses them."""

from desktop_app.core.identity.keys import LinkageKey
from desktop_app.core.identity.known_answers import known_answer_test
from desktop_app.core.identity.record_ids import record_ids
from desktop_app.core.identity.station import pseudonymise

__all__ = ["LinkageKey", "known_answer_test", "pseudonymise", "record_ids"]
