#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ddbmock_tests::fuzz::statements(bytes));
