// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippettables.h"

namespace glasshouse {

namespace {

constexpr Snippet table[] = {
    {"c", SnippetLength::Short, "Clamp a value", R"(int clamp(int value, int low, int high)
{
    if (value < low)
        return low;
    return value > high ? high : value;
})"},
    {"c", SnippetLength::Short, "Count the set bits", R"(int count_bits(unsigned value)
{
    int count = 0;
    for (; value != 0; value &= value - 1)
        ++count;
    return count;
})"},
    {"c", SnippetLength::Medium, "Reverse a linked list", R"(struct node {
    int value;
    struct node *next;
};

struct node *reverse(struct node *head)
{
    struct node *done = NULL;
    while (head != NULL) {
        struct node *rest = head->next;
        head->next = done;
        done = head;
        head = rest;
    }
    return done;
})"},
    {"c", SnippetLength::Medium, "Trim a string in place", R"(char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        ++text;
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        --end;
    *end = '\0';
    return text;
})"},
    {"c", SnippetLength::Long, "A buffer that grows", R"(struct buffer {
    char *bytes;
    size_t used;
    size_t room;
};

static bool reserve(struct buffer *b, size_t extra)
{
    if (extra <= b->room - b->used)
        return true;
    size_t room = b->room ? b->room : 64;
    while (room - b->used < extra)
        room *= 2;
    char *bytes = realloc(b->bytes, room);
    if (bytes == NULL)
        return false;
    b->bytes = bytes;
    b->room = room;
    return true;
}

bool append(struct buffer *b, const char *text, size_t size)
{
    if (!reserve(b, size))
        return false;
    memcpy(b->bytes + b->used, text, size);
    b->used += size;
    return true;
})"},
    {"c", SnippetLength::Long, "Listen on a port", R"(int listen_on(const char *port)
{
    struct addrinfo hints = {
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
        .ai_flags = AI_PASSIVE,
    };
    struct addrinfo *list;
    if (getaddrinfo(NULL, port, &hints, &list) != 0)
        return -1;
    int fd = -1;
    for (struct addrinfo *a = list; a && fd < 0; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (fd < 0)
            continue;
        if (bind(fd, a->ai_addr, a->ai_addrlen) != 0
            || listen(fd, 16) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(list);
    return fd;
})"},
};

} // namespace

std::span<const Snippet> cSnippets() { return table; }

} // namespace glasshouse
