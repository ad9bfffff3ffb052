'use strict';
// How a socket of today's net finds the addresses of a host and tries them.

const turns = require('inner/turns');
const errors = require('inner/node-errors');
const { TCP, notFound, resolve } = require('inner/node-net-handles');
const { SHORTEST_ATTEMPT, defaults } = require('inner/node-net-options');
const { codes } = errors;

const ipVersion = (text) => (typeof text === 'string' ? binding.isIP(text) : 0);

/** Families of connect by what the option may say. */
const FAMILIES = { __proto__: null, 0: 0, 4: 4, 6: 6, IPv4: 4, IPv6: 6 };

/** The flag of getaddrinfo that holds unless others are asked for: only families that this machine has. */
const ADDRCONFIG = 0x20;

/** getaddrinfo's flags that Node knows: ADDRCONFIG, ALL and V4MAPPED. */
const HINTS = 0x20 | 0x10 | 0x08;

/**
 * Checks the options for a TCP connection, and begins.
 * @param {Socket} socket whose `_connected(handle, error)` is called in the end
 */
function connectTcp(socket, options) {
  const settings = check(options);
  const version = ipVersion(settings.host);
  if (version !== 0) {
    turns.nextTick(() => {
      if (socket.connecting) {
        connectOne(socket, { address: settings.host, family: version }, settings, socket._handle);
      }
    });
    return;
  }
  socket._host = settings.host;
  lookUp(socket, settings);
}

