// The page brings its own script.
