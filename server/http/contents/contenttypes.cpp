// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/contenttypes.h"

#include <algorithm>
#include <iterator>

namespace glasshouse {

namespace {

struct Row
{
    QByteArrayView end;
    const char *type;
};

constexpr const char *anyBytes = "application/octet-stream";

// What games are made of. A table of our own says the same on every system.
constexpr Row rows[] = {
    // pages and programs
    {"html", "text/html; charset=utf-8"},
    {"htm", "text/html; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"cjs", "text/javascript; charset=utf-8"},
    {"wasm", "application/wasm"},
    {"webmanifest", "application/manifest+json"},
    // texts and data
    {"ts", "text/plain; charset=utf-8"},
    {"txt", "text/plain; charset=utf-8"},
    {"md", "text/plain; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"vtt", "text/vtt; charset=utf-8"},
    {"atlas", "text/plain; charset=utf-8"},
    {"fnt", "text/plain; charset=utf-8"},
    {"mtl", "text/plain; charset=utf-8"},
    {"glsl", "text/plain; charset=utf-8"},
    {"vert", "text/plain; charset=utf-8"},
    {"frag", "text/plain; charset=utf-8"},
    {"wgsl", "text/plain; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"xml", "application/xml"},
    {"tmx", "application/xml"},
    {"pdf", "application/pdf"},
    {"zip", "application/zip"},
    {"gz", "application/gzip"},
    {"tgz", "application/gzip"},
    // pictures
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"apng", "image/apng"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"avif", "image/avif"},
    {"bmp", "image/bmp"},
    {"ico", "image/x-icon"},
    {"cur", "image/x-icon"},
    {"ktx2", "image/ktx2"},
    {"hdr", "image/vnd.radiance"},
    // models
    {"glb", "model/gltf-binary"},
    {"gltf", "model/gltf+json"},
    {"obj", "model/obj"},
    {"stl", "model/stl"},
    // fonts
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"ttf", "font/ttf"},
    {"otf", "font/otf"},
    // sounds and films
    {"mp3", "audio/mpeg"},
    {"ogg", "audio/ogg"},
    {"oga", "audio/ogg"},
    {"opus", "audio/ogg"},
    {"wav", "audio/wav"},
    {"m4a", "audio/mp4"},
    {"aac", "audio/aac"},
    {"flac", "audio/flac"},
    {"weba", "audio/webm"},
    {"mid", "audio/midi"},
    {"mp4", "video/mp4"},
    {"m4v", "video/mp4"},
    {"webm", "video/webm"},
    {"ogv", "video/ogg"},
    // what only the game understands: Unity, Godot, Emscripten, three.js
    {"data", anyBytes},
    {"pck", anyBytes},
    {"mem", anyBytes},
    {"bin", anyBytes},
};

QByteArrayView endOf(QByteArrayView path)
{
    const QByteArrayView name = path.sliced(path.lastIndexOf('/') + 1);
    const qsizetype dot = name.lastIndexOf('.');
    return dot < 0 ? QByteArrayView() : name.sliced(dot + 1);
}

bool isEnd(QByteArrayView path, QByteArrayView end) { return endOf(path).compare(end, Qt::CaseInsensitive) == 0; }

/// gzip's magic number, or the words that Unity has brotli begin with.
ContentCoding codingOf(QByteArrayView firstBytes)
{
    if (firstBytes.startsWith("\x1f\x8b"))
        return ContentCoding::Gzip;
    return firstBytes.contains("UnityWeb Compressed Content (brotli)") ? ContentCoding::Brotli
                                                                       : ContentCoding::Identity;
}

} // namespace

QByteArray contentTypeOf(QByteArrayView path)
{
    const auto row =
        std::find_if(std::begin(rows), std::end(rows), [&](const Row &one) { return isEnd(path, one.end); });
    return row == std::end(rows) ? anyBytes : row->type;
}

bool namesCoding(QByteArrayView path) { return isEnd(path, "br") || isEnd(path, "gz") || isEnd(path, "unityweb"); }

FileKind fileKindOf(QByteArrayView path, QByteArrayView firstBytes)
{
    const QByteArrayView inner = path.first(path.size() - endOf(path).size()).chopped(endOf(path).isEmpty() ? 0 : 1);
    const bool hasInner = !endOf(inner).isEmpty() && !isEnd(inner, "tar");
    if (hasInner && isEnd(path, "br"))
        return {contentTypeOf(inner), ContentCoding::Brotli};
    if (hasInner && isEnd(path, "gz"))
        return {contentTypeOf(inner), ContentCoding::Gzip};
    if (isEnd(path, "unityweb"))
        return {contentTypeOf(inner), codingOf(firstBytes)};
    return {contentTypeOf(path), ContentCoding::Identity};
}

} // namespace glasshouse
