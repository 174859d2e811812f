//! Accounts, grants, sessions and the policy.
