// The headers of libxml2 are read by SchemaLoop alone; this target brings its flags.
