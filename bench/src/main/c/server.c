/*
 * The limit: a C server over epoll, one thread; level-triggered, with one recv for each event.
 *
 *   server echo|reply|broadcast PORT_OR_PATH
 *
 * "echo" sends back what it reads; "reply" answers every 64 bytes with one 64-byte message, all that
 * came with one read in one write; "broadcast" sends what it reads to every connection.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* With room for all that a peer has under way, a bulk echo takes less than half of what it takes with 64 KiB. */
enum { BUFFER = 256 * 1024, MESSAGE = 64, MAX_EVENTS = 256, BACKLOG = 511 };

typedef struct connection {
  int fd;
  int partial;   /* bytes of a message that is coming in */
  char *pending; /* what the kernel has refused */
  long from, to;
  struct connection *next, *previous;
} connection;

static enum { ECHO, REPLY, BROADCAST } task;
static int epoll_fd;
static connection acceptor; /* also the head of the ring of connections */
static char buffer[BUFFER], answer[BUFFER];

static void watch(connection *c, int operation, uint32_t events) {
  struct epoll_event e = {.events = events, .data.ptr = c};
  epoll_ctl(epoll_fd, operation, c->fd, &e);
}

static void drop(connection *c) {
  c->previous->next = c->next;
  c->next->previous = c->previous;
  close(c->fd);
  free(c->pending);
  free(c);
}

static void keep(connection *c, const char *bytes, long count) {
  if (!c->pending) {
    c->from = c->to = 0;
    watch(c, EPOLL_CTL_MOD, EPOLLOUT);
  }
  c->pending = realloc(c->pending, c->to + count);
  memcpy(c->pending + c->to, bytes, count);
  c->to += count;
}

static void send_all(connection *c, const char *bytes, long count) {
  long sent = c->pending ? 0 : send(c->fd, bytes, count, MSG_NOSIGNAL);
  if (sent < 0) sent = 0;
  if (sent < count) keep(c, bytes + sent, count - sent);
}

static void send_pending(connection *c) {
  long sent = send(c->fd, c->pending + c->from, c->to - c->from, MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) drop(c);
    return;
  }
  c->from += sent;
  if (c->from < c->to) return;
  free(c->pending);
  c->pending = NULL;
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

static void accept_all(void) {
  int fd;
  while ((fd = accept4(acceptor.fd, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    connection *c = calloc(1, sizeof *c);
    c->fd = fd;
    c->next = &acceptor;
    c->previous = acceptor.previous;
    c->next->previous = c->previous->next = c;
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
  }
}

static void receive(connection *c) {
  long got = recv(c->fd, buffer, BUFFER, 0);
  if (got <= 0) {
    if (got == 0 || errno != EAGAIN) drop(c);
    return;
  }
  if (task == ECHO) {
    send_all(c, buffer, got);
  } else if (task == REPLY) {
    long count = (c->partial + got) / MESSAGE * MESSAGE;
    c->partial = (c->partial + got) % MESSAGE;
    if (count > 0) send_all(c, answer, count);
  } else {
    for (connection *each = acceptor.next; each != &acceptor; each = each->next) send_all(each, buffer, got);
  }
}

static int listen_unix(const char *path) {
  struct sockaddr_un un = {.sun_family = AF_UNIX};
  strncpy(un.sun_path, path, sizeof un.sun_path - 1);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  return bind(fd, (struct sockaddr *)&un, sizeof un) < 0 ? -1 : fd;
}

static int listen_tcp(int port) {
  struct sockaddr_in in = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  return bind(fd, (struct sockaddr *)&in, sizeof in) < 0 ? -1 : fd;
}

static void say_where(void) {
  struct sockaddr_in bound = {0};
  socklen_t length = sizeof bound;
  getsockname(acceptor.fd, (struct sockaddr *)&bound, &length);
  printf("listening %d\n", ntohs(bound.sin_port));
  fflush(stdout);
}

static void serve(void) {
  struct epoll_event events[MAX_EVENTS];
  for (;;) {
    int n = epoll_wait(epoll_fd, events, MAX_EVENTS, -1);
    for (int i = 0; i < n; i++) {
      connection *c = events[i].data.ptr;
      if (c == &acceptor) accept_all();
      else if (c->pending) send_pending(c);
      else receive(c);
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  task = !strcmp(argv[1], "reply") ? REPLY : !strcmp(argv[1], "broadcast") ? BROADCAST : ECHO;
  memset(answer, 'y', sizeof answer);
  acceptor.next = acceptor.previous = &acceptor;
  acceptor.fd = argv[2][0] == '/' ? listen_unix(argv[2]) : listen_tcp(atoi(argv[2]));
  if (acceptor.fd < 0 || listen(acceptor.fd, BACKLOG) < 0) return perror("listen"), 1;
  epoll_fd = epoll_create1(0);
  watch(&acceptor, EPOLL_CTL_ADD, EPOLLIN);
  say_where();
  serve();
}
