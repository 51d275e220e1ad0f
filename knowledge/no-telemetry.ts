/**
 * Imported for its effect, before the embedding worker starts: ONNX Runtime tells Microsoft of its use unless this
 * stands in the process's own environment, of which a worker only has a copy.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
