#ifndef BERTH_BUILD_H
#define BERTH_BUILD_H

// The commit that the program was built from; an empty string where nobody said so.
const char *berth_commit(void);

#endif
