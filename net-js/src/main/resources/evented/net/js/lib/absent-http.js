'use strict';
// http and https, as far as packages look at them while they are loaded: names and codes, agents that hold their options,
// classes to extend. What would speak HTTP is absent at the call.

const METHODS = (
  'ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS ' +
  'PATCH POST PROPFIND PROPPATCH PURGE PUT REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE'
).split(' ');

/** The reason phrases of the IANA registry, as Node has them. */
const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints',
  200: 'OK', 201: 'Created', 202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content',
  205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used',
  300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified',
  305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect',
  400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout',
  409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large',
  414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed',
  418: "I'm a Teapot", 421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency',
  425: 'Too Early', 426: 'Upgrade Required', 428: 'Precondition Required', 429: 'Too Many Requests',
  431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable',
  504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates', 507: 'Insufficient Storage',
  508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended', 511: 'Network Authentication Required',
};

/** Packages make agents while they are loaded; an agent without a request does nothing but hold its options. */
function agentOf(defaultPort, protocol) {
  const EventEmitter = require('events');
  return class Agent extends EventEmitter {
    constructor(options = {}) {
      super();
      this.defaultPort = defaultPort;
      this.protocol = protocol;
      this.options = { __proto__: null, path: null, ...options };
      this.requests = {};
      this.sockets = {};
      this.freeSockets = {};
      this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
      this.keepAlive = this.options.keepAlive || false;
      this.maxSockets = this.options.maxSockets || Infinity;
      this.maxFreeSockets = this.options.maxFreeSockets || 256;
      this.maxTotalSockets = this.options.maxTotalSockets || Infinity;
      this.totalSocketCount = 0;
      this.scheduling = this.options.scheduling || 'lifo';
    }

    destroy() {}
  };
}

/** What require('http') gives. */
exports.http = function http(absentFunction, absentClass) {
  const { Readable, Stream } = require('stream');
  const Agent = agentOf(80, 'http:');
  const OutgoingMessage = absentClass('http', 'OutgoingMessage', Stream);
  const module = {
    METHODS: METHODS.slice(),
    STATUS_CODES: { ...STATUS_CODES },
    Agent,
    globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }),
    ClientRequest: absentClass('http', 'ClientRequest', OutgoingMessage),
    IncomingMessage: absentClass('http', 'IncomingMessage', Readable),
    OutgoingMessage,
    Server: absentClass('http', 'Server', require('net').Server),
    ServerResponse: absentClass('http', 'ServerResponse', OutgoingMessage),
    maxHeaderSize: 16384,
  };
  const functions = ['createServer', 'get', 'request', 'setMaxIdleHTTPParsers', 'validateHeaderName', 'validateHeaderValue'];
  functions.forEach((name) => (module[name] = absentFunction('http', name)));
  return module;
};

/** What require('https') gives. */
exports.https = function https(absentFunction, absentClass) {
  const Agent = agentOf(443, 'https:');
  const module = {
    Agent,
    globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }),
    Server: absentClass('https', 'Server', require('net').Server),
  };
  ['createServer', 'get', 'request'].forEach((name) => (module[name] = absentFunction('https', name)));
  return module;
};
