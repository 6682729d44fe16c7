/* Counts what a process writes below a folder, and fails one call of it, all from one on, or kills
 * the process there; or writes down all that it does to the files there. Loaded with LD_PRELOAD
 * before the system's library; see failing.py and powerless.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, FAIL_ONE, FAIL_FROM, KILL_BEFORE, KILL_AFTER };

static char folder[4096];
static atomic_long calls;
static long wanted;
static int deed, number, log_to = -1, record_to = -1;

/* Begins to count. `at` is the call that is met, from 1; `error` what it fails with. The calls are
 * written to the descriptor `log`, a line each, unless it is -1. */
void failing_arm(const char *below, long at, int what, int error, int log) {
    strncpy(folder, below, sizeof folder - 1);
    atomic_store(&calls, 0);
    wanted = at, deed = what, number = error, log_to = log;
}

void failing_disarm(void) { deed = COUNT, log_to = -1; }

static void tell(long at, const char *call, const char *path) {
    char line[4400];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", at, call, path + strlen(folder));
    ssize_t (*plainly)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (plainly(log_to, line, length) < 0) return;
}

/* Whether this call fails. A full disk refuses what takes room, and nothing else. */
static int met(const char *call, const char *path, int takes_room, int *dies) {
    *dies = 0;
    if (!folder[0] || strncmp(path, folder, strlen(folder))) return 0;
    long at = atomic_fetch_add(&calls, 1) + 1;
    if (log_to >= 0) tell(at, call, path);
    if (deed == KILL_BEFORE && at == wanted) kill(getpid(), SIGKILL);
    *dies = deed == KILL_AFTER && at == wanted;
    int fails = (deed == FAIL_ONE && at == wanted) ||
                (deed == FAIL_FROM && at >= wanted && takes_room);
    if (fails) errno = number;
    return fails;
}

static int met_at(const char *call, int file, int takes_room, int *dies) {
    char name[32], path[4096];
    *dies = 0;
    if (!folder[0]) return 0;
    int kept = errno;
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t length = readlink(name, path, sizeof path - 1);
    errno = kept;
    if (length < 0) return 0;
    path[length] = 0;
    return met(call, path, takes_room, dies);
}

static void after(int dies) { if (dies) kill(getpid(), SIGKILL); }

/* The record: for each deed its kind, where in the file, how many bytes, and the path; then the
 * bytes. Kinds: W write, T truncate, S flush, F a flush that failed, R rename (the bytes are the new path), U remove, N a
 * note of who records. The paths are below the folder. */
static pthread_mutex_t recording = PTHREAD_MUTEX_INITIALIZER;

void failing_record(const char *below, int log) {
    strncpy(folder, below, sizeof folder - 1);
    record_to = log;
}

static void put(const void *bytes, size_t length) {
    ssize_t (*plainly)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    while (length) {
        ssize_t done = plainly(record_to, bytes, length);
        if (done <= 0) abort();
        bytes = (const char *)bytes + done, length -= done;
    }
}

static void record(char kind, const char *path, long long at, const void *bytes, size_t length) {
    char head[4300];
    if (record_to < 0 || !folder[0] || strncmp(path, folder, strlen(folder))) return;
    int kept = errno;
    int told = snprintf(head, sizeof head, "%c %lld %zu %s\n", kind, at, length, path + strlen(folder));
    pthread_mutex_lock(&recording);
    put(head, told);
    put(bytes, length);
    pthread_mutex_unlock(&recording);
    errno = kept;
}

void failing_note(const char *text) { record('N', folder, 0, text, strlen(text)); }

static void record_at(char kind, int file, long long at, const void *bytes, size_t length) {
    char name[32], path[4096];
    if (record_to < 0) return;
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t long_ = readlink(name, path, sizeof path - 1);
    if (long_ < 0) return;
    path[long_] = 0;
    record(kind, path, at, bytes, length);
}

static void moved(const char *from, const char *to) {
    if (strncmp(to, folder, strlen(folder))) record('U', from, 0, "", 0);
    else record('R', from, 0, to + strlen(folder), strlen(to) - strlen(folder));
}

/* What was written is read back from the file: it came from a buffer, from many or from a file. */
static void written(int file, long long at, ssize_t length) {
    if (record_to < 0 || length <= 0) return;
    char name[32], *bytes = malloc(length);
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    int again = open(name, O_RDONLY | O_CLOEXEC);
    if (again >= 0 && pread(again, bytes, length, at) == length)
        record_at('W', file, at, bytes, length);
    if (again >= 0) close(again);
    free(bytes);
}

