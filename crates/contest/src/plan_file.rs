//! plan_file
