/* Freed memory is filled and never given out again: what uses it afterwards meets the filling, instead of the
   same thing in the same place by luck. */
#define _GNU_SOURCE
#include <malloc.h>
#include <string.h>

void free(void *block) {
    if (block)
        memset(block, 0xdb, malloc_usable_size(block));
}
