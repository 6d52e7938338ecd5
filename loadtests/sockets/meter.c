#define _GNU_SOURCE
#include "meter.h"

#include <dirent.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES = 16 << 20, MAX_CLOCKS = 256 };

static int pids[MAX_PROCESSES], pid_count;
static struct { int fd, process; } clocks[MAX_CLOCKS];
static int clock_count;
static bool has_clocks = true;

uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}
double since(uint64_t moment) { return (double)(now_ns() - moment) / 1e9; }
void die(const char *what) { fprintf(stderr, "sockets: %s\n", what); exit(2); }
void *need(void *memory) { if (!memory) die("out of memory"); return memory; }

/* What the servers use ---------------------------------------------------------------------------------------- */

/* The clock that runs while a thread is on a core, or one that it starts, be it in a process of its own. What /proc tells is added up from the
 * scheduler's readings of its own clock, and a kernel without preemption leaves out the reading when a task is to give way
 * to one that was woken (`rq_clock_skip_update`): what is left of a long system call is then charged to the other one. */
static void open_clock(int thread, int process) {
  struct perf_event_attr what = {.type = PERF_TYPE_SOFTWARE, .size = sizeof what, .config = PERF_COUNT_SW_TASK_CLOCK, .inherit = 1};
  int fd = clock_count < MAX_CLOCKS ? (int)syscall(SYS_perf_event_open, &what, thread, -1, -1, PERF_FLAG_FD_CLOEXEC) : -1;
  if (fd < 0) {
    if (errno != ESRCH) has_clocks = false; /* else it has ended meanwhile, and nothing is missing */
    return;
  }
  clocks[clock_count].fd = fd, clocks[clock_count++].process = process;
}
static void open_clocks(int pid, int process) {
  char name[64];
  int threads[MAX_CLOCKS], count = 0, opened_before = clock_count;
  snprintf(name, sizeof name, "/proc/%d/task", pid);
  DIR *folder = opendir(name);
  for (struct dirent *each; folder && (each = readdir(folder));) {
    if (each->d_name[0] == '.') continue;
    if (count == MAX_CLOCKS) { has_clocks = false; break; }
    threads[count++] = atoi(each->d_name);
  }
  if (folder) closedir(folder);
  /* Listed before the first is opened: one that a thread with a clock starts is counted there already. */
  for (int i = 0; i < count; i++) open_clock(threads[i], process);
  if (clock_count == opened_before) has_clocks = false;
}
void meter_process(int pid) {
  if (pid_count == MAX_PROCESSES) die("too many processes");
  open_clocks(pid, pid_count);
  pids[pid_count++] = pid;
}
void read_clocks(double *into) {
  for (int i = 0; i < pid_count; i++) into[i] = 0;
  for (int k = 0; k < clock_count; k++) {
    uint64_t on_core_ns = 0;
    if (read(clocks[k].fd, &on_core_ns, sizeof on_core_ns) != sizeof on_core_ns) has_clocks = false;
    into[clocks[k].process] += (double)on_core_ns / 1e9;
  }
}
void report_clocks(const char *name, const double *before) {
  double now[MAX_PROCESSES];
  read_clocks(now);
  if (!has_clocks) return;
  printf(",\"%s\":[", name);
  for (int i = 0; i < pid_count; i++) printf("%s%.4f", i ? "," : "", now[i] - before[i]);
  printf("]");
}
static double cpu_seconds(int pid) {
  char name[64], text[1024];
  snprintf(name, sizeof name, "/proc/%d/stat", pid);
  FILE *file = fopen(name, "r");
  if (!file) return 0;
  size_t size = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[size] = 0;
  unsigned long user = 0, kernel = 0;
  char *after_name = strrchr(text, ')');
  if (after_name) sscanf(after_name + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel);
  return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}
void read_cpus(double *into) { for (int i = 0; i < pid_count; i++) into[i] = cpu_seconds(pids[i]); }
void report_cpus(const char *name, const double *before) {
  printf(",\"%s\":[", name);
  for (int i = 0; i < pid_count; i++) printf("%s%.2f", i ? "," : "", cpu_seconds(pids[i]) - before[i]);
  printf("]");
}
double resident_bytes(void) {
  double total = 0;
  for (int i = 0; i < pid_count; i++) {
    char name[64];
    long size, resident = 0;
    snprintf(name, sizeof name, "/proc/%d/statm", pids[i]);
    FILE *file = fopen(name, "r");
    if (file && fscanf(file, "%ld %ld", &size, &resident) == 2) total += (double)resident * (double)sysconf(_SC_PAGESIZE);
    if (file) fclose(file);
  }
  return total;
}

/* Durations ---------------------------------------------------------------------------------------------------- */

void note(sample_t *sample, uint64_t from) {
  if (!sample->items) sample->items = need(malloc(SAMPLES * sizeof(uint32_t)));
  if (sample->count < SAMPLES) sample->items[sample->count++] = (uint32_t)((now_ns() - from) / 1000);
}
static int ascending(const void *one, const void *other) {
  uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
  return (a > b) - (a < b);
}
void report_times(const char *name, uint32_t *items, uint64_t count) {
  static const double shares[] = {0.5, 0.95, 0.99, 1};
  static const char *names[] = {"p50", "p95", "p99", "max"};
  if (count) qsort(items, count, sizeof *items, ascending);
  printf(",\"%s\":{\"count\":%llu", name, (unsigned long long)count);
  for (int k = 0; k < 4; k++) {
    uint64_t rank = (uint64_t)((double)count * shares[k] + 0.999999); /* the nearest that so many do not exceed */
    printf(",\"%s_ms\":%.3f", names[k], count ? items[(rank ? rank : 1) - 1] / 1000.0 : 0);
  }
  printf("}");
}
