// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/tints.h"

#include <QList>
#include <QSyntaxHighlighter>

namespace glasshouse {

/// What has a colour in a line of indented JSON: keys, strings, and the rest that is no punctuation. A string never spans lines
/// there.
struct JsonToken
{
    int begin = 0;
    int length = 0;
    Tint tint = Tint::Text;
};
[[nodiscard]] QList<JsonToken> jsonTokens(QStringView line);

/// Colours all of it.
class JsonHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override;
};

} // namespace glasshouse
