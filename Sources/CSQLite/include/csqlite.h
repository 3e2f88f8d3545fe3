#ifndef ROUNDTABLE_CSQLITE_H
#define ROUNDTABLE_CSQLITE_H

/// Has SQLite keep no count of the memory that it takes, which costs every thread a lock each time. It is heard only
/// before the program's first connection.
void csqlite_count_no_memory(void);

#endif
