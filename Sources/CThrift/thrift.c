#define _GNU_SOURCE
#include "thrift.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

// Where the linker says that the program's own instructions begin and end.
extern char __executable_start[], etext[];

void thrift_give_back(void) { malloc_trim(0); }

void thrift_leave_code(void) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)__executable_start + page - 1) & ~(page - 1);
    uintptr_t to = (uintptr_t)etext & ~(page - 1);
    if (from < to) madvise((void *)from, to - from, MADV_DONTNEED);
}

double thrift_worked(void) { return (double)clock() / CLOCKS_PER_SEC; }

unsigned long long thrift_resident(void) {
    unsigned long long all = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return 0;
    int found = fscanf(file, "%llu %llu", &all, &resident);
    fclose(file);
    return found == 2 ? resident * (unsigned long long)sysconf(_SC_PAGESIZE) : 0;
}
