/*
 * The load of the benchmarks: one thread, one epoll set, many connections to one server.
 *
 *   load ADDRESS KIND CONNECTIONS SIZE IN_FLIGHT WARM_UP SECONDS SERVER_PID
 *
 * ADDRESS is HOST:PORT or the path of a UNIX socket. KIND is one of
 *
 *   echo       keeps IN_FLIGHT messages of SIZE bytes under way on each connection; every SIZE bytes
 *              that come back are one message
 *   reply      the same, and the answers are of 'y'
 *   connect    connects, sends SIZE bytes, reads them back, closes, again and again
 *   broadcast  one connection sends, and all of them get the message; then it sends the next one
 *   idle       every connection has one message echoed; then it says "ready", waits for a line of
 *              input, and goes on with "echo" on ACTIVE of them
 *
 * When every connection is open it warms up for WARM_UP seconds, in which every byte is compared,
 * counts for SECONDS and until it has something to count, and prints one line of JSON: latencies in
 * microseconds, and the processor time that the server had meanwhile.
 * Compiled with -DTLS it speaks TLS, and each connection of "connect" is a full handshake.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "measure.h"
#include "wire.h"

/*
 * OPENING: how many connections may wait for their first answer, so that no listen queue overflows.
 * PATIENCE: for how many seconds nothing may come.
 */
enum { BUFFER = 256 * 1024, MAX_EVENTS = 256, OPENING = 64, ACTIVE = 100, PATIENCE = 60, SOURCES = 100 };

typedef struct {
  wire wire;
  enum { CONNECTING, HANDSHAKING, OPEN } state;
  int answered;  /* has had its first message */
  int busy;      /* sends again when an answer comes */
  long to_send;  /* bytes that may be sent now */
  long sent;     /* bytes of the message that is going out */
  long received; /* bytes of the message that is coming in */
  int first;     /* ring of send times */
  int count;
  int64_t *sent_at;
} connection;

static enum { ECHO, REPLY, CONNECT, BROADCAST, IDLE } kind;
static int connections, in_flight;
static long size;
static struct sockaddr_storage address;
static socklen_t address_length;

static int epoll_fd;
static connection *all;
static int begun, answered;
static int outstanding; /* those whom the message of "broadcast" has not reached */
static int verifying = 1, counting;
static int64_t started; /* when every connection was open */

static char question[2 * BUFFER]; /* the message again and again, so that it may be sent from any byte on */
static char answer[2 * BUFFER];
static char incoming[BUFFER];

static void begin(connection *c);

static void watch(connection *c, int operation, uint32_t events) {
  struct epoll_event e = {.events = events, .data.ptr = c};
  if (epoll_ctl(epoll_fd, operation, c->wire.fd, &e) < 0) die("epoll_ctl");
}

