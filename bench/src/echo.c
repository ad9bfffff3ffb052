/*
 * The limit: a C echo server over epoll, one thread.
 *
 *   echo echo|reply PORT_OR_PATH
 *
 * "echo" sends back what it reads; "reply" answers every 64 bytes with one 64-byte message, all that
 * came with one read in one write.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, MESSAGE = 64 };

typedef struct {
  int fd;
  int partial;       /* bytes of a message that is coming in */
  char *pending;     /* what the kernel has refused */
  int from, to;
} connection;

static int epoll_fd;

static void watch(connection *c, int operation, uint32_t events) {
  struct epoll_event e = {.events = events, .data.ptr = c};
  epoll_ctl(epoll_fd, operation, c->fd, &e);
}

static void drop(connection *c) {
  close(c->fd);
  free(c->pending);
  free(c);
}

static void send_all(connection *c, char *bytes, int count) {
  int sent = write(c->fd, bytes, count);
  if (sent < 0) sent = 0;
  if (sent < count) {
    c->pending = malloc(count - sent);
    memcpy(c->pending, bytes + sent, count - sent);
    c->from = 0;
    c->to = count - sent;
    watch(c, EPOLL_CTL_MOD, EPOLLOUT);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int reply = !strcmp(argv[1], "reply");
  int server;
  if (argv[2][0] == '/') {
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    strncpy(un.sun_path, argv[2], sizeof un.sun_path - 1);
    server = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(server, (struct sockaddr *)&un, sizeof un) < 0) return perror("bind"), 1;
  } else {
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    int one = 1;
    server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(server, (struct sockaddr *)&in, sizeof in) < 0) return perror("bind"), 1;
  }
  listen(server, 511);
  struct sockaddr_in bound = {0};
  socklen_t length = sizeof bound;
  getsockname(server, (struct sockaddr *)&bound, &length);
  printf("listening %d\n", ntohs(bound.sin_port));
  fflush(stdout);

  epoll_fd = epoll_create1(0);
  connection acceptor = {.fd = server};
  watch(&acceptor, EPOLL_CTL_ADD, EPOLLIN);
  static char buffer[BUFFER], answer[BUFFER];
  memset(answer, 'y', sizeof answer);
  struct epoll_event events[256];
  for (;;) {
    int n = epoll_wait(epoll_fd, events, 256, -1);
    for (int i = 0; i < n; i++) {
      connection *c = events[i].data.ptr;
      if (c == &acceptor) {
        int fd;
        while ((fd = accept4(server, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
          connection *fresh = calloc(1, sizeof *fresh);
          fresh->fd = fd;
          watch(fresh, EPOLL_CTL_ADD, EPOLLIN);
        }
        continue;
      }
      if (c->pending) {
        int sent = write(c->fd, c->pending + c->from, c->to - c->from);
        if (sent > 0) c->from += sent;
        if (c->from == c->to) {
          free(c->pending);
          c->pending = NULL;
          watch(c, EPOLL_CTL_MOD, EPOLLIN);
        } else if (sent < 0 && errno != EAGAIN) {
          drop(c);
        }
        continue;
      }
      int got = read(c->fd, buffer, BUFFER);
      if (got <= 0) {
        if (got == 0 || errno != EAGAIN) drop(c);
      } else if (reply) {
        c->partial += got;
        int count = c->partial / MESSAGE * MESSAGE;
        c->partial -= count;
        if (count > 0) send_all(c, answer, count);
      } else {
        send_all(c, buffer, got);
      }
    }
  }
}
