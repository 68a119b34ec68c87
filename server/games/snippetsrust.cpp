// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippettables.h"

namespace glasshouse {

namespace {

constexpr Snippet table[] = {
    {"rust", SnippetLength::Short, "Is it a palindrome?", R"(fn is_palindrome(text: &str) -> bool {
    text.chars().eq(text.chars().rev())
})"},
    {"rust", SnippetLength::Short, "Sum of the even ones", R"(let total: u32 = numbers
    .iter()
    .filter(|n| *n % 2 == 0)
    .sum();
println!("{total}");)"},
    {"rust", SnippetLength::Medium, "Read a color", R"(fn parse_color(text: &str) -> Option<(u8, u8, u8)> {
    let hex = text.strip_prefix('#')?;
    if hex.len() != 6 || !hex.is_ascii() {
        return None;
    }
    let part = |at| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some((part(0)?, part(2)?, part(4)?))
})"},
    {"rust", SnippetLength::Medium, "Fibonacci numbers", R"(struct Fibonacci {
    current: u64,
    next: u64,
}

impl Iterator for Fibonacci {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let sum = self.current.checked_add(self.next)?;
        let value = mem::replace(&mut self.current, self.next);
        self.next = sum;
        Some(value)
    }
})"},
    {"rust", SnippetLength::Long, "Words by how often they come", R"(use std::collections::HashMap;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let path = env::args().nth(1).unwrap_or("book.txt".into());
    let text = fs::read_to_string(path)?.to_lowercase();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    for (word, count) in sorted.iter().take(10) {
        println!("{count:6} {word}");
    }
    Ok(())
})"},
    {"rust", SnippetLength::Long, "Shapes and their areas", R"(enum Shape {
    Circle { radius: f64 },
    Rectangle { width: f64, height: f64 },
    Triangle { base: f64, height: f64 },
}

impl Shape {
    fn area(&self) -> f64 {
        match self {
            Shape::Circle { radius } => PI * radius * radius,
            Shape::Rectangle { width, height } => width * height,
            Shape::Triangle { base, height } => base * height / 2.0,
        }
    }
}

fn largest(shapes: &[Shape]) -> Option<&Shape> {
    shapes.iter().max_by(|a, b| a.area().total_cmp(&b.area()))
})"},
};

} // namespace

std::span<const Snippet> rustSnippets() { return table; }

} // namespace glasshouse
