//! The demo city: data and a script that replays it through real commands.
