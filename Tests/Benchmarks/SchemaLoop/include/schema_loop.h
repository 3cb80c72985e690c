#ifndef SCHEMA_LOOP_H
#define SCHEMA_LOOP_H

#include <stddef.h>

// Compiles a schema; NULL if that fails.
void *schema_loop_compile(const char *path);

// Parses and validates one document, with nothing around it: 0 valid, above 0 invalid, below 0 not XML.
int schema_loop_validate(void *schema, const char *text, size_t size);

#endif
