//! Answers of the contestants' API and their problem documents.
