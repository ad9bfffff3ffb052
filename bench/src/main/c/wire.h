/*
 * The wire of one connection: a bare socket, or with -DTLS a socket below OpenSSL. Reads and writes
 * return -1 and set EAGAIN where they would block.
 */
#ifndef WIRE_H
#define WIRE_H
#include <errno.h>
#include <unistd.h>

typedef struct {
  int fd;
#ifdef TLS
  struct ssl_st *ssl;
#endif
} wire;

#ifdef TLS
#include <openssl/ssl.h>

static SSL_CTX *tls;

static void wire_prepare(void) {
  tls = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF); /* every handshake is a full one */
}

static void wire_connected(wire *w) {
  w->ssl = SSL_new(tls);
  SSL_set_fd(w->ssl, w->fd);
  SSL_set_connect_state(w->ssl);
}

static long wire_result(wire *w, int n) {
  if (n > 0) return n;
  switch (SSL_get_error(w->ssl, n)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: errno = EAGAIN; return -1;
    case SSL_ERROR_ZERO_RETURN: return 0;
    default: errno = EPROTO; return -1;
  }
}

/* Whether the handshake is over. */
static int wire_handshake(wire *w) {
  long n = wire_result(w, SSL_do_handshake(w->ssl));
  if (n < 0 && errno != EAGAIN) die("handshake");
  return n > 0;
}

/* While the handshake goes on: whether it waits for room to write. */
static int wire_wants_write(wire *w) { return SSL_want_write(w->ssl); }

static long wire_read(wire *w, char *bytes, long room) { return wire_result(w, SSL_read(w->ssl, bytes, room)); }

static long wire_write(wire *w, const char *bytes, long count) {
  return wire_result(w, SSL_write(w->ssl, bytes, count));
}

static void wire_close(wire *w) {
  SSL_shutdown(w->ssl); /* says goodbye and does not wait for the answer */
  SSL_free(w->ssl);
  close(w->fd);
}
#else
static void wire_prepare(void) {}

static void wire_connected(wire *w) { (void)w; }

static int wire_handshake(wire *w) { return (void)w, 1; }

static int wire_wants_write(wire *w) { return (void)w, 0; }

static long wire_read(wire *w, char *bytes, long room) { return read(w->fd, bytes, room); }

static long wire_write(wire *w, const char *bytes, long count) { return write(w->fd, bytes, count); }

static void wire_close(wire *w) { close(w->fd); }
#endif

#endif
