/* Time, CPU time and memory of the servers' processes, and samples of durations. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_PROCESSES = 16 };

typedef struct { uint32_t *items; uint64_t count; } sample_t; /* microseconds */

uint64_t now_ns(void);
double since(uint64_t moment); /* seconds */
void die(const char *what);
void *need(void *memory);

void meter_process(int pid); /* from now on, count this one, too */
void read_cpus(double *into); /* seconds that each process has used so far */
void report_cpus(const char *name, const double *before);
void read_clocks(double *into); /* seconds that each process was on a core so far, by its task clock */
void report_clocks(const char *name, const double *before); /* nothing where the kernel does not let us know */
double resident_bytes(void); /* of all of them */

void note(sample_t *sample, uint64_t from); /* the time since then */
void report_times(const char *name, uint32_t *items, uint64_t count); /* sorts the items */
