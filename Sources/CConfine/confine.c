#define _GNU_SOURCE
#include "confine.h"
#include <errno.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

static int limit(int what, rlim_t amount) {
    struct rlimit both = {amount, amount};
    return setrlimit(what, &both);
}

#ifdef __linux__
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define THIS_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_MACHINE AUDIT_ARCH_AARCH64
#endif

static int held = 0;

#ifdef THIS_MACHINE
#define ALLOW(call) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

// What decoding needs, what threads of the runtime do that are just beginning (the C library ends a program whose thread
// can't), and what it does when it ends. All else fails, as though it weren't allowed.
static struct sock_filter allowed[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_MACHINE, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    ALLOW(read), ALLOW(write), ALLOW(close), ALLOW(fstat), ALLOW(lseek),
    ALLOW(mmap), ALLOW(munmap), ALLOW(mprotect), ALLOW(mremap), ALLOW(madvise), ALLOW(brk),
    ALLOW(futex), ALLOW(rt_sigaction), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn), ALLOW(sigaltstack),
    ALLOW(clock_gettime), ALLOW(getrandom), ALLOW(sched_yield), ALLOW(getpid), ALLOW(gettid), ALLOW(tgkill),
    ALLOW(clone), ALLOW(clone3), ALLOW(set_robust_list), ALLOW(rseq), ALLOW(prctl), ALLOW(sched_getaffinity),
    ALLOW(restart_syscall), ALLOW(exit), ALLOW(exit_group),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
};
#endif

static void confine_calls(void) {
#ifdef THIS_MACHINE
    struct sock_fprog program = {sizeof allowed / sizeof *allowed, allowed};
    // For all threads of this process, which the runtime may have begun by now.
    held = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
#endif
}

static void close_others(void) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 3, ~0U, 0) == 0) return;
#endif
    for (int each = 3; each < 1024; each++) close(each);
}

int confine_holds(void) { return held; }
#else
static void confine_calls(void) {}
static void close_others(void) { for (int each = 3; each < 1024; each++) close(each); }
int confine_holds(void) { return 0; }
#endif

int confine(unsigned long long memory, unsigned seconds) {
    close_others();
    if (limit(RLIMIT_CORE, 0) != 0) return 1;
    if (limit(RLIMIT_FSIZE, 0) != 0) return 2;
    if (limit(RLIMIT_CPU, seconds) != 0) return 3;
    if (limit(RLIMIT_NOFILE, 3) != 0) return 4;
#ifdef __linux__
    if (limit(RLIMIT_AS, memory) != 0) return 5;
#endif
    confine_calls();
    return 0;
}
