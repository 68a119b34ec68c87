// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippettables.h"

namespace glasshouse {

namespace {

constexpr Snippet table[] = {
    {"java", SnippetLength::Short, "A point on a plane", R"(record Point(double x, double y) {
    double distance(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }
})"},
    {"java", SnippetLength::Short, "Join the long names", R"(String joined = names.stream()
        .filter(name -> name.length() > 5)
        .sorted()
        .collect(Collectors.joining(", "));)"},
    {"java", SnippetLength::Medium, "Insert into a search tree", R"(record Node(int key, Node left, Node right) {
    static Node insert(Node at, int key) {
        if (at == null) return new Node(key, null, null);
        Node left = at.left, right = at.right;
        if (key < at.key) left = insert(left, key);
        else right = insert(right, key);
        return new Node(at.key, left, right);
    }
})"},
    {"java", SnippetLength::Medium, "Print a diamond", R"(static void diamond(int size) {
    for (int row = -size; row <= size; row++) {
        int gap = Math.abs(row);
        String stars = "*".repeat(2 * (size - gap) + 1);
        System.out.println(" ".repeat(gap) + stars);
    }
})"},
    {"java", SnippetLength::Long, "Keep what was used last", R"(final class RecentCache<K, V> {
    private final Map<K, V> entries;
    private final Function<K, V> loader;

    RecentCache(int capacity, Function<K, V> loader) {
        this.loader = Objects.requireNonNull(loader);
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> e) {
                return size() > capacity;
            }
        };
    }

    synchronized V get(K key) {
        V value = entries.get(key);
        if (value == null) {
            value = loader.apply(key);
            entries.put(key, value);
        }
        return value;
    }
})"},
    {"java", SnippetLength::Long, "Guess the number", R"(public class Guess {
    public static void main(String[] args) {
        int secret = new Random().nextInt(1, 101);
        Scanner in = new Scanner(System.in);
        for (int tries = 1; ; tries++) {
            System.out.print("Your guess: ");
            if (!in.hasNextInt()) {
                System.out.println("That is not a number.");
                return;
            }
            int guess = in.nextInt();
            if (guess == secret) {
                System.out.printf("Right after %d tries!%n", tries);
                return;
            }
            System.out.println(guess < secret ? "Higher" : "Lower");
        }
    }
})"},
};

} // namespace

std::span<const Snippet> javaSnippets() { return table; }

} // namespace glasshouse
