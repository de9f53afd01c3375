//! Every letter, read in every language.
