'use strict';
// There is no server for it among Debian's packages: as far as the wrong port.
const assert = require('assert');
const { Kafka, logLevel } = require('kafkajs');
const { ca, fails, port, run } = require('./steps');

const settings = { logLevel: logLevel.NOTHING, retry: { retries: 0 }, connectionTimeout: 5000 };

run({
  load: async () => assert.ok(new Kafka({ ...settings, brokers: ['127.0.0.1:1'] }).producer()),
  'a server that speaks something else': () =>
    fails(
      new Kafka({ ...settings, requestTimeout: 1000, brokers: [`127.0.0.1:${port('NATS')}`] }).admin().connect(),
      /KafkaJS|Closed connection|timed out|out of range/i
    ),
  'TLS with one that speaks something else': () =>
    fails(
      new Kafka({ ...settings, requestTimeout: 1000, ssl: { ca: [ca] }, brokers: [`localhost:${port('MQTT_TLS')}`] }).admin().connect(),
      /KafkaJS|Closed connection|timed out/i
    ),
  'wrong port': () =>
    fails(new Kafka({ ...settings, brokers: [`127.0.0.1:${port('UNUSED')}`] }).admin().connect(), /ECONNREFUSED|Connection error/),
});