/* Where a write without a place of its own has begun. */
static long long begun(int file, ssize_t length) {
    return record_to < 0 || length <= 0 ? 0 : (long long)lseek(file, 0, SEEK_CUR) - length;
}

#define ON_FILE(result, name, room, parameters, arguments, file, noted)   \
    result name parameters {                                              \
        static result (*plainly) parameters;                              \
        int dies;                                                         \
        if (!plainly) plainly = dlsym(RTLD_NEXT, #name);                  \
        if (met_at(#name, file, room, &dies)) {                           \
            if (strstr(#name, "sync")) record_at('F', file, 0, "", 0);    \
            return -1;                                                    \
        }                                                                 \
        result done = plainly arguments;                                  \
        if (done >= 0) noted;                                             \
        after(dies);                                                      \
        return done;                                                      \
    }

#define ON_PATH(name, parameters, arguments, path, noted)                 \
    int name parameters {                                                 \
        static int (*plainly) parameters;                                 \
        int dies;                                                         \
        if (!plainly) plainly = dlsym(RTLD_NEXT, #name);                  \
        if (met(#name, path, 0, &dies)) return -1;                        \
        int done = plainly arguments;                                     \
        if (!done) noted;                                                 \
        after(dies);                                                      \
        return done;                                                      \
    }

ON_FILE(ssize_t, write, 1, (int f, const void *b, size_t n), (f, b, n), f,
        written(f, begun(f, done), done))
ON_FILE(ssize_t, pwrite, 1, (int f, const void *b, size_t n, off_t o), (f, b, n, o), f,
        written(f, o, done))
ON_FILE(ssize_t, pwrite64, 1, (int f, const void *b, size_t n, off64_t o), (f, b, n, o), f,
        written(f, o, done))
ON_FILE(ssize_t, writev, 1, (int f, const struct iovec *v, int n), (f, v, n), f,
        written(f, begun(f, done), done))
ON_FILE(ssize_t, sendfile, 1, (int f, int g, off_t *o, size_t n), (f, g, o, n), f,
        written(f, begun(f, done), done))
ON_FILE(ssize_t, sendfile64, 1, (int f, int g, off64_t *o, size_t n), (f, g, o, n), f,
        written(f, begun(f, done), done))
ON_FILE(ssize_t, copy_file_range, 1,
        (int g, off64_t *p, int f, off64_t *o, size_t n, unsigned x), (g, p, f, o, n, x), f,
        written(f, o ? *o - done : begun(f, done), done))
ON_FILE(int, fsync, 0, (int f), (f), f, record_at('S', f, 0, "", 0))
ON_FILE(int, fdatasync, 0, (int f), (f), f, record_at('S', f, 0, "", 0))
ON_FILE(int, ftruncate, 1, (int f, off_t n), (f, n), f,
        record_at('T', f, n, "", 0))
ON_FILE(int, ftruncate64, 1, (int f, off64_t n), (f, n), f,
        record_at('T', f, n, "", 0))
ON_FILE(int, fallocate, 1, (int f, int m, off_t o, off_t n), (f, m, o, n), f,
        (void)0)
ON_FILE(int, fallocate64, 1, (int f, int m, off64_t o, off64_t n), (f, m, o, n), f,
        (void)0)
ON_PATH(rename, (const char *a, const char *b), (a, b), b,
        moved(a, b))
ON_PATH(renameat, (int d, const char *a, int e, const char *b), (d, a, e, b), b,
        moved(a, b))
ON_PATH(unlink, (const char *a), (a), "", record('U', a, 0, "", 0))
ON_PATH(remove, (const char *a), (a), "", record('U', a, 0, "", 0))
ON_PATH(unlinkat, (int d, const char *a, int x), (d, a, x), "", record('U', a, 0, "", 0))

/* It returns the error instead of setting errno. */
#define ALLOCATE(name, type)                                              \
    int name(int f, type o, type n) {                                     \
        static int (*plainly)(int, type, type);                           \
        int dies;                                                         \
        if (!plainly) plainly = dlsym(RTLD_NEXT, #name);                  \
        if (met_at(#name, f, 1, &dies)) return number;                    \
        int done = plainly(f, o, n);                                      \
        after(dies);                                                      \
        return done;                                                      \
    }

ALLOCATE(posix_fallocate, off_t)
ALLOCATE(posix_fallocate64, off64_t)
