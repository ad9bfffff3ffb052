/*
 * A C library whose socket calls fall short, or fail, by rules; for LD_PRELOAD.
 *
 *   FAULTS         a file of rules, one a line; one that replaces it counts from the next call on
 *   FAULTS_SEED    a number that the chances and the lengths follow from
 *   FAULTS_REPORT  a file for the counts: one line for each rule, with its call, how often that was made, and
 *                  how often it was struck
 *
 * A rule is call:fault[:every=N][:at=N][:percent=N][:times=N][:most=N].
 *
 *   call     receive (read, readv, recv, recvfrom, recvmsg), send (write, writev, send, sendto, sendmsg), accept,
 *            connect, wait (epoll_wait, epoll_pwait), shutdown, close
 *   fault    short: a random count of bytes, `most` at the most; or the name of an errno
 *   every    each N-th call; at: from the N-th call on; percent: by chance; times: no more than so often
 *
 * Only TCP and UNIX stream sockets are concerned, and so neither files and pipes nor queries of the resolver. A call
 * that is struck with an errno is not made, so that nothing is lost of which the program was not told; but close
 * is, because Linux frees the descriptor whatever close returns.
 *
 * NIO and the foreign-function API both find these functions by their names, so both transports run over them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum call { RECEIVE, SEND, ACCEPT, CONNECT, WAIT, SHUTDOWN, CLOSE, CALLS };
static const char *const CALL_NAMES[CALLS] = {"receive", "send", "accept", "connect", "wait", "shutdown", "close"};

static const struct { const char *name; int number; } ERRORS[] = {
#define E(name) {#name, name}
    E(EPERM), E(EINTR), E(EIO), E(EAGAIN), E(ENOMEM), E(EACCES), E(ENFILE), E(EMFILE), E(EPIPE), E(EPROTO),
    E(EOVERFLOW), E(EADDRNOTAVAIL), E(ENETDOWN), E(ENETUNREACH), E(ECONNABORTED), E(ECONNRESET), E(ENOBUFS),
    E(ENOTCONN), E(ETIMEDOUT), E(ECONNREFUSED), E(EHOSTUNREACH),
#undef E
};

#define MOST_RULES 16
#define LINE 64

struct rule {
  enum call call;
  int error; /* 0: fall short */
  unsigned long every, at, percent, times, most;
  unsigned long calls, hits;
};

static struct rule rules[MOST_RULES];
static int rule_count;
static unsigned long long seed;
static int report = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct stat loaded;

static void give_up(const char *why, const char *text) {
  fprintf(stderr, "faulty-sockets: %s: %s\n", why, text);
  _exit(97);
}

static void parse_fault(struct rule *rule, const char *fault) {
  if (strcmp(fault, "short") == 0) return;
  for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++) {
    if (strcmp(fault, ERRORS[i].name) == 0) {
      rule->error = ERRORS[i].number;
      return;
    }
  }
  give_up("no such fault", fault);
}

static void parse_condition(struct rule *rule, char *condition) {
  char *value = strchr(condition, '=');
  if (value == NULL) give_up("no value", condition);
  *value++ = '\0';
  unsigned long number = strtoul(value, NULL, 10);
  if (strcmp(condition, "every") == 0) rule->every = number;
  else if (strcmp(condition, "at") == 0) rule->at = number;
  else if (strcmp(condition, "percent") == 0) rule->percent = number;
  else if (strcmp(condition, "times") == 0) rule->times = number;
  else if (strcmp(condition, "most") == 0) rule->most = number;
  else give_up("no such condition", condition);
}

static void parse_rule(char *text) {
  if (rule_count == MOST_RULES) give_up("too many rules", text);
  struct rule *rule = &rules[rule_count++];
  *rule = (struct rule){.call = CALLS, .every = 1, .at = 1, .percent = 100, .times = -1UL, .most = 1};
  char *rest = text;
  const char *call = strsep(&rest, ":");
  for (int i = 0; i < CALLS; i++) {
    if (strcmp(call, CALL_NAMES[i]) == 0) rule->call = i;
  }
  if (rule->call == CALLS || rest == NULL) give_up("no such call", call);
  parse_fault(rule, strsep(&rest, ":"));
  while (rest != NULL) parse_condition(rule, strsep(&rest, ":"));
  if (rule->every == 0 || rule->most == 0) give_up("0 is no number here", text);
}

