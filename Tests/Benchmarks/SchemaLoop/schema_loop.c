#include "schema_loop.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>

static void ignore(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

void *schema_loop_compile(const char *path) {
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
    xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    return schema;
}

int schema_loop_validate(void *schema, const char *text, size_t size) {
    xmlDocPtr document = xmlReadMemory(text, (int)size, "f", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
    if (document == NULL) return -1;
    xmlRelaxNGValidCtxtPtr validation = xmlRelaxNGNewValidCtxt((xmlRelaxNGPtr)schema);
    xmlRelaxNGSetValidErrors(validation, ignore, ignore, NULL);
    int verdict = xmlRelaxNGValidateDoc(validation, document);
    xmlRelaxNGFreeValidCtxt(validation);
    xmlFreeDoc(document);
    return verdict;
}
