#ifndef BERTH_LIBXML2_SHIM_H
#define BERTH_LIBXML2_SHIM_H

// Debian builds libxml2 with ICU, whose headers clash with the copy inside Foundation; nothing we
// call depends on it, so it is switched off before any other header is read.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlregexp.h>
#include <libxml/xmlsave.h>
#include <libxml/xmlschemastypes.h>

#include <unistd.h>

// Whether libxml2 could open the file; it does not say why it cannot.
static inline int berth_is_readable(const char *path) { return access(path, R_OK) == 0; }

// 2.12 made the error argument of structured handlers const. Swift sees one type, whichever is installed.
typedef void (*berth_error_handler)(void *context, const xmlError *error);

#if LIBXML_VERSION >= 21200
#define BERTH_ERROR_HANDLER(handler) (handler)
#else
#define BERTH_ERROR_HANDLER(handler) ((xmlStructuredErrorFunc)(handler))
#endif

static inline void berth_relaxng_set_parser_errors(
    xmlRelaxNGParserCtxtPtr parser, berth_error_handler handler, void *context) {
    xmlRelaxNGSetParserStructuredErrors(parser, BERTH_ERROR_HANDLER(handler), context);
}

static inline void berth_relaxng_set_valid_errors(
    xmlRelaxNGValidCtxtPtr validation, berth_error_handler handler, void *context) {
    xmlRelaxNGSetValidStructuredErrors(validation, BERTH_ERROR_HANDLER(handler), context);
}

// The handler's context is the parser; what it needs itself hangs off _private. userData must stay the parser,
// because the SAX2 callbacks that build the tree take it for one.
static inline void berth_parser_set_errors(xmlParserCtxtPtr parser, berth_error_handler handler, void *context) {
    if (parser->sax != NULL) {
        parser->sax->initialized = XML_SAX2_MAGIC;
        parser->sax->serror = BERTH_ERROR_HANDLER(handler);
    }
    parser->_private = context;
}

static inline void berth_ignore_error(void *context, const xmlError *error) {
    (void)context;
    (void)error;
}

// What goes wrong below the parser, in a decoder, knows no parser: libxml2 would print it on standard error. The parser
// reports it once more, with its place. The handler is the thread's, so the one that was there comes back.
static inline xmlDocPtr berth_read_memory(
    xmlParserCtxtPtr parser, const char *bytes, int size, const char *name, int options) {
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, BERTH_ERROR_HANDLER(berth_ignore_error));
    xmlDocPtr document = xmlCtxtReadMemory(parser, bytes, size, name, NULL, options);
    xmlSetStructuredErrorFunc(context, handler);
    return document;
}

#endif
