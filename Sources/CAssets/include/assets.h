#ifndef ROUNDTABLE_ASSETS_H
#define ROUNDTABLE_ASSETS_H

#include <stddef.h>

/// One file carried inside the program.
typedef struct {
    const char *path;
    const unsigned char *bytes;
    size_t length;
} RoundtableAsset;

/// How many files the program carries.
size_t roundtable_asset_count(void);

/// The file at a place from 0 up to, but not including, the count.
RoundtableAsset roundtable_asset(size_t place);

#endif
