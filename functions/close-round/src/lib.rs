//! close-round
