//! publish-results
