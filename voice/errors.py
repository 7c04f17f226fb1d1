"""What can go wrong with hearing and speaking."""


class VoiceError(Exception):
    """Something in `voice` could not be done; the message says what and why, in plain words."""

    code = "voice_error"


class ModelFileUnusable(VoiceError):
    """A model file is missing, damaged, or of another kind."""

    code = "model_file_unusable"


class HearingFailed(VoiceError):
    """The speech recogniser broke or cannot be reached."""

    code = "hearing_failed"


class HearingBusy(VoiceError):
    """So many speak at once that one more cannot be served."""

    code = "hearing_busy"


class ClipForgotten(VoiceError):
    """Sound that was heard is no longer kept."""

    code = "clip_forgotten"


class SpeakingFailed(VoiceError):
    """The speech synthesizer broke or cannot be reached."""

    code = "speaking_failed"


class UnusableAudio(VoiceError):
    """Sound in a form that cannot be taken."""

    code = "unusable_audio"
