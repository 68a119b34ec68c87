// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <functional>

namespace glasshouse {

enum class JsonError : quint8 {
    Syntax,
    TooDeep,
    InvalidUtf8,
    LoneSurrogate ///< "\ud800" without its other half: no character (RFC 7493)
};

/// Checks that `text` is exactly one JSON value (RFC 8259) of whole characters, nested at most `maxDepth` deep, and returns it
/// without the white space around it. Nothing is built and nothing copied: a relay passes numbers on as they were written.
[[nodiscard]] Result<QByteArrayView, JsonError> checkJson(QByteArrayView text, int maxDepth = 32);
/// As editors and shells of Windows begin a file with one (RFC 8259, section 8.1 lets a reader ignore it).
[[nodiscard]] QByteArrayView withoutByteOrderMark(QByteArrayView text);
/// Calls `member(key, value)` for every member of a *checked* object: the key without quotes and as written (escapes kept),
/// the value as raw JSON. Stops when it returns false. False if `object` is not an object or it was stopped.
bool forEachMember(QByteArrayView object, const std::function<bool(QByteArrayView key, QByteArrayView value)> &member);
/// The same for the elements of a *checked* array.
bool forEachElement(QByteArrayView array, const std::function<bool(QByteArrayView value)> &element);
/// Do a key as forEachMember() gives it, escapes and all, and a plain name mean the same?
[[nodiscard]] bool isKey(QByteArrayView written, QByteArrayView name);
/// Value of a member of a *checked* object, or a null view.
[[nodiscard]] QByteArrayView jsonMember(QByteArrayView object, QByteArrayView key);
/// A *checked* JSON string decoded to UTF-8; nullopt where the value is no string.
[[nodiscard]] std::optional<QByteArray> jsonString(QByteArrayView value);
/// Text (valid UTF-8) as a JSON string with its quotes.
[[nodiscard]] QByteArray jsonQuoted(QByteArrayView text);
/// Appends the same to `out`.
void appendJsonQuoted(QByteArray &out, QByteArrayView text);

} // namespace glasshouse
