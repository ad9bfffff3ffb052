// Puts a function that keeps what it sees in the place of every intrinsic one.
'use strict';
(() => {
  const { apply, construct, ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Reflect;
  const { found, isHost } = globalThis;
  const seen = new Set();
  const add = Set.prototype.add;
  const each = Set.prototype.forEach;
  let count = 0;

  function keep(value) {
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
      apply(add, seen, [value]);
    }
  }

  function keepAll(self, args) {
    count++;
    keep(self);
    keep(args);
    for (let i = 0; i < args.length; i++) {
      keep(args[i]);
    }
  }

  function spy(original) {
    if (typeof original !== 'function') {
      return original;
    }
    return new Proxy(original, {
      __proto__: null,
      apply(target, self, args) {
        keepAll(self, args);
        const result = apply(target, self, args);
        keep(result);
        return result;
      },
      construct(target, args, newTarget) {
        keepAll(undefined, args);
        return construct(target, args, newTarget);
      },
    });
  }

  function replaceIn(object) {
    for (const key of ownKeys(object)) {
      const property = getOwnPropertyDescriptor(object, key);
      if (key === 'constructor' || !(property.configurable || property.writable)) {
        continue;
      }
      if (typeof property.value === 'function') {
        property.value = spy(property.value);
      } else if (property.get || property.set) {
        property.get = spy(property.get);
        property.set = spy(property.set);
      } else {
        continue;
      }
      defineProperty(object, key, property);
    }
  }

  const iterators = [[][Symbol.iterator](), new Map().values(), new Set().values(), ''[Symbol.iterator](), /a/[Symbol.matchAll]('')];
  const targets = [];
  for (const name of ownKeys(globalThis)) {
    const property = getOwnPropertyDescriptor(globalThis, name);
    const value = property && property.value;
    const ours = ['found', 'isHost', 'done', 'failed', 'globalThis', 'global', 'GLOBAL'].includes(name);
    if (ours || (typeof value !== 'function' && typeof value !== 'object') || value === null) {
      continue;
    }
    targets.push([name, value]);
  }
  for (const iterator of iterators) {
    targets.push([null, getPrototypeOf(iterator)]);
  }
  targets.push([null, getPrototypeOf(function* () {}).prototype], [null, getPrototypeOf(Uint8Array)], [null, getPrototypeOf(Uint8Array.prototype)]);

  for (const [name, value] of targets) {
    const prototype = value.prototype;
    for (const object of [prototype, value]) {
      if (object !== undefined && object !== null && (typeof object === 'object' || typeof object === 'function')) {
        replaceIn(object);
      }
    }
    if (typeof value === 'function' && prototype !== undefined) {
      try {
        defineProperty(value, Symbol.hasInstance, {
          value: (instance) => {
            keep(instance);
            for (let up = instance; up !== null && typeof up === 'object'; up = getPrototypeOf(up)) {
              if (up === prototype) {
                return true;
              }
            }
            return false;
          },
        });
      } catch (error) {
        // It is frozen.
      }
    }
    if (name !== null && typeof value === 'function') {
      globalThis[name] = spy(value);
    }
  }

  // What is looked up on objects of the inside must not be found here.
  for (const name of ['binding', 'exports', '_handle', '_timer', '_file', 'lib/os.js', 'os', 'loaded', 'drain', 'core']) {
    defineProperty(Object.prototype, name, {
      get() {
        keep(this);
        return undefined;
      },
      set(value) {
        keep(this);
        keep(value);
        defineProperty(this, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    });
  }

  Error.prepareStackTrace = (error, sites) => {
    for (let i = 0; i < sites.length; i++) {
      for (const ask of ['getThis', 'getFunction']) {
        if (typeof sites[i][ask] === 'function') {
          keep(sites[i][ask]());
        }
      }
    }
    return 'stack';
  };

  /** Tells of all that should not have been seen, and says how many calls were. */
  globalThis.report = () => {
    apply(each, seen, [
      (value) => {
        if (isHost(value)) {
          found('an object of Java');
          return;
        }
        const own = (name) => getOwnPropertyDescriptor(value, name) !== undefined;
        try {
          if (own('compileResource') || own('mayUse')) {
            found('the binding');
          } else if (own('lib/loader.js') || own('inner/loader') || (own('allowedNames') && own('core'))) {
            found('a table of modules');
          }
          if (typeof value.caller === 'function' || (typeof value === 'function' && value.arguments)) {
            found('a caller');
          }
        } catch (error) {
          // A strict function tells nothing.
        }
      },
    ]);
    return count;
  };
})();
