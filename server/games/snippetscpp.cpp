// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippettables.h"

namespace glasshouse {

namespace {

constexpr Snippet table[] = {
    {"cpp", SnippetLength::Short, "Sort people by name", R"(std::ranges::sort(people, {}, &Person::name);
for (const Person &person : people)
    std::cout << person.name << '\n';)"},
    {"cpp", SnippetLength::Short, "Square anything", R"(template <typename T>
constexpr T square(T value)
{
    return value * value;
}

static_assert(square(12) == 144);)"},
    {"cpp", SnippetLength::Medium, "Scope guard", R"(template <typename Action>
class ScopeGuard
{
public:
    explicit ScopeGuard(Action action) : m_action(std::move(action)) {}
    ~ScopeGuard() { m_action(); }
    ScopeGuard(const ScopeGuard &) = delete;
    ScopeGuard &operator=(const ScopeGuard &) = delete;

private:
    Action m_action;
};)"},
    {"cpp", SnippetLength::Medium, "Count words", R"(std::map<std::string, int> countWords(std::istream &in)
{
    std::map<std::string, int> counts;
    for (std::string word; in >> word;)
        ++counts[word];
    return counts;
})"},
    {"cpp", SnippetLength::Long, "A queue between threads", R"(template <typename T>
class BlockingQueue
{
public:
    void push(T item)
    {
        {
            std::lock_guard lock(m_mutex);
            m_items.push_back(std::move(item));
        }
        m_ready.notify_one();
    }

    T pop()
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait(lock, [this] { return !m_items.empty(); });
        T item = std::move(m_items.front());
        m_items.pop_front();
        return item;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<T> m_items;
};)"},
    {"cpp", SnippetLength::Long, "Way out of a maze",
     R"(int stepsToExit(std::vector<std::string> maze, int row, int column)
{
    struct Visit
    {
        int row, column, steps;
    };
    std::queue<Visit> waiting;
    waiting.push({row, column, 0});
    while (!waiting.empty()) {
        const auto [r, c, steps] = waiting.front();
        waiting.pop();
        if (r < 0 || r >= std::ssize(maze))
            return steps;
        if (c < 0 || c >= std::ssize(maze[r]))
            return steps;
        if (std::exchange(maze[r][c], '#') == '#')
            continue;
        waiting.push({r - 1, c, steps + 1});
        waiting.push({r + 1, c, steps + 1});
        waiting.push({r, c - 1, steps + 1});
        waiting.push({r, c + 1, steps + 1});
    }
    return -1;
})"},
};

} // namespace

std::span<const Snippet> cppSnippets() { return table; }

} // namespace glasshouse
