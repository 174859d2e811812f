#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| tongxin_fuzz::targets::sniff(data));
