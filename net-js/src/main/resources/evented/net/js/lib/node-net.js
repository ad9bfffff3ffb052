'use strict';
// Today's net: what require('node:net') gives, and require('net') in a package. Its sockets are Duplex streams.

const { Socket } = require('inner/node-net-socket');
const { normalizeArgs, defaults } = require('inner/node-net-options');
const options = require('inner/node-net-options');

/** 4 or 6 for the text of an IP address, else 0. */
function isIP(input) {
  return binding.isIP(`${input}`);
}

/**
 * Makes a socket and connects it: (port, [host], [callback]), (path, [callback]) or (options, [callback]).
 * @returns {Socket}
 */
function connect(...args) {
  const sorted = normalizeArgs(args);
  const [settings] = sorted;
  const socket = new Socket(settings);
  if (settings.timeout) {
    socket.setTimeout(settings.timeout);
  }
  return socket.connect(sorted);
}

const lazy = (name, get) =>
  Object.defineProperty(exports, name, {
    get,
    set(value) {
      Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
    },
    enumerable: true,
    configurable: true,
  });

exports._normalizeArgs = normalizeArgs;
let warned = false;
/** Does nothing, and says so once. */
exports._setSimultaneousAccepts = function _setSimultaneousAccepts() {
  if (!warned) {
    warned = true;
    const text = 'net._setSimultaneousAccepts() is deprecated and will be removed.';
    require('process').emitWarning(text, 'DeprecationWarning', 'DEP0121');
  }
};
lazy('BlockList', () => require('inner/node-net-block-list').BlockList);
lazy('SocketAddress', () => require('inner/node-net-block-list').SocketAddress);
exports.connect = connect;
exports.createConnection = connect;
/** Makes a server: ([options], [listener for 'connection']). */
exports.createServer = function createServer(settings, listener) {
  return new exports.Server(settings, listener);
};
exports.isIP = isIP;
exports.isIPv4 = (input) => isIP(input) === 4;
exports.isIPv6 = (input) => isIP(input) === 6;
exports.Server = require('inner/node-net-server').Server;
exports.Socket = Socket;
exports.Stream = Socket;
exports.getDefaultAutoSelectFamily = () => defaults.autoSelectFamily;
exports.setDefaultAutoSelectFamily = options.setDefaultAutoSelectFamily;
exports.getDefaultAutoSelectFamilyAttemptTimeout = () => defaults.attemptTimeout;
exports.setDefaultAutoSelectFamilyAttemptTimeout = options.setDefaultAutoSelectFamilyAttemptTimeout;
