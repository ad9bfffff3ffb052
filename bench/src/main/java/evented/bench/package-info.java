/** Runs Evented and its peers side by side and writes down how they fare; see bench/README.md. */
package evented.bench;
