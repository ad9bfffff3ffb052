/*
 * The load of the benchmarks: one thread, one epoll set, many connections to one server.
 *
 *   load ADDRESS WORKLOAD CONNECTIONS SIZE IN_FLIGHT SECONDS
 *
 * ADDRESS is HOST:PORT or the path of a UNIX socket. WORKLOAD is one of
 *
 *   echo      keeps IN_FLIGHT messages of SIZE bytes under way on each connection; every SIZE bytes
 *             that come back are one message
 *   connect   connects, sends SIZE bytes, reads SIZE bytes, closes, again and again
 *   idle      opens the connections, says "ready", and sends on the first of them only
 *
 * Prints one line of JSON: messages, seconds, and latencies in microseconds. The first fifth of the
 * time warms up and is not counted.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 256 * 1024, MAX_EVENTS = 256 };

typedef struct {
  int fd;
  int connecting;
  long to_send;  /* bytes that may still be sent now */
  long received; /* bytes of the message that is coming in */
  int first;     /* ring of send times */
  int count;
  int64_t *sent_at;
} connection;

static int epoll_fd, in_flight;
static long size;
static char *buffer;
static struct sockaddr_storage address;
static socklen_t address_length;
static int connects;     /* workload connect */
static int counting;     /* the warm-up is over */
static long messages;

/* Latencies in a histogram of 1/16 octaves, in nanoseconds. */
static long histogram[64 * 16];

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void record(int64_t nanos) {
  if (!counting) return;
  messages++;
  if (nanos < 16) nanos = 16;
  int octave = 63 - __builtin_clzll(nanos);
  int part = (nanos >> (octave - 4)) & 15;
  histogram[octave * 16 + part]++;
}

static double percentile(double p) {
  long wanted = messages * p, seen = 0;
  for (int i = 0; i < 64 * 16; i++) {
    seen += histogram[i];
    if (seen > wanted) {
      int octave = i / 16, part = i % 16;
      return ((1LL << octave) + ((int64_t)part << (octave - 4)) + (1LL << (octave - 5))) / 1000.0;
    }
  }
  return 0;
}

static void watch(connection *c, int operation, uint32_t events) {
  struct epoll_event e = {.events = events, .data.ptr = c};
  if (epoll_ctl(epoll_fd, operation, c->fd, &e) < 0) die("epoll_ctl");
}

static void begin(connection *c) {
  c->fd = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) die("socket");
  if (address.ss_family == AF_INET) {
    int one = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  }
  c->connecting = 1;
  c->to_send = 0;
  c->received = 0;
  c->first = c->count = 0;
  if (connects) c->sent_at[0] = now();
  while (connect(c->fd, (struct sockaddr *)&address, address_length) < 0) {
    if (errno == EINPROGRESS) break;
    if (errno == EAGAIN) { usleep(100); continue; } /* a full UNIX backlog */
    die("connect");
  }
  watch(c, EPOLL_CTL_ADD, EPOLLOUT);
}

static void push(connection *c) {
  while (c->to_send > 0) {
    long n = write(c->fd, buffer, c->to_send < BUFFER ? c->to_send : BUFFER);
    if (n < 0) {
      if (errno == EAGAIN) {
        watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
        return;
      }
      die("write");
    }
    c->to_send -= n;
  }
}

static void send_messages(connection *c, int n, int64_t at) {
  for (int i = 0; i < n; i++) {
    c->sent_at[(c->first + c->count) % in_flight] = at;
    c->count++;
  }
  c->to_send += n * size;
  push(c);
}

static void established(connection *c) {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error) {
    errno = error;
    die("connect");
  }
  c->connecting = 0;
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
  if (connects) {
    c->to_send = size;
    push(c);
  } else {
    send_messages(c, in_flight, now());
  }
}

static void readable(connection *c) {
  long n = read(c->fd, buffer, BUFFER);
  if (n < 0 && errno == EAGAIN) return;
  if (n <= 0) die(n < 0 ? "read" : "the server hung up");
  c->received += n;
  if (connects) {
    if (c->received >= size) {
      record(now() - c->sent_at[0]);
      close(c->fd);
      begin(c);
    }
    return;
  }
  int done = 0;
  int64_t at = now();
  while (c->received >= size) {
    c->received -= size;
    record(at - c->sent_at[c->first]);
    c->first = (c->first + 1) % in_flight;
    c->count--;
    done++;
  }
  if (done > 0) send_messages(c, done, at);
}

static void resolve(char *text) {
  char *colon = strrchr(text, ':');
  if (text[0] != '/' && colon) {
    struct sockaddr_in *in = (struct sockaddr_in *)&address;
    *colon = 0;
    in->sin_family = AF_INET;
    in->sin_port = htons(atoi(colon + 1));
    if (inet_pton(AF_INET, text, &in->sin_addr) != 1) die("address");
    address_length = sizeof *in;
  } else {
    struct sockaddr_un *un = (struct sockaddr_un *)&address;
    un->sun_family = AF_UNIX;
    strncpy(un->sun_path, text, sizeof un->sun_path - 1);
    address_length = sizeof *un;
  }
}

int main(int argc, char **argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: load ADDRESS echo|connect|idle CONNECTIONS SIZE IN_FLIGHT SECONDS\n");
    return 2;
  }
  resolve(argv[1]);
  connects = !strcmp(argv[2], "connect");
  int idle = !strcmp(argv[2], "idle");
  int connections = atoi(argv[3]);
  size = atol(argv[4]);
  in_flight = atoi(argv[5]);
  double seconds = atof(argv[6]);

  buffer = calloc(1, BUFFER);
  memset(buffer, 'x', BUFFER);
  epoll_fd = epoll_create1(0);
  connection *all = calloc(connections, sizeof *all);
  for (int i = 0; i < connections; i++) {
    all[i].sent_at = calloc(in_flight, sizeof(int64_t));
    if (idle && i > 0) {
      all[i].fd = socket(address.ss_family, SOCK_STREAM, 0);
      if (connect(all[i].fd, (struct sockaddr *)&address, address_length) < 0) die("connect");
    } else {
      begin(&all[i]);
    }
  }
  if (idle) {
    printf("ready\n");
    fflush(stdout);
  }

  int64_t started = now(), counted_from = started + seconds * 0.2e9, end = started + seconds * 1e9;
  struct epoll_event events[MAX_EVENTS];
  for (;;) {
    int n = epoll_wait(epoll_fd, events, MAX_EVENTS, 100);
    int64_t t = now();
    if (!counting && t >= counted_from) {
      counting = 1;
      counted_from = t;
    }
    if (t >= end) break;
    for (int i = 0; i < n; i++) {
      connection *c = events[i].data.ptr;
      if (c->connecting) {
        established(c);
        continue;
      }
      if (events[i].events & EPOLLOUT) {
        push(c);
        if (c->to_send == 0) watch(c, EPOLL_CTL_MOD, EPOLLIN);
      }
      if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(c);
    }
  }
  double counted = (now() - counted_from) / 1e9;
  printf("{\"messages\": %ld, \"seconds\": %.3f, \"rate\": %.1f, \"p50\": %.1f, \"p99\": %.1f, "
         "\"p999\": %.1f}\n",
         messages, counted, messages / counted, percentile(0.50), percentile(0.99),
         percentile(0.999));
  return 0;
}
