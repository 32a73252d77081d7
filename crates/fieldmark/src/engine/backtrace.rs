//! Messages without the backtraces that some libraries append to theirs when `RUST_BACKTRACE` is set.

/// The message up to the first frame of a backtrace: what people can do something with.
pub fn without_backtrace(message: &str) -> String {
    let said: Vec<&str> = message.lines().take_while(|line| !is_frame(line)).collect();
    said.join("\n").trim_end().to_owned()
}

/// Whether a line is a frame as the standard library prints it: blanks, its number, a colon, a name.
fn is_frame(line: &str) -> bool {
    let number = line.trim_start().split_once(": ").map(|(number, _)| number);
    let is_indented = line.starts_with(' ');
    is_indented
        && number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_ends_before_its_backtrace() {
        let message = "the weights cannot be used: no tensor a.b\n   0: std::backtrace::create\n             at x.rs:1:2\n";
        assert_eq!(without_backtrace(message), "the weights cannot be used: no tensor a.b");
    }

    #[test]
    fn a_message_without_a_backtrace_stays_whole() {
        for message in ["shape mismatch: 3: 4", "two lines\n  of: text", "7: seven"] {
            assert_eq!(without_backtrace(message), message);
        }
    }
}