function check(options) {
  const { localAddress, localPort, port, autoSelectFamily, lookup } = options;
  if (localAddress && ipVersion(localAddress) === 0) {
    throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  }
  if (localPort) {
    errors.validateNumber(localPort, 'options.localPort');
  }
  if (port !== undefined) {
    if (typeof port !== 'number' && typeof port !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    }
    errors.validatePort(port);
  }
  if (autoSelectFamily !== undefined && autoSelectFamily !== null) {
    errors.validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  }
  let attemptTimeout = options.autoSelectFamilyAttemptTimeout;
  if (attemptTimeout !== undefined && attemptTimeout !== null) {
    errors.validateInt32(attemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
    attemptTimeout = Math.max(attemptTimeout, SHORTEST_ATTEMPT);
  } else {
    attemptTimeout = defaults.attemptTimeout;
  }
  const host = options.host || 'localhost';
  if (ipVersion(host) === 0) {
    checkLookup(options, lookup);
  }
  return {
    host,
    port: Number(port) | 0,
    localAddress,
    localPort: localPort | 0,
    lookup,
    family: FAMILIES[options.family] || 0,
    familyGiven: options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : options.family,
    hints: options.hints | 0,
    races: autoSelectFamily === undefined || autoSelectFamily === null ? defaults.autoSelectFamily : autoSelectFamily,
    attemptTimeout,
    blockList: options.blockList,
  };
}

function checkLookup(options, lookup) {
  if (lookup !== undefined && lookup !== null) {
    errors.validateFunction(lookup, 'options.lookup');
    return;
  }
  const { family, hints } = options;
  if (family !== undefined && family !== null && FAMILIES[family] === undefined) {
    errors.validateOneOf(family, 'options.family', [0, 4, 6]);
  }
  if (hints !== undefined && hints !== null) {
    errors.validateNumber(hints, 'options.hints');
    if ((hints & ~HINTS) !== 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('hints', hints >>> 0);
    }
  }
}

/** Finds the addresses of the host and connects to one of them. */
function lookUp(socket, settings) {
  const { host, port, localAddress } = settings;
  const all = settings.races && settings.family === 0 && !localAddress;
  const wanted = localAddress && settings.family === 0 ? 0 : settings.family;
  if (settings.lookup) {
    askFunction(socket, settings, all, wanted);
    return;
  }
  resolve(host, port, (error, resolved) => {
    if (error) {
      found(socket, settings, all, error);
      return;
    }
    const addresses = resolved.addresses
      .map((address, index) => ({ address, family: ipVersion(address), resolved: resolved.native, index }))
      .filter((one) => wanted === 0 || one.family === wanted);
    if (addresses.length === 0) {
      found(socket, settings, all, notFound(host));
    } else {
      found(socket, settings, all, null, all ? addresses : addresses.slice(0, 1));
    }
  });
}

function askFunction(socket, settings, all, family) {
  const plain = family === 0 && settings.hints === 0;
  const options = { family: settings.familyGiven, hints: plain ? ADDRCONFIG : settings.hints };
  if (all) {
    options.all = true;
  }
  settings.lookup(settings.host, options, (error, given, version) => {
    if (error) {
      found(socket, settings, all, error);
    } else if (Array.isArray(given)) {
      found(socket, settings, all, null, all ? given : given.slice(0, 1));
    } else {
      found(socket, settings, false, null, [{ address: given, family: version }]);
    }
  });
}

function found(socket, settings, all, error, addresses) {
  const { host, port } = settings;
  if (!error) {
    for (const one of addresses) {
      socket.emit('lookup', null, one.address, one.family, host);
    }
  } else {
    socket.emit('lookup', error, undefined, undefined, host);
  }
  if (!socket.connecting) {
    return; // it was destroyed meanwhile
  }
  if (error) {
    turns.nextTick(() => socket._connectFailed(error));
    return;
  }
  const usable = [];
  for (const one of addresses) {
    const version = ipVersion(one.address);
    if (version === 0 || (one.family !== 4 && one.family !== 6)) {
      const bad =
        version === 0
          ? new codes.ERR_INVALID_IP_ADDRESS(one.address)
          : new codes.ERR_INVALID_ADDRESS_FAMILY(one.family, host, port);
      if (addresses.length === 1) {
        turns.nextTick(() => socket._connectFailed(bad));
        return;
      }
    } else {
      usable.push(one);
    }
  }
  if (usable.length === 0) {
    turns.nextTick(() => socket._connectFailed(new codes.ERR_INVALID_IP_ADDRESS(addresses[0] && addresses[0].address)));
  } else if (usable.length === 1 || !all) {
    socket._unrefTimer();
    connectOne(socket, usable[0], settings, socket._handle);
  } else {
    race(socket, inTurns(usable), settings);
  }
}

/** The addresses in their order, but the families in turns. */
function inTurns(addresses) {
  const first = addresses[0].family;
  const preferred = addresses.filter((one) => one.family === first);
  const others = addresses.filter((one) => one.family !== first);
  const result = [];
  for (let i = 0; i < Math.max(preferred.length, others.length); i++) {
    result.push(...preferred.slice(i, i + 1), ...others.slice(i, i + 1));
  }
  return result;
}

/** Begins to connect a handle to an address: done(error). */
function attempt(socket, handle, one, settings, done) {
  const { port, localAddress, localPort, blockList } = settings;
  if (blockList && blockList.check(one.address, `ipv${one.family}`)) {
    turns.nextTick(done, new codes.ERR_IP_BLOCKED(one.address));
    return;
  }
  socket.emit('connectionAttempt', one.address, port, one.family);
  if (!socket.connecting) {
    return; // by a listener
  }
  const complete = (error) => {
    // Java names the address that it has made of this one.
    done(error && error.syscall === 'connect' ? refused(error.code, one.address, settings) : error);
  };
  if (localAddress && ipVersion(localAddress) !== one.family) {
    turns.nextTick(done, errors.systemError('EINVAL', 'bind', localAddress, localPort));
    return;
  }
  const target = one.resolved === undefined ? one.address : one.resolved;
  handle.connect(target, one.index, port, localAddress, localPort, complete);
}

function refused(code, address, { port, localAddress, localPort }) {
  const from = localAddress && localPort ? `${localAddress}:${localPort}` : undefined;
  const error = errors.systemError(code, 'connect', address, port, from);
  if (from !== undefined) {
    error.localAddress = localAddress;
    error.localPort = localPort;
  }
  return error;
}

function connectOne(socket, one, settings, handle) {
  attempt(socket, handle, one, settings, (error) => {
    if (error) {
      socket.emit('connectionAttemptFailed', one.address, settings.port, one.family, error);
      if (socket.connecting) {
        socket._connectFailed(error);
      }
    } else {
      socket._connected(handle);
    }
  });
}

/** Tries one address after another; each has a certain time. */
function race(socket, addresses, settings) {
  const failures = [];
  socket.autoSelectFamilyAttemptedAddresses = [];
  const { port, attemptTimeout } = settings;
  const next = (i) => {
    if (!socket.connecting) {
      return;
    }
    if (i === addresses.length) {
      socket._connectFailed(allFailed(failures));
      return;
    }
    const one = addresses[i];
    const handle = i === 0 ? socket._handle : new TCP();
    if (i > 0) {
      socket._replaceHandle(handle);
    }
    let over = false;
    let timer = null;
    socket.autoSelectFamilyAttemptedAddresses.push(`${one.address}:${port}`);
    attempt(socket, handle, one, settings, (error) => {
      if (over) {
        return;
      }
      over = true;
      clear(timer);
      if (error) {
        failures.push(error);
        socket.emit('connectionAttemptFailed', one.address, port, one.family, error);
        next(i + 1);
      } else {
        socket._connected(handle);
      }
    });
    if (i + 1 < addresses.length && !over && socket.connecting) {
      timer = require('timers').setTimeout(() => {
        if (over || !socket.connecting) {
          return;
        }
        over = true;
        failures.push(errors.systemError('ETIMEDOUT', 'connect', one.address, port));
        socket.emit('connectionAttemptTimeout', one.address, port, one.family);
        next(i + 1);
      }, attemptTimeout);
    }
  };
  next(0);
}

function clear(timer) {
  if (timer !== null) {
    require('timers').clearTimeout(timer);
  }
}

/** The error that stands for those of all addresses. */
function allFailed(failures) {
  if (failures.length === 1) {
    return failures[0];
  }
  const error = new AggregateError(failures);
  error.code = failures[0].code;
  return error;
}

module.exports = { connectTcp };
