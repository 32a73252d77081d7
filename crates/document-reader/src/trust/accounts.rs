//! Membership of groups. Many systems create a group per user and let it write the user's files
//! (umask 002): a group without other members can be trusted as much as its user.
//!
//! Reads passwd(5) and group(5) only. A group from a directory service is not in these files and
//! counts as one with other members.

use std::fs;

/// The lines of both files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounts {
    users: String,
    groups: String,
}

impl Accounts {
    /// The accounts of this machine; empty when the files cannot be read.
    pub fn of_system() -> Self {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        Self { users: read("/etc/passwd"), groups: read("/etc/group") }
    }

    /// Whether the group is known and all its members are among these users.
    pub fn is_of_only(&self, group: u32, users: &[u32]) -> bool {
        let own = self.groups.lines().find(|line| number(line, 2) == Some(group));
        let Some(members) = own.and_then(|line| line.split(':').nth(3)) else {
            return false;
        };
        let is_expected = |name: &str| self.user(name).is_some_and(|user| users.contains(&user));
        let mut named = members.split(',').map(str::trim).filter(|name| !name.is_empty());
        let mut by_default = self.users.lines().filter(|line| number(line, 3) == Some(group));
        named.all(is_expected)
            && by_default.all(|line| number(line, 2).is_some_and(|user| users.contains(&user)))
    }

    fn user(&self, name: &str) -> Option<u32> {
        number(self.users.lines().find(|line| line.split(':').next() == Some(name))?, 2)
    }
}

fn number(line: &str, column: usize) -> Option<u32> {
    line.split(':').nth(column)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> Accounts {
        Accounts {
            users: "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n\
                    bob:x:1001:1001::/home/bob:/bin/sh\neve:x:1002:30::/home/eve:/bin/sh\n"
                .to_owned(),
            groups:
                "root:x:0:root\nann:x:1000:\nbob:x:1001:ann\nstaff:x:50:\nclerks:x:30:\nbooks:x:31:ann,eve\n"
                    .to_owned(),
        }
    }

    #[test]
    fn a_group_without_other_members_is_its_users() {
        let accounts = accounts();
        for (group, is_harmless) in [
            (1000, true),
            (0, true),
            (50, true),
            // Bob's own group, of which Ann is a member.
            (1001, false),
            // Eve's primary group; no line lists her as a member.
            (30, false),
            (31, false),
            // A directory service's.
            (7777, false),
        ] {
            assert_eq!(accounts.is_of_only(group, &[0, 1000]), is_harmless, "{group}");
        }
        assert!(accounts.is_of_only(1001, &[1000, 1001]));
    }

    #[test]
    fn unknown_names_and_broken_lines_are_not_trusted() {
        let groups = "ann:x:1000:ghost\nbroken\n:::\n".to_owned();
        let accounts = Accounts { groups, ..accounts() };
        assert!(!accounts.is_of_only(1000, &[0, 1000]));
        let nothing = Accounts { users: String::new(), groups: String::new() };
        assert!(!nothing.is_of_only(0, &[0]));
    }
}
