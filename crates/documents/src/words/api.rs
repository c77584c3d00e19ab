//! Sentences of the contestants' API.
