// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippettables.h"

namespace glasshouse {

namespace {

constexpr Snippet table[] = {
    {"python", SnippetLength::Short, "Flatten a list", R"(def flatten(rows):
    return [cell for row in rows for cell in row]

print(flatten([[1, 2], [3], []])))"},
    {"python", SnippetLength::Short, "Find the largest file", R"(from pathlib import Path

files = [p for p in Path(".").rglob("*") if p.is_file()]
print(max(files, key=lambda p: p.stat().st_size)))"},
    {"python", SnippetLength::Medium, "Try again on failure", R"(def retry(times):
    def decorate(action):
        @functools.wraps(action)
        def attempt(*args):
            for _ in range(times - 1):
                try:
                    return action(*args)
                except OSError:
                    time.sleep(0.5)
            return action(*args)
        return attempt
    return decorate)"},
    {"python", SnippetLength::Medium, "Binary search", R"(def find(items, wanted):
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    found = low < len(items) and items[low] == wanted
    return low if found else None)"},
    {"python", SnippetLength::Long, "Order tasks by what they need", R"(def in_order(needs):
    """Sorts tasks so that each comes after those it needs."""
    order = []
    state = {}

    def visit(task):
        if state.get(task) == "done":
            return
        if state.get(task) == "open":
            raise ValueError(f"{task} needs itself")
        state[task] = "open"
        for other in needs.get(task, ()):
            visit(other)
        state[task] = "done"
        order.append(task)

    for task in sorted(needs):
        visit(task)
    return order


print(in_order({"bake": ["mix", "heat"], "mix": ["shop"]})))"},
    {"python", SnippetLength::Long, "A purse with many currencies", R"(@dataclass
class Purse:
    owner: str
    amounts: dict[str, Decimal] = field(default_factory=dict)

    def put(self, amount, currency):
        if amount <= 0:
            raise ValueError("put in more than nothing")
        self.amounts[currency] = self.amount(currency) + amount

    def take(self, amount, currency):
        if amount > self.amount(currency):
            raise ValueError(f"{self.owner} has too little {currency}")
        self.amounts[currency] = self.amount(currency) - amount

    def amount(self, currency):
        return self.amounts.get(currency, Decimal(0))

    def __str__(self):
        parts = (f"{a:.2f} {c}" for c, a in self.amounts.items())
        return ", ".join(parts) or "empty")"},
};

} // namespace

std::span<const Snippet> pythonSnippets() { return table; }

} // namespace glasshouse
