"""voicecoach: an offline voice coach for lower-back exercises."""

import os

__version__ = "0.1.0"

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime 1.32 else tells Microsoft of the machine, unasked
