//! prizes
