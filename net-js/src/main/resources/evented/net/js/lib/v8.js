'use strict';
// v8: the numbers of the JVM's heap, by the names that V8's have. What only V8 can do is absent at the call.

const { codes } = require('inner/node-errors');

/** The heap of the whole JVM, in bytes. */
exports.getHeapStatistics = () => {
  const [total, used, limit, available] = [...binding.memory()];
  return {
    total_heap_size: total,
    total_heap_size_executable: 0,
    total_physical_size: total,
    total_available_size: available,
    used_heap_size: used,
    heap_size_limit: limit,
    malloced_memory: 0,
    peak_malloced_memory: 0,
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: 0,
  };
};

for (const name of [
  ...['cachedDataVersionTag', 'deserialize', 'getHeapCodeStatistics', 'getHeapSnapshot', 'getHeapSpaceStatistics'],
  ...['queryObjects', 'serialize', 'setFlagsFromString', 'setHeapSnapshotNearHeapLimit', 'stopCoverage', 'takeCoverage'],
  ...['writeHeapSnapshot'],
]) {
  exports[name] = () => {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`v8.${name}`);
  };
}
for (const name of ['Serializer', 'Deserializer', 'DefaultSerializer', 'DefaultDeserializer', 'GCProfiler']) {
  exports[name] = class {
    constructor() {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`v8.${name}`);
    }
  };
  Object.defineProperty(exports[name], 'name', { value: name });
}
