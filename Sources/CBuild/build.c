#include "build.h"

#ifndef BERTH_COMMIT
#define BERTH_COMMIT ""
#endif

const char *berth_commit(void) { return BERTH_COMMIT; }
