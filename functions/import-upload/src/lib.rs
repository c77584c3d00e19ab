//! import-upload