static void push(connection *c) {
  while (c->to_send > 0) {
    long n = wire_write(&c->wire, question + c->sent, c->to_send < BUFFER ? c->to_send : BUFFER);
    if (n < 0) {
      if (errno != EAGAIN) die("write");
      watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
      return;
    }
    c->to_send -= n;
    c->sent = (c->sent + n) % size;
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

static void broadcast(connection *c, int members) {
  outstanding = members;
  send_messages(c, 1, now());
}

static void start_clock(void) {
  if (kind == IDLE) {
    puts("ready");
    fflush(stdout);
    if (getchar() == EOF) fail("the input has ended");
    for (int i = 0; i < connections && i < ACTIVE; i++) {
      all[i].busy = 1;
      send_messages(&all[i], in_flight, now());
    }
  }
  started = now();
}

static void open_more(void) {
  int at_once = kind == BROADCAST ? 1 : OPENING;
  while (begun < connections && begun - answered < at_once) begin(&all[begun++]);
}

/* The first message of a connection has come back. */
static void first_answer(connection *c) {
  c->answered = 1;
  if (++answered == connections) start_clock();
  else open_more();
}

/*
 * A port that has just been used cannot be used again for a second with the same pair of addresses,
 * and looking for another among thousands takes the kernel milliseconds; so the loopback's many
 * addresses take turns.
 */
static void choose_source(int fd) {
  static unsigned turn;
  int one = 1;
  struct sockaddr_in in = {.sin_family = AF_INET,
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + turn++ % SOURCES)};
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  if (bind(fd, (struct sockaddr *)&in, sizeof in) < 0) die("bind");
}

static void begin(connection *c) {
  int fd = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (fd < 0) die("socket");
  if (address.ss_family == AF_INET) {
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (kind == CONNECT) choose_source(fd);
  }
  c->wire.fd = fd;
  c->state = CONNECTING;
  c->to_send = c->sent = c->received = 0;
  c->first = c->count = 0;
  if (kind == CONNECT) c->sent_at[0] = now();
  while (connect(fd, (struct sockaddr *)&address, address_length) < 0) {
    if (errno == EINPROGRESS) break;
    if (errno != EAGAIN) die("connect");
    usleep(100); /* the listen queue of a UNIX socket is full */
  }
  watch(c, EPOLL_CTL_ADD, EPOLLOUT);
}

static void opened(connection *c) {
  c->state = OPEN;
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
  switch (kind) {
    case CONNECT:
      c->to_send = size;
      push(c);
      break;
    case BROADCAST: broadcast(c, begun); break;
    case IDLE: send_messages(c, 1, now()); break;
    default: c->busy = 1; send_messages(c, in_flight, now());
  }
}

static void shake_hands(connection *c) {
  if (wire_handshake(&c->wire)) opened(c);
  else watch(c, EPOLL_CTL_MOD, wire_wants_write(&c->wire) ? EPOLLOUT : EPOLLIN);
}

static void connected(connection *c) {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(c->wire.fd, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error) {
    errno = error;
    die("connect");
  }
  c->state = HANDSHAKING;
  wire_connected(&c->wire);
  shake_hands(c);
}

static void count_message(connection *c, int64_t nanos) {
  if (counting) record(nanos);
  if (!c->answered) first_answer(c);
}

static void connect_again(connection *c) {
  count_message(c, now() - c->sent_at[0]);
  wire_close(&c->wire);
  begin(c);
}

/* The sender is the newest connection until all are open, and the first one from then on. */
static void broadcast_received(connection *c) {
  connection *sender = started ? all : &all[begun - 1];
  c->received -= size;
  if (c->received > 0 || --outstanding < 0) fail("a message came twice");
  if (counting) record(now() - sender->sent_at[sender->first]);
  if (outstanding > 0) return;
  sender->count--;
  sender->first = (sender->first + 1) % in_flight;
  if (!sender->answered) first_answer(sender);
  if (started) broadcast(all, connections);
}

static void echo_received(connection *c) {
  int done = 0;
  int64_t at = now();
  while (c->received >= size) {
    if (c->count == 0) fail("more came back than was sent");
    int64_t sent_at = c->sent_at[c->first];
    c->received -= size;
    c->first = (c->first + 1) % in_flight;
    c->count--;
    done += c->busy;
    count_message(c, at - sent_at);
  }
  if (done > 0) send_messages(c, done, at);
}

static void readable(connection *c) {
  long n = wire_read(&c->wire, incoming, BUFFER);
  if (n < 0 && errno == EAGAIN) return;
  if (n < 0) die("read");
  if (n == 0) fail("the server hung up");
  if (verifying && memcmp(incoming, answer + c->received, n)) fail("other bytes came back");
  c->received += n;
  if (c->received < size) return;
  switch (kind) {
    case CONNECT: connect_again(c); break;
    case BROADCAST: broadcast_received(c); break;
    default: echo_received(c);
  }
}

static void handle(connection *c, uint32_t events) {
  if (c->state == CONNECTING) {
    connected(c);
  } else if (c->state == HANDSHAKING) {
    shake_hands(c);
  } else {
    if (events & EPOLLOUT) {
      push(c);
      if (c->to_send == 0) watch(c, EPOLL_CTL_MOD, EPOLLIN);
    }
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(c);
  }
}

static void run(double warm_up, double seconds, clockid_t server) {
  struct epoll_event events[MAX_EVENTS];
  int64_t start = now(), counted_from = 0;
  double used = 0;
  open_more();
  for (;;) {
    int n = epoll_wait(epoll_fd, events, MAX_EVENTS, 20);
    int64_t t = now();
    if (!started && t - start > PATIENCE * 1e9) fail("the connections do not open");
    if (started && !counting && t - started >= warm_up * 1e9) {
      verifying = 0;
      counting = 1;
      used = processor_seconds(server);
      counted_from = t;
    }
    if (messages > 0 && t - counted_from >= seconds * 1e9) {
      print_results((t - counted_from) / 1e9, processor_seconds(server) - used);
      return;
    }
    if (counting && t - counted_from > (seconds + PATIENCE) * 1e9) fail("no message comes back");
    for (int i = 0; i < n; i++) handle(events[i].data.ptr, events[i].events);
  }
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

static void choose_kind(const char *name) {
  const char *names[] = {"echo", "reply", "connect", "broadcast", "idle"};
  for (kind = ECHO; kind <= IDLE; kind++) {
    if (!strcmp(name, names[kind])) return;
  }
  fail("KIND is echo, reply, connect, broadcast or idle");
}

int main(int argc, char **argv) {
  clockid_t server;
  if (argc != 9) fail("usage: load ADDRESS KIND CONNECTIONS SIZE IN_FLIGHT WARM_UP SECONDS SERVER_PID");
  resolve(argv[1]);
  choose_kind(argv[2]);
  connections = atoi(argv[3]);
  size = atol(argv[4]);
  in_flight = atoi(argv[5]);
  if (clock_getcpuclockid(atoi(argv[8]), &server)) fail("there is no such server");
  if (connections < 1 || size < 1 || size > BUFFER || in_flight < 1) fail("a number is out of range");

  for (long i = 0; i < 2 * BUFFER; i++) {
    question[i] = 'a' + i % size * 7 % 26;
    answer[i] = kind == REPLY ? 'y' : question[i];
  }
  signal(SIGPIPE, SIG_IGN);
  wire_prepare();
  epoll_fd = epoll_create1(0);
  all = calloc(connections, sizeof *all);
  for (int i = 0; i < connections; i++) all[i].sent_at = calloc(in_flight, sizeof(int64_t));
  run(atof(argv[6]), atof(argv[7]), server);
  return 0;
}
