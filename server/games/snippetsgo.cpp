// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippettables.h"

namespace glasshouse {

namespace {

constexpr Snippet table[] = {
    {"go", SnippetLength::Short, "Sum of anything", R"(func sum(numbers ...int) int {
    total := 0
    for _, n := range numbers {
        total += n
    }
    return total
})"},
    {"go", SnippetLength::Short, "Say hello over HTTP", R"(func hello(w http.ResponseWriter, r *http.Request) {
    fmt.Fprintf(w, "Hello, %s!\n", r.FormValue("name"))
})"},
    {"go", SnippetLength::Medium, "Do all at once", R"(func forEach(jobs []string, work func(string)) {
    var group sync.WaitGroup
    for _, job := range jobs {
        group.Add(1)
        go func(job string) {
            defer group.Done()
            work(job)
        }(job)
    }
    group.Wait()
})"},
    {"go", SnippetLength::Medium, "Count the lines of a file", R"(func countLines(path string) (int, error) {
    file, err := os.Open(path)
    if err != nil {
        return 0, err
    }
    defer file.Close()

    lines := 0
    scanner := bufio.NewScanner(file)
    for scanner.Scan() {
        lines++
    }
    return lines, scanner.Err()
})"},
    {"go", SnippetLength::Long, "A cache that forgets", R"(type entry struct {
    value   string
    expires time.Time
}

type Cache struct {
    mu      sync.Mutex
    entries map[string]entry
    ttl     time.Duration
}

func NewCache(ttl time.Duration) *Cache {
    return &Cache{entries: make(map[string]entry), ttl: ttl}
}

func (c *Cache) Set(key, value string) {
    c.mu.Lock()
    defer c.mu.Unlock()
    c.entries[key] = entry{value, time.Now().Add(c.ttl)}
}

func (c *Cache) Get(key string) (string, bool) {
    c.mu.Lock()
    defer c.mu.Unlock()
    found, ok := c.entries[key]
    if !ok || time.Now().After(found.expires) {
        delete(c.entries, key)
        return "", false
    }
    return found.value, true
})"},
    {"go", SnippetLength::Long, "Echo server", R"(func main() {
    listener, err := net.Listen("tcp", ":7000")
    if err != nil {
        log.Fatal(err)
    }
    defer listener.Close()
    for {
        conn, err := listener.Accept()
        if err != nil {
            log.Print(err)
            continue
        }
        go echo(conn)
    }
}

func echo(conn net.Conn) {
    defer conn.Close()
    conn.SetDeadline(time.Now().Add(time.Minute))
    count, err := io.Copy(conn, conn)
    if err != nil {
        log.Printf("%s: %v", conn.RemoteAddr(), err)
    }
    log.Printf("%s: %d bytes", conn.RemoteAddr(), count)
})"},
};

} // namespace

std::span<const Snippet> goSnippets() { return table; }

} // namespace glasshouse
