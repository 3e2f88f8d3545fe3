#ifndef ROUNDTABLE_THRIFT_H
#define ROUNDTABLE_THRIFT_H

/// Gives memory that was let go of back to the system, where the allocator keeps it for the next time.
void thrift_give_back(void);

/// Lets the system take back the program's own instructions, such as those that only a start needs. Whatever runs again
/// is read again from the program's file, which the system mostly still has in memory.
void thrift_leave_code(void);

/// How many seconds of a processor this program has used.
double thrift_worked(void);

/// How many bytes of the machine's memory this process has; 0 where that can't be known.
unsigned long long thrift_resident(void);

#endif
