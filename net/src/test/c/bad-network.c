/*
 * A network between two namespaces that loses, doubles, delays and reorders packets, or lets none pass.
 *
 *   bad-network NAMESPACE NAMESPACE
 *
 * Each namespace gets a device named "bad", whose packets come out of the other one's. Orders are read from
 * standard input, one a line, and each is answered with a line once it counts:
 *
 *   set LOSS DOUBLED DELAYED MICROSECONDS SEED   the first three are packets in a hundred; what is delayed arrives
 *                                                up to so much later, and so behind what was sent after it
 *   cut, mend                                    nothing passes from now on; what comes passes again
 *   count                                        is answered with how many have passed, were lost, doubled, delayed
 *
 * Packets are changed here and not by the kernel's netem, which many kernels are built without. The devices go
 * with this process, and it ends with its standard input.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define MOST_BYTES 65536
#define MOST_DELAYED 4096

struct packet {
  int to;
  long long due;
  ssize_t size;
  unsigned char *bytes;
};

static int devices[2];
static struct packet delayed[MOST_DELAYED];
static int delayed_count;
static unsigned long loss, doubling, delaying, longest;
static unsigned long long seed = 1;
static int is_cut;
static unsigned long passed, lost, doubled, late;

static void give_up(const char *what) {
  perror(what);
  exit(1);
}

/* Knuth's linear congruential generator; the high bits are the random ones. */
static unsigned long chance(unsigned long bound) {
  seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
  return (unsigned long)(seed >> 33) % bound;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static int open_device(const char *namespace) {
  char path[256];
  snprintf(path, sizeof path, "/var/run/netns/%s", namespace);
  int entry = open(path, O_RDONLY | O_CLOEXEC);
  if (entry < 0 || setns(entry, CLONE_NEWNET) != 0) give_up(path);
  close(entry);
  int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (device < 0) give_up("/dev/net/tun");
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strcpy(request.ifr_name, "bad");
  if (ioctl(device, TUNSETIFF, &request) != 0) give_up("TUNSETIFF");
  return device;
}

/* What a device does not take is lost, as on any network. */
static void deliver(int to, const unsigned char *bytes, ssize_t size) {
  if (write(devices[to], bytes, (size_t)size) == size) passed++;
  else lost++;
}

static void delay(int to, const unsigned char *bytes, ssize_t size) {
  if (delayed_count == MOST_DELAYED) {
    lost++;
    return;
  }
  struct packet *packet = &delayed[delayed_count++];
  *packet = (struct packet){to, now() + 1 + (long long)chance(longest), size, malloc((size_t)size)};
  if (packet->bytes == NULL) give_up("malloc");
  memcpy(packet->bytes, bytes, (size_t)size);
  late++;
}

static void deliver_due(void) {
  long long time = now();
  for (int i = 0; i < delayed_count;) {
    if (delayed[i].due > time) {
      i++;
      continue;
    }
    if (is_cut) lost++;
    else deliver(delayed[i].to, delayed[i].bytes, delayed[i].size);
    free(delayed[i].bytes);
    delayed[i] = delayed[--delayed_count];
  }
}

static void forward(int from) {
  static unsigned char bytes[MOST_BYTES];
  ssize_t size;
  while ((size = read(devices[from], bytes, sizeof bytes)) > 0) {
    int to = 1 - from;
    if (is_cut || chance(100) < loss) {
      lost++;
      continue;
    }
    if (chance(100) < doubling) {
      deliver(to, bytes, size);
      doubled++;
    }
    if (longest > 0 && chance(100) < delaying) delay(to, bytes, size);
    else deliver(to, bytes, size);
  }
}

static void obey(const char *order) {
  if (sscanf(order, "set %lu %lu %lu %lu %llu", &loss, &doubling, &delaying, &longest, &seed) == 5) {
    puts("set");
  } else if (strcmp(order, "cut\n") == 0) {
    is_cut = 1;
    puts("cut");
  } else if (strcmp(order, "mend\n") == 0) {
    is_cut = 0;
    puts("mended");
  } else if (strcmp(order, "count\n") == 0) {
    printf("passed %lu lost %lu doubled %lu delayed %lu\n", passed, lost, doubled, late);
  } else {
    fprintf(stderr, "no such order: %s", order);
    exit(1);
  }
  fflush(stdout);
}

/* The milliseconds until the next delayed packet is due; -1 for ever. */
static int patience(void) {
  if (delayed_count == 0) return -1;
  long long next = delayed[0].due;
  for (int i = 1; i < delayed_count; i++) {
    if (delayed[i].due < next) next = delayed[i].due;
  }
  long long left = next - now();
  return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: bad-network NAMESPACE NAMESPACE\n");
    return 1;
  }
  for (int i = 0; i < 2; i++) devices[i] = open_device(arguments[i + 1]);
  puts("up");
  fflush(stdout);
  struct pollfd watched[3] = {
      {.fd = devices[0], .events = POLLIN}, {.fd = devices[1], .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  for (;;) {
    if (poll(watched, 3, patience()) < 0 && errno != EINTR) give_up("poll");
    for (int i = 0; i < 2; i++) {
      if (watched[i].revents != 0) forward(i);
    }
    deliver_due();
    if (watched[2].revents != 0) {
      static char order[256];
      static size_t length;
      ssize_t got = read(0, order + length, sizeof order - length - 1);
      if (got <= 0) return 0;
      length += (size_t)got;
      char *end;
      while ((end = memchr(order, '\n', length)) != NULL) {
        char line[256] = {0};
        size_t size = (size_t)(end - order) + 1;
        memcpy(line, order, size);
        memmove(order, end + 1, length - size);
        length -= size;
        obey(line);
      }
    }
  }
}
