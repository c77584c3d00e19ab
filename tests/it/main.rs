//! Tests of the whole, in one binary so that the workspace is linked once.

mod tidy;