static void write_report(int index) {
  if (report < 0) return;
  char line[LINE + 1];
  struct rule *rule = &rules[index];
  snprintf(line, sizeof line, "%-12s%20lu%20lu%12s", CALL_NAMES[rule->call], rule->calls, rule->hits, "\n");
  line[LINE - 1] = '\n';
  if (pwrite(report, line, LINE, (off_t)index * LINE) != LINE) give_up("cannot write", "the report");
}

static void load(const char *file) {
  FILE *input = fopen(file, "re");
  if (input == NULL) give_up("cannot open", file);
  char line[256];
  rule_count = 0;
  while (fgets(line, sizeof line, input) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    parse_rule(line);
  }
  fclose(input);
  const char *report_file = getenv("FAULTS_REPORT");
  if (report_file == NULL) return;
  if (report < 0) report = open(report_file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (report < 0 || ftruncate(report, 0) != 0) give_up("cannot write", report_file);
  for (int i = 0; i < rule_count; i++) write_report(i);
}

static void load_if_replaced(void) {
  const char *file = getenv("FAULTS");
  struct stat now;
  if (file == NULL) return;
  if (stat(file, &now) != 0) give_up("no such file", file);
  if (now.st_ino == loaded.st_ino && now.st_mtim.tv_sec == loaded.st_mtim.tv_sec
      && now.st_mtim.tv_nsec == loaded.st_mtim.tv_nsec) {
    return;
  }
  if (loaded.st_ino == 0) {
    const char *number = getenv("FAULTS_SEED");
    seed = number == NULL ? 1 : strtoull(number, NULL, 10);
  }
  loaded = now;
  load(file);
}

/* Knuth's linear congruential generator; the high bits are the random ones. */
static unsigned long chance(unsigned long bound) {
  seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
  return (unsigned long)(seed >> 33) % bound;
}

static int is_stream_socket(int fd) {
  int type = 0, domain = 0;
  socklen_t length = sizeof type;
  int known = getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0
      && getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0;
  return known && type == SOCK_STREAM && (domain == AF_INET || domain == AF_INET6 || domain == AF_UNIX);
}

/* What is to become of a call: 0, nothing; an errno; or less than 0, the most bytes. */
static long strike(enum call call, int fd) {
  /* Its own calls, of this thread, come back here, and are no one's business. */
  static __thread int busy;
  if (busy) return 0;
  busy = 1;
  long outcome = 0;
  int saved = errno;
  pthread_mutex_lock(&lock);
  load_if_replaced();
  if (call == WAIT || is_stream_socket(fd)) {
    for (int i = 0; i < rule_count && outcome == 0; i++) {
      struct rule *rule = &rules[i];
      if (rule->call != call) continue;
      unsigned long number = ++rule->calls;
      if (number >= rule->at && (number - rule->at) % rule->every == 0 && rule->hits < rule->times
          && chance(100) < rule->percent) {
        rule->hits++;
        outcome = rule->error != 0 ? rule->error : -(long)(1 + chance(rule->most));
        write_report(i);
      }
    }
  }
  pthread_mutex_unlock(&lock);
  errno = saved;
  busy = 0;
  return outcome;
}

static size_t least(size_t size, long outcome) {
  return outcome < 0 && (size_t)-outcome < size ? (size_t)-outcome : size;
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (real == NULL) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define STRIKE(call, fd) \
  long outcome = strike(call, fd); \
  if (outcome > 0) { \
    errno = (int)outcome; \
    return -1; \
  }

ssize_t read(int fd, void *into, size_t size) {
  REAL(read);
  STRIKE(RECEIVE, fd)
  return real(fd, into, least(size, outcome));
}

ssize_t recv(int fd, void *into, size_t size, int flags) {
  REAL(recv);
  STRIKE(RECEIVE, fd)
  return real(fd, into, least(size, outcome), flags);
}

ssize_t recvfrom(int fd, void *into, size_t size, int flags, struct sockaddr *from, socklen_t *length) {
  REAL(recvfrom);
  STRIKE(RECEIVE, fd)
  return real(fd, into, least(size, outcome), flags, from, length);
}

ssize_t write(int fd, const void *bytes, size_t size) {
  REAL(write);
  STRIKE(SEND, fd)
  return real(fd, bytes, least(size, outcome));
}

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
  REAL(send);
  STRIKE(SEND, fd)
  return real(fd, bytes, least(size, outcome), flags);
}

ssize_t sendto(int fd, const void *bytes, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  REAL(sendto);
  STRIKE(SEND, fd)
  return real(fd, bytes, least(size, outcome), flags, to, length);
}

/* The first part that is not empty, cut to what is to go. */
static struct iovec first_part(const struct iovec *parts, int count, long outcome) {
  int i = 0;
  while (i < count - 1 && parts[i].iov_len == 0) i++;
  return (struct iovec){parts[i].iov_base, least(parts[i].iov_len, outcome)};
}

ssize_t readv(int fd, const struct iovec *parts, int count) {
  REAL(readv);
  STRIKE(RECEIVE, fd)
  if (outcome == 0 || count < 1) return real(fd, parts, count);
  struct iovec part = first_part(parts, count, outcome);
  return real(fd, &part, 1);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  STRIKE(SEND, fd)
  if (outcome == 0 || count < 1) return real(fd, parts, count);
  struct iovec part = first_part(parts, count, outcome);
  return real(fd, &part, 1);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
  REAL(recvmsg);
  STRIKE(RECEIVE, fd)
  if (outcome == 0 || message->msg_iovlen < 1) return real(fd, message, flags);
  struct iovec part = first_part(message->msg_iov, (int)message->msg_iovlen, outcome);
  struct msghdr shorter = *message;
  shorter.msg_iov = &part;
  shorter.msg_iovlen = 1;
  ssize_t count = real(fd, &shorter, flags);
  message->msg_namelen = shorter.msg_namelen;
  message->msg_controllen = shorter.msg_controllen;
  message->msg_flags = shorter.msg_flags;
  return count;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  REAL(sendmsg);
  STRIKE(SEND, fd)
  if (outcome == 0 || message->msg_iovlen < 1) return real(fd, message, flags);
  struct iovec part = first_part(message->msg_iov, (int)message->msg_iovlen, outcome);
  struct msghdr shorter = *message;
  shorter.msg_iov = &part;
  shorter.msg_iovlen = 1;
  return real(fd, &shorter, flags);
}

int accept(int fd, struct sockaddr *from, socklen_t *length) {
  REAL(accept);
  STRIKE(ACCEPT, fd)
  return real(fd, from, length);
}

int accept4(int fd, struct sockaddr *from, socklen_t *length, int flags) {
  REAL(accept4);
  STRIKE(ACCEPT, fd)
  return real(fd, from, length, flags);
}

int connect(int fd, const struct sockaddr *to, socklen_t length) {
  REAL(connect);
  STRIKE(CONNECT, fd)
  return real(fd, to, length);
}

int epoll_wait(int epoll, struct epoll_event *events, int most, int millis) {
  REAL(epoll_wait);
  STRIKE(WAIT, epoll)
  return real(epoll, events, most, millis);
}

int epoll_pwait(int epoll, struct epoll_event *events, int most, int millis, const sigset_t *signals) {
  REAL(epoll_pwait);
  STRIKE(WAIT, epoll)
  return real(epoll, events, most, millis, signals);
}

int shutdown(int fd, int how) {
  REAL(shutdown);
  STRIKE(SHUTDOWN, fd)
  return real(fd, how);
}

int close(int fd) {
  REAL(close);
  long outcome = strike(CLOSE, fd);
  int result = real(fd);
  if (outcome > 0) {
    errno = (int)outcome;
    return -1;
  }
  return result;
}
