/* What loads measure with: a clock, a histogram of latencies, and the line of results. */
#ifndef MEASURE_H
#define MEASURE_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Sixteenths of octaves, in nanoseconds. */
enum { OCTAVES = 64, PARTS = 16 };

static long histogram[OCTAVES * PARTS];
static long messages;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* All the processor time that another process has had; its clock counts nanoseconds, /proc hundredths. */
static double processor_seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void fail(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(1);
}

static void record(int64_t nanos) {
  messages++;
  if (nanos < PARTS) nanos = PARTS;
  int octave = 63 - __builtin_clzll(nanos);
  int part = (nanos >> (octave - 4)) & (PARTS - 1);
  histogram[octave * PARTS + part]++;
}

/* In microseconds. */
static double percentile(double p) {
  long wanted = messages * p, seen = 0;
  for (int i = 0; i < OCTAVES * PARTS; i++) {
    seen += histogram[i];
    if (seen > wanted) {
      int octave = i / PARTS, part = i % PARTS;
      return ((1LL << octave) + ((int64_t)part << (octave - 4)) + (1LL << (octave - 5))) / 1000.0;
    }
  }
  return 0;
}

static void print_results(double seconds, double processor_seconds) {
  printf("{\"messages\": %ld, \"seconds\": %.3f, \"cpu\": %.6f, \"rate\": %.1f, \"p50\": %.1f, \"p99\": %.1f, \"p999\": %.1f}\n",
         messages, seconds, processor_seconds, messages / seconds, percentile(0.50), percentile(0.99), percentile(0.999));
}

#endif
