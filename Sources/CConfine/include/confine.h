#ifndef ROUNDTABLE_CONFINE_H
#define ROUNDTABLE_CONFINE_H

/// Shuts this process in for good: so many bytes of memory, so many seconds of the processor, no file written, none but
/// the first three descriptors open, and (on Linux, where the kernel allows it) no call to the system beyond reading and
/// writing what is open and asking for memory. No file can be opened, no address reached, no program started.
///
/// Returns 0; or the number of the first thing that could not be limited.
int confine(unsigned long long memory, unsigned seconds);

/// Whether the kernel holds this process to the calls above.
int confine_holds(void);

#endif
