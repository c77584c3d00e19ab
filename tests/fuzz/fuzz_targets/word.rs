#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tests::fuzzing::TARGETS
    .iter()
    .filter(|(name, _)| *name == "word")
    .for_each(|(_, target)| target(bytes)));
